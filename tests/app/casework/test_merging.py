"""Two entries of one human being: everything that pointed at the one points at the other, in one step."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.consents import decided
from app.casework.merging import entries, link, merge
from app.door import Door
from app.errors import NotAllowed
from app.model.change import added
from app.model.circumstance import CircumstanceKind
from app.model.consent import Purpose
from app.model.filming import Talk
from app.model.goal import Goal, GoalOf, GoalReview
from app.model.identity import new_id, timeless_id
from app.model.meeting_note import MeetingNote, NoteKind
from app.model.people import Interpreter, Role
from app.model.request import Request, RequestKind
from app.model.statement import Statement, StatementStage
from app.model.utterance import Utterance
from app.statement.beginning import begin_statement
from storage.store.kinds import KINDS
from tests.material.builders import A_DAY
from tests.material.finals import walked
from tests.material.house import Home

DAY = date(2026, 11, 3)


class Matter:
    """A case with its mother twice, and everything that can point at a person."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.people = CaseEditor(home.a, home.texts, home.case_id)
        self.kept = self.people.file.adults[0]
        self.father = self.people.add_person(Role.BIRTH_PARENT, "isä")
        self.gone = self.people.add_person(Role.OTHER_ADULT, "äippä")
        self.people.edit(self.gone, name="Meri Malli", interpreter=Interpreter.REMOTE)
        self.gone = self.people.file.person(self.gone.id)

    def merge(self) -> bool:
        self.people.reread()
        person = self.people.file.person
        return self.people.merge(person(self.kept.id), person(self.gone.id))

    def everything(self) -> str:
        """All that the archive holds of the case, as text: what still says an id is there."""
        store, file = self.home.a, case_file(self.home.a, self.home.case_id)
        kinds = [(Talk, "meeting_id"), (Utterance, "meeting_id"), (MeetingNote, "meeting_id")]
        asked = store.find(Request, case_id=file.case.id)
        goals = store.find(Goal, case_id=file.case.id)
        held_goals = goals, store.find(GoalReview, goal_id=tuple(g.id for g in goals))
        held = [store.find(kind, **{name: m.id}) for kind, name in kinds for m in file.meetings]
        return repr((file, held, asked, held_goals, store.find(Statement, case_id=file.case.id)))


@pytest.fixture
def matter(qapp) -> Matter:
    return Matter(Home("fi"))


#: fields by which something points at a person of a case; `merging` follows each
POINTS = {
    ("kept_apart", "one_id"), ("kept_apart", "other_id"), ("circumstance", "person_id"), ("consent", "person_id"),
    ("consent", "given_by"), ("controller_decision", "person_id"), ("request", "person_id"), ("meeting", "adult_id"),
    ("meeting", "child_id"), ("meeting", "others"), ("talk", "person_id"), ("utterance", "speaker"),
    ("statement", "adult"), ("meeting_note", "person_id"), ("segment", "people"),
    ("reading", "person_id"), ("redaction", "person_id"), ("redacted_copy", "person_id"),
    ("feedback_talk", "person_id"), ("goal", "person_id"), ("goal_review", "present"),
}  # fmt: skip
#: names of fields that sound so and hold another computer's worker, a role on the film, or words
OTHERS = {
    ("partner_key", "person_id"), ("taken_package", "person_id"), ("sent_coding", "person_id"),
    ("partner_coding", "person_id"), ("observation", "person"), ("decision", "person"), ("consent", "given"),
    ("consent", "given_by_other"), ("meeting", "child_said"), ("meeting", "child_said_on"), ("talk", "child_where"),
    ("statement", "names_child"), ("client_case", "child_told"), ("guest_pass", "given"), ("guest_pass", "given_by"),
    ("feedback_talk", "present"), ("work_entry", "children"), ("work_entry", "adults"), ("work_entry", "participants"),
}  # fmt: skip
SOUNDS = ("person", "adult", "child", "given", "speaker", "other", "one_id", "particip", "present", "whom", "people")


