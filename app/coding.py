"""The coding of one meeting by one worker: the only door through which a coding changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject

from app import content
from app.editing import Editor
from app.errors import AppError
from app.i18n import Texts, now
from app.model import keying
from app.model.change import Change, added, removed
from app.model.coding import Coding, CodingHeader, CodingState
from app.model.filmed import Filmed, in_order, not_codable
from app.model.filming import FilmingEvent, LiveMark
from app.model.identity import new_id
from app.model.instrument import Instrument
from app.model.meeting import Meeting, Segment
from app.model.observation import How, Mark, MarkKind, Observation
from app.model.rating import Rating
from app.model.recording import Recording
from app.model.scheme import Code, Kind, Scheme
from app.model.scheme_file import read_instrument, read_scheme
from app.model.stored import StoredContent
from app.model.timecode import Micros
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

    def segment_at(self, time: Micros) -> Segment | None:
        return next((s for s in self.segments if s.start <= time < s.end), None)

    def task_name(self, number: int, language: str) -> str:
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
    films = [r for r in store.find(Recording, meeting_id=meeting_id) if r.closed_from_use is None]
    return tuple(sorted(films, key=lambda r: (r.camera, r.offset)))


def read_coding(store: Store, header: CodingHeader) -> Coding:
    """The whole coding of a header that this worker may read."""
    return Coding(
        header,
        {o.id: o for o in store.find(Observation, coding_id=header.id)},
        {m.id: m for m in store.find(Mark, coding_id=header.id)},
        {r.id: r for r in store.find(Rating, coding_id=header.id)},
    )


def own_header(store: Store, meeting_id: str) -> CodingHeader | None:
    found = store.find(CodingHeader, meeting_id=meeting_id, coder=store.worker.id)
    return found[0] if found else None


def begin(store: Store, texts: Texts, meeting_id: str, scheme_id: str = "perusrunko") -> CodingHeader:
    """The worker's coding of the meeting; a new one keeps the scheme and instrument of this day for good.

    Raises NotAllowed when the worker is not one of the meeting's coders.
    """
    if (existing := own_header(store, meeting_id)) is not None:
        return existing
    scheme, instrument = content.scheme(scheme_id), content.instruments()[0]
    header = CodingHeader(
        new_id(), meeting_id, store.worker.id, scheme.id, scheme.version, instrument.id, instrument.version
    )
    kept = _kept(store, "scheme", scheme.id, scheme.version, content.scheme_text(scheme.id))
    kept += _kept(store, "instrument", instrument.id, instrument.version, content.instrument_text(instrument.id))
    states = _from_filming(meeting_file(store, meeting_id), header.id, scheme)
    store.apply(texts.tr("Coding begun"), [*kept, added(header), *(added(o) for o in states)], act="create")
    return header


def _from_filming(file: MeetingFile, coding_id: str, scheme: Scheme) -> list[Observation]:
    """What could not be coded, as the meeting itself knows it: interruptions, and gaps in which nothing was filmed."""
    return [
        Observation(new_id(), coding_id, scheme.cannot_be_coded, "dyad", s.start, s.end, how=How.FILMING)
        for s in not_codable(file.filmed)
    ]


def _kept(store: Store, kind: str, name: str, version: int, text: str) -> list[Change]:
    """The change that keeps a scheme or instrument in the archive; none when this version is there already."""
    key = f"{kind}/{name}/{version}"
    return [] if store.find(StoredContent, id=key) else [added(StoredContent(key, kind, name, version, text))]


def scheme_of(store: Store, header: CodingHeader) -> Scheme:
    """The scheme in the very version that the coding was made with."""
    return read_scheme(store.get(StoredContent, f"scheme/{header.scheme_id}/{header.scheme_version}").text)


def instrument_of(store: Store, header: CodingHeader) -> Instrument:
    stored = store.get(StoredContent, f"instrument/{header.instrument_id}/{header.instrument_version}")
    return read_instrument(stored.text)


@dataclass(frozen=True, slots=True)
class Missing:
    """What still stands between a coding and *ready*: a task not covered, or a rating without its ground."""

    kind: str  # `task`, `task-time`, `rating-reason`
    number: int = 0
    item: str = ""


class CodingEditor(Editor):
    """The live coding: value, undo stack and `changed`. Nothing else changes a coding."""

    def __init__(
        self, store: Store, texts: Texts, file: MeetingFile, header: CodingHeader, parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.file = file
        self.scheme = scheme_of(store, header)
        self.instrument = instrument_of(store, header)
        self.coding = read_coding(store, header)

    @property
    def is_open(self) -> bool:
        """A ready coding is read, not edited."""
        return not self.coding.is_ready

    @property
    def is_begun(self) -> bool:
        """Whether the coder has marked anything: what the filming put in was not marked by anybody."""
        return any(o.how != How.FILMING for o in self.coding.observations.values())

    def accept(self, changes: Sequence[Change]) -> None:
        segments = [c for c in changes if c.kind is Segment]
        self.coding = self.coding.apply(c for c in changes if c.kind not in (Segment, StoredContent))
        if segments:
            held = {s.id: s for s in self.file.segments}
            for change in segments:
                held.pop(change.id, None)
                if isinstance(change.after, Segment):
                    held[change.id] = change.after
            ordered = tuple(sorted(held.values(), key=lambda s: (s.start, s.number)))
            self.file = replace(self.file, segments=ordered)

    def use_scheme(self, scheme_id: str) -> bool:
        """Code with another scheme: only while nothing is coded, for a coding keeps the scheme it was made with."""
        if not self.is_open or self.is_begun or scheme_id == self.scheme.id:
            return False
        scheme = content.scheme(scheme_id)
        kept = _kept(self._store, "scheme", scheme.id, scheme.version, content.scheme_text(scheme.id))
        header = replace(self.coding.header, scheme_id=scheme.id, scheme_version=scheme.version)
        states = [Change(o, replace(o, code=scheme.cannot_be_coded)) for o in self.coding.observations.values()]
        changes = [*kept, Change(self.coding.header, header), *(c for c in states if c.before != c.after)]
        taken = self.commit(self.texts.tr("Scheme chosen"), *changes)
        if taken:
            self.scheme = scheme
        return taken

    # codes and marks

    def press(self, key: str, at: Micros, modifiers: tuple[str, ...] = ()) -> Code | None:
        """A code key or flag key at the picture shown at `at` (meeting time); gives the code that was taken."""
        if not self.is_open:
            return None
        if (kind := keying.MARK_KEYS.get(key.casefold())) is not None:
            self.mark(kind, at)
            return None
        code = self.scheme.code_for(key)
        if code is None:
            return None
        return code if self.code(code, at, modifiers) else None

    def code(self, code: Code, at: Micros, modifiers: tuple[str, ...] = ()) -> bool:
        film = next((r for r in self.file.recordings if r.camera == 1), None)
        press = keying.Press(at, at, film.id if film else "", film.to_film(at) if film else None, modifiers)
        changes = keying.on_code(self.coding, self.scheme, code, press)
        return bool(changes) and self.do(self.texts.words(code.name), *changes)

    def mark(self, kind: MarkKind, at: Micros, text: str = "") -> bool:
        return self.do(self.texts.tr("Mark"), *keying.on_mark(self.coding, kind, at, text))

    def take_back(self) -> bool:
        """Backspace: the latest coded observation goes, as a step of its own kind of undo."""
        return self.undo()

    # edits of what is there

    def edit(self, before: Observation, after: Observation) -> bool:
        """An observation gets new values; a state that was edited never runs backward."""
        if after.end is not None and after.end <= after.start:
            self.refused.emit(AppError("state-without-length"))
            return False
        return self.do(self.texts.tr("Observation edited"), Change(before, replace(after, how=How.EDITED)))

    def qualify(self, before: Observation, after: Observation) -> bool:
        """A modifier chosen right after the press: the observation stays as live as it was."""
        return before == after or self.do(self.texts.tr("Modifier"), Change(before, after))

    def remove(self, *observations: Observation) -> bool:
        label = self.texts.trn("{n} observation removed", "{n} observations removed", len(observations))
        return self.do(label, *(removed(o) for o in observations))

    def edit_mark(self, before: Mark, text: str) -> bool:
        return self.do(self.texts.tr("Note edited"), Change(before, replace(before, text=text)))

    def move_mark(self, before: Mark, at: Micros) -> bool:
        return self.do(self.texts.tr("Mark moved"), Change(before, replace(before, at=at)))

    def remove_mark(self, mark: Mark) -> bool:
        return self.do(self.texts.tr("Mark removed"), removed(mark))

    def rate(self, item: str, value: int | None, reason: str, evidence: tuple[str, ...] = ()) -> bool:
        """Set a rating; `value` None says *no occasion to observe*."""
        before = self.coding.rating_of(item)
        base = before or Rating(new_id(), self.coding.id, item, value)
        after = replace(base, value=value, reason=reason, evidence=evidence)
        return before == after or self.do(self.texts.tr("Rating"), Change(before, after))

    def unrate(self, item: str) -> bool:
        before = self.coding.rating_of(item)
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
        new = Segment(own.id if own else new_id(), self.file.meeting.id, number, at, end)
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

    def move_segment(self, before: Segment, start: Micros, end: Micros) -> bool:
        """New edges for a task, held between its neighbors."""
        others = [s for s in self.file.segments if s.id != before.id]
        start = max(start, max((s.end for s in others if s.end <= before.start), default=start))
        end = min(end, min((s.start for s in others if s.start >= before.end), default=end))
        if end <= start:
            return False
        return self.do(self.texts.tr("Task moved"), Change(before, replace(before, start=start, end=end)))

    def remove_segment(self, segment: Segment) -> bool:
        return self.do(self.texts.tr("Task removed"), removed(segment))

    def _first_unmarked(self, at: Micros) -> int:
        earlier = [s.number for s in self.file.segments if s.end <= at]
        return max(earlier, default=0) + 1

    # what was covered, and ready

    def cover(self, segment: Segment, *, on: bool) -> bool:
        """Declare the task covered, or not: only covered time enters a figure."""
        header = self.coding.with_cover(segment.stretch, on=on)
        label = self.texts.tr("Task covered") if on else self.texts.tr("Task not covered")
        return header == self.coding.header or self.do(label, Change(self.coding.header, header))

    def missing(self) -> tuple[Missing, ...]:
        """What is still to be done before *ready*, in the order of the plan and the rating sheet."""
        rows: list[Missing] = []
        for number in range(1, len(self.file.meeting.plan) + 1):
            found = [s for s in self.file.segments if s.number == number]
            if not found and number in self.file.filmed.skipped:
                continue  # it was left out while filming, and the meeting says why
            if not found:
                rows.append(Missing("task-time", number))
            elif not all(self.coding.covers(s) for s in found):
                rows.append(Missing("task", number))
        rows += [Missing("rating-reason", item=r.item) for r in self.coding.ratings.values() if not r.grounded]
        return tuple(rows)

    def mark_ready(self) -> bool:
        """Fix this coding. States still on close at the end of what was covered. Logged, and not undoable."""
        closing = keying.close_open(self.coding, self._end_of_open())
        closed = self.coding.apply(closing)
        header = replace(self.coding.header, state=CodingState.READY, ready_at=now(), checksum=fingerprint(closed))
        return self.commit(self.texts.tr("Marked as ready"), *closing, Change(self.coding.header, header))

    def _end_of_open(self) -> Micros:
        """The end of what was covered, or of the film when a state began only after it: none is lost."""
        end = max((s.end for s in self.coding.header.covered), default=self.file.length)
        begun = max((o.start for o in self.coding.observations.values() if o.open), default=0)
        return end if begun < end else max(self.file.length, begun + 1)

    def take_ready_back(self) -> bool:
        """Possible while the other coder is not ready; the store refuses otherwise, and logs it."""
        header = replace(self.coding.header, state=CodingState.DRAFT, ready_at=None, checksum="")
        return self.commit(self.texts.tr("Ready taken back"), Change(self.coding.header, header))

    def act_of(self, label: str) -> str:
        return "ready" if label == self.texts.tr("Marked as ready") else "edit"


def fingerprint(coding: Coding) -> str:
    """SHA-256 over every observation, mark and rating in the order of their ids: what *ready* fixes."""
    digest = hashlib.sha256()
    for group in (coding.observations, coding.marks, coding.ratings):
        for key in sorted(group):
            digest.update(repr(group[key]).encode())
    return digest.hexdigest()


def ready_at(coding: Coding) -> datetime | None:
    return coding.header.ready_at


def is_state(scheme: Scheme, observation: Observation) -> bool:
    code = scheme.code(observation.code)
    return code is not None and code.kind == Kind.STATE
