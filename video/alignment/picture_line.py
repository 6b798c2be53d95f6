"""Where one film lies on another's clock by how their pictures look: the line, and how closely pictures keep to it.

Pictures are compared as they differ from their own mean in units of their own spread, so that another lightness or
contrast changes nothing and what stands still in the room cancels out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.errors import FilmError
from app.model.recording import FEWEST_PLACES, MOST_APART
from app.model.timecode import SECOND, Micros
from app.ports.films import PicturesFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from video.copies.picture_looks import Looks

#: a copy may run so much faster or slower (24 pictures for 23.976), in millionths
MOST_PPM = 1_500.0
#: pictures closer together than this are of the same moment; a line is kept to within the half of it (µs)
NEAR: Micros = SECOND // 4
WITHIN: Micros = SECOND * 3 // 20
#: distances below which nothing is told: of two looks each with the length 1, squared
_NOISE, _FAR = 2e-4, 0.01
#: a film of which half of the best matches are farther than this is another one
_OTHER = 0.02
#: the least share of telling places on the line for which it is looked at, and the most that may lie beside it
_LEAST_ON, _MOST_OFF = 0.3, 0.03
#: containers round times to milliseconds; pictures that much apart are the same instant (µs)
_ROUNDED = 3_000
#: rows compared at once with so many pictures
_ROWS, _PICTURES = 96, 8192


@dataclass(frozen=True, eq=False)
class _Line:
    """t_other = start + pace · t_before, µs."""

    start: float
    pace: float

    def at(self, times: NDArray[Any]) -> NDArray[Any]:
        found: NDArray[Any] = self.start + self.pace * times
        return found


@dataclass(frozen=True, eq=False)
class Places:
    """Pictures of the film before, in groups: `group` tells of each which place it is from."""

    looks: Looks
    group: NDArray[np.int64]


def placed(
    before: Places,
    all_times: NDArray[np.int64],
    other: Looks,
    length: Micros,
    alive: Callable[[float], None] = lambda _: None,
) -> PicturesFound:
    """Lay the other film, `length` µs long, on the clock of the film before, whose pictures are at `all_times`.

    Of each place the picture is taken that the other film has best: one that was made with fewer pictures has not every
    one. Raises FilmError as the port `SamePictures` says, and what `alive` raises, which is told the share done.
    """
    import numpy as np

    ours, theirs = _unit(before.looks.looks), other
    nearest, least, rival = _best(ours, theirs, alive)
    one = _one_of_each(before.group, least)
    times, least, rival = before.looks.times[one], least[one], rival[one]
    found = other.times[nearest[one]]
    telling = rival > 2 * least + _NOISE
    line, on = _likeliest(times, found, telling, least, length)
    marks = _Compared(ours[one], times, line, theirs, length)
    usual = float(np.median(marks.least()[on]))
    sure = telling & (least <= 2 * usual + _NOISE)
    _check_order(times[sure], found[sure] - line.at(times[sure]))
    _check_looks(marks, least, telling, usual)
    line = _exact(marks, on, found, all_times, other.times)
    return _told(line, marks, all_times, other.times, length)


def _unit(looks: NDArray[np.uint8]) -> NDArray[Any]:
    """Each look less its mean, with the length 1; a blank one stays short."""
    import numpy as np

    plain = looks.astype(np.float32)
    plain -= plain.mean(axis=1, keepdims=True)
    spread = np.maximum(plain.std(axis=1, keepdims=True), 2.0)
    unit: NDArray[Any] = plain / (spread * np.sqrt(plain.shape[1]))
    return unit


def _apart(ours: NDArray[Any], theirs: NDArray[Any]) -> NDArray[Any]:
    """Squared distances, shape (ours, theirs)."""
    import numpy as np

    both = (ours**2).sum(axis=1)[:, None] + (theirs**2).sum(axis=1)[None, :] - 2 * ours @ theirs.T
    apart: NDArray[Any] = np.maximum(both, 0)
    return apart


def _best(
    ours: NDArray[Any], theirs: Looks, alive: Callable[[float], None]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Of each picture of ours: the nearest of theirs, how far it is, and how far the nearest of another moment is."""
    import numpy as np

    nearest, least, rival = (np.zeros(len(ours), dtype=kind) for kind in (np.int64, np.float32, np.float32))
    for first in range(0, len(ours), _ROWS):
        rows = slice(first, first + _ROWS)
        apart = np.empty((len(ours[rows]), len(theirs)), dtype=np.float32)
        for at in range(0, len(theirs), _PICTURES):
            alive(0.9 * (first + _ROWS * at / len(theirs)) / len(ours))
            some = slice(at, at + _PICTURES)
            apart[:, some] = _apart(ours[rows], _unit(theirs.looks[some]))
        nearest[rows], least[rows] = apart.argmin(axis=1), apart.min(axis=1)
        for row, time in enumerate(theirs.times[nearest[rows]]):
            begin, end = theirs.times.searchsorted((time - NEAR, time + NEAR + 1))
            apart[row, begin:end] = np.inf
        rival[rows] = apart.min(axis=1)
    return nearest, least, rival


