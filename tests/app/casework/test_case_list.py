"""What cases and meetings are chosen from, in the application and not in a screen."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.case_list import case_lines, case_lines_of, case_of_meeting, found_cases, meeting_lines
from app.coding.opening import Codable, begin, codable, state_of
from app.comparing.comparison import look_at, ready_codings
from app.door import Door
from app.errors import NotAllowed
from app.filming.choice import When, filmable
from app.model.change import Change, added, removed
from app.model.coding import CodingState
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.people import Case, Worker
from app.office.workers import names_of_workers
from tests.material.house import Home
from tests.stand_ins.fake_search import MemorySearch


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def close(home: Home, case: Case) -> None:
    home.a.apply("closed", [Change(case, replace(case, closed=date(2026, 11, 1)))])


def test_open_cases_come_first_each_part_by_code_name(home) -> None:
    made = [new_case(Door(home.a), home.texts, name) for name in ("zeta 2", "Alpha 1", "Beta 3")]
    close(home, made[1])
    assert [line.case.code_name for line in case_lines(home.a)] == ["Beta 3", "Star 14", "zeta 2", "Alpha 1"]


def test_a_case_is_found_by_its_people_the_child_first(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    editor.edit(editor.file.adults[0], called="Äiti", name="Maija Keksitty")
    other = new_case(Door(home.a), home.texts, "Moon 3")
    search = MemorySearch(home.a)
    for words in ("äi", "maija keks", "STAR", "star 1"):
        (line,) = found_cases(home.a, search, words)
        assert [p.is_child for p in line.persons] == [True, False]
        assert line.case.id == home.case_id
    assert {line.case.id for line in found_cases(home.a, search, "parent child")} == set()
    assert [line.case.id for line in found_cases(home.a, search, "child")] == [other.id, home.case_id]


def test_a_page_of_cases_goes_on_after_the_last_one(home) -> None:
    for number in range(7):
        new_case(Door(home.a), home.texts, f"Moon {number}")
    whole = [line.case.code_name for line in case_lines(home.a)]
    found, last = [], None
    while page := case_lines(home.a, 3, last):
        found += [line.case.code_name for line in page]
        last = page[-1].case
    assert found == whole
    assert len(whole) == 8
    ids = [line.case.id for line in case_lines(home.a)]
    assert [line.case.id for line in case_lines_of(home.a, [*reversed(ids), "gone"])] == ids


def test_a_meeting_s_case_and_its_latest_meeting_first(home) -> None:
    later = home.add_meeting(home.meeting.adult_id, 9)
    assert case_of_meeting(home.a, later.id).id == home.case_id
    assert [(line.meeting.id, line.adult.called) for line in meeting_lines(home.a)] == [
        (later.id, "parent"),
        (home.meeting.id, "parent"),
    ]


def test_today_s_meetings_are_filmed_first_then_those_without_a_film(home) -> None:
    unfilmed, today = (home.add_meeting(home.meeting.adult_id, day) for day in (5, 7))
    found, is_all = filmable(home.a, date(2026, 11, 7))
    assert is_all
    assert not filmable(home.a, date(2026, 11, 7), 1)[1]
    assert {when: [row.line.meeting.id for row in rows] for when, rows in found.items()} == {
        When.TODAY: [today.id],
        When.NOT_FILMED: [unfilmed.id],
        When.FILMED: [home.meeting.id],
    }
    assert list(found) == list(When)


@pytest.mark.parametrize(("name", "key"), [("  ", "code-name-missing"), (" STAR 14 ", "code-name-taken")])
def test_two_cases_never_look_alike(home, name, key) -> None:
    with pytest.raises(NotAllowed) as refused:
        new_case(Door(home.a), home.texts, name)
    assert refused.value.key == key
    other = new_case(Door(home.a), home.texts, "Moon 3")
    editor, said = CaseEditor(home.a, home.texts, other.id), []
    editor.refused.connect(lambda e: said.append(e.key))
    assert not editor.edit(editor.file.case, code_name=name)
    assert said == [key]
    assert case_file(home.a, other.id).case.code_name == "Moon 3"
    assert editor.edit(editor.file.case, code_name="moon 3")


def filming(home: Home) -> OpenRecording:
    begun = datetime(2026, 11, 3, 9, tzinfo=UTC)
    return OpenRecording(new_id(), home.meeting.id, 1, "film.vau", begun, 0, wrapped_key=b"key", recording_id=new_id())


def test_who_can_code_a_meeting_and_when(home) -> None:
    assert codable(home.a, home.meeting) == Codable.YES
    assert codable(home.a, replace(home.meeting, coders=("x", "y"))) == Codable.OTHERS
    book = filming(home)
    home.a.apply("begun", [added(book)])
    assert codable(home.a, home.meeting) == Codable.BEING_FILMED
    with pytest.raises(NotAllowed) as refused:
        begin(Door(home.a), home.texts, home.meeting.id)
    assert refused.value.key == "still-being-filmed"
    home.a.apply("ended", [removed(book)])
    home.erase(home.film)
    assert codable(home.a, home.meeting) == Codable.NO_FILM


def test_how_far_the_pair_is_and_who_looked(home) -> None:
    assert (ready_codings(home.a, home.meeting.id), state_of(home.a, home.meeting, home.aino.id)) == (0, None)
    home.compare()
    assert ready_codings(home.a, home.meeting.id) == 2
    assert state_of(home.a, home.meeting, home.leena.id) == CodingState.READY
    look_at(home.a, home.meeting.id)
    assert [e.act for e in home.a.audit_log(home.meeting.id)][-1] == "view"


def test_workers_are_known_by_name(home) -> None:
    assert names_of_workers(home.a) == {home.aino.id: "Aino Esimerkki", home.leena.id: "Leena Malli"}
    assert home.a.get(Worker, home.aino.id).name == "Aino Esimerkki"
