"""What the timeline shows of the films themselves: their sound and small pictures, as soon as a job has made them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import BinaryIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from app.errors import AppError
from app.films.reels import open_derived
from app.model.recording import DerivedFile, DerivedKind, Recording
from app.ports.films import Thumbnails, Waveform
from app.workspace import Workspace
from widgets.timeline.strips import HIGH, FilmPicturesStrip, FilmSound, PictureStrip, SoundStrip, Strip
from widgets.timeline.view import TimelineView

SOUND, PICTURES = "sound", "pictures"


class FilmLanes(QObject):
    """Fills the timeline's lanes of sound and pictures.

    A small picture is fetched between two turns of the window, never while it paints.
    """

    available = Signal(object)  # tuple[str, ...]: which of the lanes have something to show

    def __init__(self, space: Workspace, timeline: TimelineView) -> None:
        super().__init__(timeline)
        self._space, self._timeline = space, timeline
        self._films: tuple[Recording, ...] = ()
        self._heard = self._leading = 0
        self._waves: dict[tuple[str, int], Waveform] = {}
        self._small: dict[str, Thumbnails] = {}
        self._fetched: dict[tuple[str, int], QImage] = {}
        self._filled: set[str] = set()
        self._files: list[BinaryIO] = []
        self._wanted: deque[tuple[str, int]] = deque()
        self._fetching = QTimer(self, interval=0)
        self._fetching.timeout.connect(self._fetch)

    def show(self, films: Iterable[Recording], leading: int, heard: int) -> None:
        """The pictures of the leading camera, the sound of the one that is heard."""
        shown = tuple(films), leading, heard
        if shown != (self._films, self._leading, self._heard):
            self._films, self._leading, self._heard = shown
            self._fill_sound()
            self._fill_pictures()
            self._tell()

    def on_made(self, film: Recording, row: DerivedFile) -> None:
        """A job made something: if it is of these films it is shown from now on."""
        if film.id in {f.id for f in self._films}:
            if row.kind == DerivedKind.WAVEFORM:
                self._fill_sound()
            elif row.kind == DerivedKind.THUMBNAILS:
                self._fill_pictures()
            self._tell()

    def _tell(self) -> None:
        self.available.emit(self.filled())

    def filled(self) -> tuple[str, ...]:
        """The lanes that have something to show."""
        return tuple(name for name in (PICTURES, SOUND) if name in self._filled)

    def _set(self, lane: str, strip: Strip | None) -> None:
        (self._filled.discard if strip is None else self._filled.add)(lane)
        self._timeline.set_strip(lane, strip)

    def _fill_sound(self) -> None:
        films = [f for f in self._films if f.camera == self._heard]
        found = [FilmSound(f, wave) for f in films if (wave := self._wave(f)) is not None]
        self._set(SOUND, SoundStrip(tuple(found)) if found else None)

    def _fill_pictures(self) -> None:
        found = []
        for film in (f for f in self._films if f.camera == self._leading):
            small = self._thumbnails(film)
            if small is not None:
                picture = self._getter(film.id)
                found.append(FilmPicturesStrip(film, small.step, small.width, small.height, small.count, picture))
        self._set(PICTURES, PictureStrip(tuple(found)) if found else None)

    def _wave(self, film: Recording) -> Waveform | None:
        track = film.viewing.sound_track
        if (film.id, track) not in self._waves:
            file = self._file(film, DerivedKind.WAVEFORM)
            if file is None:
                return None
            with file:
                try:
                    self._waves[film.id, track] = self._space.films.read_waveform(file, track)
                except AppError as error:
                    self._space.notices.trouble(error)
                    return None
        return self._waves[film.id, track]

    def _thumbnails(self, film: Recording) -> Thumbnails | None:
        """Their file stays open as long as they are shown: pictures are read from it one by one."""
        if film.id not in self._small:
            file = self._file(film, DerivedKind.THUMBNAILS)
            if file is None:
                return None
            self._files.append(file)
            try:
                self._small[film.id] = self._space.films.read_thumbnails(file)
            except AppError as error:
                self._space.notices.trouble(error)
                return None
        return self._small[film.id]

    def _file(self, film: Recording, kind: DerivedKind) -> BinaryIO | None:
        return open_derived(self._space.store, self._space.media, film, kind)

    def close(self) -> None:
        """Let go of the files: another meeting, or the archive closes."""
        self._fetching.stop()
        self._wanted.clear()
        self._small.clear()
        for strip in (SOUND, PICTURES):
            self._set(strip, None)
        while self._files:
            self._files.pop().close()

    def _getter(self, film_id: str) -> Callable[[int], QImage | None]:
        return lambda number: self._image(film_id, number)

    def _image(self, film_id: str, number: int) -> QImage | None:
        """The small picture, or None while it is fetched."""
        key = film_id, number
        if key in self._fetched:
            return self._fetched[key]
        if key not in self._wanted:
            self._wanted.append(key)
            self._fetching.start()
        return None

    def _fetch(self) -> None:
        """One picture; the lane is drawn anew when the last that is wanted is there."""
        if self._wanted:
            film_id, number = self._wanted.popleft()
            self._fetched[film_id, number] = self._decoded(film_id, number)
        if not self._wanted:
            self._fetching.stop()
        self._timeline.redraw_lane(PICTURES)

    def _decoded(self, film_id: str, number: int) -> QImage:
        try:
            picture = self._small[film_id].picture(number)
        except AppError as error:
            self._space.notices.trouble(error)
            return QImage()
        image = QImage(
            picture.pixels.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32
        )
        sharp = self._timeline.devicePixelRatioF()
        scaled = image.scaledToHeight(round(HIGH * sharp), Qt.TransformationMode.SmoothTransformation)
        own = scaled.copy()  # never a view of the picture's bytes, which are let go of
        own.setDevicePixelRatio(sharp)
        return own