def test_whatever_comes_to_point_at_a_person_is_taught_to_merging() -> None:
    found = {
        (kind.name, field.name)
        for kind in KINDS
        for field in fields(kind.entity)
        if any(sound in field.name for sound in SOUNDS)
    }
    assert found - OTHERS == POINTS


PARTS = (
    "request",
    "meeting",
    "other",
    "consent",
    "giver",
    "decision",
    "talk",
    "said",
    "statement",
    "apart",
    "row",
    "note",
    "goal",
)


def write_of(m: Matter, person, parts) -> None:
    """What is written down of somebody: notes of meetings, goals and their reviews."""
    home, people = m.home, m.people
    if "note" in parts:
        note = MeetingNote(new_id(), home.meeting.id, NoteKind.SAID, datetime.now(UTC), home.aino.id, "hei", person.id)
        home.a.apply("x", [added(note)])
        people.reread()
        people.edit(next(x for x in people.file.meetings if x.id == home.meeting.id), by=person.id)
    if "goal" in parts:
        goal = Goal(new_id(), home.case_id, DAY, home.aino.id, "Ehdin", whose=GoalOf.GROWN_UP, person_id=person.id)
        home.a.apply("x", [added(goal), added(GoalReview(new_id(), goal.id, DAY, home.aino.id, (person.id,), "tuki"))])


def point_at(m: Matter, person, parts) -> None:
    """Make the parts of the case point at a person."""
    home, people = m.home, m.people
    if "meeting" in parts:
        home.add_meeting(person.id, day=5)
    if "other" in parts:
        held = home.add_meeting(m.father.id, day=6)
        people.reread()
        people.edit(held, others=(person.id,))
    if "consent" in parts:
        people.give_consent(person, Purpose.FEEDBACK, DAY)
    if "giver" in parts:
        people.give_consent(people.file.child, Purpose.RESEARCH, DAY, given_by=(m.father.id, person.id))
    if "decision" in parts:
        home.a.apply("x", [added(decided(person, Purpose.TRAINING, DAY, "a", "b"))])
    if "request" in parts:
        asked = Request(new_id(), home.case_id, RequestKind.LOG, DAY, DAY, person.id)
        home.a.apply("x", [added(asked)])
    if "talk" in parts:
        home.a.apply("x", [added(Talk(new_id(), home.meeting.id, person.id, datetime.now(UTC)))])
    write_of(m, person, parts)
    if "said" in parts:
        home.a.apply("x", [added(Utterance(timeless_id(), home.meeting.id, 0, 9, person.id, "hei"))])
    people.reread()
    if "statement" in parts:
        begin_statement(Door(home.a), home.texts, home.case_id, "fi", adult=person.id)
    if "apart" in parts:
        people.keep_apart(people.file.person(person.id), people.add_person(Role.RELATIVE, "täti"), apart=True)
    if "row" in parts:
        people.change_circumstance(person, CircumstanceKind.SAFETY, "x", DAY)
    people.reread()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(PARTS)), st.sets(st.sampled_from(PARTS)))
def test_every_reference_is_kept_and_one_step_takes_it_back(qapp, of_gone, of_kept) -> None:
    m = Matter(Home("fi"))
    point_at(m, m.kept, of_kept - {"other"})
    point_at(m, m.gone, of_gone)
    before = m.everything()
    assert m.merge()
    after = m.everything()
    assert m.gone.id not in after
    assert after.count("adult_id=") == before.count("adult_id=")
    for mark in ("person_id=", "speaker=", "given_by=", "one_id="):
        assert after.count(mark) == before.count(mark), mark
    kept = m.people.file.person(m.kept.id)
    assert (kept.called, kept.name, kept.interpreter) == (m.kept.called, "Meri Malli", Interpreter.REMOTE)
    assert [e.act for e in m.home.a.audit_log(m.kept.id)][-1] == "merged"
    assert m.people.undo()
    assert m.everything() == before


