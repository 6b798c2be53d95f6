"""Plans: choosing and ordering tasks for one meeting, with what to be careful about and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QObject

from app.casework import licensed
from app.casework.bookings import check_people
from app.casework.case_file import CaseFile, case_file
from app.casework.exclusions import reasons
from app.casework.mandate import mandate_of
from app.casework.meeting_file import sample_of
from app.casework.meeting_notes import new_note, notes_of
from app.casework.one_reading import OneReading
from app.casework.own_tasks import own_cards
from app.casework.parallel import parallel
from app.casework.showing import plan_words
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.exclusions import Why, is_careful
from app.model.identity import new_id
from app.model.licensed import LicensedPackage
from app.model.mandate import Mandate
from app.model.meeting import Meeting, Segment, taking_part, without_person
from app.model.meeting_note import MeetingNote, NoteKind
from app.model.plan import LeftOut, PlannedTask, PlanTemplate, Seat, TaskCard, balance, missing_dimensions, planned
from app.model.units import Share, TaskNumber
from app.model.words import Words
from app.ports import Store
from app.schemes import library


class PlanEditor(Editor):
    """The plan of one meeting. Tasks that have been marked on the film keep their number, so they stay in place."""

    def __init__(self, store: Store, texts: Texts, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.meeting = store.get(Meeting, meeting_id)
        #: tasks that the last beginning from another plan left out
        self.skipped: tuple[PlannedTask, ...] = ()
        self.notes = notes_of(store, meeting_id)
        self._reading: OneReading | None = None

    @contextmanager
    def reading(self, given: OneReading | None = None) -> Iterator[Store]:
        """While a screen is filled what its parts ask is read once; by the one that the screen has, or a new one."""
        outer = self._reading
        self._reading = made = given or outer or OneReading(self._store)
        try:
            yield made.store
        finally:
            self._reading = outer

    @property
    def _asks(self) -> Store:
        return self._store if self._reading is None else self._reading.store

    def _forget(self) -> None:
        if self._reading is not None:
            self._reading.forget()

    def accept(self, changes: Sequence[Change]) -> None:
        self._forget()
        for change in changes:
            if change.kind is Meeting:
                self.meeting = cast("Meeting", change.after)
            elif change.kind is MeetingNote:
                self.notes = notes_of(self._store, self.meeting.id)

    def hear(self, changes: Sequence[Change]) -> None:
        """The meeting was changed by its case or its filming: steps from before no longer fit."""
        self._forget()
        for change in changes:
            if change.kind is MeetingNote:
                self.notes = notes_of(self._store, self.meeting.id)
            if change.id == self.meeting.id and isinstance(change.after, Meeting) and change.after != self.meeting:
                self.meeting = change.after
                self.stack.clear()

    @property
    def locked(self) -> int:
        """How many tasks from the start of the plan are marked on a film, or were in a draw, and keep their place."""
        sample = sample_of(self._asks, self.meeting.id)
        return max(self.marked, *(() if sample is None else sample.numbers), 0)

    @property
    def marked(self) -> int:
        """How many tasks from the start of the plan are marked on a film."""
        return max((s.number for s in self._asks.find(Segment, meeting_id=self.meeting.id)), default=0)

    def case(self) -> CaseFile:
        """The case as the archive has it: what holds of its people decides what is left out."""
        return case_file(self._asks, self.meeting.case_id)

    def leading_hand(self) -> str:
        """The adult's hand by which the child sits: what the plan says, else what is known of the adult."""
        return self.meeting.arranged.leading_hand or self.known_hand()

    def known_hand(self) -> str:
        """The leading hand of the adult of the meeting; empty while it is not known."""
        adult = self.case().person(self.meeting.adult_id)
        return adult.leading_hand if adult is not None else ""

    def how_child_shows(self, texts: Texts) -> tuple[str, ...]:
        """How the child shows contact, distress and *no*, and which marks may mislead: lines, none where none is."""
        return plan_words(self._asks, self.meeting, texts)

    def made_for(self) -> Mandate:
        """On whose behalf the plan's papers are made."""
        return mandate_of(self._asks, self.meeting.case_id)

    def available(self) -> tuple[TaskCard, ...]:
        """Cards that the plan does not hold yet and nothing stands against."""
        case = self.case()
        return tuple(c for c in self._not_chosen() if not reasons(case, self.meeting, c))

    def left_out(self) -> tuple[tuple[TaskCard, tuple[Why, ...]], ...]:
        """Every other card with the reasons why it is left out; those for another age last."""
        case = self.case()
        rows = [(c, why) for c in self._not_chosen() if (why := reasons(case, self.meeting, c))]
        return tuple(sorted(rows, key=lambda row: not is_careful(row[1])))

    def _not_chosen(self) -> tuple[TaskCard, ...]:
        chosen = {t.task_id for t in self.meeting.plan}
        return tuple(c for c in self._cards() if c.id not in chosen)

    def _cards(self) -> tuple[TaskCard, ...]:
        """All that this plan can be made of: the workers' own, licensed ones for the day, the program's."""
        day = self.meeting.held.astimezone().date()
        return (*own_cards(self._asks), *licensed.cards(self._asks, day), *library.task_cards())

    def shown(self) -> tuple[PlannedTask, ...]:
        """The plan as its screen shows it, with licensed words where the worker may see them."""
        return tuple(licensed.shown(self._asks, task) for task in self.meeting.plan)

    def ended_licences(self) -> tuple[LicensedPackage, ...]:
        """Packages that cannot be chosen from for this meeting, since their licence has ended by then."""
        return licensed.ended(self._asks, self.meeting.held.astimezone().date())

    def without_licence(self) -> tuple[int, ...]:
        """Numbers of the tasks whose licence does not run on the meeting's day or today."""
        day = max(self.meeting.held.astimezone().date(), today())
        plan = enumerate(self.meeting.plan, start=1)
        return tuple(n for n, task in plan if licensed.unusable(self._asks, task, day) is not None)

    def now_against(self) -> dict[int, tuple[Why, ...]]:
        """Of tasks that stand in the plan without a reason and are not done yet: what stands against them now."""
        case, cards = self.case(), {c.id: c for c in self._cards()}
        found: dict[int, tuple[Why, ...]] = {}
        for number, task in enumerate(self.meeting.plan, start=1):
            if number > self.marked and not task.despite:
                why = reasons(case, self.meeting, _as_card(task, cards.get(task.task_id)))
                found |= {number: why} if why else {}
        return found

    def card(self, card_id: str) -> TaskCard | None:
        """A card by its id, the program's or the workers' own."""
        return next((c for c in self._cards() if c.id == card_id), None)

    def missing(self) -> tuple[str, ...]:
        """Dimensions that no task of the plan asks for."""
        return missing_dimensions(self.meeting.plan)

    def balance(self) -> tuple[tuple[str, Share], ...]:
        """How much the plan asks for each dimension, by the weights of its tasks."""
        return balance(self.meeting.plan)

    def safety(self) -> tuple[str, ...]:
        """Every safety tag of the plan once, in the order of the tasks."""
        return tuple(dict.fromkeys(tag for t in self.meeting.plan for tag in t.safety))

    def edit(self, **fields: Any) -> bool:
        """When, where and with whom; the coders cannot change once a coding exists (the store refuses).

        Refused where two who must not meet would come together.
        """
        after = replace(self.meeting, **fields)
        if after.people != self.meeting.people:
            after = without_person(after, set(self.meeting.people) - set(after.people))
            try:
                check_people(self.case(), self.meeting.people, after.people)
            except NotAllowed as error:
                self.refused.emit(error)
                return False
        return after == self.meeting or self.do(self.texts.tr("Meeting edited"), Change(self.meeting, after))

    # notes

    def add_note(self, kind: NoteKind) -> MeetingNote | None:
        """A note to be filled; None when it was refused."""
        made = new_note(self._asks, self.meeting, kind)
        return made if self.do(self.texts.tr("Note added"), added(made)) else None

    def edit_note(self, note: MeetingNote, **fields: Any) -> bool:
        after = replace(note, **fields)
        return after == note or self.do(self.texts.tr("Note edited"), Change(note, after))

    def remove_note(self, note: MeetingNote) -> bool:
        return self.do(self.texts.tr("Note removed"), removed(note))

    # tasks

    def add(self, card: TaskCard, at: int | None = None, despite: str = "") -> bool:
        """The card becomes task number `at`, behind what is locked; the last one when left out.

        One that is left out is refused without a reason why it is taken all the same.
        """
        is_left_out = bool(reasons(self.case(), self.meeting, card))
        why = despite.strip() if is_left_out else ""
        if is_left_out and not why:
            self.refused.emit(NotAllowed("task-left-out"))
            return False
        tasks = list(self.meeting.plan)
        place = len(tasks) if at is None else max(at - 1, self.locked)
        tasks.insert(place, planned(card, why))
        return self._replan(self.texts.tr("Task added to the plan"), tuple(tasks))

    def keep(self, number: int, despite: str) -> bool:
        """Task `number` stays although something stands against it now. Refused without a reason."""
        if not 1 <= number <= len(self.meeting.plan):
            return False
        if not despite.strip():
            self.refused.emit(NotAllowed("task-left-out"))
            return False
        tasks = list(self.meeting.plan)
        tasks[number - 1] = replace(tasks[number - 1], despite=despite.strip())
        return self._replan(self.texts.tr("Task kept in the plan"), tuple(tasks))

    def leave_out(self, card_id: str, reason: str) -> bool:
        """The workers' own reason against a task. Refused without one."""
        if not reason.strip():
            self.refused.emit(NotAllowed("leaving-out-without-reason"))
            return False
        rows = tuple(row for row in self.meeting.arranged.left_out if row.task_id != card_id)
        return self._arrange(self.texts.tr("Task left out"), left_out=(*rows, LeftOut(card_id, reason.strip())))

    def let_back(self, card_id: str) -> bool:
        """The workers' own reason against a task holds no longer."""
        rows = tuple(row for row in self.meeting.arranged.left_out if row.task_id != card_id)
        return self._arrange(self.texts.tr("Task can be chosen again"), left_out=rows)

    def take_part(self, number: TaskNumber, people: Collection[str]) -> bool:
        """Who does a task; everybody where all are named. Of a task that is on the film it is said who did it there.

        Refused without anybody.
        """
        named = tuple(i for i in self.meeting.people if i in people)
        if not named or not 1 <= number <= len(self.meeting.plan):
            self.refused.emit(NotAllowed("task-without-people"))
            return False
        said = () if named == self.meeting.people else named
        if done := self._asks.find(Segment, meeting_id=self.meeting.id, number=number):
            changes = [
                Change(s, replace(s, people=named)) for s in done if taking_part(self.meeting, number, s) != named
            ]
            return not changes or self.do(self.texts.tr("Who took part in a task"), *changes)
        tasks = list(self.meeting.plan)
        tasks[number - 1] = replace(tasks[number - 1], people=said)
        return tuple(tasks) == self.meeting.plan or self._replan(self.texts.tr("Who does a task"), tuple(tasks))

    def doing(self, number: TaskNumber) -> tuple[str, ...]:
        """Ids of those who do a task, or did it on the film: of a task in several parts whoever was in one."""
        done = (s for s in self._asks.find(Segment, meeting_id=self.meeting.id) if s.number == number)
        found = {i for s in done for i in taking_part(self.meeting, number, s)}
        return tuple(i for i in self.meeting.people if i in found) or taking_part(self.meeting, number)

    def seat(self, person_id: str, place: str) -> bool:
        """Where somebody sits; empty for nowhere in particular."""
        held = {seat.person_id: seat.place for seat in self.meeting.arranged.seats} | {person_id: place.strip()}
        seats = tuple(Seat(i, held[i]) for i in self.meeting.people if held.get(i))
        return self._arrange(self.texts.tr("Seating"), seats=seats)

    def _arrange(self, label: str, **fields: Any) -> bool:
        after = replace(self.meeting, arranged=replace(self.meeting.arranged, **fields))
        return after == self.meeting or self.do(label, Change(self.meeting, after))

    def remove(self, number: int) -> bool:
        if number <= self.locked:
            return False
        tasks = tuple(t for n, t in enumerate(self.meeting.plan, start=1) if n != number)
        return self._replan(self.texts.tr("Task removed from the plan"), tasks)

    def move(self, number: int, to: int) -> bool:
        """Task `number` becomes task `to`; both count from 1."""
        if min(number, to) <= self.locked or not 1 <= to <= len(self.meeting.plan):
            return False
        tasks = list(self.meeting.plan)
        tasks.insert(to - 1, tasks.pop(number - 1))
        return self._replan(self.texts.tr("Plan reordered"), tuple(tasks))

    # plans to begin from

    def others(self) -> tuple[Meeting, ...]:
        """The case's other meetings that have a plan, the newest first."""
        found = self._asks.find(Meeting, case_id=self.meeting.case_id)
        rows = [m for m in found if m.id != self.meeting.id and m.plan]
        return tuple(sorted(rows, key=lambda m: (m.held, m.id), reverse=True))

    def templates(self) -> tuple[PlanTemplate, ...]:
        """The workers' own, those of the meeting's age group first, by name."""
        group = self.meeting.age_group
        return tuple(
            sorted(self._asks.find(PlanTemplate), key=lambda p: (p.age_group != group, p.name.casefold(), p.id))
        )

    def same_as(self, meeting: Meeting) -> bool:
        """The same tasks in the same order as in another meeting, worded as they were there."""
        t = self.texts
        despite = t.tr("same tasks as on {day}", day=t.date(meeting.held.astimezone().date()))
        return self._begin(t.tr("Same tasks as in another meeting"), meeting.plan, despite, taken_from=meeting.id)

    def parallel_to(self, meeting: Meeting) -> bool:
        """Other tasks with the same pattern of dimensions, for the second adult; `skipped` are those without one."""
        if self.locked:
            return False
        case = self.case()
        cards = [c for c in self._cards() if not reasons(case, self.meeting, c)]
        tasks, self.skipped = parallel(meeting.plan, cards)
        arranged = replace(self.meeting.arranged, taken_from=meeting.id, parallel=True)
        after = replace(self.meeting, plan=tasks, arranged=arranged)
        return after != self.meeting and self.do(
            self.texts.tr("Parallel tasks to another meeting"), Change(self.meeting, after)
        )

    def arrange(self, **fields: Any) -> bool:
        """How the room is set up."""
        return self._arrange(self.texts.tr("Room and cameras"), **fields)

    def source(self) -> Meeting | None:
        """The meeting whose list this one was made of, while it is in the case."""
        found = self._asks.find(Meeting, case_id=self.meeting.case_id)
        return next((m for m in found if m.id == self.meeting.arranged.taken_from), None)

    def materials(self) -> tuple[tuple[Words, tuple[int, ...]], ...]:
        """What must be at hand, each with the numbers of the tasks that need it, in the order of the tasks."""
        cards = {c.id: c for c in self._cards()}
        found: dict[Words, tuple[int, ...]] = {}
        for number, task in enumerate(self.printed(), start=1):
            # plans from before the wording of materials was kept have it in the card
            card = None if task.package else cards.get(task.task_id)
            words = task.materials or (card.materials if card is not None else None)
            if words is not None:
                found[words] = (*found.get(words, ()), number)
        return tuple(found.items())

    def printed(self) -> tuple[PlannedTask, ...]:
        """The plan as papers have it: with licensed words only while their licence runs."""
        return tuple(licensed.printed(self._asks, task) for task in self.meeting.plan)

    def licence_line(self, number: TaskNumber, texts: Texts) -> str:
        """What stands where a task's licensed words are printed; empty where they are not."""
        task = self.meeting.plan[number - 1]
        found = licensed.wording(self._asks, task)
        if found is None or licensed.unusable(self._asks, task, today()) is not None:
            return ""
        return licensed.licence_line(texts, found.package)

    def begin_from(self, template: PlanTemplate) -> bool:
        t = self.texts
        despite = t.tr("from the template {name}", name=template.name)
        return self._begin(t.tr("Plan begun from a template"), template.tasks, despite)

    def _begin(self, label: str, tasks: tuple[PlannedTask, ...], despite: str, taken_from: str = "") -> bool:
        """Another whole plan, as one step; not once tasks are marked on a film, and nothing when it is the same.

        A task for another age comes with `despite` as its reason; what safety, a restriction or the workers stand
        against is left out (`skipped`), and what of licensed content may not be used.
        """
        self.skipped = ()
        if self.locked:
            return False
        case, cards = self.case(), {c.id: c for c in self._cards()}
        kept, skipped = [], []
        for chosen in tasks:
            one = replace(chosen, people=tuple(i for i in chosen.people if i in self.meeting.people))
            task = _as_offered(one, cards.get(one.task_id))
            if task is None:
                skipped.append(one)
                continue
            why = reasons(case, self.meeting, _as_card(task, cards.get(task.task_id)))
            if is_careful(why):
                skipped.append(one)
            else:
                kept.append(replace(task, despite=despite if why else ""))
        arranged = replace(self.meeting.arranged, taken_from=taken_from, parallel=False)
        after = replace(self.meeting, plan=tuple(kept), arranged=arranged)
        if after == self.meeting:
            return False
        self.skipped = tuple(skipped)
        return self.do(label, Change(self.meeting, after))

    def save_template(self, name: str) -> bool:
        """The plan under a name, for other meetings and cases. Refused without a name, or under one that is taken."""
        clean = name.strip()
        taken = {template.name.casefold() for template in self._asks.find(PlanTemplate)}
        if not clean or clean.casefold() in taken:
            self.refused.emit(NotAllowed("template-name-taken" if clean else "template-name-missing"))
            return False
        tasks = tuple(replace(task, despite="", people=()) for task in self.meeting.plan)  # both tell of clients
        made = PlanTemplate(new_id(), clean, self._asks.worker.id, self.meeting.age_group, tasks)
        return self.do(self.texts.tr("Template saved"), added(made))

    def remove_template(self, template: PlanTemplate) -> bool:
        """Plans that were begun from it stay as they are."""
        return self.do(self.texts.tr("Template removed"), removed(template))

    def _replan(self, label: str, tasks: tuple[PlannedTask, ...]) -> bool:
        return self.do(label, Change(self.meeting, replace(self.meeting, plan=tasks)))


def _as_offered(task: PlannedTask, card: TaskCard | None) -> PlannedTask | None:
    """One of licensed content with the version that is offered now; None where it may not be planned."""
    if not task.package:
        return task
    return replace(task, package=card.package) if card is not None and card.package else None


def _as_card(task: PlannedTask, card: TaskCard | None) -> TaskCard:
    """A planned task as reasons are asked for it: its own tags and ages.

    Plans from before the ages were kept have them from the card where there is one still.
    """
    ages = task.ages or (card.ages if card is not None else ())
    return TaskCard(task.task_id, task.name, task.text, task.dimensions, ages, task.safety)
