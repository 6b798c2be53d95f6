"""The test recording before filming: ten seconds into a container that nobody keeps, shown at once, then gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.filming import takes as film_takes
from app.filming.devices import Setup
from app.filming.takes import OpenTake
from app.jobs import JobLane, Jobs
from app.model.recording import Recording
from app.ports import Inspected, MediaVault
from app.ports.films import FilmTools
from app.ports.player import Player, Reel
from app.ports.recorder import Recorder, TakeEnd

#: how long the test is, in milliseconds
LENGTH = 10_000


class FilmTest(QObject):
    """One test at a time. `begin` records, `ready` hands over a player that shows it, `finish` leaves nothing of it."""

    ready = Signal(object)  # Player, opened and playing
    finished = Signal()
    failed = Signal(object)  # AppError

    def __init__(
        self, media: MediaVault, films: FilmTools, jobs: Jobs, recorder: Recorder, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._media, self._films, self._jobs, self._recorder = media, films, jobs, recorder
        self._takes: dict[str, OpenTake] = {}
        self._broken_off: list[OpenTake] = []
        self._kept: list[Recording] = []
        self._player: Player | None = None
        self._is_on = False
        self.is_done = False
        self._lost = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(recorder.stop)
        recorder.ended.connect(self._on_ended)

    @property
    def is_on(self) -> bool:
        """Whether it is being recorded, finished or shown."""
        return self._is_on

    @property
    def lost(self) -> int | None:
        """Pictures that were lost in the newest test of this meeting; None when none was made."""
        return self._lost if self.is_done else None

    def seconds_left(self) -> int:
        return -(-self._timer.remainingTime() // 1000) if self._timer.isActive() else 0

    def begin(self, setup: Setup) -> bool:
        """Record with what is watched. The second copy is left out: nothing of a test goes to another disk."""
        if self._is_on or self._recorder.is_recording():
            return False
        moment = dt.datetime.now(dt.UTC)
        try:
            takes = film_takes.open_takes(self._media, "", replace(setup, second_folder=None), 0, moment)
        except AppError as error:
            self.failed.emit(error)
            return False
        try:
            self._recorder.begin([t.take for t in takes])
        except AppError as error:
            film_takes.discard(takes)
            self.failed.emit(error)
            return False
        self._takes, self._is_on = {t.id: t for t in takes}, True
        self._timer.start(LENGTH)
        return True

    def finish(self) -> None:
        """Whatever it does, it ends, and its films are gone."""
        self._timer.stop()
        if self._takes:
            self._broken_off += self._takes.values()  # discarded when the recorder has let go of them
            self._takes = {}
            self._recorder.stop()
        if self._player is not None:
            player, self._player = self._player, None
            player.close()
        for film in self._kept:
            self._media.discard(film.container)
        was_on, self._kept, self._is_on = self._is_on, [], False
        if was_on:
            self.finished.emit()

    def _on_ended(self, ends: tuple[TakeEnd, ...]) -> None:
        takes, self._takes = self._takes, {}
        broken, self._broken_off = self._broken_off, []
        film_takes.discard(broken)
        if not takes:
            return  # a real recording, or a test that was broken off
        self._timer.stop()
        wanted = [(takes[e.recording_id], e) for e in ends if e.recording_id in takes and e.first is not None]
        film_takes.discard([t for t in takes.values() if t not in [w for w, _ in wanted]])
        if not wanted:
            self._fail(AppError("no-pictures"))
            return
        media, index = self._media, self._films.index
        self._jobs.run("", lambda _job: _keep(media, index, wanted), self._show, self._fail, JobLane.KEEPING)

    def _show(self, films: list[Recording]) -> None:
        self._kept = films
        self._lost = sum(film.lost_pictures for film in films)
        if not self._is_on:  # broken off meanwhile
            self.finish()
            return
        self._player = player = self._films.player()
        reels = [Reel(f.id, f.camera, partial(self._media.open, f), f.index, f.offset) for f in films]
        try:
            player.open(reels)
        except AppError as error:
            self._fail(error)
            return
        self.is_done = True
        self.ready.emit(player)
        player.play()

    def _fail(self, error: AppError) -> None:
        self.finish()
        self.failed.emit(error)


def _keep(
    media: MediaVault, index: Callable[[BinaryIO], Inspected], wanted: list[tuple[OpenTake, TakeEnd]]
) -> list[Recording]:
    """The work of a job: each film finished and read; when one fails, none of them stays."""
    films: list[Recording] = []
    try:
        for take, end in wanted:
            film = film_takes.keep(media, index, take, end)
            films.append(replace(film, offset=end.first or 0))
    except AppError:
        film_takes.discard([t for t, _ in wanted])
        for film in films:
            media.discard(film.container)
        raise
    return films
