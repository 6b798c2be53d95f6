"""What the access log says of a step: one act per object, with counts, field names and keyed hashes, never a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.model.change import Change, Entity
from app.model.coding import CodingHeader
from app.model.cover import ClipCover
from app.model.feedback import ClipWords, FeedbackTalk
from app.model.filming import FilmingEvent, LiveMark
from app.model.final_statement import FinalStatement
from app.model.hours import Period, WorkEntry
from app.model.meeting import Meeting, Segment
from app.model.people import Worker
from app.model.recording import DerivedFile, Recording
from app.model.redaction import RedactedCopy, Redaction
from app.model.service_work import FormRow, ServiceWork
from app.model.signature import PaperSignature, Signature
from app.model.statement import ApprovedText, Statement
from app.model.statement_delivery import StatementDelivery
from app.model.supervision import SupervisionAgreement
from app.model.supervision_course import GoalRating, SupervisionEvaluation
from app.model.supervision_film import ClipUse, Reflection
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from app.model.utterance import Utterance
from storage.store.coding_rows import CODED, followed_by_logs
from storage.store.encoded_once import Said, in_one
from storage.store.kinds import WRITTEN, kind_of, parent_id
from storage.store.row_mapping import compact
from storage.store.writing_rules import ready_act

Digest = Callable[[str], str]  # of JSON text

#: parts whose changes are logged as changes of their whole: a step of 5 000 observations is one access
LOGGED_AS: dict[type, type] = {
    **dict.fromkeys(CODED, CodingHeader),
    **dict.fromkeys(
        (*WRITTEN, ApprovedText, FinalStatement, Signature, PaperSignature, Redaction, RedactedCopy, StatementDelivery),
        Statement,
    ),
    **dict.fromkeys((Segment, LiveMark, FilmingEvent, Utterance), Meeting),
    DerivedFile: Recording,
    ClipCover: Recording,
    ClipWords: FeedbackTalk,
    **dict.fromkeys((GoalRating, SupervisionEvaluation, ClipUse, Reflection), SupervisionAgreement),
    SupervisionNote: SupervisionNotebook,
    WorkEntry: Worker,
    Period: Worker,
    FormRow: ServiceWork,
}
#: what comes with a finished file, or says which one left
_FILES = (FinalStatement, Signature, RedactedCopy, StatementDelivery)
_PLAIN_DETAIL = re.compile(r"[a-z0-9_.:;=,/+-]{0,200}")


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One thing done to one object. `coding_id` is set when the row follows a coding's rule of independence."""

    act: str
    object_kind: str
    object_id: str
    detail: str = ""
    coding_id: str = ""
    purpose: str = ""


def logged_acts(
    act: str,
    net: Mapping[str, Change],
    values: Mapping[str, Said],
    digest: Digest,
    behind: Callable[[Entity], str] = lambda _: "",
) -> list[LoggedAct]:
    """The acts of one step; `values` is what the journal says of each change, by entity id.

    `behind` says by what rows about an entity are hidden that follows nothing of its own: the wall, if it stands there.
    """
    by_object: dict[tuple[type, str, str], list[Change]] = {}
    of_parts: dict[tuple[type, str], list[Change]] = {}  # the parts of one whole are one object's
    for key, change in net.items():
        kind, entity = change.kind, change.entity
        whole = LOGGED_AS.get(kind)
        object_id = parent_id(entity) if whole else key
        some = of_parts.get((kind, object_id))
        if some is None:
            object_key = (whole or kind, object_id, followed_by_logs(entity) or behind(entity))
            some = of_parts[kind, object_id] = by_object.setdefault(object_key, [])
        some.append(change)
    return [
        LoggedAct(
            _word(act, changes, object_id),
            kind_of(kind).name,
            object_id,
            _detail([values[change.id] for change in changes], digest) + _files(changes),
            coding_id,
        )
        for (kind, object_id, coding_id), changes in by_object.items()
    ]


def _detail(said: Sequence[Said], digest: Digest) -> str:
    """How many of which kind, which fields, and keyed hashes of the values before and after."""
    counts: dict[str, int] = {}
    for one in said:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    fields = sorted({name for some in {one.fields for one in said if one.is_edit} for name in some})
    parts = [f"{kind}={n}" for kind, n in counts.items()]
    if fields:
        parts.append(f"fields={','.join(fields)}")
    parts.append(f"before={digest(in_one([one.before for one in said]))}")
    parts.append(f"after={digest(in_one([one.after for one in said]))}")
    return ";".join(parts)


def _files(changes: Iterable[Change]) -> str:
    """The checksums of the finished files that come with the step: what leaves can be held against them for good."""
    made = (c.after for c in changes if c.before is None)
    return "".join(f";sha256={e.sha256}" for e in made if isinstance(e, _FILES))


def _word(act: str, changes: Iterable[Change], object_id: str) -> str:
    """What the log calls it: being ready is told by the header, a plain edit may be a making or an erasing."""
    whole: Change | None = None
    for change in changes:
        if ready := ready_act(change):
            return ready
        if change.id == object_id:
            whole = change
    if act != "edit" or whole is None:
        return act
    if whole.before is None:
        return "create"
    return "delete" if whole.after is None else act


def safe_detail(detail: str, digest: Digest) -> str:
    """A detail as it may be logged: ids, keys and numbers as they are, what may be words as a keyed hash."""
    return detail if _PLAIN_DETAIL.fullmatch(detail) else f"hash={digest(compact(detail))}"
