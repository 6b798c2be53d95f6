"""What really happened while a meeting was filmed, and what each command of the worker changes in it: pure functions.

Every function takes the meeting as it stands and a time on its clock, and gives changes; none that do not fit the
moment. Times only go forward: two things that happen at once are a microsecond apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

from app.model.change import Change, added, removed
from app.model.filming import LASTING, FilmingEvent, Happening, LiveMark, OpenRecording
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch, merged, without
from app.model.observation import MarkKind
from app.model.recording import Recording
from app.model.timecode import Micros
from app.model.units import TaskNumber

Changes = tuple[Change, ...]

#: a pause with one of these reasons was nobody's wish: the last camera was lost, or the disk; the computer slept
UNASKED = LOST, ASLEEP = "lost", "asleep"


@dataclass(frozen=True)
class Filmed:
    """One meeting with its segments and events by their start, its live marks and its films."""

    meeting: Meeting
    segments: tuple[Segment, ...] = ()
    events: tuple[FilmingEvent, ...] = ()
    marks: tuple[LiveMark, ...] = ()
    being_recorded: tuple[OpenRecording, ...] = ()
    films: tuple[Recording, ...] = ()

    @property
    def running(self) -> Segment | None:
        """The task that is being done."""
        return next((s for s in self.segments if s.open), None)

    @property
    def done(self) -> frozenset[int]:
        """Numbers of tasks that were done, or at least begun and ended."""
        return frozenset(s.number for s in self.segments if not s.open)

    @property
    def skipped(self) -> dict[int, str]:
        """Why tasks were left out, by number; a task that was done after all is not left out."""
        begun = {s.number for s in self.segments}
        return {e.number: e.reason for e in self.of(Happening.SKIPPED) if e.number not in begun}

    @property
    def lost_pictures(self) -> int:
        return sum(e.number for e in self.of(Happening.PICTURES_LOST))

    @property
    def undecided(self) -> FilmingEvent | None:
        """Filming was ended at once, and nobody has said yet what becomes of the films."""
        return next((e for e in self.of(Happening.ENDED_AT_ONCE) if not e.reason), None)

    @property
    def latest(self) -> Micros:
        """The last time at which anything happened or was filmed."""
        times = [0, *(s.start if s.open else s.end for s in self.segments), *(m.at for m in self.marks)]
        times += [t for e in self.events for t in (e.start, e.end) if t is not None]
        times += [f.end for f in self.films]
        return max(times)

    @property
    def films_end(self) -> Micros:
        return max((f.end for f in self.films), default=0)

    def of(self, kind: Happening) -> list[FilmingEvent]:
        return [e for e in self.events if e.kind == kind]

    def lasting(self, kind: Happening) -> FilmingEvent | None:
        """The interruption, pause or rescue that has not ended yet."""
        return next((e for e in self.of(kind) if e.end is None), None)

    def times_of(self, number: TaskNumber) -> Micros:
        """How long a task was done until now in whole, without the part that is going on."""
        return sum(s.end - s.start for s in self.segments if s.number == number and not s.open)

    def next_number(self) -> TaskNumber | None:
        """The task after the one that is or was last on that was neither done nor left out; then earlier ones."""
        last = self.running or (max(self.segments, key=lambda s: s.start) if self.segments else None)
        begun = {s.number for s in self.segments} | set(self.skipped)
        left = [n for n in range(1, len(self.meeting.plan) + 1) if n not in begun]
        later = [n for n in left if last is not None and n > last.number]
        return next(iter(later or left), None)

    def moment(self, now: Micros) -> Micros:
        """`now`, or the first time after everything that has happened."""
        return max(now, self.latest + 1)

    def after(self, changes: Iterable[Change]) -> Filmed:
        """The same with committed changes in it; those of other kinds and other meetings are left alone."""
        file = self
        for change in changes:
            file = _with(file, change)
        return file


_FIELDS: dict[type, str] = {
    Segment: "segments",
    FilmingEvent: "events",
    LiveMark: "marks",
    OpenRecording: "being_recorded",
    Recording: "films",
}


def _with(file: Filmed, change: Change) -> Filmed:
    if change.kind is Meeting:
        is_mine = change.after is not None and change.id == file.meeting.id
        return replace(file, meeting=cast("Meeting", change.after)) if is_mine else file
    name = _FIELDS.get(change.kind)
    if name is None or getattr(change.entity, "meeting_id", "") != file.meeting.id:
        return file
    held = [e for e in getattr(file, name) if e.id != change.id]
    if change.after is not None:
        held.append(change.after)
    return replace(file, **{name: in_order(held)})  # type: ignore[arg-type]  # the field of that kind of entity


def in_order(entities: Iterable[Any]) -> tuple[Any, ...]:
    """By the time at which they begin, then by id; films by camera first."""
    return tuple(sorted(entities, key=_place))


def _place(entity: Any) -> tuple[int, Micros, str]:
    if isinstance(entity, Recording | OpenRecording):
        return entity.camera, entity.offset, entity.id
    return 0, entity.at if isinstance(entity, LiveMark) else entity.start, entity.id


# tasks


def next_task(file: Filmed, now: Micros) -> Changes:
    """The running task ends and the next begins; an interruption ends with it. Nothing when there is neither."""
    number = file.next_number()
    if number is not None:
        return start_task(file, number, now)
    return end_task(file, now)


def start_task(file: Filmed, number: TaskNumber, now: Micros) -> Changes:
    """Any task of the plan begins, also one that was done before or left out; the running one ends."""
    if not 1 <= number <= len(file.meeting.plan) or (file.running is not None and file.running.number == number):
        return ()
    at = file.moment(now)
    return (*end_task(file, at), added(Segment(new_id(), file.meeting.id, number, at, at + 1, open=True)))


def end_task(file: Filmed, now: Micros) -> Changes:
    """The running task ends, and with it an interruption."""
    at = file.moment(now)
    running = file.running
    ending = () if running is None else (Change(running, replace(running, end=at, open=False)),)
    return (*resume(file, at), *ending)


def can_go_back(file: Filmed) -> bool:
    return bool(previous(file))


def previous(file: Filmed) -> Changes:
    """A *next* that came too early is taken back: its task has not begun, and the one before it goes on.

    Nothing when filming was paused in between, for then there is no film in which it could go on.
    """
    running = file.running
    if running is None:
        last = max((s for s in file.segments), key=lambda s: s.start, default=None)
        is_fresh = last is not None and last.end >= _last_break(file)
        return (_reopened(last),) if is_fresh and last is not None else ()
    before = next((s for s in file.segments if s.end == running.start and not s.open), None)
    if before is None:
        is_first = running.start > _last_break(file)
        return (removed(running), *_unskipped(file, running.start)) if is_first else ()
    if before.end <= _last_break(file):
        return ()
    return (removed(running), _reopened(before), *_unskipped(file, running.start))


def _reopened(segment: Segment) -> Change:
    return Change(segment, replace(segment, end=segment.start + 1, open=True))


def _unskipped(file: Filmed, at: Micros) -> Changes:
    """A task that was left out in the same step is not left out."""
    return tuple(removed(e) for e in file.of(Happening.SKIPPED) if e.start == at)


def _last_break(file: Filmed) -> Micros:
    """Where the film last began anew after a pause or a rescue; before everything when it never did."""
    ends = [e.end for e in file.events if e.kind in (Happening.PAUSE, Happening.RESCUED) and e.end is not None]
    return max(ends, default=-1)


def skip(file: Filmed, number: TaskNumber, reason: str, now: Micros) -> Changes:
    """Task `number` is left out. One that is running ends here, what was filmed of it stays, and the next begins."""
    at = file.moment(now)
    left_out = added(FilmingEvent(new_id(), file.meeting.id, Happening.SKIPPED, at, None, number, reason))
    if file.running is None or file.running.number != number:
        return (left_out,) if 1 <= number <= len(file.meeting.plan) and number not in file.skipped else ()
    after = file.after((left_out,))
    following = after.next_number()
    # at the very time of the skip, so that going back takes both back
    ending = (Change(file.running, replace(file.running, end=at, open=False)),)
    begun = () if following is None else (added(Segment(new_id(), file.meeting.id, following, at, at + 1, open=True)),)
    return (left_out, *resume(file, at), *ending, *begun)


# interruptions and pauses


def interrupt(file: Filmed, reason: str, now: Micros) -> Changes:
    """Filming goes on, but from here on it is not codable."""
    if file.lasting(Happening.INTERRUPTION) is not None:
        return ()
    at = file.moment(now)
    return (added(FilmingEvent(new_id(), file.meeting.id, Happening.INTERRUPTION, at, None, 0, reason)),)


def resume(file: Filmed, now: Micros) -> Changes:
    """The interruption is over."""
    event = file.lasting(Happening.INTERRUPTION)
    return () if event is None else (Change(event, replace(event, end=max(now, event.start + 1))),)


def pause(file: Filmed, now: Micros, reason: str = "") -> Changes:
    """Nothing is recorded from here on; the running task ends and goes on afterward.

    Which one it was stands with the pause: one that was begun after the last picture has no film yet, and is still on.
    """
    at, number = file.moment(now), 0 if file.running is None else file.running.number
    return (*end_task(file, at), happened(file, Happening.PAUSE, at, number, reason))


def go_on(file: Filmed, at: Micros) -> Changes:
    """Films begin again at `at`: the pause ends, and the task that it cut off goes on in a segment of its own."""
    events = [e for e in file.events if e.kind in (Happening.PAUSE, Happening.RESCUED) and e.end is None]
    changes = [Change(e, replace(e, end=max(at, e.start + 1))) for e in events]
    cut = cut_off(file)
    if cut is not None:
        changes.append(added(Segment(new_id(), file.meeting.id, cut, at, at + 1, open=True)))
    return tuple(changes)


def cut_off(file: Filmed) -> TaskNumber | None:
    """The task that the pause or the end of the program cut off."""
    waiting = file.lasting(Happening.PAUSE)
    if waiting is not None and waiting.number:
        return waiting.number
    segment = _cut_off_segment(file)
    return None if segment is None else segment.number


def _cut_off_segment(file: Filmed) -> Segment | None:
    starts = {e.start for e in file.events if e.kind in (Happening.PAUSE, Happening.RESCUED) and e.end is None}
    return next((s for s in file.segments if s.end in starts and not s.open), None)


def leave(file: Filmed) -> Changes:
    """A pause or rescue after which nothing more is filmed: it ends where it began."""
    events = [e for e in file.events if e.kind in (Happening.PAUSE, Happening.RESCUED) and e.end is None]
    return tuple(Change(e, replace(e, end=e.start)) for e in events)


# marks


def mark(file: Filmed, kind: MarkKind, now: Micros, text: str = "") -> Changes:
    return (added(LiveMark(new_id(), file.meeting.id, kind, now, text)),)


def happened(
    file: Filmed, kind: Happening, at: Micros, number: TaskNumber = 0, reason: str = "", until: Micros | None = None
) -> Change:
    return added(FilmingEvent(new_id(), file.meeting.id, kind, at, until, number, reason))


# the films' own times


def clipped(file: Filmed, end: Micros) -> Changes:
    """Nothing of the meeting reaches beyond `end`, where its films end: what began after it has no film."""
    changes: list[Change] = []
    for s in file.segments:
        if s.start >= end:
            changes.append(removed(s))
        elif s.open or s.end > end:
            changes.append(Change(s, replace(s, end=end, open=False)))
    for e in file.events:
        start = min(e.start, end)
        until = None if e.end is None else max(min(e.end, end), start)
        if e.kind == Happening.INTERRUPTION and until is None:
            until = end
        if (start, until) != (e.start, e.end):
            changes.append(Change(e, replace(e, start=start, end=until)))
    changes += [Change(m, replace(m, at=end)) for m in file.marks if m.at > end]
    return tuple(changes)


def shifted(file: Filmed, by: Micros) -> Changes:
    """Everything later by `by`: the clock's 0 is the first picture, and what was noted counted from the press."""
    if not by:
        return ()
    changes: list[Change] = [Change(s, replace(s, start=s.start + by, end=s.end + by)) for s in file.segments]
    for e in file.events:
        end = None if e.end is None else e.end + by
        changes.append(Change(e, replace(e, start=e.start + by, end=end)))
    changes += [Change(m, replace(m, at=m.at + by)) for m in file.marks]
    return tuple(changes)


