"""Sections 4 to 7 say what the archive knows: what was held, what happened on the way, and what was said after it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import read_filmed
from app.door import Door
from app.i18n import now
from app.model.change import Change, added
from app.model.checks import Lack
from app.model.filming import Answer, FilmingEvent, Happening, Talk
from app.model.identity import new_id
from app.model.people import Interpreter, Person, Role
from app.model.statement import ParagraphKind
from app.model.timecode import SECOND
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from tests.material.builders import recording
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    people = CaseEditor(made.a, made.texts, made.case_id)
    people.edit(people.file.adults[0], called="äiti")
    return made


def begun(home, language: str = "fi", adult: str = "") -> StatementEditor:
    made = begin_statement(Door(home.a), home.texts, home.case_id, language, adult=adult)
    return StatementEditor(home.a, home.texts, made.id)


def said(editor, section: str) -> list[str]:
    return [p.text for p in editor.text.section(section) if not p.cells]


def talk(home, meeting, person_id: str, **answers: str) -> Talk:
    rows = tuple(Answer(key.replace("_", "-"), text) for key, text in answers.items())
    made = Talk(new_id(), meeting.id, person_id, now(), "mummolassa", rows)
    home.a.apply("talk", [added(made)])
    return made


def test_a_pair_is_written_within_a_title_as_each_is_called(home) -> None:
    """*Tehtävät, äiti ja lapsi*; who is called by a name keeps its capital letter within a sentence too."""
    assert "Tehtävät, äiti ja lapsi, 3.11.2026" in said(begun(home), "attachments")
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.adults[0], called="Aava")
    missed = home.add_meeting(home.meeting.adult_id, day=1)
    home.a.apply("day", [Change(missed, replace(missed, held=datetime(2020, 3, 2, 9, tzinfo=UTC)))])
    assert "Sovittua tapaamista 2.3.2020 (Aava ja lapsi) ei kuvattu." in said(begun(home), "how-done")


def test_a_meeting_that_was_never_filmed_is_not_listed_as_held(home) -> None:
    missed, refused = (home.add_meeting(home.meeting.adult_id, day=day) for day in (1, 2))
    coming = home.add_meeting(home.meeting.adult_id, day=9)
    changes = [
        Change(missed, replace(missed, held=datetime(2020, 3, 2, 9, tzinfo=UTC))),
        Change(refused, replace(refused, held=datetime(2020, 3, 4, 9, tzinfo=UTC), child_said="no")),
        Change(coming, replace(coming, held=datetime(2999, 3, 6, 9, tzinfo=UTC))),
    ]
    home.a.apply("days", changes)
    editor = begun(home)
    (table,) = [p for p in editor.text.section("how-done") if p.cells]
    assert [row[0] for row in table.cells[1:]] == ["3.11.2026"]
    assert said(editor, "how-done") == [
        "Sovittua tapaamista 2.3.2020 (äiti ja lapsi) ei kuvattu.",
        "Sovittua tapaamista 4.3.2020 (äiti ja lapsi) ei kuvattu: lapsi ei halunnut, että häntä kuvataan.",
        "Tapaaminen (äiti ja lapsi) on sovittu päivälle 6.3.2999.",
    ]


def test_what_happened_on_the_way_is_told(home) -> None:
    def event(kind: Happening, start: float, end: float | None = None, number: int = 0, reason: str = "") -> Change:
        at = None if end is None else round(end * SECOND)
        return added(FilmingEvent(new_id(), home.meeting.id, kind, round(start * SECOND), at, number, reason))

    gone = next(s for s in read_filmed(home.a, home.meeting.id).segments if s.number == 3)
    home.a.apply(
        "happened",
        [
            Change(gone, None),
            event(Happening.SKIPPED, 40, number=3, reason="child-does-not-want"),
            event(Happening.INTERRUPTION, 12, 15, reason="adult-left"),
            event(Happening.PAUSE, 20, 25),
            event(Happening.PAUSE, 30, 31, reason="lost"),
            event(Happening.ENDED_AT_ONCE, 41, reason="keep"),
        ],
    )
    name = home.meeting.plan[2].name
    (words,) = said(begun(home), "how-done")
    assert words == (
        f"Kuvauksessa 3.11.2026 jätettiin tekemättä: 3 {name.text('fi')} (lapsi ei halua). "
        "Kuvaus 3.11.2026 keskeytyi kerran: 00:12–00:15 (aikuinen poistui). "
        "Kuvauksessa 3.11.2026 oli tauko, jolta ei ole tallennetta: 00:20–00:25. "
        "Kuvaus 3.11.2026 lopetettiin kesken kohdassa 00:41."
    )
    (swedish,) = said(begun(home, "sv"), "how-done")
    assert "Vid filmningen 3.11.2026 gjordes inte: 3 " in swedish


def test_each_adult_says_apart_what_was_said_right_after_filming(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    second = home.add_meeting(father.id, day=4)
    home.a.apply("film", [added(recording(second.id))])
    talk(home, home.meeting, home.meeting.adult_id, best="Torni.\nSe oli hauska.", child_fun="Leikkieläimet.")
    talk(home, second, father.id, hardest="Odottaminen.")
    editor = begun(home)
    assert said(editor, "parents-views") == [
        "Äiti, keskustelu heti kuvauksen jälkeen 3.11.2026",
        "Mikä tuntui sinusta parhaalta ja miksi? Torni. Se oli hauska.",
        "Isä, keskustelu heti kuvauksen jälkeen 4.11.2026",
        "Mikä oli vaikeinta? Odottaminen.",
    ]
    kinds = [p.kind for p in editor.text.section("parents-views")]
    assert kinds == [ParagraphKind.HEADING, ParagraphKind.ITEM] * 2
    assert said(editor, "childs-view") == [
        "Lapselta kysyttiin heti kuvauksen jälkeen 3.11.2026, mikä oli kivaa ja mikä ei. Lapsi vastasi: Leikkieläimet."
    ]
    assert Lack.CHILDS_VIEW_MISSING not in {f.lack for f in editor.lacking()}
    assert "mummolassa" not in str(editor.text.paragraphs)
    people.edit(people.file.case, keep_apart=True)
    apart = begun(home, adult=father.id)
    assert [x.partition(",")[0] for x in said(apart, "parents-views")] == ["Isä", "Mikä oli vaikeinta? Odottaminen."]


def test_another_on_the_film_is_among_the_participants(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    sister = people.add_person(Role.SIBLING, "sisko")
    held = read_filmed(home.a, home.meeting.id).meeting
    home.a.apply("others", [Change(held, replace(held, others=(sister.id,)))])
    (table,) = [p for p in begun(home).text.section("how-done") if p.cells]
    assert dict(zip(*table.cells, strict=True))["Osallistujat"] == "Äiti ja lapsi, sisko"
    assert "Paikka" not in table.cells[0], "nobody wrote one"
    held = read_filmed(home.a, home.meeting.id).meeting
    home.a.apply("place", [Change(held, replace(held, place="huone 2"))])
    (table,) = [p for p in begun(home).text.section("how-done") if p.cells]
    assert dict(zip(*table.cells, strict=True))["Paikka"] == "huone 2"


def test_the_interpreter_is_told_among_the_methods(home) -> None:
    adult = home.a.get(Person, home.meeting.adult_id)
    home.a.apply("x", [Change(adult, replace(adult, interpreter=Interpreter.REMOTE, interpreter_language="arabia"))])
    assert "Tulkki etänä (arabia). Puhetta arvioitiin tulkkauksen varassa." in said(begun(home), "methods")


def test_the_commissioners_questions_come_before_the_facts_and_no_fact_of_the_head_stands_twice(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.commission, decision="12/2026", social_worker="Maija Mallikas")
    rows = begun(home).text.section("commission")
    sources = [p.source for p in rows]
    assert sources == ["questions", "asked/1", "asked/2", "commission-heading", "commission"]
    cells = [cell for row in rows[-1].cells for cell in row]
    assert "Maija Mallikas" in cells
    assert not {"County", "12/2026"} & set(cells)
