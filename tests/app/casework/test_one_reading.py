"""While a screen is filled the same is asked once; what changes meanwhile is read."""

from dataclasses import replace

import pytest

from app.casework.case_file import case_file
from app.casework.one_reading import OneReading
from app.casework.plans import PlanEditor
from app.model.change import Change
from app.model.consent import Consent
from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.model.recording import Recording
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


class Asked:
    """Stands before a store and writes down what is asked of it."""

    def __init__(self, store) -> None:
        self.store, self.kinds = store, []

    def find(self, kind, /, **fields):
        self.kinds.append(kind)
        return self.store.find(kind, **fields)

    def get(self, kind, entity_id):
        self.kinds.append(kind)
        return self.store.get(kind, entity_id)

    def __getattr__(self, name):
        return getattr(self.store, name)


def test_the_same_question_is_asked_once(home: Home) -> None:
    asked = Asked(home.a)
    reading = OneReading(asked)
    for _ in range(2):
        assert reading.find(Recording, meeting_id=home.meeting.id) == home.a.find(Recording, meeting_id=home.meeting.id)
        assert reading.find(Recording, meeting_id=(home.meeting.id,)) == (home.film,)
        assert reading.get(Meeting, home.meeting.id) == home.a.get(Meeting, home.meeting.id)
    assert asked.kinds == [Recording, Meeting]
    reading.forget()
    assert reading.find(Recording, meeting_id=home.meeting.id) == (home.film,)
    assert asked.kinds == [Recording, Meeting, Recording]


def test_a_case_that_is_held_is_not_read(home: Home) -> None:
    asked, file = Asked(home.a), case_file(home.a, home.case_id)
    reading = OneReading(asked)
    reading.know(file)
    assert case_file(reading.store, home.case_id) == file
    for kind in (Person, Consent, Meeting):
        assert reading.find(kind, case_id=(home.case_id,)) == home.a.find(kind, case_id=home.case_id)
    assert reading.get(Case, home.case_id) == file.case
    assert asked.kinds == []


def test_a_plan_reads_what_changed_while_it_is_shown(home: Home) -> None:
    editor = PlanEditor(home.a, home.texts, home.meeting.id)
    with editor.reading():
        before = editor.case()
        after = replace(before.case, note="calm mornings")
        home.a.apply("note", [Change(before.case, after)])
        assert editor.case() == before, "one state while nothing is told"
        editor.hear([Change(before.case, after)])
        assert editor.case().case == after
    assert editor.case().case == after


def test_one_of_several_is_taken_from_them(home: Home) -> None:
    asked, other = Asked(home.a), home.add_meeting(home.meeting.adult_id, day=4)
    reading = OneReading(asked)
    both = (home.meeting.id, other.id)
    assert reading.find(Recording, meeting_id=both) == home.a.find(Recording, meeting_id=both)
    for one in both:
        assert reading.find(Recording, meeting_id=one) == home.a.find(Recording, meeting_id=one)
    assert asked.kinds == [Recording]
    assert reading.find(Recording, meeting_id="another") == ()
    assert asked.kinds == [Recording, Recording]