def _one_of_each(group: NDArray[np.int64], least: NDArray[Any]) -> NDArray[np.int64]:
    """The picture of each group that is nearest to one of theirs."""
    import numpy as np

    order = np.lexsort((least, group))
    first = np.concatenate([[True], np.diff(group[order]) != 0])
    chosen: NDArray[np.int64] = np.sort(order[first])
    return chosen


def _likeliest(
    times: NDArray[Any], found: NDArray[Any], telling: NDArray[Any], least: NDArray[Any], length: Micros
) -> tuple[_Line, NDArray[Any]]:
    """The line on which most telling places lie, and which do. Raises FilmError."""
    import numpy as np

    if int(telling.sum()) < FEWEST_PLACES:
        raise FilmError("again-other-pictures" if float(np.median(least)) > _OTHER else "again-unsure")
    t, u = times[telling].astype(float), found[telling].astype(float)
    span = max(float(t[-1] - t[0]), 1.0)
    steps = int(MOST_PPM / 1e6 * span / (WITHIN / 2))
    paces = 1 + np.array(sorted(range(-steps, steps + 1), key=abs)) * (MOST_PPM / 1e6 / max(steps, 1))
    most, best = 0, _Line(0.0, 1.0)
    for pace in paces:
        rest = np.sort(u - pace * t)
        ends = rest.searchsorted(rest + 2 * WITHIN, "right")
        counts = ends - np.arange(len(rest))
        if int(counts.max()) > most:
            most, at = int(counts.max()), int(counts.argmax())
            best = _Line(float(np.median(rest[at : at + most])), float(pace))
    on = telling & (np.abs(found - best.at(times)) <= WITHIN)
    inside = telling & (best.at(times) >= -WITHIN) & (best.at(times) <= length + WITHIN)
    if int(on.sum()) < max(FEWEST_PLACES, _LEAST_ON * int(inside.sum())):
        raise FilmError("again-other-pictures")
    return best, on


class _Compared:
    """The places again, each with the few pictures of the other film that are near where the line says."""

    def __init__(self, ours: NDArray[Any], times: NDArray[Any], line: _Line, theirs: Looks, length: Micros) -> None:
        import numpy as np

        self.times, self.line = times, line
        at = line.at(times)
        # of the last picture's time the other film has none of its own
        stays = float(np.median(np.diff(theirs.times))) / 2 if len(theirs) > 1 else 0.0
        self.inside = (at >= 0) & (at < min(length, int(theirs.times[-1]) + stays))
        self.near: list[tuple[NDArray[Any], NDArray[Any]]] = []
        for number, when in enumerate(at):
            begin, end = theirs.times.searchsorted((when - WITHIN, when + WITHIN))
            begin = max(int(begin) - 1, 0)
            looks = _unit(theirs.looks[begin:end]) if end > begin else np.zeros((0, ours.shape[1]))
            self.near.append((theirs.times[begin:end], _apart(ours[number : number + 1], looks)[0]))

    def least(self) -> NDArray[Any]:
        """How far each place is from the nearest picture near it."""
        import numpy as np

        return np.array([float(apart.min()) if len(apart) else 4.0 for _, apart in self.near])

    def shown(self, line: _Line) -> NDArray[Any]:
        """How far each place is from what the other film shows at its time."""
        import numpy as np

        told = []
        for (times, apart), when in zip(self.near, line.at(self.times), strict=True):
            at = int(times.searchsorted(when, "right")) - 1
            told.append(float(apart[at]) if at >= 0 else 4.0)
        return np.array(told)


