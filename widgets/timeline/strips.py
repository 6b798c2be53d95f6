"""What fills a whole lane of the timeline: the sound as bars, the film as small pictures, as far as in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap

from app.model.recording import Recording
from app.model.timecode import Micros
from app.ports.films import Waveform
from widgets.look.look import Look
from widgets.timeline.scale import Scale

#: pixels from one bar of sound to the next, and the width of a bar
BAR, BAR_WIDTH = 3, 2
#: pixels: how high a small picture is drawn
HIGH = 36
#: pictures that are kept when they are out of sight
KEPT = 400


class Strip(Protocol):
    def draw(self, painter: QPainter, box: QRectF, scale: Scale, look: Look) -> None:
        """Fill `box`, the lane's part right of its name, for the times that `scale` shows."""
        ...


@dataclass(frozen=True)
class FilmSound:
    """One film's sound and where the film lies."""

    film: Recording
    waveform: Waveform


class SoundStrip:
    """Bars as high as the sound is loud: of the camera that is heard."""

    def __init__(self, films: tuple[FilmSound, ...]) -> None:
        self._films = films

    def draw(self, painter: QPainter, box: QRectF, scale: Scale, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("muted"))
        for sound in self._films:
            bars = loudness(sound, scale, BAR)
            middle, half = round(box.center().y()), box.height() / 2 - 3
            left, rects = round(box.left()), []
            for x, peak in bars:
                high = max(round(half * peak / 255), 1)
                rects.append(QRect(left + x, middle - high, BAR_WIDTH, 2 * high))
            painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def loudness(sound: FilmSound, scale: Scale, step: int) -> list[tuple[int, int]]:
    """(x, peak 0 to 255) for every `step` pixels in sight where the film has sound."""
    film, per_bar = sound.film, scale.per_pixel * step
    wave = sound.waveform.level(max(round(per_bar), 1))
    peaks, found = wave.peaks, []
    # a bar keeps its place when the view is panned, so that the sound does not flicker
    first = int(scale.left // per_bar)
    for number in range(first, int(scale.right // per_bar) + 1):
        start, end = (film.to_film(round((number + side) * per_bar)) for side in (0, 1))
        begin, stop = start // wave.step, max(-(-end // wave.step), start // wave.step + 1)
        if stop <= 0 or begin >= len(peaks):
            continue
        found.append((round(scale.x_of(round(number * per_bar))), max(peaks[max(begin, 0) : stop], default=0)))
    return found


@dataclass(frozen=True)
class FilmPicturesStrip:
    """One film's small pictures: their shape, how many there are, and one by number (None while it is fetched).

    `picture` gives it `HIGH` pixels high, ready to be drawn.
    """

    film: Recording
    step: Micros
    width: int
    height: int
    count: int
    picture: Callable[[int], QImage | None]


class PictureStrip:
    """Small pictures in a row, each at the moment that it shows."""

    def __init__(self, films: tuple[FilmPicturesStrip, ...]) -> None:
        self._films = films
        self._kept: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()

    def draw(self, painter: QPainter, box: QRectF, scale: Scale, look: Look) -> None:
        for film in self._films:
            self._draw_film(painter, box, scale, film, max(round(HIGH * film.width / max(film.height, 1)), 8))
        painter.setPen(QPen(look.color("line"), 1))

    def _draw_film(self, painter: QPainter, box: QRectF, scale: Scale, film: FilmPicturesStrip, wide: int) -> None:
        span = scale.per_pixel * (wide + 2)
        first = int(scale.left // span)
        for slot in range(first, int(scale.right // span) + 1):
            at = film.film.to_film(round((slot + 0.5) * span))
            facts = film.film.facts
            if not 0 <= at < facts.duration or film.count == 0 or any(start <= at < end for start, end in facts.holes):
                continue
            number = min(max((at + film.step // 2) // film.step, 0), film.count - 1)
            x = box.left() + scale.x_of(round(slot * span))
            drawn = self._pixmap(film, number)
            if drawn is not None:
                painter.drawPixmap(round(x), round(box.top()) + 2, drawn)

    def _pixmap(self, film: FilmPicturesStrip, number: int) -> QPixmap | None:
        key = film.film.id, number
        kept = self._kept.get(key)
        if kept is None:
            image = film.picture(number)
            if image is None:
                return None
            kept = QPixmap.fromImage(image)
            self._kept[key] = kept
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept
