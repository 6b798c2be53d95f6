"""A plan on paper: cards in the parent's language, envelopes for them, and the workers' checklist.

Cards and envelopes name nobody: they lie on the table while it is filmed. No paper tells where the meeting is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from app.casework.care import care_for, care_words
from app.casework.exclusions import why_words
from app.casework.mandate import told_mandate
from app.casework.people_called import people_called
from app.casework.plans import PlanEditor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.exclusions import is_careful
from app.model.meeting import Meeting
from app.model.people import Person
from app.model.plan import Seat
from app.model.words import LANGUAGES
from app.ports import Store
from app.reports.agreement_document import AgreementPaper, PaperPart, PaperSection, PaperTable
from app.reports.small_cards import Card, CardSize, cards_pdf
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

#: seatings in which adult and child are beside each other
BESIDE = ("side-by-side", "corner", "sofa")
#: a box to tick with a pen
BOX = "□"


class Paper(StrEnum):
    """What of a plan is printed."""

    CARDS = "cards"
    ENVELOPES = "envelopes"
    CHECKLIST = "checklist"


def parent_texts(texts: Texts, plan: PlanEditor) -> Texts:
    """In which language the adult's cards are: the adult's where there are words in it, else the worker's."""
    adult = plan.case().person(plan.meeting.adult_id)
    return Texts(adult.language) if adult is not None and adult.language in LANGUAGES else texts


def cards(plan: PlanEditor, texts: Texts) -> tuple[Card, ...]:
    """What the adult reads aloud, one card for each task; a licensed one says whose words it has.

    Raises NotAllowed(`licensed-not-printed`) where the words of one may not be used or are not here.
    """
    made = []
    for number, task in enumerate(plan.printed(), start=1):
        line = plan.licence_line(number, texts)
        if task.package and not line:
            raise NotAllowed("licensed-not-printed")
        made.append(Card(f"{number}  {texts.words(task.name)}", texts.words(task.text), line))
    return tuple(made)


def envelopes(plan: PlanEditor, texts: Texts) -> tuple[Card, ...]:
    """The number outside, and what is laid into it."""
    needed: dict[int, list[str]] = {}
    for words, numbers in plan.materials():
        for number in numbers:
            needed.setdefault(number, []).append(texts.words(words))
    made = []
    for number, task in enumerate(plan.printed(), start=1):
        inside = ", ".join([texts.tr("the card"), *needed.get(number, [])])
        said = texts.tr("{task}. In the envelope or at hand: {inside}", task=texts.words(task.name), inside=inside)
        made.append(Card(str(number), said, plan.licence_line(number, texts), large_title=True))
    return tuple(made)


def checklist(plan: PlanEditor, texts: Texts, day: date) -> AgreementPaper:
    """What the workers go through before the family comes, and what is known that the tasks must heed."""
    t, meeting, case = texts, plan.meeting, plan.case()
    fixed, arranged = StatementTexts(texts.language), plan.meeting.arranged
    adult, held = case.person(meeting.adult_id), meeting.held.astimezone()
    facts = [
        (t.tr("Case"), case.case.code_name),
        (t.tr("When"), f"{t.date(held.date())} {t.time(meeting.held)}"),
        (t.tr("With the child"), adult.called if adult is not None else ""),
        (t.tr("Seating"), fixed.said("seatings", arranged.seating) if arranged.seating else ""),
        (t.tr("The adult's leading hand"), _hand_words(t, fixed, plan)),
        *((t.tr("Seat of {who}", who=person.called), seat.place) for seat, person in _seats(plan)),
        *zip((t.tr("Place of camera 1"), t.tr("Place of camera 2")), arranged.cameras, strict=False),
    ]
    people = (meeting.adult_id, *meeting.others)
    known = care_words(t, case, care_for(case, people, held.date()))
    shows = plan.how_child_shows(t)
    sections = [
        *((PaperSection(t.tr("How this child shows it"), (PaperPart("", before=shows),)),) if shows else ()),
        PaperSection(t.tr("Tasks"), (_tasks(plan, t, fixed), *_left_out(plan, t))),
        PaperSection(t.tr("Asked and agreed before the list was fixed"), (_ticks(t, _asked(t), known),)),
        PaperSection(t.tr("Room, cameras and sound"), (_ticks(t, _room(t)),)),
        PaperSection(t.tr("With the family"), (_ticks(t, _family(t)),)),
    ]
    title, marking = t.tr("Checklist of the meeting"), fixed.confidential
    made_for = told_mandate(t.language, plan.made_for())
    return AgreementPaper(title, t.tr("For the pair"), marking, (*_said(facts), *made_for), (), tuple(sections), day)


def _seats(plan: PlanEditor) -> tuple[tuple[Seat, Person], ...]:
    """Where each of a family sits."""
    case = plan.case()
    found = ((seat, case.person(seat.person_id)) for seat in plan.meeting.arranged.seats)
    return tuple((seat, person) for seat, person in found if person is not None)