def _check_order(times: NDArray[Any], off: NDArray[Any]) -> None:
    """Raises FilmError `again-differs` where a stretch was cut out or moved: what follows lies on another line.

    `off` is how far the picture that was surely found for each of these `times` lies from the line, µs.
    """
    import numpy as np

    beside = [run for run in _runs(np.abs(off) > WITHIN) if run[1] - run[0] > 1]
    if beside:
        begin, end = beside[0]
        edge = min(end, len(times) - 1) if begin == 0 else begin  # where one line ends and the other begins
        raise FilmError("again-differs", start=int(times[max(edge - 1, 0)]), end=int(times[edge]))


def _check_looks(marks: _Compared, least: NDArray[Any], telling: NDArray[Any], usual: float) -> None:
    """Raises FilmError `again-differs` where the other film shows something else, by the film before's time."""
    local = marks.least()
    elsewhere = telling & (local > 2 * least + 2 * _NOISE)
    off = marks.inside & (elsewhere | (local > 8 * usual + _FAR))
    runs = _runs(off[marks.inside])
    if not runs or (
        all(end - begin == 1 for begin, end in runs) and off.sum() <= max(1, _MOST_OFF * marks.inside.sum())
    ):
        return
    begin, end = max(runs, key=lambda run: run[1] - run[0])
    times = marks.times[marks.inside]
    raise FilmError("again-differs", start=int(times[begin]), end=int(times[min(end, len(times) - 1)]))


def _runs(off: NDArray[Any]) -> list[tuple[int, int]]:
    """(begin, end) of each stretch of True."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[0], off.astype(int), [0]])))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _exact(
    marks: _Compared, on: NDArray[Any], found: NDArray[Any], ours: NDArray[np.int64], theirs: NDArray[np.int64]
) -> _Line:
    """The line by the times of pictures, moved so far that each place is shown its own picture and none too early."""
    import numpy as np

    line = _fitted(marks.times[on].astype(float), found[on].astype(float))
    gap = float(np.median(np.diff(theirs))) if len(theirs) > 1 else float(NEAR)
    line = _by_pictures(marks, on, line, gap)
    if line.pace != 1:
        line = _by_all_times(line, ours, theirs, gap)
        line = _by_pictures(marks, on, line, gap)
    beyond = _late(line, ours, theirs, min(_ROUNDED, gap / 4))
    return _Line(line.start + max(beyond, 0.0), line.pace)


def _fitted(t: NDArray[Any], u: NDArray[Any]) -> _Line:
    """Least squares; the same pace unless another one is beyond chance and tells more than what is rounded."""
    import numpy as np

    plain = _Line(float(np.median(u - t)), 1.0)
    fitted = _least_squares(t, u)
    spread, rest = float(t.std()), float((u - fitted.at(t)).std())
    gains = abs(fitted.pace - 1) * spread
    is_sure = gains > 6 * rest / np.sqrt(len(t)) and gains * 4 > _ROUNDED and abs(fitted.pace - 1) * 1e6 <= MOST_PPM
    return fitted if is_sure else plain


def _least_squares(t: NDArray[Any], u: NDArray[Any]) -> _Line:
    import numpy as np

    start, pace = np.polynomial.polynomial.Polynomial.fit(t, u, 1).convert().coef
    return _Line(float(start), float(pace))


def _by_all_times(line: _Line, ours: NDArray[np.int64], theirs: NDArray[np.int64], gap: float) -> _Line:
    """Fitted anew by every picture that both have at nearly the same time."""
    import numpy as np

    nearest, apart = _nearest(line, ours, theirs)
    same = np.abs(apart) <= gap / 4
    if int(same.sum()) < max(FEWEST_PLACES, len(ours) // 4):
        return line
    return _least_squares(ours[same].astype(float), theirs[nearest[same]].astype(float))


def _by_pictures(marks: _Compared, on: NDArray[Any], line: _Line, gap: float) -> _Line:
    """Moved by at most one and a half pictures to where what is shown is most like; of those the earliest."""
    import numpy as np

    shifts = np.arange(-30, 31) * (gap / 20)
    lines = [_Line(line.start + float(shift), line.pace) for shift in shifts]
    costs = np.array([float(marks.shown(one)[on].sum()) for one in lines])
    like = costs <= costs.min() + 0.02 * (np.median(costs) - costs.min()) + 1e-6
    chosen = lines[int(np.flatnonzero(like)[0])]
    rests = []
    for (times, _), when, is_on in zip(marks.near, chosen.at(marks.times), on, strict=True):
        at = int(times.searchsorted(when, "right")) - 1
        if is_on and at >= 0:
            rests.append(float(times[at]) - (when - chosen.start))
    return _Line(max(rests), line.pace) if rests else chosen


def _nearest(line: _Line, ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Of each picture of ours the nearest time of theirs, and how much later that is, µs."""
    import numpy as np

    at = line.at(ours)
    after = theirs.searchsorted(at).clip(1, max(len(theirs) - 1, 1))
    before = after - 1
    after = np.minimum(after, len(theirs) - 1)
    nearest = np.where(at - theirs[before] <= theirs[after] - at, before, after)
    return nearest, theirs[nearest] - at


