"""How the two people of the drawn film sit, look and move at any time, from what happens in its script."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from app.model.timecode import SECOND, Micros
from app.model.units import Share
from video.demo.script import ADULT, CHILD, DemoScript


@dataclass(frozen=True, slots=True)
class Pose:
    """A person's pose, in shares from −1 to 1.

    `turn`: the face to the left or right; `smile`: under 0 the mouth turns down; `open`: the mouth while talking;
    `reach`: an arm toward the middle of the table; `lean`: to the left or right; `lids`: 1 is closed.
    """

    turn: float
    smile: float
    open: float
    reach: float
    lean: float
    lids: float


#: per code, person and part of the pose: how much, for how many seconds
_MOVES: dict[str, tuple[tuple[str, str, float, float], ...]] = {
    "AS": ((ADULT, "reach", 0.8, 1.4), (ADULT, "turn", 0.5, 1.6)),
    "AE": ((ADULT, "turn", 0.9, 1.8), (ADULT, "smile", 0.5, 1.6)),
    "AM": ((ADULT, "turn", 0.7, 1.8), (ADULT, "lean", 0.4, 1.6)),
    "AN": ((ADULT, "reach", 1.0, 2.0), (ADULT, "lean", 0.9, 2.2), (ADULT, "smile", 0.4, 2.0)),
    "AC": ((ADULT, "turn", 0.6, 1.4), (ADULT, "smile", 0.6, 1.5)),
    "AR": ((ADULT, "reach", 1.3, 1.5), (ADULT, "lean", 0.7, 1.3)),
    "CE": ((CHILD, "turn", -1.0, 1.8), (CHILD, "reach", 0.6, 1.3)),
    "CN": ((CHILD, "lean", -1.0, 2.4), (CHILD, "smile", 0.4, 2.0), (CHILD, "lids", 0.5, 1.6)),
    "CS": ((CHILD, "turn", 1.2, 2.0), (CHILD, "reach", -0.6, 1.8)),
    "CR": ((CHILD, "smile", -1.3, 2.8), (CHILD, "lean", 0.5, 2.4), (CHILD, "lids", 0.35, 2.4)),
    "CC": ((CHILD, "reach", 1.1, 1.8), (CHILD, "lean", -0.3, 1.8)),
    "DJ": (
        (ADULT, "smile", 1.0, 2.4), (CHILD, "smile", 1.0, 2.4), (ADULT, "turn", 0.9, 2.2), (CHILD, "turn", -0.9, 2.2),
    ),
}  # fmt: skip


class Motion:
    """Answers for a script how a person is posed at a time."""

    def __init__(self, script: DemoScript) -> None:
        self._script = script

    def pose(self, who: str, time: Micros) -> Pose:
        """The person's pose; the small unrest of people who sit still is in it."""
        seconds = time / SECOND
        sway = sin(seconds * (0.9 if who == ADULT else 1.3))
        parts = {
            "turn": (0.25 if who == ADULT else -0.2) + 0.08 * sway,
            "smile": 0.15,
            "reach": 0.05 * sway,
            "lean": 0.06 * sway,
            "lids": 0.0,
        }
        for code, at in self._script.moments:
            if -0.4 <= seconds - at / SECOND <= 3.2:
                for person, part, much, length in _MOVES[code]:
                    if person == who:
                        parts[part] += much * _swell(seconds - at / SECOND, length)
        blink = _swell((seconds + (0.0 if who == ADULT else 1.7)) % 4.3 - 0.1, 0.2, 0.1)
        return Pose(
            turn=_bounded(parts["turn"]),
            smile=_bounded(parts["smile"]),
            open=self._talking(who, time),
            reach=_bounded(parts["reach"]),
            lean=_bounded(parts["lean"]),
            lids=max(min(parts["lids"] + blink, 1.0), 0.0),
        )

    def absence(self, time: Micros) -> Share:
        """0: the adult sits at the table; 1: out of the picture."""
        start, end = self._script.absence
        return min(max(min((time - start + SECOND) / SECOND, (end + SECOND - time) / SECOND), 0.0), 1.0)

    def _talking(self, who: str, time: Micros) -> float:
        if any(person == who and start <= time < end for person, start, end in self._script.speech):
            return 0.55 + 0.45 * sin(time / SECOND * 2 * pi * 4.5)
        return 0.0


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _swell(after: float, length: float, ramp: float = 0.4) -> float:
    """0 → 1 → 0 with soft edges, from `ramp` before to `ramp` after the stretch that begins at 0."""
    share = min((after + ramp) / ramp, (length + ramp - after) / ramp, 1.0)
    return 0.5 - 0.5 * cos(pi * share) if share > 0 else 0.0