def _hand_words(t: Texts, fixed: StatementTexts, plan: PlanEditor) -> str:
    """The hand, and at which side of the adult the child sits where they sit beside each other."""
    hand = plan.leading_hand()
    if not hand:
        return ""
    sides = {
        "right": t.tr("The child sits at the adult's right: from camera 1 in front, at the left of the picture."),
        "left": t.tr("The child sits at the adult's left: from camera 1 in front, at the right of the picture."),
    }
    side = sides.get(hand, "") if plan.meeting.arranged.seating in BESIDE else ""
    return " ".join(x for x in (f"{fixed.said('hands', hand)}." if side else fixed.said("hands", hand), side) if x)


def _said(facts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in facts if words)


def _tasks(plan: PlanEditor, t: Texts, fixed: StatementTexts) -> PaperPart:
    needed = {number: words for words, numbers in plan.materials() for number in numbers}
    rows: list[tuple[str, ...]] = []
    case, who = plan.case(), (t.tr("Taking part"),) if plan.meeting.is_of_family else ()
    for number, task in enumerate(plan.printed(), start=1):
        material = t.words(needed[number]) if number in needed else "–"
        careful = ", ".join(fixed.of("safety", tag) for tag in task.safety)
        if task.despite:
            careful = t.tr("Taken all the same: {reason}", reason=task.despite)
        doing = (people_called(case, plan.doing(number)),) if who else ()
        rows.append((f"{number}. {t.words(task.name)}", *doing, material, careful or "–", BOX))
    head = (t.tr("Task"), *who, t.tr("Materials"), t.tr("Be careful about"), t.tr("In the envelope"))
    lines = (plan.licence_line(number, t) for number in range(1, len(plan.meeting.plan) + 1))
    told = tuple(dict.fromkeys(t.tr("Licensed content: {line}", line=line) for line in lines if line))
    return PaperPart("", before=told, tables=(PaperTable("", (head, *rows)),))


def _left_out(plan: PlanEditor, t: Texts) -> tuple[PaperPart, ...]:
    case = plan.case()
    rows = [(t.words(c.name), why_words(t, case, c, why)) for c, why in plan.left_out() if is_careful(why)]
    return (PaperPart(t.tr("Left out"), facts=tuple(rows)),) if rows else ()


def _ticks(t: Texts, lines: Sequence[str], before: Sequence[str] = ()) -> PaperPart:
    table = PaperTable("", ((t.tr("To check"), t.tr("Done")), *((line, BOX) for line in lines)))
    return PaperPart("", before=tuple(before), tables=(table,))


def _asked(t: Texts) -> tuple[str, ...]:
    return (
        t.tr("allergies: food, lotion"),
        t.tr("agreements not to touch, and why"),
        t.tr("contact restrictions"),
        t.tr("whether being apart frightens the child"),
        t.tr("diet, eating, what the family's faith asks for"),
    )


def _room(t: Texts) -> tuple[str, ...]:
    return (
        t.tr("numbered envelopes in order, large materials within reach, nothing else"),
        t.tr("no window behind the people"),
        t.tr("camera 1 fixed: both faces and hands, no zooming"),
        t.tr("camera 2 fixed, from the opposite corner, if there is one"),
        t.tr("microphone on the table"),
        t.tr("ten seconds filmed and listened to"),
        t.tr("room on the disk, mains, a second place to store"),
        t.tr("a clap that both cameras see when filming begins"),
    )


def _family(t: Texts) -> tuple[str, ...]:
    return (
        t.tr("consents, and the child's own word today"),
        t.tr("the child knows where we are meanwhile"),
        t.tr("the adult reads each card aloud, in order; no hurry, no time limits"),
        t.tr("how we are called in, and that it can be stopped at any time"),
    )


def made(plan: PlanEditor, texts: Texts, paper: Paper, size: CardSize, day: date) -> bytes:
    """The paper as PDF; the checklist is always on A4. Raises NotAllowed as `cards`."""
    if paper == Paper.CHECKLIST:
        from app.reports.agreement_pdf import agreement_pdf

        return agreement_pdf(checklist(plan, texts, day), texts)
    theirs = parent_texts(texts, plan)
    if paper == Paper.CARDS:
        return cards_pdf(cards(plan, theirs), theirs.tr("Task cards"), theirs.language, day, size)
    return cards_pdf(envelopes(plan, theirs), theirs.tr("Envelopes"), theirs.language, day, size)


def save(store: Store, path: Path, plan: PlanEditor, texts: Texts, paper: Paper, size: CardSize, day: date) -> None:
    """Write the paper, whole or not at all; the checklist tells of a client, so it is logged.

    Raises AppError(`cannot-write`), StoreError, NotAllowed as `cards`.
    """
    pages = made(plan, texts, paper, size, day)
    write_whole(path, pages)
    if paper == Paper.CHECKLIST:
        digest = hashlib.sha256(pages).hexdigest()
        store.note("export", Meeting, plan.meeting.id, f"checklist;sha256={digest}")
