"""The note of a feedback talk as a paper: what was shown and said, and nothing of anybody who is kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.case_file import CaseFile, case_file
from app.casework.interpreting import how_interpreted, interpreted
from app.casework.mandate import paper_facts
from app.clips.feedback import said_in_talks
from app.clips.permitted import words_name
from app.clips.words import is_childs, person_called, picked_words
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.feedback import ClipWords, FeedbackTalk
from app.ports import Store
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.reports.feedback_note_pdf import NotePart


def file_name(texts: Texts, case: CaseFile, talk: FeedbackTalk) -> str:
    """Code name and day: nobody is named by a file."""
    day = talk.held.astimezone().date().isoformat() if talk.held is not None else ""
    parts = (case.case.code_name, texts.tr("feedback note"), day)
    return " ".join(part for part in parts if part) + ".pdf"


def save_note(store: Store, texts: Texts, talk: FeedbackTalk, path: Path) -> None:
    """Write it as PDF, whole or not at all, and log the export.

    Raises NotAllowed(`clip-names-other`), AppError `cannot-write`, StoreError.
    """
    from app.reports.feedback_note_pdf import NotePart, feedback_note

    case = case_file(store, talk.case_id)
    said = next(words for one, words in said_in_talks(store, talk.case_id) if one.id == talk.id)
    facts = _lines(paper_facts(store, talk.case_id, texts.language, ()))
    parts = (
        *note_parts(texts, talk, said, with_child=is_childs(case, talk), heard=_heard(texts, case, talk)),
        NotePart(texts.tr("On whose behalf"), facts),
    )
    told = [line for part in parts for line in part.lines]
    if any(words_name(case, talk.person_id, told, language) for language in ("fi", "sv", "en")):
        raise NotAllowed("clip-names-other")
    day = "" if talk.held is None else texts.date(talk.held.astimezone().date())
    about = " · ".join(x for x in (case.case.code_name, person_called(case, talk.person_id), day) if x)
    title = texts.tr("Feedback note")
    write_whole(path, feedback_note(title, about, parts, texts, today()))
    store.note("export", FeedbackTalk, talk.id, "feedback-note")


def note_parts(
    t: Texts, talk: FeedbackTalk, said: tuple[ClipWords, ...], *, with_child: bool = False, heard: str = ""
) -> tuple[NotePart, ...]:
    """What the note holds, part by part; `heard` says through which interpreter the words were."""
    from app.reports.feedback_note_pdf import NotePart

    whole = (
        (t.tr("Round"), str(talk.cycle) if talk.cycle else ""),
        (t.tr("What was filmed: the situation"), talk.situation),
        (t.tr("Who was there"), talk.present),
        (t.tr("The words stand as they were interpreted"), heard),
        (t.tr("How it was gone through"), talk.how),
    )
    coming = (
        (t.tr("How near your wish are things now? 0 = far, 10 = there"), _number(talk.scaling)),
        (t.tr("What is tried next"), talk.working_point),
        (t.tr("What is filmed next"), talk.next_film),
    )
    asked = t.tr("The child's own question") if with_child else t.tr("The parent's own question")
    shown = [part for n, one in enumerate(said, start=1) if (part := _moment(t, n, one, with_child=with_child)).lines]
    return (
        NotePart(t.tr("The talk"), _lines(whole)),
        NotePart(asked, (talk.question,) if talk.question else ()),
        *shown,
        NotePart(t.tr("What comes next"), _lines(coming)),
    )


def _heard(t: Texts, case: CaseFile, talk: FeedbackTalk) -> str:
    """Where the interpreter was; empty where there was none."""
    people = (p for p in (case.person(talk.person_id),) if p is not None)
    return "".join(how_interpreted(StatementTexts(t.language), person) for person in interpreted(people))


def _moment(t: Texts, number: int, one: ClipWords, *, with_child: bool) -> NotePart:
    from app.reports.feedback_note_pdf import NotePart

    rows = [(t.tr("shown"), "" if one.shown is None else t.time(one.shown.astimezone()))]
    whose = t.tr("In the child's own words") if with_child else t.tr("In the parent's own words")
    rows.append((whose, one.words))
    rows.append((t.tr("Also"), picked_words(t, one.picked)))
    rows.append((t.tr("How near your wish is this moment? 0 = far, 10 = there"), _number(one.scaling)))
    rows.append((t.tr("The next step in the parent's words"), one.step))
    title = one.title or t.tr("Moment without a title")
    return NotePart(f"{number} · {title}", _lines(tuple(rows)))


def _lines(rows: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(f"{name[:1].upper()}{name[1:]}: {' '.join(text.split())}" for name, text in rows if text.strip())


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
