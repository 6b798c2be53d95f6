"""Two entries of one human being: in one case they become one, in two cases each knows of the other.

Everything that pointed at the one points at the other, as one step. Refused where a rule would break: two who must not
meet are two, and what a final document says stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.casework.case_file import CaseFile, concerns, with_change
from app.errors import NotAllowed
from app.model.apart import kept_apart
from app.model.change import Change, added, removed
from app.model.consent import Consent, Purpose
from app.model.feedback import FeedbackTalk
from app.model.filming import Talk
from app.model.goal import Goal, GoalReview
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.meeting_note import MeetingNote
from app.model.people import Case, Interpreter, Person, Ring
from app.model.plan import Seat
from app.model.reading import Reading
from app.model.redaction import RedactedCopy, Redaction
from app.model.service_work import FormRow, ServiceWork
from app.model.statement import Statement
from app.model.utterance import Utterance
from app.ports import Store


def merge(store: Store, case: CaseFile, kept: Person, gone: Person, day: date) -> tuple[Change, ...]:
    """`gone` is `kept`: what pointed at the one points at the other, which gets what it did not have yet.

    Raises NotAllowed `merge-with-itself`, `merge-child`, `merge-kept-apart`, `merge-both-filmed`, `merge-final`,
    `merge-consents-differ`.
    """
    _check(store, case, kept, gone, day)
    changes = (
        *_meetings(case, kept, gone),
        *_consents(case, kept, gone),
        *_said(store, case, kept, gone),
        *_statements(store, case, kept, gone),
        *_feedback(store, case, kept, gone),
        *_goals(store, case, kept, gone),
        *_services(store, case, kept, gone),
        *_pairs(case, kept, gone),
        *(Change(d, replace(d, person_id=kept.id)) for d in case.decisions if d.person_id == gone.id),
        *(Change(c, replace(c, person_id=kept.id)) for c in case.circumstances if c.person_id == gone.id),
        *(Change(r, replace(r, person_id=kept.id)) for r in case.requests if r.person_id == gone.id),
        *_changed_person(kept, gone),
        removed(gone),
    )
    _check_apart(store, case, changes)
    return changes


def _check_apart(store: Store, case: CaseFile, changes: Iterable[Change]) -> None:
    """No meeting and no statement may come to be about two who must not meet."""
    statements = {s.id: s for s in store.find(Statement, case_id=case.case.id)}
    after = case
    for change in changes:
        if isinstance(change.after, Statement):
            statements[change.id] = change.after
        elif concerns(case.case.id, change):
            after = with_change(after, change)
    together = [{m.adult_id, *m.others} for m in after.every_meeting]
    for statement in statements.values():
        if not statement.is_final:
            adults = {m.adult_id for m in after.meetings if m.id in statement.meetings}
            together.append(adults | {statement.adult})
    had = [{m.adult_id, *m.others} for m in case.every_meeting]
    if any(after.apart.parts(people) for people in together if people not in had):
        raise NotAllowed("merge-kept-apart")


def _check(store: Store, case: CaseFile, kept: Person, gone: Person, day: date) -> None:
    if kept.id == gone.id:
        raise NotAllowed("merge-with-itself")
    if kept.is_child != gone.is_child or kept.is_adult != gone.is_adult:
        raise NotAllowed("merge-child")
    if any({kept.id, gone.id} == {pair.one_id, pair.other_id} for pair in case.pairs):
        raise NotAllowed("merge-kept-apart")
    if any({kept.id, gone.id} <= {m.adult_id, m.child_id} for m in case.every_meeting):
        raise NotAllowed("merge-both-filmed")
    if any(s.is_final and s.adult == gone.id for s in store.find(Statement, case_id=case.case.id)):
        raise NotAllowed("merge-final")
    if any(_differ(case, kept, gone, purpose, day) for purpose in Purpose):
        raise NotAllowed("merge-consents-differ")


def _differ(case: CaseFile, kept: Person, gone: Person, purpose: Purpose, day: date) -> bool:
    """Whether one entry's consent is in force while the other's was taken back: then nobody knows which holds."""
    taken_back = [
        any(c.person_id == p.id and c.purpose == purpose and _is_taken_back(c, day) for c in case.consents)
        and case.consent(p.id, purpose, day) is None
        for p in (kept, gone)
    ]
    in_force = [case.consent(p.id, purpose, day) is not None for p in (kept, gone)]
    return (taken_back[0] and in_force[1]) or (taken_back[1] and in_force[0])


def _is_taken_back(consent: Consent, day: date) -> bool:
    return consent.withdrawn is not None and consent.withdrawn <= day


def _meetings(case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    for m in case.every_meeting:
        others = _swapped(m.others, kept.id, gone.id)
        after = replace(m, adult_id=_one(m.adult_id, kept, gone), child_id=_one(m.child_id, kept, gone))
        after = replace(after, others=tuple(i for i in others if i not in (after.adult_id, after.child_id)))
        after = replace(after, by=_one(m.by, kept, gone))
        after = _merged_plan(after, kept, gone)
        if after != m:
            yield Change(m, after)


def _merged_plan(meeting: Meeting, kept: Person, gone: Person) -> Meeting:
    """Who does its tasks and where they sit."""
    plan = tuple(replace(task, people=_swapped(task.people, kept.id, gone.id)) for task in meeting.plan)
    seats = {_one(seat.person_id, kept, gone): seat.place for seat in meeting.arranged.seats}
    arranged = replace(meeting.arranged, seats=tuple(Seat(i, place) for i, place in seats.items()))
    return replace(meeting, plan=plan, arranged=arranged)


def _consents(case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    for c in case.consents:
        given_by = _swapped(c.given_by, kept.id, gone.id)
        after = replace(c, person_id=_one(c.person_id, kept, gone), given_by=given_by)
        if after != c:
            yield Change(c, after)


def _said(store: Store, case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    """The talks after filming, the notes of meetings, and who speaks on the films."""
    for meeting in case.every_meeting:
        for segment in store.find(Segment, meeting_id=meeting.id):
            if gone.id in segment.people:
                yield Change(segment, replace(segment, people=_swapped(segment.people, kept.id, gone.id)))
        for note in store.find(MeetingNote, meeting_id=meeting.id, person_id=gone.id):
            yield Change(note, replace(note, person_id=kept.id))
        for talk in store.find(Talk, meeting_id=meeting.id, person_id=gone.id):
            yield Change(talk, replace(talk, person_id=kept.id))
        for line in store.find(Utterance, meeting_id=meeting.id, speaker=gone.id):
            yield Change(line, replace(line, speaker=kept.id))


def _statements(store: Store, case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    for statement in store.find(Statement, case_id=case.case.id):
        if statement.adult == gone.id:
            yield Change(statement, replace(statement, adult=kept.id))
        for reading in store.find(Reading, statement_id=statement.id, person_id=gone.id):
            yield Change(reading, replace(reading, person_id=kept.id))
        for marks in store.find(Redaction, statement_id=statement.id, person_id=gone.id):
            yield Change(marks, replace(marks, person_id=kept.id))
        for copy in store.find(RedactedCopy, statement_id=statement.id, person_id=gone.id):
            yield Change(copy, replace(copy, person_id=kept.id))


def _pairs(case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    """Who was kept apart from the one is kept apart from the other, each pair once."""
    there = {pair.id for pair in case.pairs}
    for pair in case.pairs:
        ids = {pair.one_id, pair.other_id}
        if gone.id not in ids:
            continue
        yield removed(pair)
        (other,) = ids - {gone.id}
        made = kept_apart(pair.case_id, kept.id, other)
        if made.id not in there:
            yield added(made)


def _changed_person(kept: Person, gone: Person) -> Sequence[Change]:
    """What the kept entry lacked is taken from the other; what both have stays as the kept one says it."""
    after = replace(
        kept,
        name=kept.name or gone.name,
        born=kept.born or gone.born,
        guardian=kept.guardian or gone.guardian,
        note="\n".join(x for x in (kept.note, gone.note) if x),
        network_only=kept.network_only and gone.network_only,
        same=kept.same or gone.same,
    )
    if kept.interpreter == Interpreter.NONE:
        after = replace(after, interpreter=gone.interpreter, interpreter_language=gone.interpreter_language)
    after = replace(after, leading_hand=kept.leading_hand or gone.leading_hand)
    if kept.ring == Ring.NOT_DRAWN:
        after = replace(after, ring=gone.ring, bond=gone.bond)
    return [Change(kept, after)] if after != kept else []


def _feedback(store: Store, case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    for talk in store.find(FeedbackTalk, case_id=case.case.id, person_id=gone.id):
        yield Change(talk, replace(talk, person_id=kept.id))


def _goals(store: Store, case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    for goal in store.find(Goal, case_id=case.case.id):
        if goal.person_id == gone.id:
            yield Change(goal, replace(goal, person_id=kept.id))
        for review in store.find(GoalReview, goal_id=goal.id):
            if gone.id in review.present:
                yield Change(review, replace(review, present=_swapped(review.present, kept.id, gone.id)))


def _services(store: Store, case: CaseFile, kept: Person, gone: Person) -> Iterable[Change]:
    """Who has a role in a piece of work, and whom its forms name."""
    for work in store.find(ServiceWork, case_id=case.case.id):
        roles = tuple(replace(r, person_id=_one(r.person_id, kept, gone)) for r in work.roles)
        if roles != work.roles:
            yield Change(work, replace(work, roles=roles))
        for row in store.find(FormRow, work_id=work.id):
            picked = tuple((field, _one(said, kept, gone)) for field, said in row.picked)
            if picked != row.picked:
                yield Change(row, replace(row, picked=picked))


def _one(person_id: str, kept: Person, gone: Person) -> str:
    return kept.id if person_id == gone.id else person_id


def _swapped(ids: tuple[str, ...], kept: str, gone: str) -> tuple[str, ...]:
    """Each once, in the order in which they were."""
    return tuple(dict.fromkeys(kept if i == gone else i for i in ids))


# in two cases


def link(store: Store, one: Person, other: Person) -> tuple[Change, ...]:
    """The same human being in two cases: the entries know of each other, and nothing of either is copied.

    Raises NotAllowed(`link-in-one-case`): in one case they are merged.
    """
    if one.case_id == other.case_id:
        raise NotAllowed("link-in-one-case")
    shared = one.same or other.same or new_id()
    everybody = {p.id: p for p in (one, other, *entries(store, one), *entries(store, other))}
    changes = (Change(p, replace(p, same=shared)) for p in everybody.values() if p.same != shared)
    return tuple(changes)


def unlink(store: Store, person: Person) -> tuple[Change, ...]:
    """An entry is somebody by itself again; of two entries neither is left with a mark that leads nowhere."""
    others = entries(store, person)
    alone = others if len(others) == 1 else ()
    return tuple(Change(p, replace(p, same="")) for p in (person, *alone) if p.same)


def linked(store: Store, person: Person) -> tuple[tuple[Person, Case], ...]:
    """The other entries of the same human being, each with its case."""
    return tuple((other, store.get(Case, other.case_id)) for other in entries(store, person))


def entries(store: Store, person: Person) -> tuple[Person, ...]:
    """The other entries of the same human being, in other cases."""
    found = store.find(Person, same=person.same) if person.same else ()
    return tuple(p for p in found if p.id != person.id)