def _late(line: _Line, ours: NDArray[np.int64], theirs: NDArray[np.int64], most: float) -> float:
    """By how much the latest of theirs comes after the same picture of ours, where it is only rounded, µs."""
    import numpy as np

    _, apart = _nearest(line, ours, theirs)
    same = apart[np.abs(apart) <= most]
    return float(same.max()) if len(same) else 0.0


def _told(
    line: _Line, marks: _Compared, ours: NDArray[np.int64], theirs: NDArray[np.int64], length: Micros
) -> PicturesFound:
    """How far pictures are from their times: every one by the clocks, the places also by what is seen."""
    import numpy as np

    # the first whole µs that is not too early, whatever is rounded when it is laid on the meeting's clock
    offset = int(np.floor(-line.start / line.pace)) - (0 if line.pace == 1 and line.start == int(line.start) else 2)
    kept = _Line(-offset * line.pace, line.pace)
    at = kept.at(ours)
    inside = (at >= 0) & (at < length)
    rest = (at - theirs[(theirs.searchsorted(at, "right") - 1).clip(0)])[inside]
    if not len(rest):
        raise FilmError("again-other-pictures")
    late = _runs(rest > MOST_APART)
    if late:
        begin, end = max(late, key=lambda run: run[1] - run[0])
        times = ours[inside]
        raise FilmError("again-differs", start=int(times[begin]), end=int(times[min(end, len(times) - 1)]))
    seen = _seen(marks, kept)
    return PicturesFound(
        offset,
        (line.pace - 1) * 1_000_000,
        int(marks.inside.sum()),
        int(np.ceil(max(float(rest.max()), float(seen.max())))),
        round(float(np.median(seen))),
    )


def _seen(marks: _Compared, line: _Line) -> NDArray[Any]:
    """How far each place is in time from the picture that is most like it; of those that are as like, the shown one."""
    import numpy as np

    told = []
    for (times, apart), when, inside in zip(marks.near, line.at(marks.times), marks.inside, strict=True):
        at = int(times.searchsorted(when, "right")) - 1
        if not inside or at < 0:
            continue
        best = int(apart.argmin())
        is_shown = float(apart[at]) <= 2 * float(apart[best]) + _NOISE
        told.append(abs(when - float(times[at if is_shown else best])))
    return np.array(told or [0.0])
