"""Filming one meeting, without a face: ready → recording → paused → closing → kept, or rescued.

The worker's commands come together here with what is recorded (`app/recordings`). What happens is in the archive before
a screen shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.filming.session import FilmingSession
from app.filming.stages import FilmingStage
from app.model import filmed as steps
from app.model.change import Change
from app.model.filming import Happening
from app.model.observation import MarkKind
from app.model.timecode import Micros
from app.model.units import TaskNumber


class Capture(FilmingSession):
    """The filming of one meeting: the only door through which it changes. Commands give False when refused."""

    @property
    def can_go_back(self) -> bool:
        """Whether *previous* has something to take back."""
        return steps.can_go_back(self.filmed)

    # before

    def child_says(self, word: str) -> bool:
        """The child's own word today on being filmed: `yes` or `no`, empty takes it back."""
        day = self._time_of_day().astimezone().date() if word else None
        return self._edit_meeting(self.texts.tr("Child's word on being filmed"), child_said=word, child_said_on=day)

    def film_also(self, person_id: str, *, on: bool) -> bool:
        """Another person of the case is on the film, or is not."""
        rest = tuple(p for p in self.meeting.others if p != person_id)
        others = (*rest, person_id) if on else rest
        return self._edit_meeting(self.texts.tr("Who is filmed"), others=others)

    def _edit_meeting(self, label: str, **fields: object) -> bool:
        after = replace(self.meeting, **fields)  # type: ignore[arg-type]  # the fields' own names
        return after == self.meeting or self.commit(label, Change(self.meeting, after))

    # pausing and ending

    def pause(self) -> bool:
        """Nothing is recorded until filming goes on, with new films."""
        if not self.is_recording:
            return False
        self._step(self.texts.tr("Pause"), steps.pause(self.filmed, self.now()))
        return self._stop(pausing=True)

    def stop(self) -> bool:
        """End filming; `kept` comes for each film, then the stage is KEPT."""
        if self.is_recording:
            self._step(self.texts.tr("Filming ends"), steps.end_task(self.filmed, self.now()))
            return self._stop(pausing=False)
        if self.is_pausing:
            return self._end_instead(self.texts.tr("Filming ends"), steps.leave(self.filmed))
        if self.stage in (FilmingStage.PAUSED, FilmingStage.RESCUED):
            self._step(self.texts.tr("Filming ends"), steps.leave(self.filmed))
            return True
        return False

    def stop_at_once(self) -> bool:
        """End now, whatever goes on; what becomes of the films is asked afterward (`decide`)."""
        is_open = self.stage in (FilmingStage.RECORDING, FilmingStage.PAUSED, FilmingStage.RESCUED)
        if not is_open and not self.is_pausing:
            return False
        at = self.filmed.moment(self.now())
        ending = steps.end_task(self.filmed, at) if self.is_recording else steps.leave(self.filmed)
        ended = steps.happened(self.filmed, Happening.ENDED_AT_ONCE, at)
        if self.is_pausing:
            return self._end_instead(self.texts.tr("Filming ended at once"), (*ending, ended))
        self._step(self.texts.tr("Filming ended at once"), (*ending, ended))
        return self._stop(pausing=False) if self.is_recording else True

    def decide(self, *, keep: bool) -> bool:
        """After *end at once*: keep the films, or close them from use and put them up for erasure."""
        event = self.filmed.undecided
        if event is None:
            return False
        label = self.texts.tr("Films kept") if keep else self.texts.tr("Films closed from use")
        changes = [Change(event, replace(event, reason="keep" if keep else "close"))]
        if not keep:
            when = self._time_of_day()
            films = [f for f in self.filmed.films if f.in_use and not f.is_from_outside]
            changes += [Change(f, replace(f, closed_from_use=when)) for f in films]
        return self._step(label, changes)

    # the worker's commands while recording

    def next_task(self) -> bool:
        """The next task begins; in a pause filming goes on with it."""
        if self.stage == FilmingStage.PAUSED and not self.begin():
            return False
        return self._command(self.texts.tr("Next task"), steps.next_task(self.filmed, self.now()))

    def previous(self) -> bool:
        """Take an early *next* back."""
        return self._command(self.texts.tr("Back to the previous task"), steps.previous(self.filmed))

    def start_task(self, number: TaskNumber) -> bool:
        """Any task of the plan: again, or before its turn."""
        return self._command(self.texts.tr("Task starts"), steps.start_task(self.filmed, number, self.now()))

    def end_task(self) -> bool:
        return self._command(self.texts.tr("Task ends"), steps.end_task(self.filmed, self.now()))

    def skip(self, number: TaskNumber, reason: str) -> bool:
        return self._command(self.texts.tr("Task left out"), steps.skip(self.filmed, number, reason, self.now()))

    def interrupt(self, reason: str) -> bool:
        return self._command(self.texts.tr("Interruption"), steps.interrupt(self.filmed, reason, self.now()))

    def resume(self) -> bool:
        return self._command(self.texts.tr("Interruption ends"), steps.resume(self.filmed, self.now()))

    def mark(self, kind: MarkKind, text: str = "", at: Micros | None = None) -> bool:
        """A live mark now, or at the time `at` at which typing it was begun."""
        time = self.now() if at is None else at
        return self._command(self.texts.tr("Mark"), steps.mark(self.filmed, kind, time, text))

    def _command(self, label: str, changes: Sequence[Change]) -> bool:
        self.forget_sleep()  # whoever goes on with the work has read of it
        return self.is_recording and bool(changes) and self._step(label, changes)
