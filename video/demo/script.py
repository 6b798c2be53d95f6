"""What happens in the drawn film of the demo archive: one made-up meeting of nine tasks, the same every time.

All times are microseconds from the first picture. The drawing and the sound follow this, and so do the made-up codings.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.model.timecode import SECOND, Micros, from_seconds

LENGTH: Micros = 120 * SECOND
FIRST_TASK: Micros = from_seconds(1.5)
TASK_LENGTH: Micros = 13 * SECOND
#: when the adult is out of the picture, from the beginning of the short separation
ABSENT = (2.8, 9.6)

ADULT, CHILD = "adult", "child"

#: per task: its card, moments (seconds from its beginning, code), states (code, seconds until)
_TASKS: tuple[tuple[str, str, str], ...] = (
    ("E01", "0.8 AS 2.6 CE 3.9 AE 5.6 CC 7.0 AC 8.8 DJ 10.4 AM 11.9 CE", "DS2 3.4 DS1 13"),
    ("S01", "0.8 AS 2.7 CC 4.2 AC 5.8 CS 7.1 AR 8.6 CR 10.2 CC 11.9 AC", "DS1 2.2 DS2 5.6 DS3 9.8 DS1 13"),
    ("N04", "0.9 AS 2.4 CE 3.8 AM 5.5 CN 7.2 AN 8.9 DJ 10.6 AE", "DS2 2.2 DS1 13"),
    ("C01", "0.7 AS 2.5 CC 4.1 AC 5.9 CR 7.4 AN 9.0 CC 10.8 DJ", "DS1 5.7 DS3 7.8 DS1 13"),
    ("N01", "0.8 AS 2.6 AN 4.2 CN 6.0 AM 7.5 CE 8.8 AE 10.5 AN 12.0 CN", "DS2 2.4 DS1 13"),
    ("R01", "0.7 AS 1.9 CS 4.5 CR 7.6 CC 10.4 AN 11.8 CN", f"DS1 1.6 DS3 {ABSENT[0]} DS0 {ABSENT[1]} DS1 13"),
    ("E04", "0.8 AS 2.3 CE 4.0 DJ 6.0 AR 7.4 CS 9.0 AE 10.9 DJ", "DS1 5.6 DS3 9.3 DS1 13"),
    ("N03", "0.8 AS 2.4 AN 4.0 CN 5.6 CE 7.0 AE 8.5 AM 10.2 CC", "DS2 2.0 DS1 9.8 DS2 13"),
    ("E03", "0.8 AS 2.5 CC 4.0 AC 5.6 DJ 7.4 CE 8.8 AM 10.9 DJ 12.2 AE", "DS2 1.9 DS1 13"),
)

#: who is heard at a moment, from how long after it and for how long (seconds); the others are seen only
_HEARD = {
    "AS": (ADULT, -0.3, 1.5),
    "AE": (ADULT, 0.0, 0.9),
    "AM": (ADULT, -0.2, 1.4),
    "AN": (ADULT, 0.2, 0.9),
    "AC": (ADULT, 0.0, 1.0),
    "AR": (ADULT, -0.1, 0.9),
    "CE": (CHILD, -0.2, 0.9),
    "CS": (CHILD, 0.0, 0.5),
    "CC": (CHILD, 0.2, 0.7),
    "DJ": (CHILD, 0.1, 0.7),
}


@dataclass(frozen=True, slots=True)
class DemoScript:
    """`tasks` and `states` are (id, start, end) without gaps, `moments` (code, at) by time, `speech` (who, start, end).

    `absence` is when the adult is out of the picture.
    """

    tasks: tuple[tuple[str, Micros, Micros], ...]
    speech: tuple[tuple[str, Micros, Micros], ...]
    states: tuple[tuple[str, Micros, Micros], ...]
    moments: tuple[tuple[str, Micros], ...]
    absence: tuple[Micros, Micros]


def demo_script() -> DemoScript:
    """The made-up meeting, the same at every call."""
    begins = [FIRST_TASK + number * TASK_LENGTH for number in range(len(_TASKS))]
    moments: list[tuple[str, Micros]] = []
    states: list[tuple[str, Micros, Micros]] = []
    absence = (0, 0)
    for begin, (card, seen, stretches) in zip(begins, _TASKS, strict=True):
        words = seen.split()
        moments += [(code, begin + from_seconds(float(at))) for at, code in zip(words[::2], words[1::2], strict=True)]
        words, start = stretches.split(), begin
        for code, until in zip(words[::2], words[1::2], strict=True):
            end = begin + from_seconds(float(until))
            states.append((code, start, end))
            start = end
        if card == "R01":
            absence = (begin + from_seconds(ABSENT[0]), begin + from_seconds(ABSENT[1]))
    tasks = tuple((card, begin, begin + TASK_LENGTH) for begin, (card, _, _) in zip(begins, _TASKS, strict=True))
    return DemoScript(tasks, _speech(moments), _joined(states), tuple(moments), absence)


def _speech(moments: list[tuple[str, Micros]]) -> tuple[tuple[str, Micros, Micros], ...]:
    """Who is heard when; nobody talks over oneself."""
    heard: list[tuple[str, Micros, Micros]] = []
    free = {ADULT: 0, CHILD: 0}
    for code, at in moments:
        if code not in _HEARD:
            continue
        who, after, length = _HEARD[code]
        start = max(at + from_seconds(after), free[who])
        free[who] = start + from_seconds(length)
        heard.append((who, start, free[who]))
    return tuple(sorted(heard, key=lambda h: h[1]))


def _joined(states: list[tuple[str, Micros, Micros]]) -> tuple[tuple[str, Micros, Micros], ...]:
    """A state that goes on over a task's border is one."""
    whole: list[tuple[str, Micros, Micros]] = []
    for code, start, end in states:
        if whole and whole[-1][0] == code:
            whole[-1] = (code, whole[-1][1], end)
        else:
            whole.append((code, start, end))
    return tuple(whole)
