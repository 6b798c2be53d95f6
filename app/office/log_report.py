"""The access log as a person reads it: who did what to which part of which case, and when (trust.md §4).

What the rows name by ids is looked up now; of what is no longer in the archive only the kind is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from app.errors import Cancelled as CancelledError
from app.errors import StoreError
from app.i18n import N_, Texts, today
from app.model.apart import KeptApart
from app.model.change import Entity
from app.model.circumstance import Circumstance
from app.model.coding import CodingHeader
from app.model.commission import Commission
from app.model.consent import Consent, ControllerDecision
from app.model.erasure import Erasure
from app.model.feedback import Clip, FeedbackTalk
from app.model.filming import OpenRecording, Talk
from app.model.goal import Goal, GoalReview
from app.model.guests import GuestPass
from app.model.hold import Hold
from app.model.meeting import Meeting
from app.model.meeting_note import MeetingNote
from app.model.people import Case, Person, Worker
from app.model.reading import Reading
from app.model.recording import Recording
from app.model.request import Request
from app.model.retention import CaseRule
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import ServiceWork
from app.model.showing import Showing
from app.model.statement import Statement
from app.model.timecode import SECOND, short_clock
from app.office.looking import ENDED, NOTHING_SEEN, PLAYED, VIEW, Seen, Where, seen_in
from app.office.workers import names_of_workers
from app.ports import AuditEntry, Cancelled, Store
from app.ports.pages import Days
from app.whole_file import write_whole

#: what was done, by the act's key in the log
ACTS = {
    "acknowledged": N_("Accepted the archive as it is after a check"),
    "backup": N_("Made a backup"),
    "backup-expired": N_("A backup older than the rule was removed"),
    "backup-found": N_("A backup of this archive was found at a known place"),
    "backup-gone": N_("A backup was seen to be gone"),
    "case-closed": N_("Closed the case"),
    "case-reopened": N_("Opened the case again"),
    "coding-handed-over": N_("Sent a coding to a partner"),
    "coding-key-handed-over": N_("Sent the key of a coding to a partner"),
    "coding-withdrawn": N_("Withdrew a coding that was sent"),
    "confirmation-fell": N_("Confirmation of the common view no longer holds"),
    "confirmation-taken-back": N_("Took back the confirmation of the common view"),
    "confirmed": N_("Confirmed the common view"),
    "copy": N_("Copied figures"),
    "copy-dropped": N_("A damaged copy was dropped"),
    "create": N_("Created"),
    "delete": N_("Deleted"),
    "derive": N_("Small copies"),
    "edit": N_("Edited"),
    "erase": N_("Erased own notes"),
    "erased": N_("Erased for good"),
    "erasure-finished": N_("The erasing was finished"),
    "export": N_("Took out as a file"),
    "film-again": N_("Film fetched again"),
    "film-fetched": N_("Which file was fetched again"),
    "film-in": N_("Film into the archive"),
    "film-source": N_("Film taken in from a file"),
    "final": N_("Finished the statement"),
    "final-fixed": N_("The finished statement was fixed afterward"),
    "guest-pass-ended": N_("Ended a guest's pass"),
    "guest-pass-given": N_("Gave a guest a pass"),
    "guest-pass-prolonged": N_("Changed the last day of a guest's pass"),
    "guest-refused": N_("A guest's sign-in was refused: no pass was in force"),
    "handed-over": N_("Handed over to a partner on another computer"),
    "key-changed": N_("The archive's key was changed"),
    "key-unreadable": N_("A key could not be read"),
    "led": N_("Followed a decision of the partner on another computer"),
    "lock": N_("Locked"),
    "login": N_("Signed in"),
    "login-failed": N_("Failed to sign in"),
    "merged": N_("Made two entries one, or took it back"),
    "names-shown": N_("Looked at the real names"),
    "put-in-place": N_("Named another coder in the place of one who is away"),
    "moved": N_("The coding was sealed"),
    "package-taken-in": N_("Took in a package from a partner"),
    "played": N_("Played"),
    "partner-coding-opened": N_("A partner's coding was opened"),
    "partner-coding-taken-in": N_("Took in a partner's coding"),
    "passphrase-changed": N_("Changed the passphrase"),
    "ready": N_("Marked as ready"),
    "ready-taken-back": N_("Took the ready mark back"),
    "recovered": N_("Opened with a recovery code"),
    "recovery-code-confirmed": N_("Took a recovery code into use"),
    "recovery-code-made": N_("Made a recovery code"),
    "clip-left": N_("Handed out a covered moment"),
    "deliver": N_("Noted a delivery of the statement"),
    "redacted-copy": N_("Made a redacted copy"),
    "released": N_("The coding was opened to the pair"),
    "moments-released": N_("Moments chosen for feedback were opened to the pair"),
    "rescued": N_("Rescued from a damaged archive"),
    "restored": N_("Restored from a backup"),
    "search": N_("Searched"),
    "shown-in-feedback": N_("Showed a moment in a feedback talk"),
    "moved-to-case": N_("Moved a consultation to the client's case"),
    "shown-in-supervision": N_("Showed a moment in supervision, with everybody's consent to that"),
    "agreement-signed": N_("Noted the signatures of a supervision agreement"),
    "agreement-ended": N_("Ended a supervision agreement"),
    "supervision-notes-erased": N_("Erased own notes of supervision"),
    "sign": N_("Signed the statement"),
    "sign-paper": N_("Noted a signature on paper"),
    "slot-added": N_("Added a sign-in"),
    "slot-removed": N_("Removed a sign-in"),
    "together": N_("Looked at a meeting together with the partner on another computer"),
    "unclaimed": N_("Files belonging to nobody were found"),
    "unclaimed-removed": N_("Files belonging to nobody were removed"),
    "view": N_("Looked at"),
    "view-ended": N_("Looked at until then"),
    "witnessed": N_("Signed in beside the partner"),
}
#: what was done with a film that was played, by where, and whether others saw it
PLAYED_THERE: dict[tuple[str, bool], str] = {
    ("", True): N_("Showed on the second screen"),
    (Where.FEEDBACK, True): N_("Showed to the family in feedback"),
    (Where.FEEDBACK, False): N_("Played alone in feedback"),
    (Where.SUPERVISION, True): N_("Showed to others in supervision"),
    (Where.SUPERVISION, False): N_("Played alone in supervision"),
    (Where.EXAMPLE, False): N_("Played as the example of a code"),
}
#: what it was done to, by the kind's key in the log
KINDS = {
    "archive": N_("Archive"),
    "calibration": N_("Reaction time"),
    "circumstance": N_("Dated fact of a person"),
    "case_rule": N_("Rule of retention"),
    "showing": N_("How the child shows it"),
    "client_case": N_("Case"),
    "closed_statistics": N_("Closed statistics"),
    "coding": N_("Coding"),
    "commission": N_("Commission"),
    "consent": N_("Consent"),
    "content_draft": N_("Draft of a scheme, instrument or template"),
    "content_terms": N_("Terms of a scheme, instrument or template"),
    "controller_decision": N_("Decision of the controller"),
    "derived_file": N_("A film"),
    "erasure": N_("Certificate of erasure"),
    "example_clip": N_("Example clip"),
    "goal": N_("Goal"),
    "goal_review": N_("Review of a goal"),
    "service_feedback": N_("Feedback on the service"),
    "guest_pass": N_("Guest's pass"),
    "hold": N_("Legal hold"),
    "invoice_basis": N_("Basis of an invoice"),
    "kept_apart": N_("Pair kept apart"),
    "licensed_package": N_("Licensed content"),
    "made_backup": N_("Backup"),
    "meeting": N_("Meeting"),
    "office_rule": N_("Rule of retention"),
    "open_recording": N_("A film"),
    "letterhead": N_("Letterhead"),
    "own_task": N_("Own task"),
    "plan_template": N_("Template of a plan"),
    "clip": N_("Moment for feedback"),
    "feedback_talk": N_("Feedback talk"),
    "consent_form": N_("Photo of a consent form"),
    "partner_coding": N_("A partner's coding"),
    "partner_key": N_("A partner's receiving key"),
    "person": N_("Person"),
    "price": N_("Price"),
    "reading": N_("Going through a statement"),
    "recording": N_("A film"),
    "reliability_sample": N_("Draw of tasks for a second coding"),
    "reference": N_("Reference coding"),
    "sent_coding": N_("A coding sent to a partner"),
    "request": N_("Request about the data"),
    "service_work": N_("A service"),
    "statement": N_("Statement"),
    "stored_content": N_("Scheme, instrument or template"),
    "supervision_agreement": N_("Supervision agreement"),
    "supervision_session": N_("Supervision session"),
    "supervision_notebook": N_("Own notes of supervision"),
    "taken_package": N_("A package from a partner"),
    "talk": N_("Talk after filming"),
    "meeting_note": N_("Note of a meeting"),
    "margin_comment": N_("Comment in the margin"),
    "own_word": N_("Own word of the spelling"),
    "text_block": N_("Text block"),
    "training_result": N_("Own figures from training"),
    "worker": N_("Worker"),
}
_CLASSES: dict[str, type[Entity]] = {
    "case_rule": CaseRule,
    "clip": Clip,
    "feedback_talk": FeedbackTalk,
    "service_work": ServiceWork,
    "showing": Showing,
    "circumstance": Circumstance,
    "client_case": Case,
    "coding": CodingHeader,
    "commission": Commission,
    "consent": Consent,
    "controller_decision": ControllerDecision,
    "erasure": Erasure,
    "goal": Goal,
    "goal_review": GoalReview,
    "service_feedback": ServiceFeedback,
    "guest_pass": GuestPass,
    "hold": Hold,
    "kept_apart": KeptApart,
    "meeting": Meeting,
    "open_recording": OpenRecording,
    "person": Person,
    "reading": Reading,
    "recording": Recording,
    "request": Request,
    "statement": Statement,
    "talk": Talk,
    "meeting_note": MeetingNote,
}
_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for: of a case and of a worker by id, of a kind by its word in `KINDS`, of days."""

    case_id: str = ""
    worker_id: str = ""
    kind: str = ""
    begin: date | None = None
    end: date | None = None

    def holds(self, line: LogLine) -> bool:
        """Whether a row is among them."""
        if self.case_id not in ("", line.case_id) or self.worker_id not in ("", line.worker_id):
            return False
        if self.kind not in ("", KINDS.get(line.kind, line.kind)):
            return False
        if self.begin is None and self.end is None:
            return True
        day = line.at.astimezone().date()
        return (self.begin is None or day >= self.begin) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row of the log. `act` and `kind` are its keys; `case_id` is empty for what belongs to no case.

    `case` is the code name, `held` the day of the meeting that it was of. `is_gone`: it is no longer in the archive.
    """

    at: datetime
    worker: str
    act: str
    kind: str
    case_id: str = ""
    case: str = ""
    held: date | None = None
    is_gone: bool = False
    worker_id: str = ""
    about: str = ""  # the id of what it was done to
    until: datetime | None = None  # when a look of a minute or longer ended
    seen: Seen = NOTHING_SEEN  # of a film that was played: which stretches, where, and whether others saw it


def log_lines(store: Store, cancelled: Cancelled = lambda: False) -> tuple[LogLine, ...]:
    """All rows that the signed-in worker may see, newest first. For a job. Raises Cancelled, StoreError."""
    look_up = _LookUp(store)
    # what a sealed coding logged joined the archive's log when it was opened: by time it stands where it was done
    entries = sorted(store.audit_log(), key=lambda entry: (entry.at, entry.number), reverse=True)
    return intervals(look_up.line(entry) for entry in _unhurried(iter(entries), cancelled))


def case_lines(
    store: Store, case_id: str, days: Days | None = None, cancelled: Cancelled = lambda: False
) -> tuple[LogLine, ...]:
    """The rows about a case and what belongs or belonged to it, of some days, newest first, without its code name.

    That of what is gone is told too: the log of a case does not forget. For a job. Raises Cancelled, StoreError.
    """
    look_up = _LookUp(store)
    entries = sorted(store.audit_of_case(case_id, days), key=lambda entry: (entry.at, entry.number), reverse=True)
    return intervals(look_up.line(entry, case_id) for entry in _unhurried(iter(entries), cancelled))


def intervals(lines: Iterable[LogLine]) -> tuple[LogLine, ...]:
    """A look that lasted is one line from when it began until it ended; both have rows in the log. Newest first."""
    found: list[LogLine] = []
    ended: dict[tuple[str, str, str], int] = {}  # where the end stands whose beginning comes further down
    for line in lines:
        thing = (line.worker, line.kind, line.about)
        if line.act == VIEW and (at := ended.pop(thing, None)) is not None:
            found[at] = replace(line, until=found[at].at)
            continue
        if line.act == ENDED:
            ended[thing] = len(found)
        found.append(line)
    return tuple(found)


def chosen(lines: Iterable[LogLine], wanted: Wanted) -> tuple[LogLine, ...]:
    """Those that are asked for."""
    return tuple(line for line in lines if wanted.holds(line))


def act_in_words(texts: Texts, line: LogLine) -> str:
    """What was done; of a film that was played also where, and whether others saw it."""
    there = line.seen.where, line.seen.by_others
    return texts.tr(PLAYED_THERE.get(there, ACTS.get(line.act, line.act)))


def object_in_words(texts: Texts, line: LogLine) -> str:
    """What it was done to: the kind, which stretches of a film, the day of its meeting, the case's code name."""
    clock = partial(short_clock, comma=texts.language != "en")
    spans = ", ".join(f"{clock(a * SECOND)}–{clock(b * SECOND)}" for a, b in line.seen.stretches)
    said = [" ".join(filter(None, (texts.tr(KINDS.get(line.kind, line.kind)), spans)))]
    if line.kind != "client_case" and line.held is not None:
        said.append(texts.date(line.held))
    if line.case:
        said.append(line.case)
    if line.is_gone:
        said.append(texts.tr("no longer in the archive"))
    return " · ".join(said)


