"""What happened to the archive while two codings were made: restored, rescued, a coder's sign-in opened by its code.

Independence rests on nobody having been elsewhere meanwhile, so the comparison and the statement say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.i18n import Texts
from app.model.coding import CodingHeader
from app.model.identity import made_at
from app.ports import AuditEntry, Store

#: the act with which a sealed coding came to be read by the partner
RELEASED = "released"


class Interrupted(StrEnum):
    """The acts of the access log that are told."""

    RECOVERED = "recovered"
    RESTORED = "restored"
    RESCUED = "rescued"


@dataclass(frozen=True, slots=True)
class Interruption:
    """One of them: when it happened, and of a restoring also the day of the backup, if the log says it."""

    what: Interrupted
    at: datetime
    backup_of: date | None = None


def interruptions(store: Store, headers: Sequence[CodingHeader]) -> tuple[Interruption, ...]:
    """Those between the beginning of the first coding and the end of the last, the oldest first.

    A coding begins when its id was made. It ends when it was marked as ready, or when it was released to its partner
    where that came later; with one that is not ready there is no end yet.
    """
    rows = store.audit_log(acts=(*Interrupted, RELEASED))
    codings, coders = {h.id for h in headers}, {h.coder for h in headers}
    begun = min(made_at(h.id) for h in headers)
    ends = [h.ready_at for h in headers if h.ready_at is not None]
    ends += [row.at for row in rows if row.act == RELEASED and row.object_id in codings]
    ended = max(ends) if all(h.ready_at is not None for h in headers) else None
    return tuple(
        Interruption(Interrupted(row.act), row.at, _backup_of(row))
        for row in rows
        if begun <= row.at and (ended is None or row.at <= ended)
        if row.act != Interrupted.RECOVERED or row.object_id in coders
        if row.act in set(Interrupted)
    )


def _backup_of(row: AuditEntry) -> date | None:
    """The day on which the backup was made, from `made=2026-11-03t09:15:00+02:00;…`."""
    said = re.match(r"made=(\d{4}-\d{2}-\d{2})t", row.detail)
    return date.fromisoformat(said[1]) if row.act == Interrupted.RESTORED and said else None


def interruption_sentences(texts: Texts, found: Sequence[Interruption]) -> tuple[str, ...]:
    """Each in a sentence, the same one on the screen and in the statement."""
    return tuple(dict.fromkeys(_sentence(texts, one) for one in found))


def _sentence(texts: Texts, one: Interruption) -> str:
    day = texts.date(one.at.astimezone().date())
    if one.what == Interrupted.RECOVERED:
        return texts.tr("Between the codings a worker's sign-in was opened with a recovery code on {date}.", date=day)
    if one.what == Interrupted.RESCUED:
        return texts.tr("Between the codings the archive was rescued from a damaged disk on {date}.", date=day)
    if one.backup_of is None:
        return texts.tr("Between the codings the archive was restored from a backup on {date}.", date=day)
    return texts.tr(
        "Between the codings the archive was restored on {date} from a backup made on {made}.",
        date=day,
        made=texts.date(one.backup_of),
    )
