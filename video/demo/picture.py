"""Draws the two people at their table: flat calm shapes, the room once, the people anew for every picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from app.model.timecode import Micros
from video.demo.pose import Motion, Pose
from video.demo.script import ADULT, CHILD, DemoScript

if TYPE_CHECKING:
    from numpy.typing import NDArray

Color: TypeAlias = tuple[int, int, int]  # blue, green, red
Place: TypeAlias = tuple[float, float]

WIDTH, HEIGHT = 854, 480
TABLE_EDGE = 352
_FINE = 4  # cv2 takes coordinates in 1/16 pixel, so that slow movement does not jump

WALL, WALL_LOW, SKY, LEAVES, FRAME = (216, 228, 232), (198, 212, 218), (236, 222, 196), (150, 186, 158), (246, 248, 248)
TABLE, TABLE_FRONT = (150, 184, 208), (124, 158, 184)
INK, LIP, WHITE = (62, 56, 60), (96, 92, 176), (250, 250, 250)


@dataclass(frozen=True, slots=True)
class Look:
    """A drawn person: where the head is, how large, which side the other one sits, and the colors."""

    head: Place
    size: float
    side: int
    skin: Color
    hair: Color
    shirt: Color


LOOKS = {
    ADULT: Look((296.0, 172.0), 1.0, 1, (176, 200, 232), (58, 74, 104), (156, 128, 92)),
    CHILD: Look((560.0, 226.0), 0.8, -1, (182, 206, 238), (84, 132, 176), (110, 150, 206)),
}

#: what lies on the table in each task: (shape, x, y, size, color)
_THINGS: dict[str, tuple[tuple[str, int, int, int, Color], ...]] = {
    "E01": (("oval", 400, 386, 20, (120, 150, 190)), ("oval", 470, 388, 18, (170, 150, 130))),
    "S01": (("box", 392, 376, 26, (92, 110, 200)), ("box", 422, 376, 26, (96, 176, 214)),
            ("box", 407, 350, 26, (120, 168, 120)), ("box", 470, 380, 24, (196, 150, 96)),
            ("box", 498, 380, 24, (92, 110, 200))),
    "N04": (("box", 420, 384, 34, (228, 232, 236)),),
    "C01": (("box", 416, 390, 30, (240, 240, 236)), ("box", 470, 392, 16, (96, 176, 214))),
    "N01": (("oval", 430, 380, 14, (224, 214, 196)), ("box", 430, 356, 12, (176, 140, 150))),
    "R01": (("box", 470, 380, 24, (196, 150, 96)), ("box", 498, 380, 24, (96, 176, 214))),
    "E04": (("oval", 410, 384, 26, (110, 120, 190)), ("oval", 476, 388, 22, (120, 168, 120))),
    "N03": (("oval", 436, 392, 34, (240, 242, 242)), ("oval", 426, 388, 8, (90, 130, 210)),
            ("oval", 446, 390, 8, (96, 176, 214))),
    "E03": (("oval", 440, 382, 22, (92, 110, 200)),),
}  # fmt: skip


class Room:
    """The drawn film, picture by picture."""

    def __init__(self, script: DemoScript) -> None:
        self._script = script
        self._motion = Motion(script)
        self._background = _background()
        self._pixels = self._background.copy()

    def picture(self, time: Micros) -> NDArray[Any]:
        """BGR bytes of shape (480, 854, 3), drawn over the one before it."""
        pixels = self._pixels
        pixels[:] = self._background
        away = self._motion.absence(time)
        people = [(who, self._motion.pose(who, time)) for who in ((ADULT, CHILD) if away < 1.0 else (CHILD,))]
        slides = {ADULT: -480.0 * away, CHILD: 0.0}
        for who, pose in people:
            _draw_person(pixels, LOOKS[who], pose, slides[who])
        pixels[TABLE_EDGE:] = self._background[TABLE_EDGE:]
        self._draw_things(pixels, time)
        for who, pose in people:
            _draw_arms(pixels, LOOKS[who], pose, slides[who])
        return pixels

    def _draw_things(self, pixels: NDArray[Any], time: Micros) -> None:
        card = next((card for card, start, end in self._script.tasks if start <= time < end), "")
        for shape, x, y, size, color in _THINGS.get(card, ()):
            if shape == "box":
                _box(pixels, (x - size / 2, y - size / 2), (x + size / 2, y + size / 2), color)
            else:
                _oval(pixels, (x, y), (size, size * 0.7), color)


def _background() -> NDArray[Any]:
    import numpy as np

    pixels = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[:] = WALL
    _box(pixels, (0, 268), (WIDTH, HEIGHT), WALL_LOW)
    _box(pixels, (44, 40), (196, 216), FRAME)
    _box(pixels, (54, 50), (186, 206), SKY)
    _oval(pixels, (96, 214), (64, 46), LEAVES)
    _oval(pixels, (168, 220), (48, 58), LEAVES)
    _box(pixels, (40, 206), (200, 268), WALL)
    _box(pixels, (40, 206), (200, 220), FRAME)
    _box(pixels, (117, 50), (123, 206), FRAME)
    _box(pixels, (690, 60), (790, 134), FRAME)
    _box(pixels, (698, 68), (782, 126), (206, 196, 176))
    _oval(pixels, (740, 100), (22, 18), (120, 168, 206))
    _box(pixels, (0, TABLE_EDGE), (WIDTH, HEIGHT), TABLE)
    _box(pixels, (0, 446), (WIDTH, HEIGHT), TABLE_FRONT)
    return pixels


def _head_of(look: Look, pose: Pose, slide: float) -> Place:
    x, y = look.head
    return x + slide + look.side * 16 * abs(pose.lean) * (1 if pose.lean * look.side > 0 else -1), y + 4 * abs(
        pose.lean
    )


def _draw_person(pixels: NDArray[Any], look: Look, pose: Pose, slide: float) -> None:
    x, y = _head_of(look, pose, slide)
    s, base = look.size, look.head[0] + slide
    _oval(pixels, (base, y + 190 * s), (84 * s, 118 * s), look.shirt)
    _stroke(pixels, [(x, y + 50 * s), ((x + base) / 2, y + 92 * s)], 30 * s, look.skin)
    _oval(pixels, (x, y - 12 * s), (64 * s, 70 * s), look.hair)
    if look.side > 0:  # long hair
        _oval(pixels, (x - 40 * s, y + 34 * s), (24 * s, 52 * s), look.hair)
        _oval(pixels, (x + 40 * s, y + 34 * s), (24 * s, 52 * s), look.hair)
    _oval(pixels, (x, y + 6 * s), (52 * s, 62 * s), look.skin)
    _draw_face(pixels, look, pose, (x + pose.turn * 17 * s, y))
    _oval(pixels, (x - pose.turn * 6 * s, y - 52 * s), (50 * s, 22 * s), look.hair)


def _draw_face(pixels: NDArray[Any], look: Look, pose: Pose, middle: Place) -> None:
    (x, y), s = middle, look.size
    lift = 2.0 * s * max(pose.smile, 0.0)
    for side in (-1, 1):
        eye = (x + side * 20 * s, y - 4 * s)
        _oval(pixels, eye, (9 * s, max(10 * s * (1 - pose.lids), 1.2)), WHITE)
        if pose.lids < 0.8:
            _oval(pixels, (eye[0] + pose.turn * 4 * s, eye[1]), (5 * s, 6.5 * s * (1 - pose.lids)), INK)
        worry = 5 * s * max(-pose.smile, 0.0)
        inner, outer = (
            (eye[0] - side * 9 * s, eye[1] - 17 * s - worry - lift),
            (eye[0] + side * 9 * s, eye[1] - 17 * s + worry),
        )
        _stroke(pixels, [inner, outer], 3.5 * s, look.hair)
    _stroke(pixels, [(x, y + 8 * s), (x + 4 * s * (1 if pose.turn > 0 else -1), y + 17 * s)], 3 * s, _darker(look.skin))
    _draw_mouth(pixels, pose, (x, y + 35 * s), s)


def _draw_mouth(pixels: NDArray[Any], pose: Pose, middle: Place, s: float) -> None:
    x, y = middle
    if pose.open > 0.12:
        _oval(pixels, (x, y), (11 * s, 3 * s + 8 * s * pose.open), LIP)
        return
    wide, deep = (14 + 7 * abs(pose.smile)) * s, 13 * s * pose.smile
    curve = [(x + wide * k / 6, y + deep * (0.5 - (k / 6) ** 2)) for k in range(-6, 7)]
    _stroke(pixels, curve, 4 * s, LIP)


def _draw_arms(pixels: NDArray[Any], look: Look, pose: Pose, slide: float) -> None:
    """The far arm rests on the table, the near one reaches toward its middle."""
    s, side = look.size, look.side
    x, y = look.head[0] + slide, look.head[1]
    rest = (x - side * 62 * s, 392.0)
    hand = (x + side * (64 * s + 46 * max(pose.reach, -0.6)), 396.0 - 20 * max(pose.reach, 0.0))
    for shoulder, elbow, end in (
        ((x - side * 66 * s, y + 140 * s), (x - side * 96 * s, 372.0), rest),
        ((x + side * 62 * s, y + 140 * s), (x + side * 84 * s, 378.0), hand),
    ):
        _stroke(pixels, [shoulder, elbow, end], 30 * s, _darker(look.shirt))
        _oval(pixels, end, (17 * s, 14 * s), look.skin)


def _darker(color: Color) -> Color:
    return color[0] * 9 // 10, color[1] * 9 // 10, color[2] * 9 // 10


def _fixed(place: Place) -> tuple[int, int]:
    return round(place[0] * (1 << _FINE)), round(place[1] * (1 << _FINE))


def _oval(pixels: NDArray[Any], middle: Place, radii: Place, color: Color) -> None:
    import cv2

    cv2.ellipse(pixels, _fixed(middle), _fixed(radii), 0, 0, 360, color, -1, cv2.LINE_AA, _FINE)


def _box(pixels: NDArray[Any], corner: Place, other: Place, color: Color) -> None:
    pixels[max(round(corner[1]), 0) : round(other[1]), max(round(corner[0]), 0) : round(other[0])] = color


def _stroke(pixels: NDArray[Any], places: list[Place], thick: float, color: Color) -> None:
    import cv2
    import numpy as np

    points = np.array([_fixed(p) for p in places], dtype=np.int32)
    cv2.polylines(pixels, [points], False, color, max(round(thick), 1), cv2.LINE_AA, _FINE)
