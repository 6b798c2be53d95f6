"""The small picture of each chosen moment: of its film's own small pictures the one nearest to its beginning."""

from __future__ import annotations

from typing import BinaryIO

from PySide6.QtGui import QImage, QPixmap

from app.errors import AppError
from app.films.reels import open_derived
from app.model.feedback import Clip
from app.model.recording import DerivedKind, Recording
from app.ports.films import Thumbnails
from app.workspace import Workspace


class ClipPictures:
    """Asked for while lists are filled; where a film has none yet, there is none."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self._small: dict[str, Thumbnails | None] = {}
        self._files: list[BinaryIO] = []
        self._kept: dict[tuple[str, int], QPixmap] = {}

    def picture(self, film: Recording, clip: Clip) -> QPixmap | None:
        """None where the film has no small pictures, or may not be looked at."""
        key = film.id, clip.first
        if key not in self._kept:
            made = self._made(film, clip)
            if made is None:
                return None
            self._kept[key] = made
        return self._kept[key]

    def forget(self) -> None:
        """Consents or films changed: what may be looked at is asked anew."""
        self._kept.clear()
        self.close()

    def close(self) -> None:
        self._small.clear()
        while self._files:
            self._files.pop().close()

    def _made(self, film: Recording, clip: Clip) -> QPixmap | None:
        small = self._thumbnails(film)
        if small is None or not small.count:
            return None
        try:
            picture = small.picture_at(clip.first)
        except AppError as error:
            self._space.notices.trouble(error)
            return None
        size, stride = (picture.width, picture.height), picture.width * 4
        return QPixmap.fromImage(QImage(picture.pixels.data, *size, stride, QImage.Format.Format_RGB32).copy())

    def _thumbnails(self, film: Recording) -> Thumbnails | None:
        if film.id not in self._small:
            space = self._space
            try:
                file = open_derived(space.store, space.media, film, DerivedKind.THUMBNAILS)
                if file is not None:
                    self._files.append(file)
                self._small[film.id] = None if file is None else space.films.read_thumbnails(file)
            except AppError as error:
                space.notices.trouble(error)
                return None
        return self._small[film.id]
