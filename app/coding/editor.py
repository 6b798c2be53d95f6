"""The coding of one meeting by one worker: the only door through which a coding changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.casework.meeting_file import MeetingFile
from app.coding.opening import agreed, instrument_of, read_coding, scheme_of, state_of
from app.coding.selection import Selection, Thing
from app.editing import EDIT, Editor
from app.errors import AppError, NotAllowed
from app.i18n import Texts, now
from app.model import observation_edits, presses
from app.model.change import Change, added, removed
from app.model.coding import Coding, CodingHeader, CodingKind, CodingState, fingerprint
from app.model.edges import Limits, limits_of_state, limits_of_task, pushed
from app.model.identity import new_id
from app.model.lane_states import end_of
from app.model.meeting import Meeting, Segment
from app.model.observation import FOR_OTHERS, Bookmark, BookmarkColor, How, Mark, MarkKind, Observation
from app.model.observation_edits import Clipping
from app.model.private_note import NoteKind, PrivateNote
from app.model.rating import Rating
from app.model.recording import Recording
from app.model.scheme import Code, Kind, Scheme
from app.model.stored import ContentKind, StoredContent, stored_id
from app.model.timecode import Micros
from app.model.units import TaskNumber
from app.ports import HistoryEntry, Store
from app.schemes import library
from app.schemes.library import kept, permitted


@dataclass(frozen=True, slots=True)
class Missing:
    """What still stands between a coding and *ready*: a task not covered, or a rating without its ground."""

    kind: str  # `task`, `task-time`, `rating-reason`
    number: int = 0
    item: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A state or task was to lie from `start` to `end`, and stopped at a neighbor."""

    thing_id: str
    start: Micros
    end: Micros | None