def is_closed(file: Filmed, offset: Micros) -> bool:
    """Whether a film that begins at `offset` was closed from use: its filming was ended at once, and so decided."""
    return any(e.reason == "close" and e.start > offset for e in file.of(Happening.ENDED_AT_ONCE))


def not_filmed(file: Filmed) -> tuple[Stretch, ...]:
    """What nobody filmed between the meeting's first picture and its last; ascending, apart.

    Time between films, holes and seams within them, and sleep of the computer that filmed, in which the last picture
    stands.
    It is filmed if any camera filmed it, also when that film was erased since: what was counted stays what it was. One
    that was closed from use was never to be seen.
    """
    whole, filmed = _span(file), _pictures(file)
    for stretch in filmed:
        whole = without(whole, stretch)
    return whole


def away(file: Filmed) -> tuple[Stretch, ...]:
    """What was filmed and cannot be coded: interruptions; ascending, apart."""
    found: list[Stretch] = []
    for span in _span(file):
        for e in file.of(Happening.INTERRUPTION):
            start, end = max(e.start, span.start), span.end if e.end is None else min(e.end, span.end)
            found += [Stretch(start, end)] if start < end else []
    return merged(tuple(found))


def _seen(file: Filmed) -> list[tuple[Recording, Stretch]]:
    """The films that were to be seen, each with where it lies."""
    films = [(f, f.to_meeting(0), f.end) for f in file.films if f.was_seen]
    return [(film, Stretch(start, end)) for film, start, end in films if start < end]