def refused(matter, key) -> None:
    said = []
    matter.people.refused.connect(said.append)
    before = matter.everything()
    assert not matter.merge()
    matter.people.refused.disconnect(said.append)
    assert [e.key for e in said] == [key]
    assert matter.everything() == before


def test_a_final_statement_stays_about_whom_it_is(matter) -> None:
    home = matter.home
    text = Statement(
        (made := new_id()), home.case_id, made, 1, "fi", "mim", A_DAY, stage=StatementStage.FINAL, adult=matter.gone.id
    )
    walked(home.a, text)
    refused(matter, "merge-final")
    matter.kept, matter.gone = matter.gone, matter.kept
    assert matter.merge(), "the other way round it is the one that stays"


def test_two_who_must_not_meet_are_two_and_no_paper_comes_to_be_about_both(matter) -> None:
    matter.people.keep_apart(matter.kept, matter.gone, apart=True)
    refused(matter, "merge-kept-apart")
    matter.people.keep_apart(matter.kept, matter.gone, apart=False)
    matter.people.keep_apart(matter.kept, matter.father, apart=True)
    held = matter.home.add_meeting(matter.gone.id, day=7)
    matter.people.reread()
    draft = begin_statement(Door(matter.home.a), matter.home.texts, matter.home.case_id, "fi", adult=matter.father.id)
    assert held.id in draft.meetings
    refused(matter, "merge-kept-apart")


def test_where_all_adults_are_kept_apart_two_entries_of_one_still_become_one(matter) -> None:
    held = matter.home.add_meeting(matter.gone.id, day=7)
    matter.people.reread()
    matter.people.edit(matter.people.file.case, keep_apart=True)
    begin_statement(Door(matter.home.a), matter.home.texts, matter.home.case_id, "fi", adult=matter.gone.id)
    assert matter.merge()
    (draft,) = matter.home.a.find(Statement, case_id=matter.home.case_id)
    assert (draft.adult, draft.meetings) == (matter.kept.id, (held.id,))


def test_a_consent_in_force_and_one_taken_back_are_not_mixed(matter) -> None:
    people = matter.people
    people.give_consent(matter.kept, Purpose.FEEDBACK, DAY)
    people.give_consent(matter.gone, Purpose.FEEDBACK, DAY)
    theirs = next(c for c in people.file.consents if c.person_id == matter.gone.id)
    people.withdraw_consent(theirs, DAY)
    refused(matter, "merge-consents-differ")


def test_child_and_adult_and_two_on_one_film_are_two(matter) -> None:
    child = matter.people.file.child
    for kept, gone, key in (
        (matter.kept, child, "merge-child"),
        (matter.kept, matter.kept, "merge-with-itself"),
    ):
        with pytest.raises(NotAllowed, match=key):
            merge(matter.home.a, matter.people.file, kept, gone, DAY)


# ── in two cases ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_entries_of_two_cases_know_of_each_other_and_nothing_is_copied(matter) -> None:
    home, people = matter.home, matter.people
    sister = people.add_person(Role.SIBLING, "isosisko")
    hers = new_case(Door(home.a), home.texts, "Tähti 15")
    child = case_file(home.a, hers.id).child
    third = case_file(home.a, new_case(Door(home.a), home.texts, "Tähti 16").id).persons[1]
    assert people.link(sister, child)
    sister = people.file.person(sister.id)
    (found,) = entries(home.a, sister)
    assert replace(found, same="") == child, "no word of the one went to the other"
    assert people.link(sister, third)
    assert {p.id for p in entries(home.a, found)} == {sister.id, third.id}
    assert people.unlink(people.file.person(sister.id))
    assert {p.id for p in entries(home.a, home.a.get(type(child), child.id))} == {third.id}
    assert people.undo()
    assert len(entries(home.a, people.file.person(sister.id))) == 2
    with pytest.raises(NotAllowed, match="link-in-one-case"):
        link(home.a, sister, matter.father)
