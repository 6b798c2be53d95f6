"""`havainto package`: keys exchanged, a meeting handed over, its codings sent and taken in; answers are printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.casework.elsewhere import exchange_of
from app.door import Door
from app.error_texts import sentence
from app.errors import InputError
from app.i18n import Texts
from app.model.exchange import Coming, Next
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.receiving_key import MOST_CHARACTERS, fingerprint
from app.packages.codings import CodingReport, send_coding, send_key, withdraw
from app.packages.handing_over import hand_over
from app.packages.partners import add_partner, namesakes, replace_key
from app.packages.taking_in import Report, take_all
from app.ports import Archive, OpenedArchive, Store

#: what steps are called in the archive's journal
_TEXTS = Texts("en")


def own_key(archive: Archive) -> str:
    """The own receiving key, and the digits to be read out by phone."""
    key = archive.receiving_key()
    return f"{key}\ndigits: {' '.join(fingerprint(key))}"


def trust(opened: OpenedArchive, name: str, key: Path, digits: str) -> str:
    """A partner's key from a file taken into use; another key of the one partner of that name replaces it.

    Raises InputError as `add_partner`, and `partner-names-many` where two partners are called so.
    """
    door, own, text = Door(opened.store), opened.archive.receiving_key(), _text_of(key)
    known = namesakes(opened.store, name)
    if len(known) > 1:
        raise InputError("partner-names-many")
    if known:
        before = known[0].key.confirmed.astimezone().date()
        replace_key(door, _TEXTS, own, known[0], text, digits)
        return f"the key of {name} changed: the one made sure of on {before.isoformat()} counts no more"
    add_partner(door, _TEXTS, own, name, text, digits)
    return f"the key of {name} is in use"


def make(opened: OpenedArchive, case: str, day: date | None, into: Path) -> str:
    """A meeting of a case for its partner elsewhere, in a new folder below `into`. Raises as `hand_over`."""
    meeting = _meeting(opened.store, case, day)
    made = hand_over(Door(opened.store), opened.archive, _TEXTS, meeting.id, into, lambda _: None, lambda: False)
    return f"package: {made}"


def code(opened: OpenedArchive, case: str, day: date | None, into: Path) -> str:
    """The own ready coding of a meeting for the partner, in the folder `into`. Raises as `send_coding`."""
    meeting = _meeting(opened.store, case, day)
    made = send_coding(Door(opened.store), opened.archive, _TEXTS, meeting.id, into)
    return f"coding: {made}\n{_state(opened, meeting.id)}"


def open_to_partner(opened: OpenedArchive, case: str, day: date | None, into: Path) -> str:
    """The key of what `code` made, once the partner's coding is here. Raises as `send_key`."""
    meeting = _meeting(opened.store, case, day)
    made = send_key(Door(opened.store), opened.archive, _TEXTS, meeting.id, into)
    return f"key: {made}\n{_state(opened, meeting.id)}"


def take_back(opened: OpenedArchive, case: str, day: date | None) -> str:
    """What `code` made counts no more. Raises as `withdraw`."""
    meeting = _meeting(opened.store, case, day)
    withdraw(Door(opened.store), _TEXTS, meeting.id)
    return _state(opened, meeting.id)


def state(opened: OpenedArchive, case: str, day: date | None) -> str:
    """How far a meeting is, and what comes next."""
    return _state(opened, _meeting(opened.store, case, day).id)


def take(opened: OpenedArchive, path: Path) -> str:
    """What a partner sent taken in, with what it brought. Raises as `take_all`."""
    taken = take_all(Door(opened.store), opened.archive, _TEXTS, path, lambda _: None, lambda: False)
    lines = [line for report in taken.reports for line in report_lines(report)]
    meetings = dict.fromkeys(report.meeting_id for report in taken.reports if isinstance(report, CodingReport))
    lines += [_state(opened, meeting_id) for meeting_id in meetings]
    return "\n".join([*lines, *(f"not taken: {sentence(_TEXTS, error)}" for error in taken.troubles)])


_COMING = {
    Coming.NEW: "taken in",
    Coming.SAME: "was taken in before",
    Coming.OLDER: "a newer one is here, nothing was changed",
    Coming.REPLACES: "taken in, in the place of the one that the partner withdrew",
}
_NEXT = {
    Next.HAND_OVER: "hand the meeting over",
    Next.CODE: "code the meeting and mark the coding as ready",
    Next.SEND_CODING: "send your coding",
    Next.WAIT_FOR_CODING: "the partner's coding is waited for",
    Next.SEND_KEY: "send your key",
    Next.WAIT_FOR_KEY: "the partner's key is waited for",
    Next.COMPARE: "both codings are open",
}


def _state(opened: OpenedArchive, meeting_id: str) -> str:
    return f"next: {_NEXT[exchange_of(opened.store, meeting_id).next]}"


def report_lines(report: Report | CodingReport) -> list[str]:
    """What was brought, in numbers."""
    if isinstance(report, CodingReport):
        lines = [f"{'key' if report.is_key else 'coding'} of the partner: {_COMING[report.what]}"]
        if report.is_key and report.what == Coming.NEW:
            lines.append(f"observations {report.observations}, ratings {report.ratings}, marks {report.marks}")
        return lines
    numbers = f"films {report.films}, rows added {report.added}, changed {report.edited}, removed {report.removed}"
    lines = [f"{numbers}, kept as they are here {report.kept}"]
    if not report.is_new:
        lines.append("this package was taken in before")
    elif report.is_older:
        lines.append("a newer package of this meeting is here: only films that were missing were taken")
    return lines


def _meeting(store: Store, name: str, day: date | None) -> Meeting:
    """Raises InputError: `case-unknown`, `meeting-unknown` with the days of those there are."""
    case = next((c for c in store.find(Case) if name in (c.id, c.code_name)), None)
    if case is None:
        raise InputError("case-unknown")
    meetings = [m for m in store.find(Meeting, case_id=case.id) if m.is_filmed]
    wanted = [m for m in meetings if day is None or m.held.astimezone().date() == day]
    if len(wanted) != 1:
        days = sorted({m.held.astimezone().date().isoformat() for m in meetings})
        raise InputError("meeting-unknown", days=", ".join(days) or "-")
    return wanted[0]


def _text_of(path: Path) -> str:
    """Raises InputError(`receiving-key-missing`) for a file that cannot be read."""
    try:
        with path.open("rb") as read:
            return read.read(MOST_CHARACTERS).decode("utf-8", "replace")
    except OSError as error:
        raise InputError("receiving-key-missing") from error