def _span(file: Filmed) -> tuple[Stretch, ...]:
    """From the first picture to the last; nothing without films."""
    lies = [stretch for _, stretch in _seen(file)]
    return (Stretch(min(s.start for s in lies), max(s.end for s in lies)),) if lies else ()


def _pictures(file: Filmed) -> tuple[Stretch, ...]:
    """Time of which there are pictures."""
    found: list[Stretch] = []
    for film, lies in _seen(file):
        own: tuple[Stretch, ...] = (lies,)
        for start, end in (*film.facts.unseen, *_slept(film, file.events)):
            hole = Stretch(film.to_meeting(start), film.to_meeting(end))
            own = without(own, hole) if hole.start < hole.end else own
        found += own
    return merged(tuple(found))


def holes_of(film: Recording, events: Iterable[FilmingEvent]) -> tuple[tuple[Micros, Micros], ...]:
    """(start, end) of film time without a picture of its own, ascending, apart: its holes, and the computer's sleep.

    `events` are those of its meeting.
    """
    holes = merged(tuple(Stretch(start, end) for start, end in (*film.facts.holes, *_slept(film, events))))
    return tuple((hole.start, hole.end) for hole in holes)


def _slept(film: Recording, events: Iterable[FilmingEvent]) -> list[tuple[Micros, Micros]]:
    """When the computer that filmed it slept, in film time; another camera filmed on."""
    if film.is_from_outside:
        return []
    slept = [(e.start, e.end) for e in events if e.kind == Happening.SLEPT and e.end is not None]
    whole = film.facts.duration
    inside = [(max(film.to_film(start), 0), min(film.to_film(end), whole)) for start, end in slept]
    return [(start, end) for start, end in inside if start < end]


def lasts(event: FilmingEvent) -> bool:
    return event.kind in LASTING