def moment_in_words(texts: Texts, line: LogLine) -> str:
    """Day and time on this computer's clock."""
    local = line.at.astimezone()
    said = f"{texts.date(local.date())} {texts.time(local, seconds=True)}"
    return said if line.until is None else f"{said}–{texts.time(line.until.astimezone())}"


def write_log_report(store: Store, path: Path, lines: Sequence[LogLine], wanted: Wanted, texts: Texts) -> None:
    """The rows that were asked for as PDF, whole or not at all, with what was asked for above them.

    That it left is logged. For a job. Raises AppError `cannot-write`, StoreError.
    """
    from app.reports.log_report_pdf import log_report

    case_id = wanted.case_id
    about = store.get(Case, case_id).code_name if case_id else texts.tr("the whole archive")
    facts = [(texts.tr("Log of"), about)]
    if wanted.worker_id:
        facts.append((texts.tr("By whom"), names_of_workers(store).get(wanted.worker_id, wanted.worker_id)))
    if wanted.kind:
        facts.append((texts.tr("Of what"), texts.tr(wanted.kind)))
    facts.append((texts.tr("Rows"), texts.number(len(lines))))
    if lines:
        days = (texts.date(line.at.astimezone().date()) for line in (lines[-1], lines[0]))
        facts.append((texts.tr("Time"), " – ".join(days)))
    rows = [
        (moment_in_words(texts, line), line.worker, act_in_words(texts, line), object_in_words(texts, line))
        for line in lines
    ]
    write_whole(path, log_report(rows, facts, texts, today()))
    if case_id:
        store.note("export", Case, case_id, f"log={len(lines)}")
    else:
        store.note("export", Worker, store.me, f"log={len(lines)}")