class CodingEditor(Editor):
    """The live coding: value, undo stack and `changed`. Nothing else changes a coding."""

    stopped = Signal(object)  # Stopped
    overran = Signal(int, int)  # so many other states are gone by a step that was taken, and so many are shorter

    def __init__(
        self, store: Store, texts: Texts, file: MeetingFile, header: CodingHeader, parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.file = file
        self.scheme = scheme_of(store, header)
        self.instrument = instrument_of(store, header)
        self.coding = read_coding(store, header)
        self.selection = Selection(self.thing)
        self._presses: list[int] = []  # places of the undo stack at which a code was pressed

    @property
    def is_open(self) -> bool:
        """A ready coding is read, not edited."""
        return not self.coding.is_ready

    @property
    def is_training(self) -> bool:
        """Whether it is coded for learning: no pair's, made with what its reference was made with."""
        return self.coding.header.kind == CodingKind.TRAINING

    @property
    def is_begun(self) -> bool:
        """Whether the coder has marked anything: what the filming put in was not marked by anybody."""
        return any(o.how != How.FILMING for o in self.coding.observations.values())

    def accept(self, changes: Sequence[Change]) -> None:
        shared = [c for c in changes if c.kind in (Segment, Meeting)]
        self.coding = self.coding.apply(c for c in changes if c.kind not in (Segment, Meeting, StoredContent))
        if shared:
            self.file = self.file.after(shared)

    def write(self, label: str, changes: Sequence[Change], act: str = EDIT) -> bool:
        """Tasks are the meeting's, all else is the coding's, which lies in a file of its own: two steps, tasks first.

        Killed in between, cover and ratings of a task that is gone are left: nothing shows or asks for them.
        """
        tasks = tuple(c for c in changes if c.kind is Segment)
        own = tuple(c for c in changes if c.kind is not Segment)
        if not tasks or not own:
            return super().write(label, changes, act)
        if not super().write(label, tasks, act):
            return False
        if super().write(label, own, act):
            self._landed = tuple(changes)
            return True
        error = self._error
        super().write(label, tuple(c.reversed() for c in reversed(tasks)), act)
        self._error = error
        return False

    def tell(self, changes: Sequence[Change]) -> None:
        """The screen shows what came before it is chosen."""
        super().tell(changes)
        self.selection.follow(changes)

    def hear(self, changes: Sequence[Change]) -> None:
        """Films that came, were aligned or are shown otherwise; a coding itself keeps nothing of that."""
        if films := [c for c in changes if c.kind is Recording]:
            self.file = self.file.after(films)

    def history(self, observation: Observation) -> tuple[HistoryEntry, ...]:
        """Every earlier state of an observation, as the journal keeps it."""
        return self._store.history(observation.id)

    def use_scheme(self, scheme_id: str) -> bool:
        """Code with another scheme, or a newer version: only while nothing is coded.

        A coding with observations keeps the scheme it was made with. False when nothing was changed.
        """
        return self._code_with(self._permitted(ContentKind.SCHEME, scheme_id))

    def _code_with(self, wanted: library.Published | None) -> bool:
        if not self._may_choose(wanted) or self.is_begun or wanted is None:
            return False
        header = replace(self.coding.header, scheme_id=wanted.id, scheme_version=wanted.version)
        gap = library.scheme_in(wanted.text).cannot_be_coded
        states = [Change(o, replace(o, code=gap)) for o in self.coding.observations.values() if o.code != gap]
        taken = self._keep(wanted) and self.commit(
            self.texts.tr("Scheme chosen"), Change(self.coding.header, header), *states
        )
        if taken:
            self.scheme = scheme_of(self._store, header)
        return taken

    def use_instrument(self, instrument_id: str) -> bool:
        """Rate with another instrument, or a newer version: only while nothing is rated, and with permission."""
        return self._rate_with(self._permitted(ContentKind.INSTRUMENT, instrument_id))

    def _rate_with(self, wanted: library.Published | None) -> bool:
        if not self._may_choose(wanted) or self.coding.ratings or wanted is None:
            return False
        header = replace(self.coding.header, instrument_id=wanted.id, instrument_version=wanted.version)
        taken = self._keep(wanted) and self.commit(
            self.texts.tr("Rating instrument chosen"), Change(self.coding.header, header)
        )
        if taken:
            self.instrument = instrument_of(self._store, header)
        return taken

    def _may_choose(self, wanted: library.Published | None) -> bool:
        return self.is_open and not self.is_training and wanted is not None and not self._is_used(wanted)

    def pairs(self, kind: ContentKind) -> library.Published | None:
        """What the work partner's coding was begun with; None until it was begun. Nothing else of it is told."""
        return agreed(self._store, self.file.meeting, kind) if self._has_partner_begun() else None

    def _has_partner_begun(self) -> bool:
        meeting = self.file.meeting
        return (
            not self.is_training
            and state_of(self._store, meeting, meeting.partner_of(self.coding.header.coder)) is not None
        )

    def unlike(self, kind: ContentKind) -> library.Published | None:
        """What the work partner codes or rates with, when it is another than this coding's: they cannot be compared."""
        found = self.pairs(kind)
        return None if found is None or self._is_used(found) else found

    def apart_from(self, kind: ContentKind, content_id: str) -> library.Published | None:
        """What the work partner codes or rates with, when the newest version of `content_id` is something else."""
        pair, wanted = self.pairs(kind), library.newest(self._store, kind, content_id)
        if pair is None or wanted is None or (pair.id, pair.version) == (wanted.id, wanted.version):
            return None
        return pair

    def use_same(self, kind: ContentKind) -> bool:
        """Code or rate with what the work partner does, in the very version; as long as it can be chosen."""
        return (self._code_with if kind == ContentKind.SCHEME else self._rate_with)(self.pairs(kind))

    def _is_used(self, content: library.Published) -> bool:
        mine = self.scheme if content.kind == ContentKind.SCHEME else self.instrument
        return (content.id, content.version) == (mine.id, mine.version)

    def _keep(self, wanted: library.Published) -> bool:
        """Steps of their own before the coding's: a coding lies in a file of its own, and each step is of one file.

        While the work partner has not begun, it is what the pair codes with from now on.
        """
        changes = kept(self._store, wanted)
        if changes and not self.commit(self.texts.tr("Scheme kept"), *changes, act="create"):
            return False
        if self._has_partner_begun():
            return True
        before, key = self.file.meeting, stored_id(wanted.kind, wanted.id, wanted.version)
        is_scheme = wanted.kind == ContentKind.SCHEME
        after = replace(before, scheme=key) if is_scheme else replace(before, instrument=key)
        return after == before or self.commit(self.texts.tr("Scheme agreed"), Change(before, after))

    def _permitted(self, kind: ContentKind, content_id: str) -> library.Published | None:
        try:
            return permitted(self._store, kind, content_id)
        except NotAllowed as error:
            self.refused.emit(error)
            return None

    # codes and marks

    def code(
        self,
        code: Code,
        at: Micros,
        modifiers: tuple[str, ...] = (),
        seen: tuple[str, Micros] | None = None,
        *,
        delay: Micros = 0,
    ) -> bool:
        """A code at the picture shown at `at`.

        `seen` is the film whose picture was on the screen, and the time on that film; `delay` is how late the hand was,
        µs: it is taken off, and both times are kept. False when nothing was taken, and in a coding that is ready.
        """
        if not self.is_open:
            return False
        film_id, film_time = seen or ("", None)
        press = presses.Press(max(at - delay, min(at, 0)), at, film_id, film_time, modifiers)
        changes = presses.on_code(self.coding, self.scheme, code, press)
        taken = bool(changes) and self.do(self.texts.words(code.name), *changes)
        if taken:
            self._presses.append(self.stack.index())
        return taken

    def let_go(self, code: Code, at: Micros, *, delay: Micros = 0) -> bool:
        """A held key came up: the state that it began ends there."""
        if not self.is_open:
            return False
        changes = presses.on_release(self.coding, code, max(at - delay, min(at, 0)))
        return bool(changes) and self.do(self.texts.words(code.name), *changes)

    def mark(self, kind: MarkKind, at: Micros, text: str = "") -> bool:
        """A flag, or a note with its text. False in a coding that is ready, and for one that nobody would ever see."""
        if self.is_training and kind in FOR_OTHERS:
            return False
        return self.is_open and self.do(self.texts.tr("Mark"), *presses.on_mark(self.coding, kind, at, text))

    def undo(self) -> bool:
        """A press that is undone is none to be taken back."""
        undone = super().undo()
        while self._presses and self._presses[-1] > self.stack.index():
            self._presses.pop()
        return undone

    def take_back(self) -> bool:
        """Backspace: the press made last is taken back; when other steps came after it, what it began goes."""
        if self._presses and self._presses[-1] == self.stack.index():
            return self.undo()
        pressed = [o for o in self.coding.observations.values() if o.how == How.LIVE]
        latest = max(pressed, key=lambda o: o.id, default=None)
        return latest is not None and self.is_open and self.remove(latest)

    # edits of what is there

    def edit(self, before: Observation, after: Observation, *, over: bool = False) -> bool:
        """An observation gets new values. The edges of a state stop at its neighbors, which `stopped` tells.

        With `over` they go over them, and the neighbors make room.
        """
        if after.end is not None and after.end <= after.start:
            self.refused.emit(AppError("state-without-length"))
            return False
        held = after if over else self._held(before, after)
        taken = self._edit_many([(before, held)], tells_shorter=over)
        if taken and (held.start, held.end) != (after.start, after.end):
            self.stopped.emit(Stopped(before.id, after.start, after.end))
        return taken

    def edit_many(self, pairs: Sequence[tuple[Observation, Observation]]) -> bool:
        """Many observations get new values in one step. A time that runs backward is refused whole."""
        if any(after.end is not None and after.end <= after.start for _, after in pairs):
            self.refused.emit(AppError("state-without-length"))
            return False
        return self._edit_many(pairs)

    def _edit_many(self, pairs: Sequence[tuple[Observation, Observation]], *, tells_shorter: bool = False) -> bool:
        label = self.texts.trn("{n} observation edited", "{n} observations edited", len(pairs))
        changes = observation_edits.edited(self.coding, self.scheme, pairs)
        return self._make_room(label, changes, [before.id for before, _ in pairs], tells_shorter=tells_shorter)

    def _held(self, before: Observation, after: Observation) -> Observation:
        if (before.start, before.end) == (after.start, after.end):
            return after
        start, end = self.limits(before).held((before.start, before.end), (after.start, after.end))
        return replace(after, start=start, end=end)

    def limits(self, thing: Thing) -> Limits:
        """Between which times a state or task can be moved without going over a neighbor."""
        if isinstance(thing, Observation):
            return limits_of_state(self.coding.observations.values(), self.scheme, thing)
        return limits_of_task(self.file.segments, thing) if isinstance(thing, Segment) else Limits()

    def _make_room(
        self, label: str, changes: Sequence[Change], asked: Iterable[str], *, tells_shorter: bool = False
    ) -> bool:
        """A step in which other states make room for those that were asked to move; what gave way is told."""
        taken = self.do(label, *changes)
        gone, shorter = observation_edits.gave_way(changes, frozenset(asked))
        if taken and (gone or (shorter and tells_shorter)):
            self.overran.emit(gone, shorter)
        return taken

    def move_edge(self, thing: Thing, at: Micros, *, closes: bool, over: bool = False) -> bool:
        """A thing begins at `at`, or with `closes` ends there. False when it cannot, for it would have no length."""
        if not self._can_move_edge(thing, at, closes=closes):
            return False
        if isinstance(thing, Observation):
            after = replace(thing, end=at, open=False) if closes else replace(thing, start=at)
            return self.edit(thing, after, over=over)
        if isinstance(thing, Segment):
            return self.move_segment(thing, thing.start if closes else at, at if closes else thing.end, over=over)
        if isinstance(thing, Mark):
            return self.edit_mark(thing, replace(thing, at=at))
        return self.edit_bookmark(thing, replace(thing, at=at))

    def can_move_edge(self, at: Micros, *, closes: bool) -> bool:
        """Whether what is chosen is one thing that can begin, or end, at `at`."""
        thing = self.selection.alone()
        return self.is_open and thing is not None and self._can_move_edge(thing, at, closes=closes)

    def _can_move_edge(self, thing: Thing, at: Micros, *, closes: bool) -> bool:
        if isinstance(thing, Mark | Bookmark):
            return not closes
        if isinstance(thing, Segment):
            return at > thing.start if closes else at < thing.end
        lasts = thing.open or thing.end is not None
        return (lasts and at > thing.start) if closes else not lasts or at < end_of(thing)

    def shift(self, chosen: Sequence[Observation], by: Micros) -> bool:
        """All of `chosen` earlier or later by `by` µs."""
        label = self.texts.trn("Observation moved", "{n} observations moved", len(chosen))
        changes = observation_edits.shifted(self.coding, self.scheme, chosen, by)
        return self._make_room(label, changes, [o.id for o in chosen])

    def merge(self, chosen: Sequence[Observation]) -> bool:
        """States of one code and person become one; False when they are none."""
        changes = observation_edits.merged(self.coding, chosen, self.scheme)
        return bool(changes) and self._make_room(self.texts.tr("Observations merged"), changes, [o.id for o in chosen])

    def to_split(self, at: Micros) -> Observation | None:
        """The state that a split at `at` makes two: one that is chosen, else the one that is on."""
        states = [*self.selection.observations(), *self.coding.on_at(at)]
        return next((o for o in states if o.start < at < end_of(o)), None)

    def split(self, chosen: Observation, at: Micros) -> bool:
        """A state becomes two that meet at `at`; False when `at` is not inside it."""
        changes = observation_edits.split(chosen, at)
        return bool(changes) and self.do(self.texts.tr("Observation split"), *changes)

    def paste(self, clipping: Clipping, at: Micros) -> bool:
        """What was copied comes in anew with its earliest start at `at`."""
        label = self.texts.trn("Observation pasted", "{n} observations pasted", len(clipping.observations))
        return self._make_room(label, observation_edits.pasted(self.coding, self.scheme, clipping, at), ())

    def qualify(self, before: Observation, after: Observation) -> bool:
        """A modifier chosen right after the press: the observation stays as live as it was."""
        return before == after or self.do(self.texts.tr("Modifier"), Change(before, after))

    def remove(self, *observations: Observation) -> bool:
        label = self.texts.trn("{n} observation removed", "{n} observations removed", len(observations))
        return self.do(label, *(removed(o) for o in observations))

    def thing(self, thing_id: str) -> Thing | None:
        """The observation, mark, bookmark or task of an id: what a hand can choose in the timeline."""
        coding = self.coding
        of_coding = coding.observations.get(thing_id) or coding.marks.get(thing_id) or coding.bookmarks.get(thing_id)
        return of_coding or next((s for s in self.file.segments if s.id == thing_id), None)

    def edit_mark(self, before: Mark, after: Mark) -> bool:
        """Another time or other words for a mark. A note without words is gone, as a private one is."""
        if after.kind == MarkKind.NOTE and not after.text:
            return self.remove_mark(before)
        label = self.texts.tr("Mark moved") if after.text == before.text else self.texts.tr("Note edited")
        return before == after or self.do(label, Change(before, after))

    def remove_mark(self, *marks: Mark) -> bool:
        label = self.texts.trn("Mark removed", "{n} marks removed", len(marks))
        return self.do(label, *(removed(m) for m in marks))

    def bookmark(self, at: Micros, word: str = "", color: BookmarkColor = BookmarkColor.BLUE) -> bool:
        made = Bookmark(new_id(), self.coding.id, at, word, color)
        return self.do(self.texts.tr("Bookmark"), added(made))

    def edit_bookmark(self, before: Bookmark, after: Bookmark) -> bool:
        return before == after or self.do(self.texts.tr("Bookmark edited"), Change(before, after))

    def remove_bookmark(self, *bookmarks: Bookmark) -> bool:
        label = self.texts.trn("Bookmark removed", "{n} bookmarks removed", len(bookmarks))
        return self.do(label, *(removed(b) for b in bookmarks))

    def private_note(self, kind: NoteKind, number: int = 0) -> PrivateNote | None:
        """The coder's own note of a kind, to a task where `number` says so."""
        notes = self.coding.private_notes.values()
        return next((n for n in notes if (n.kind, n.number) == (kind, number)), None)

    def write_private_note(
        self, kind: NoteKind, text: str, number: TaskNumber = 0, *, keep: bool | None = None
    ) -> bool:
        """New words for a private note; without words it is gone. `keep` as it was when left out."""
        before = self.private_note(kind, number)
        base = before or PrivateNote(new_id(), self.coding.id, kind, number)
        after = replace(base, text=text, keep=base.keep if keep is None else keep) if text.strip() else None
        if after == before:
            return True
        return self.do(self.texts.tr("Private note"), Change(before, after))

    def rate(
        self, item: str, value: int | None, reason: str, evidence: tuple[str, ...] = (), segment_id: str = ""
    ) -> bool:
        """Set a rating of the whole film, or of a task.

        `value` is a point of the item's scale; None says *no occasion to observe*. Raises ValueError for a value that
        the scale has not: it would be counted and printed.
        """
        asked = self.instrument.item(item)
        if asked is None or not self.instrument.scale_of(asked).holds(value):
            raise ValueError("no point of the item's scale")
        before = self.coding.rating_of(item, segment_id)
        base = before or Rating(new_id(), self.coding.id, item, value, segment_id=segment_id)
        after = replace(base, value=value, reason=reason, evidence=evidence)
        return before == after or self.do(self.texts.tr("Rating"), Change(before, after))

    def unrate(self, item: str, segment_id: str = "") -> bool:
        """Take a rating of the whole film, or of a task, away with its reason. False when there is none."""
        before = self.coding.rating_of(item, segment_id)
        return before is not None and self.do(self.texts.tr("Rating removed"), removed(before))

    # tasks

    def start_task(self, number: int, at: Micros) -> bool:
        """Task `number` starts at `at`; one that is on there ends there. Moves the start when the task has one.

        False when another task starts at this very picture: tasks never overlap.
        """
        changes: list[Change] = []
        running = self.file.segment_at(at)
        own = self._own(number, at)
        if running is not None and running.number != number:
            if running.start == at:
                return False
            changes.append(Change(running, replace(running, end=at)))
        others = [s.start for s in self.file.segments if s.start > at and s != own]
        later = min(others, default=max(self.file.length, at + 1))
        end = min(own.end, later) if own is not None and own.end > at else later
        new = Segment(
            own.id if own else new_id(), self.file.meeting.id, number, at, end, people=own.people if own else ()
        )
        changes.append(Change(own, new))
        return self.do(self.texts.tr("Task starts"), *changes)

    def _own(self, number: int, at: Micros) -> Segment | None:
        """The segment whose start is moved when task `number` starts at `at`; of a repeated task the nearest one.

        None when another task lies between the two, for then the task is done once more.
        """
        same = [s for s in self.file.segments if s.number == number]
        if len(same) <= 1:
            return next(iter(same), None)
        nearest = min(same, key=lambda s: 0 if s.start <= at < s.end else min(abs(s.start - at), abs(s.end - at)))
        low, high = sorted((nearest.start, at))
        is_apart = any(low < s.start < high and s.number != number for s in self.file.segments)
        return None if is_apart else nearest

    def end_task(self, at: Micros) -> bool:
        running = self.file.segment_at(at)
        if running is None or at <= running.start:
            return False
        return self.do(self.texts.tr("Task ends"), Change(running, replace(running, end=at)))

    def next_task(self, at: Micros) -> bool:
        """Ctrl+PageDown: the running task ends here and the next of the plan starts."""
        running = self.file.segment_at(at)
        number = running.number + 1 if running is not None else self._first_unmarked(at)
        done = {s.number for s in self.file.segments if s.end <= at}
        while number in done:  # tasks may have been done in another order
            number += 1
        if number > len(self.file.meeting.plan):
            return self.end_task(at)
        return self.start_task(number, at)

    def move_segment(self, before: Segment, start: Micros, end: Micros, *, over: bool = False) -> bool:
        """New edges for a task, held between its neighbors, which `stopped` tells. With `over` they give way.

        A neighbor never goes: one picture of it stays.
        """
        if over:
            new = pushed(self.file.segments, before, start, end)
        else:
            new = (replace(before, start=start, end=end),)
            if end > start:
                held = self.limits(before).held((before.start, before.end), (start, end))
                new = (replace(before, start=held[0], end=end if held[1] is None else held[1]),)
        if new[0].end <= new[0].start:
            return False
        was = {s.id: s for s in self.file.segments}
        taken = self.do(self.texts.tr("Task moved"), *(c for s in new if (c := Change(was[s.id], s)).before != s))
        if taken and not over and (new[0].start, new[0].end) != (start, end):
            self.stopped.emit(Stopped(before.id, start, end))
        return taken

    @property
    def tasks_fixed(self) -> bool:
        """Whether where the tasks are can no longer be changed: a coding of the meeting is ready."""
        return CodingState.READY in self._store.coding_states(self.file.meeting.id).values()

    def ratings_in(self, segment: Segment) -> tuple[Rating, ...]:
        """The ratings of a task's own sheet."""
        return tuple(r for r in self.coding.ratings.values() if r.segment_id == segment.id)

    def remove_segment(self, segment: Segment) -> bool:
        """A task is no longer marked there; the coder's cover and ratings of it go too, for nothing shows them now.

        What the work partner covered and rated there stays the partner's own. Refused when `tasks_fixed`.
        """
        header = self.coding.without_cover(segment.stretch)
        uncovered = [Change(self.coding.header, header)] if header != self.coding.header else []
        ratings = (removed(r) for r in self.ratings_in(segment))
        return self.do(self.texts.tr("Task's limits removed"), removed(segment), *uncovered, *ratings)

    def _first_unmarked(self, at: Micros) -> int:
        earlier = [s.number for s in self.file.segments if s.end <= at]
        return max(earlier, default=0) + 1

    # what was covered, and ready

    def cover(self, segment: Segment, *, on: bool, part: str = "") -> bool:
        """Declare the task covered, or not: only covered time enters a figure. `part` names the pass or layer."""
        header = self.coding.with_cover(segment.stretch, on=on, part=part)
        label = self.texts.tr("Task covered") if on else self.texts.tr("Task not covered")
        return header == self.coding.header or self.do(label, Change(self.coding.header, header))

    def code_in_passes(self, *, on: bool) -> bool:
        """Code in one pass or in three. What was covered stays: of all three passes, or what all three have."""
        header = self.coding.with_passes(on=on)
        return header == self.coding.header or self.do(self.texts.tr("Passes"), Change(self.coding.header, header))

    def choose_tasks(self, numbers: Sequence[int]) -> bool:
        """Code only these tasks of the plan, and always those drawn for a second coding; none named: all of them."""
        chosen = {*numbers, *self.file.second_coded} if numbers else set[int]()
        header = replace(self.coding.header, chosen=tuple(sorted(chosen)))
        return header == self.coding.header or self.do(
            self.texts.tr("Tasks to code"), Change(self.coding.header, header)
        )

    @property
    def tasks_to_code(self) -> tuple[int, ...]:
        """Numbers of the tasks that this coder codes, in the order of the plan; not those left out while filming."""
        marked, skipped = {s.number for s in self.file.segments}, set(self.file.filmed.skipped)
        every = self.coding.header.chosen or tuple(range(1, len(self.file.meeting.plan) + 1))
        return tuple(n for n in every if n in marked or n not in skipped)

    def missing(self) -> tuple[Missing, ...]:
        """What is still to be done before *ready*, in the order of the plan and the rating sheet."""
        rows: list[Missing] = []
        for number in self.tasks_to_code:
            found = [s for s in self.file.segments if s.number == number]
            if not found:
                rows.append(Missing("task-time", number))
            elif not all(self.coding.covers(s) for s in found):
                rows.append(Missing("task", number))
        if self.instrument.requires_evidence:
            shown = {"", *(s.id for s in self.file.segments)}  # a task's limits can be removed by the work partner
            ratings = [r for r in self.coding.ratings.values() if r.segment_id in shown]
            rows += [Missing("rating-reason", item=r.item) for r in ratings if not r.grounded]
        return tuple(rows)

    def mark_ready(self) -> bool:
        """Fix this coding. States still on close at the end of what was covered. Logged, and not undoable."""
        closing = presses.close_open(self.coding, self._end_of_open())
        closed = self.coding.apply(closing)
        header = replace(self.coding.header, state=CodingState.READY, ready_at=now(), checksum=fingerprint(closed))
        return self.commit(self.texts.tr("Marked as ready"), *closing, Change(self.coding.header, header), act="ready")

    def _end_of_open(self) -> Micros:
        """The end of what was covered, or of the film when a state began only after it: none is lost."""
        end = max((s.end for s in self.coding.header.covered), default=self.file.length)
        begun = max((o.start for o in self.coding.observations.values() if o.open), default=0)
        return end if begun < end else max(self.file.length, begun + 1)

    def is_partner_ready(self) -> bool:
        """Whether the work partner is: then this coder's own *ready* ends both codings. Asks the archive."""
        if self.is_training:
            return False
        partner = self.file.meeting.partner_of(self.coding.header.coder)
        return state_of(self._store, self.file.meeting, partner) == CodingState.READY

    def take_ready_back(self) -> bool:
        """Possible while the other coder is not ready; the store refuses otherwise, and logs it."""
        header = replace(self.coding.header, state=CodingState.DRAFT, ready_at=None, checksum="")
        label = self.texts.tr("Ready taken back")
        return self.commit(label, Change(self.coding.header, header), act="ready-taken-back")


def ready_at(coding: Coding) -> datetime | None:
    return coding.header.ready_at


def is_state(scheme: Scheme, observation: Observation) -> bool:
    code = scheme.code(observation.code)
    return code is not None and code.kind == Kind.STATE
