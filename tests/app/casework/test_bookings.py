"""Meetings of people who must not meet: too near is told, and one meeting of both is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework import bookings
from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.merging import link
from app.casework.plans import PlanEditor
from app.door import Door
from app.i18n import Texts
from app.model.apart import Apart, kept_apart
from app.model.change import added
from app.model.identity import new_id
from app.model.meeting import NOBODY, Meeting, Outcome
from app.model.meeting_note import NoteKind
from app.model.people import Person, Role
from app.services.library import meeting_kinds
from tests.material.builders import A_DAY
from tests.material.house import Home

KINDS = {kind.key: kind for kind in meeting_kinds()}
PEOPLE = ("a", "b", "c")


def booked(start: int, minutes: int, people: tuple[str, ...], outcome: Outcome = Outcome.OPEN) -> Meeting:
    held = A_DAY + timedelta(minutes=start)
    return Meeting(new_id(), "case", held, "", "", NOBODY, "interview", minutes, others=people, outcome=outcome)


meetings = st.builds(
    booked,
    st.integers(0, 300),
    st.integers(5, 120),
    st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple),
    st.sampled_from(Outcome),
)
parted = st.sets(st.sampled_from([frozenset(p) for p in ("ab", "bc", "ac")])).map(
    lambda pairs: Apart(frozenset(PEOPLE), frozenset(pairs))
)


@given(parted, meetings, meetings)
def test_the_warning_is_the_same_from_both_sides_and_only_of_who_must_not_meet(apart, one, other):
    found = bookings.too_near(apart, one, other)
    assert found == bookings.too_near(apart, other, one)
    between = max(one.held - other.end, other.held - one.end)
    strangers = any({p, q} in apart.pairs for p in one.people for q in other.people)
    assert found == (between < timedelta(minutes=30) and strangers and one.takes_place and other.takes_place)


def test_half_an_hour_between_them_is_enough():
    apart = Apart(frozenset(PEOPLE), frozenset({frozenset("ab")}))
    first = booked(0, 60, ("a",))
    assert bookings.too_near(apart, first, booked(89, 60, ("b",)))
    assert not bookings.too_near(apart, first, booked(90, 60, ("b",)))
    assert not bookings.too_near(apart, first, booked(60, 60, ("c",)))


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def case(home):
    """The editor of a case whose two adults must not meet; and the other adult."""
    other = Person(new_id(), home.case_id, Role.FOSTER_PARENT, "sijaisäiti")
    home.a.apply("p", [added(other), added(kept_apart(home.case_id, home.meeting.adult_id, other.id))])
    editor = CaseEditor(home.a, Texts("fi"), home.case_id)
    return editor, editor.file.person(home.meeting.adult_id), other


def test_a_meeting_without_a_film_needs_no_coders_and_no_child(home, case):
    editor, adult, _ = case
    made = editor.book(KINDS["interview"], adult, A_DAY)
    assert (made.adult_id, made.child_id, made.is_filmed) == (adult.id, "", False)
    assert made.workers == (home.a.worker.id, home.b.worker.id)
    start = editor.book(KINDS["start"], adult, A_DAY)
    assert start.people == ()
    child = editor.book(KINDS["childs-meeting"], adult, A_DAY)
    assert child.people == (home.meeting.child_id,)
    assert [m.id for m in editor.file.meetings] == [home.meeting.id], "nothing of them is filmed or coded"
    assert {made.id, start.id, child.id} < {m.id for m in editor.file.every_meeting}


def test_two_who_must_not_meet_are_not_booked_for_one_meeting(home, case, qtbot):
    editor, adult, other = case
    made = editor.book(KINDS["network"], adult, A_DAY)
    plan = PlanEditor(home.a, Texts("fi"), made.id)
    with qtbot.waitSignal(plan.refused) as said:
        assert not plan.edit(others=(other.id,))
    assert said.args[0].key == "meeting-of-kept-apart"
    assert home.a.get(Meeting, made.id) == made


def test_a_meeting_too_near_to_the_others_is_found_when_it_is_booked(home, case):
    editor, adult, other = case
    first = editor.book(KINDS["interview"], adult, A_DAY + timedelta(days=1))
    second = editor.book(KINDS["interview"], other, first.end + timedelta(minutes=29))
    file = case_file(home.a, home.case_id)
    assert [m.id for m in bookings.near(file, second, ())] == [first.id]
    assert [m.id for m in bookings.near(file, first, ())] == [second.id]
    PlanEditor(home.a, Texts("fi"), second.id).edit(held=first.end + timedelta(minutes=30))
    assert bookings.near(case_file(home.a, home.case_id), first, ()) == ()


def test_a_cancelled_meeting_is_near_to_none(home, case):
    editor, adult, other = case
    first = editor.book(KINDS["interview"], adult, A_DAY + timedelta(days=1))
    editor.book(KINDS["interview"], other, first.end)
    plan = PlanEditor(home.a, Texts("fi"), first.id)
    assert plan.edit(outcome=Outcome.CANCELLED, why="kuume", by=adult.id)
    file = case_file(home.a, home.case_id)
    assert bookings.near(file, plan.meeting, ()) == ()


def test_what_was_said_seen_and_made_of_it_are_notes_of_their_own(home, case):
    editor, adult, _ = case
    talk = PlanEditor(home.a, Texts("fi"), editor.book(KINDS["interview"], adult, A_DAY).id)
    said, seen = talk.add_note(NoteKind.SAID), talk.add_note(NoteKind.SEEN)
    assert (said.person_id, seen.person_id) == (adult.id, "")
    assert talk.edit_note(said, text="kotona on hyvä")
    assert [(n.kind, n.text) for n in talk.notes] == [(NoteKind.SAID, "kotona on hyvä"), (NoteKind.SEEN, "")]
    talk.undo()
    assert talk.notes[0].text == ""
    assert not editor.remove_meeting(talk.meeting), "a meeting with notes stays"
    filmed = PlanEditor(home.a, Texts("fi"), home.meeting.id)
    assert filmed.add_note(NoteKind.INTERPRETED) is None
    view = filmed.add_note(NoteKind.CHILDS_VIEW)
    assert view.person_id == home.meeting.child_id


def test_whose_words_are_in_a_note_stays_in_the_case(home, case):
    editor, adult, other = case
    talk = PlanEditor(home.a, Texts("fi"), editor.book(KINDS["start"], adult, A_DAY).id)
    note = talk.add_note(NoteKind.SAID)
    assert talk.edit_note(note, person_id=other.id)
    assert not editor.remove_person(other)
    assert replace(note, person_id=other.id) == talk.notes[0]


# siblings have a case each


@pytest.fixture
def sibling(home, case):
    """The sibling's own case, in which the other adult stands too; its editor, and that adult's entry there."""
    _, _, other = case
    made = CaseEditor(home.a, Texts("fi"), new_case(Door(home.a), Texts("fi"), "Kuu 3").id)
    made.edit(made.file.case, partner=home.leena.id)
    (adult,) = made.file.adults
    home.a.apply("same", link(home.a, home.a.get(Person, other.id), home.a.get(Person, adult.id)))
    made.reread()
    return made, made.file.person(adult.id)


def near_to(home, case_id: str, meeting: Meeting) -> list[str]:
    file = case_file(home.a, case_id)
    return [m.id for m in bookings.near(file, meeting, bookings.sharing(home.a, file))]


def test_a_siblings_meeting_with_who_must_not_be_met_is_near_from_both_sides(home, case, sibling):
    editor, adult, _ = case
    siblings, other = sibling
    first = editor.book(KINDS["interview"], adult, A_DAY + timedelta(days=1))
    second = siblings.book(KINDS["interview"], other, first.end + timedelta(minutes=29))
    assert near_to(home, home.case_id, first) == [second.id]
    # there nobody was told to be kept apart: it is the same human being all the same
    assert near_to(home, siblings.file.case.id, second) == [first.id]
    PlanEditor(home.a, Texts("fi"), second.id).edit(held=first.end + timedelta(minutes=30))
    assert near_to(home, home.case_id, first) == []


def test_the_same_adult_in_both_cases_is_near_to_nobody(home, case, sibling):
    editor, _, other = case
    siblings, same = sibling
    first = editor.book(KINDS["interview"], other, A_DAY + timedelta(days=1))
    siblings.book(KINDS["interview"], same, first.end)
    assert near_to(home, home.case_id, first) == []


def test_cases_that_share_people_over_a_third_are_found(home, case, sibling):
    siblings, _ = sibling
    third = CaseEditor(home.a, Texts("fi"), new_case(Door(home.a), Texts("fi"), "Kuu 4").id)
    aunt = siblings.add_person(Role.FOSTER_PARENT, "täti")
    (adult,) = third.file.adults
    home.a.apply("same", link(home.a, home.a.get(Person, aunt.id), home.a.get(Person, adult.id)))
    found = {f.case.id for f in bookings.sharing(home.a, case_file(home.a, home.case_id))}
    assert found == {siblings.file.case.id, third.file.case.id}


def test_nothing_is_read_where_nobody_is_linked(home, case, monkeypatch):
    file = case_file(home.a, home.case_id)
    monkeypatch.setattr(type(home.a), "find", None)
    assert bookings.sharing(home.a, file) == ()