def _unhurried(entries: Iterator[AuditEntry], cancelled: Cancelled) -> Iterator[AuditEntry]:
    for number, entry in enumerate(entries):
        if not number % _AT_A_TIME and cancelled():
            raise CancelledError
        yield entry


class _LookUp:
    """What the ids of the log stand for, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = names_of_workers(store)
        self._code_names: dict[str, str] = {}
        self._found: dict[tuple[str, str], tuple[str, date | None, bool]] = {}

    def line(self, entry: AuditEntry, of_case: str = "") -> LogLine:
        """`of_case` is the case whose log is read: it is known of what is gone, and is not told in each line."""
        key = (entry.object_kind, entry.object_id)
        if key not in self._found:
            self._found[key] = self._belongs(*key)
        case_id, held, is_gone = self._found[key]
        worker = self._names.get(entry.worker_id, entry.worker_id)
        case = "" if of_case else self._code_name(case_id)
        return LogLine(
            entry.at, worker, entry.act, entry.object_kind, of_case or case_id, case, held, is_gone, entry.worker_id,
            entry.object_id, seen=seen_in(entry.detail) if entry.act == PLAYED else NOTHING_SEEN,
        )  # fmt: skip

    def _code_name(self, case_id: str) -> str:
        if case_id and case_id not in self._code_names:
            found = self._store.find(Case, id=case_id)
            self._code_names[case_id] = found[0].code_name if found else ""
        return self._code_names.get(case_id, "")

    def _belongs(self, kind: str, entity_id: str) -> tuple[str, date | None, bool]:
        """(case id, day of the meeting, whether it is gone)."""
        if (entity := self._entity(kind, entity_id)) is None:
            return "", None, kind in _CLASSES
        if isinstance(entity, Case):
            return entity.id, None, False
        meeting = entity if isinstance(entity, Meeting) else self._entity("meeting", getattr(entity, "meeting_id", ""))
        if isinstance(meeting, Meeting):
            return meeting.case_id, meeting.held.astimezone().date(), False
        return getattr(entity, "case_id", ""), None, False

    def _entity(self, kind: str, entity_id: str) -> Entity | None:
        if kind not in _CLASSES or not entity_id:
            return None
        made: Callable[..., Entity] = self._store.get
        try:
            return made(_CLASSES[kind], entity_id)
        except StoreError as error:
            if error.key != "not-found":
                raise
            return None
