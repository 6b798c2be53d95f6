"""A meeting with all that happened in it: read from the archive by one loader, and as its screens read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from app.model.change import Change
from app.model.filmed import Filmed, in_order, not_filmed
from app.model.filming import FilmingEvent, LiveMark, OpenRecording
from app.model.meeting import Meeting, Segment, Stretch, intersection, merged, without
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.timecode import Micros
from app.model.units import TaskNumber
from app.ports import Store


@dataclass(frozen=True)
class MeetingFile:
    """What of a meeting is there to be seen and coded: its tasks that are over, and its films that are in use.

    `sample` says which of its tasks were drawn for a second coding; None where all are coded by both.
    """

    filmed: Filmed
    sample: ReliabilitySample | None = None

    @property
    def meeting(self) -> Meeting:
        return self.filmed.meeting

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """By their start; a task that is being done is none yet."""
        return tuple(s for s in self.filmed.segments if not s.open)

    @cached_property
    def recordings(self) -> tuple[Recording, ...]:
        """By camera and time; those closed from use are neither shown nor coded."""
        return tuple(r for r in self.filmed.films if r.in_use)

    @property
    def live_marks(self) -> tuple[LiveMark, ...]:
        return self.filmed.marks

    @property
    def length(self) -> Micros:
        """End of the last film on the meeting's clock; 0 without films."""
        return max((r.end for r in self.recordings), default=0)

    @property
    def start(self) -> Micros:
        """The meeting's clock starts with its reference film; another may have begun before it."""
        return min((r.to_meeting(0) for r in self.recordings), default=0)

    @cached_property
    def not_filmed(self) -> tuple[Stretch, ...]:
        """What nobody filmed: it is on the meeting's clock and in no figure."""
        return not_filmed(self.filmed)

    def filmed_in(self, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """What of some stretches was filmed: with it every figure begins."""
        for gone in self.not_filmed:
            stretches = without(stretches, gone)
        return merged(stretches)

    @property
    def second_coded(self) -> tuple[TaskNumber, ...]:
        """Numbers of the tasks that get a second coding, of those drawn for it; empty where nothing was drawn."""
        return () if self.sample is None else self.sample.asked(self.filmed.skipped)

    def coded_twice(self, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """What of some stretches is compared: all of them, or what lies in the tasks that were drawn for it."""
        if self.sample is None:
            return merged(stretches)
        drawn = tuple(s.stretch for s in self.segments if s.number in self.second_coded)
        return intersection(stretches, drawn)

    def segment_at(self, time: Micros) -> Segment | None:
        return next((s for s in self.segments if s.start <= time < s.end), None)

    def task_name(self, number: TaskNumber, language: str) -> str:
        plan = self.meeting.plan
        return plan[number - 1].name.text(language) if 1 <= number <= len(plan) else ""

    def after(self, changes: Iterable[Change]) -> MeetingFile:
        """The same with committed changes in it; those of other kinds and other meetings are left alone."""
        return replace(self, filmed=self.filmed.after(changes))


def meeting_file(store: Store, meeting_id: str) -> MeetingFile:
    """The meeting as its screens read it."""
    return MeetingFile(read_filmed(store, meeting_id), sample_of(store, meeting_id))


def sample_of(store: Store, meeting_id: str) -> ReliabilitySample | None:
    """Which of a meeting's tasks were drawn for a second coding; None where nothing was drawn."""
    found = store.find(ReliabilitySample, meeting_id=meeting_id)
    return found[0] if found else None


def read_filmed(store: Store, meeting_id: str) -> Filmed:
    """Everything that happened in the meeting as the archive has it, with films that are closed from use."""
    return Filmed(
        store.get(Meeting, meeting_id),
        in_order(store.find(Segment, meeting_id=meeting_id)),
        in_order(store.find(FilmingEvent, meeting_id=meeting_id)),
        in_order(store.find(LiveMark, meeting_id=meeting_id)),
        in_order(store.find(OpenRecording, meeting_id=meeting_id)),
        in_order(store.find(Recording, meeting_id=meeting_id)),
    )


def films_in_use(store: Store, meeting_id: str) -> tuple[Recording, ...]:
    """The meeting's films that may be looked at, by camera and time, where nothing else of it is asked."""
    return in_order(r for r in store.find(Recording, meeting_id=meeting_id) if r.in_use)
