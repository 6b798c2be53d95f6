"""A meeting with its films and task segments, as its screens read it together."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.filmed import Filmed, in_order
from app.model.filming import FilmingEvent, LiveMark
from app.model.meeting import Meeting, Segment
from app.model.recording import Recording
from app.model.timecode import Micros
from app.model.units import TaskNumber
from app.ports import Store


@dataclass(frozen=True)
class MeetingFile:
    """A meeting with its films and task segments, as its screens read it together."""

    meeting: Meeting
    segments: tuple[Segment, ...]
    recordings: tuple[Recording, ...]
    events: tuple[FilmingEvent, ...] = ()
    live_marks: tuple[LiveMark, ...] = ()

    @property
    def filmed(self) -> Filmed:
        """What happened while it was filmed."""
        return Filmed(self.meeting, self.segments, self.events, self.live_marks, (), self.recordings)

    @property
    def length(self) -> Micros:
        """End of the last film on the meeting's clock; 0 without films."""
        return max((r.to_meeting(r.facts.duration) for r in self.recordings), default=0)

    @property
    def start(self) -> Micros:
        """The meeting's clock starts with its reference film; another may have begun before it."""
        return min((r.to_meeting(0) for r in self.recordings), default=0)

    @property
    def open_films(self) -> tuple[Recording, ...]:
        """The films that may be shown; those closed from use wait for erasure."""
        return tuple(r for r in self.recordings if r.in_use)

    def segment_at(self, time: Micros) -> Segment | None:
        return next((s for s in self.segments if s.start <= time < s.end), None)

    def task_name(self, number: TaskNumber, language: str) -> str:
        plan = self.meeting.plan
        return plan[number - 1].name.text(language) if 1 <= number <= len(plan) else ""


def meeting_file(store: Store, meeting_id: str) -> MeetingFile:
    """The meeting with the films that are in use: those closed from use are neither shown nor coded."""
    segments = sorted(store.find(Segment, meeting_id=meeting_id), key=lambda s: (s.start, s.number))
    return MeetingFile(
        store.get(Meeting, meeting_id),
        tuple(s for s in segments if not s.open),
        films_in_use(store, meeting_id),
        in_order(store.find(FilmingEvent, meeting_id=meeting_id)),
        in_order(store.find(LiveMark, meeting_id=meeting_id)),
    )


def films_in_use(store: Store, meeting_id: str) -> tuple[Recording, ...]:
    """The meeting's films that may be looked at, by camera and time."""
    films = [r for r in store.find(Recording, meeting_id=meeting_id) if r.in_use]
    return tuple(sorted(films, key=lambda r: (r.camera, r.offset)))
