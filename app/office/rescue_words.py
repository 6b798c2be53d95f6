"""What a rescue found, in a person's words: lines by what belongs together, and a sentence that sums it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import N_, Texts
from app.ports.rescue import FilesFound, Found

OFFICE = N_("What is the office's own")
_CASES = (
    "client_case person kept_apart circumstance showing commission consent consent_form controller_decision request"
    " hold case_rule goal goal_review service_feedback"
)
_MEETINGS = (
    "meeting meeting_note guest_pass taken_package reliability_sample sent_coding partner_coding segment recording"
    " derived_file example_clip open_recording live_mark filming_event talk utterance"
)
_CODINGS = (
    "coding observation mark rating bookmark private_note common_view decision origin reference calibration"
    " training_result"
)
_STATEMENTS = (
    "statement paragraph evidence approved_text reading margin_comment final_statement signature paper_signature"
    " redaction redacted_copy statement_delivery"
)
_SERVICES = (
    "service_work form_row supervision_agreement supervision_session goal_rating supervision_evaluation clip_use"
    " reflection supervision_notebook supervision_note work_entry work_period price invoice_basis closed_statistics"
)
#: what belongs together, by the words of the kinds in the log; all others are the office's own
GROUPS: tuple[tuple[str, str], ...] = (
    (N_("Cases and people"), _CASES),
    (N_("Meetings"), _MEETINGS),
    (N_("Codings"), _CODINGS),
    (N_("Moments and feedback"), "clip clip_cover feedback_talk clip_words"),
    (N_("Statements"), _STATEMENTS),
    (N_("Services, supervision and hours"), _SERVICES),
)
_GROUP_OF = {kind: name for name, kinds in GROUPS for kind in kinds.split()}
_FILM = "recording"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: of what, what can be read, and what is missing (empty where nothing is)."""

    name: str
    read: str
    missing: str


def lines(texts: Texts, found: Found) -> tuple[Line, ...]:
    """What the archive holds, by what belongs together; of what is not there at all nothing is said."""
    return (*_rows(texts, found), *_files(texts, found), *_sealed(texts, found))


def _rows(texts: Texts, found: Found) -> Iterator[Line]:
    for name in (*(name for name, _ in GROUPS), OFFICE):
        some = [one for one in found.kinds if _GROUP_OF.get(one.kind, OFFICE) == name]
        read, lost = sum(o.found + o.remade for o in some), sum(o.missing - o.remade for o in some)
        if read or lost:
            yield Line(texts.tr(name), texts.number(read), texts.number(lost) if lost else "")


def _files(texts: Texts, found: Found) -> Iterator[Line]:
    films = [one for one in found.files if one.kind == _FILM]
    papers = [one for one in found.files if one.kind != _FILM]
    for name, some in ((N_("Films"), films), (N_("Pages and photos"), papers)):
        if some:
            yield Line(texts.tr(name), texts.number(sum(one.whole for one in some)), _lacking(texts, some))


def _lacking(texts: Texts, some: list[FilesFound]) -> str:
    return _words_of(texts, sum(one.damaged for one in some), sum(one.lost for one in some))


def _words_of(texts: Texts, damaged: int, lost: int) -> str:
    words = [texts.tr("{n} damaged in places", n=texts.number(damaged))] if damaged else []
    return ", ".join([*words, *([texts.number(lost)] if lost else [])])


def _sealed(texts: Texts, found: Found) -> Iterator[Line]:
    if found.drafts or found.drafts_lost:
        lacking = _words_of(texts, found.drafts_damaged, found.drafts_lost)
        yield Line(texts.tr("Sealed codings, unopened"), texts.number(found.drafts - found.drafts_damaged), lacking)
    missing = texts.number(found.rows_missing) if found.rows_missing else ""
    yield Line(texts.tr("Rows of the access log"), texts.number(found.log_rows), missing)


def summary(texts: Texts, found: Found) -> str:
    """In a sentence or two, whether anything is missing and from where it may come."""
    if found.is_whole:
        return texts.tr("Everything in this archive can be read.")
    words = [texts.trn("One page of the database is damaged.", "{n} pages of the database are damaged.", found.damaged)]
    if not found.damaged:
        words = [texts.tr("The database itself can be read.")]
    words += _doubts(texts, found)
    if found.missing:
        words.append(texts.tr("A rescue looks for what is missing in the history of changes too."))
    return " ".join(words)


def _doubts(texts: Texts, found: Found) -> list[str]:
    """What may be missing or wrong, and no row of the table shows."""
    words = []
    if found.log_lost:
        words.append(
            texts.trn(
                "One page of the newest work is damaged: something of what was done last may be missing.",
                "{n} pages of the newest work are damaged: something of what was done last may be missing.",
                found.log_lost,
            )
        )
    if found.untold:
        words.append(
            texts.trn(
                "Where the entries of one page belong cannot be told, so they are left out.",
                "Where the entries of {n} pages belong cannot be told, so they are left out.",
                found.untold,
            )
        )
    if found.dropped:
        words.append(
            texts.trn(
                "One was left out, for what it belongs to is lost.",
                "{n} were left out, for what they belong to is lost.",
                found.dropped,
            )
        )
    if found.unsealed:
        words.append(
            texts.tr("The beginning of the database is lost, so its pages could not be checked: look with care at all.")
        )
    return words


def finished(texts: Texts, found: Found) -> str:
    """After a rescue: what came, what is still missing, and that the check was made."""
    remade = sum(one.remade for one in found.kinds)
    words = [texts.tr("The new archive is ready and was checked. The damaged one is as it was.")]
    if found.troubles:
        words = [texts.tr("The new archive is made, but its check found something: {what}.", what=found.troubles[0])]
    words += _doubts(texts, found)
    if remade:
        words.append(
            texts.trn("One entry came back from the history.", "{n} entries came back from the history.", remade)
        )
    if found.missing:
        words.append(texts.trn("One entry is lost.", "{n} entries are lost.", found.missing))
    if found.stood_in:
        words.append(
            texts.trn(
                "One was made anew under the name “?”, so that what belongs to it stays.",
                "{n} were made anew under the name “?”, so that what belongs to them stays.",
                found.stood_in,
            )
        )
    if found.rows_missing:
        words.append(texts.tr("The new archive's log says how many of its rows are missing."))
    return " ".join(words)
