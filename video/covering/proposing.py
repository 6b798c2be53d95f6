"""Proposes covers for a clip: faces found in its pictures, joined into tracks, and followed where they were lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from app.model.cover import WHOLE, Box, CoverKey, Proposed, proposed_keys
from app.model.timecode import SECOND, Micros
from app.model.units import Share
from app.ports.covering import Proposal
from video.covering.faces import LOOKED_AT, Face, finder, shared
from video.open.colors import Scaler
from video.open.frames import FrameSource, to_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

#: between two pictures that are looked at; those between are behind the cover that spans them
STEP: Micros = 80_000
#: a face that is not found for longer is another track
LOST: Micros = 1_500_000
#: how far a face may have gone since it was seen: by this much of itself, and more for each second
_REACH, _SPEED = 0.8, 12.0
#: a find in so few pictures alone is none, unless it is as sure as this
_FEW, _SURE_ALONE = 2, 0.6
#: the longer side of pictures in which a lost face is followed, and how far around it is looked for, of itself
_SMALL, _AROUND = 320, 0.7
#: how like what was seen it must look
_LIKE: Share = 0.55
#: how long a lost face is followed before and after it was found
FOLLOWED: Micros = 500_000


@dataclass
class _Track:
    """One face as it is seen in picture after picture."""

    seen: list[tuple[Micros, Face]] = field(default_factory=list)

    @property
    def last(self) -> tuple[Micros, Face]:
        return self.seen[-1]

    @property
    def counts(self) -> bool:
        return len(self.seen) > _FEW or max(face.sure for _, face in self.seen) >= _SURE_ALONE


@dataclass(frozen=True)
class _Looked:
    """A picture that was looked at, small and gray, to follow a face in."""

    time: Micros
    gray: NDArray[np.uint8]


def propose(
    file: BinaryIO,
    index: FrameIndex,
    span: tuple[Micros, Micros],
    by: Proposed,
    progress: Callable[[float], None],
) -> list[Proposal]:
    """Every face found from the first picture to the last one. Raises what opening and decoding a film raise."""
    find = finder(by).find
    tracks: list[_Track] = []
    looked: list[_Looked] = []
    for time, picture in _pictures(file, index, span):
        join(tracks, time, find(picture))
        looked.append(_Looked(time, _gray(picture)))
        progress((time - span[0]) / max(span[1] - span[0], 1))
    found = [_Track(_followed(track, looked)) for track in tracks if track.counts]
    return [Proposal(_keys(track), by) for track in found]


def _pictures(
    file: BinaryIO, index: FrameIndex, span: tuple[Micros, Micros]
) -> Iterator[tuple[Micros, NDArray[np.uint8]]]:
    """BGR pictures of a clip with their times: the first one, and then some in every second."""
    wanted = range(max(index.position_at(span[0]), 0), index.position_at(span[1]) + 1)
    source, scaler = FrameSource(file, index, cache_bytes=0), Scaler((index.width, index.height))
    due: Micros = -SECOND
    try:
        for position, frame in source.run(wanted.start, wanted.stop):
            time = int(index.times[position])
            if time >= due or position == wanted.stop - 1:
                due = time + STEP
                pixels = to_pixels(frame, index, (LOOKED_AT, LOOKED_AT), scaler)
                yield time, pixels[:, :, :3].copy()
    finally:
        source.close()


def join(tracks: list[_Track], time: Micros, faces: list[Face]) -> None:
    """Each face to the track that it goes on, the nearest pairs first; what goes nowhere begins one."""
    open_tracks = [t for t in tracks if time - t.last[0] <= LOST]
    pairs = [(far, t, f) for t in open_tracks for f in faces if (far := _far(t.last, time, f)) is not None]
    taken: list[Any] = []
    for _, track, face in sorted(pairs, key=lambda pair: pair[0]):
        if not any(track is one or face is one for one in taken):
            taken += [track, face]
            track.seen.append((time, face))
    tracks.extend(_Track([(time, face)]) for face in faces if not any(face is one for one in taken))


def _far(last: tuple[Micros, Face], time: Micros, face: Face) -> float | None:
    """How far a face is from where it was seen, in widths of it; None when it cannot be that one."""
    before, seen = last[1], (time - last[0]) / SECOND
    size = max(before.right - before.left, face.right - face.left, 1e-6)
    tall = max(before.bottom - before.top, face.bottom - face.top, 1e-6)
    across = abs(before.left + before.right - face.left - face.right) / 2 / size
    along = abs(before.top + before.bottom - face.top - face.bottom) / 2 / tall
    far = max(across, along)
    return far - shared(before, face) if far <= _REACH + _SPEED * seen else None


def _followed(track: _Track, looked: list[_Looked]) -> list[tuple[Micros, Face]]:
    """With the places before and after it was found, as far as the picture still looks like it."""
    begin, end = track.seen[0], track.seen[-1]
    before = [one for one in reversed(looked) if begin[0] - FOLLOWED <= one.time < begin[0]]
    after = [one for one in looked if end[0] < one.time <= end[0] + FOLLOWED]
    times = {one.time: one for one in looked}
    first = _follow(times[begin[0]], begin[1], before)
    last = _follow(times[end[0]], end[1], after)
    return [*reversed(first), *track.seen, *last]


def _follow(start: _Looked, face: Face, pictures: list[_Looked]) -> list[tuple[Micros, Face]]:
    """Where what was seen in one picture is in those after it, by correlation (`cv2.matchTemplate`)."""
    import cv2

    high, wide = start.gray.shape
    left, top, right, bottom = _pixels(face, wide, high)
    pattern = start.gray[top:bottom, left:right]
    found: list[tuple[Micros, Face]] = []
    for one in pictures:
        across, along = int((right - left) * _AROUND) + 2, int((bottom - top) * _AROUND) + 2
        x0, y0 = max(left - across, 0), max(top - along, 0)
        window = one.gray[y0 : min(bottom + along, high), x0 : min(right + across, wide)]
        if window.shape[0] < pattern.shape[0] or window.shape[1] < pattern.shape[1]:
            break
        _, like, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(window, pattern, cv2.TM_CCOEFF_NORMED))
        if not like >= _LIKE:  # an even surface is like nothing: not a number
            break
        left, top, right, bottom = x0 + x, y0 + y, x0 + x + pattern.shape[1], y0 + y + pattern.shape[0]
        found.append((one.time, Face(left / wide, top / high, right / wide, bottom / high, like)))
    return found


def _pixels(face: Face, wide: int, high: int) -> tuple[int, int, int, int]:
    left, top = min(int(face.left * wide), wide - 4), min(int(face.top * high), high - 4)
    return left, top, max(int(face.right * wide), left + 4), max(int(face.bottom * high), top + 4)


def _gray(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    share = min(_SMALL / max(wide, high), 1.0)
    size = max(int(wide * share), 8), max(int(high * share), 8)
    return np.asarray(
        cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY), np.uint8
    )


def _keys(track: _Track) -> tuple[CoverKey, ...]:
    return proposed_keys(CoverKey(time, _box(face)) for time, face in track.seen)


def _box(face: Face) -> Box:
    left, top = min(int(face.left * WHOLE), WHOLE - 1), min(int(face.top * WHOLE), WHOLE - 1)
    right, bottom = min(round(face.right * WHOLE), WHOLE), min(round(face.bottom * WHOLE), WHOLE)
    return Box(left, top, max(right, left + 1), max(bottom, top + 1))
