"""Made-up films of faces too fast for a tracker: light ovals that go more than their width in three pictures.

Every few pictures a face is hidden from the finder for two: it is in the picture, and nothing tells it. Drawn by a
seed; nobody real is in them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest

from app.model.cover import (
    WHOLE,
    Box,
    Covered,
    Covering,
    CoverKey,
    CoverReview,
    CoverTrack,
    Proposed,
    SeenUncovered,
    keys_with,
)
from app.model.timecode import Micros
from app.ports.covering import CoverOrder
from video.covering import proposing
from video.covering.faces import Face
from video.covering.writing import write_covered
from video.open.frame_index import FrameIndex, build_index

WIDE, HIGH, PICTURES = 640, 352, 45
#: how light what is no face may be at most, a face at least, and a face that the finder sees
_DARK, _LIGHT, _SEEN = 90, 170, 232


@dataclass(frozen=True)
class FastFilm:
    """The film, and where each face is in each picture: left, top, right and bottom in pixels."""

    content: bytes
    places: list[list[tuple[int, int, int, int]]]


@dataclass(frozen=True)
class Told:
    """Of one film: its pictures, those that the proposals alone left bare, the marks that whoever looked set, and the
    pictures that left with a face to be seen."""

    pictures: int
    bare_as_proposed: int
    marks: int
    bare: int


def fast_film(seed: int) -> FastFilm:
    """One face or two, that turn back at the picture's edges and wherever they like."""
    chance = np.random.default_rng(seed)
    ways = [_way(chance) for _ in range(1 + seed % 2)]
    held = io.BytesIO()
    with av.open(held, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDE, HIGH, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "12"}
        for number in range(PICTURES):
            pixels = chance.integers(_DARK // 2, _DARK, (HIGH, WIDE, 3), dtype=np.uint8)
            for places, hidden in ways:
                left, top, right, bottom = places[number]
                middle, sides = (
                    ((left + right) // 2, (top + bottom) // 2),
                    ((right - left) // 2 - 1, (bottom - top) // 2 - 1),
                )
                light = 205 if number in hidden else 255
                cv2.ellipse(pixels, middle, sides, 0, 0, 360, (light, light, light), -1)
            frame = av.VideoFrame.from_ndarray(pixels, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return FastFilm(held.getvalue(), [[places[number] for places, _ in ways] for number in range(PICTURES)])


def _way(chance: np.random.Generator) -> tuple[list[tuple[int, int, int, int]], set[int]]:
    """Places of one face, and the pictures in which it is hidden."""
    wide = int(chance.integers(26, 46))
    high = int(wide * 1.3)
    x, y = float(chance.integers(0, WIDE - wide)), float(chance.integers(0, HIGH - high))
    places = []
    speed, angle = 0.0, 0.0
    for number in range(PICTURES):
        if number % 9 == 0:  # another way
            speed, angle = wide * chance.uniform(1.05, 1.8) / 3, chance.uniform(0, 2 * np.pi)
        places.append((round(x), round(y), round(x) + wide, round(y) + high))
        x, y = x + speed * np.cos(angle), y + speed * np.sin(angle)
        if not 0 <= x <= WIDE - wide:
            x, angle = float(np.clip(x, 0, WIDE - wide)), np.pi - angle
        if not 0 <= y <= HIGH - high:
            y, angle = float(np.clip(y, 0, HIGH - high)), -angle
    starts = np.arange(3, PICTURES - 3, 6) + chance.integers(0, 3)
    return places, {int(at) + more for at in starts for more in (0, 1)}


class _Finder:
    """Sees every face that is not hidden: the best finder there could be."""

    def find(self, picture: np.ndarray) -> list[Face]:
        light = (picture.min(axis=2) > _SEEN).astype(np.uint8)
        found = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
        high, wide = light.shape
        boxes = [cv2.boundingRect(one) for one in found]
        return [Face(x / wide, y / high, (x + w) / wide, (y + h) / high, 0.9) for x, y, w, h in boxes if w * h > 200]


def left_of(film: FastFilm) -> Told:
    """Proposed, looked at in every picture and marked where a face was bare, reviewed, written, and looked at."""
    index = build_index(io.BytesIO(film.content))
    span = 0, int(index.times[-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proposing, "finder", lambda _by: _Finder())
        found = proposing.propose(io.BytesIO(film.content), index, span, Proposed.CENTERFACE, lambda _: None)
    tracks = [CoverTrack(str(n), "w", Covered.FACE, p.keys, proposed=p.proposed) for n, p in enumerate(found)]
    bare = sum(
        any(not _is_under(tracks, int(index.times[n]), face) for face in film.places[n]) for n in range(PICTURES)
    )
    tracks, marks = _marked(film, index, tracks)
    covering = _reviewed(tracks, span)
    assert covering.may_leave
    content, report = write_covered(
        io.BytesIO(film.content), index, CoverOrder(*span, covering.tracks, (), ""), lambda _: None
    )
    assert report.pictures == PICTURES
    return Told(PICTURES, bare, marks, _bare_in(content))


def _marked(film: FastFilm, index: FrameIndex, tracks: list[CoverTrack]) -> tuple[list[CoverTrack], int]:
    """As one who looks marks: where a face is bare, the cover that is nearest is put over it, else a new one drawn."""
    marks = 0
    for number, faces in enumerate(film.places):
        time = int(index.times[number])
        for face in faces:
            if _is_under(tracks, time, face):
                continue
            marks += 1
            key = CoverKey(time, _box(face))
            there = [t for t in tracks if t.at(time) is not None]
            if not there:
                tracks.append(CoverTrack(f"drawn {marks}", "w", Covered.FACE, (key,)))
                continue
            nearest = min(there, key=lambda t: _far(t.at(time), key.box))
            at = tracks.index(nearest)
            tracks[at] = replace(nearest, keys=keys_with(nearest.keys, key))
    return tracks, marks


def _reviewed(tracks: list[CoverTrack], span: tuple[Micros, Micros]) -> Covering:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    looked = [replace(t, review=CoverReview("w", now, t.shape, *span)) for t in tracks]
    return Covering(*span, tuple(looked), (SeenUncovered("w", now, span[0], span[1] + 1),))


def _is_under(tracks: list[CoverTrack], time: Micros, face: tuple[int, int, int, int]) -> bool:
    return any((cover := track.at(time)) is not None and cover.holds(_box(face)) for track in tracks)


def _far(cover: Box | None, box: Box) -> int:
    assert cover is not None
    return abs(cover.left + cover.right - box.left - box.right) + abs(cover.top + cover.bottom - box.top - box.bottom)


def _box(face: tuple[int, int, int, int]) -> Box:
    left, top, right, bottom = face
    return Box(left * WHOLE // WIDE, top * WHOLE // HIGH, -(-right * WHOLE // WIDE), -(-bottom * WHOLE // HIGH))


def _bare_in(content: bytes) -> int:
    """Pictures of a clip in which something light is to be seen."""
    with av.open(io.BytesIO(content)) as clip:
        return sum(bool((frame.to_ndarray(format="gray") > _LIGHT).any()) for frame in clip.decode(video=0))
