"""What was said on the film, written down by hand: it belongs to the meeting, and is no coding.

Both workers write it while each still codes alone. So it carries nothing of how one of them sees: no note, no author,
no time of writing, not even in its id (`identity.timeless_id`).

**Private words** stand in square brackets, such as a name that was said on the film: `Tule tänne [Oona]`. They are
read and searched in the room where the film is watched and leave it in nothing: no caption, quote or file. There is no
other mark, so that what is seen in the line is what is kept back; where a bracket has no other half, everything on
its open side is private.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.model.units import ItemPlace

#: what stands in the place of private words where the rest leaves
LEFT_OUT = "[…]"
#: a line that is begun lasts so long until its end is known
FIRST_LENGTH: Micros = 2 * SECOND
_OPENS, _CLOSES = "[", "]"


class Voice(StrEnum):
    """Who speaks besides the persons of the meeting, which are named by their ids."""

    WORKER = "worker"
    INTERPRETER = "interpreter"
    OTHER = "other"


class Heard(StrEnum):
    """How the words came to be written: a translation is another's choice of words, and says so wherever it goes."""

    HEARD = "heard"
    INTERPRETED = "interpreted"  # as the interpreter said it on the film
    TRANSLATED = "translated"  # by who wrote it down


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line, from `start` to `end` on the meeting's clock.

    `speaker` is the id of a person of the meeting or a `Voice`. `language` is the one it was said in, empty for the
    family's usual one. `unclear`: it cannot be heard well enough to be sure of the words.
    """

    id: str
    meeting_id: str
    start: Micros
    end: Micros
    speaker: str = Voice.OTHER
    text: str = ""
    heard: Heard = Heard.HEARD
    language: str = ""
    unclear: bool = False

    def __post_init__(self) -> None:
        assert self.start < self.end, "a line has length"
        assert self.id[14:15] != "7", "the id of a line tells no time"

    @property
    def leaving(self) -> str:
        """The text as others may have it; empty when nothing of it may leave."""
        return without_private(self.text)


def without_private(text: str) -> str:
    """`text` with each stretch of private words as `[…]`; empty when there is nothing else in it."""
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == _OPENS:
            if not depth:
                kept.append(LEFT_OUT)
            depth += 1
        elif character == _CLOSES:
            if depth:
                depth -= 1
            else:  # nobody opened it: what stands before may be private
                kept = [LEFT_OUT]
        elif not depth:
            kept.append(character)
    words = " ".join("".join(kept).split())
    return words if any(c.isalnum() for c in words.replace(LEFT_OUT, "")) else ""


def private_stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where private words stand in `text`, brackets included, as `[from, to)` in characters, ascending and apart."""
    found: list[tuple[int, int]] = []
    depth = opened = 0
    for place, character in enumerate(text):
        if character == _OPENS:
            opened = opened if depth else place
            depth += 1
        elif character == _CLOSES:
            if not depth:
                found = [(0, place + 1)]
            elif depth == 1:
                found.append((opened, place + 1))
            depth = max(depth - 1, 0)
    if depth:
        found.append((opened, len(text)))
    return tuple(found)


def made_private(text: str, start: ItemPlace, end: ItemPlace) -> str:
    """`text` with the characters `[start, end)` in brackets; what is private already stays so, and nothing is doubled.

    Spaces at the ends stay outside. Nothing changes when there is nothing in it to keep back.
    """
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    for low, high in private_stretches(text):
        if low < end and start < high:
            start, end = min(start, low), max(end, high)
    inner = text[start:end].replace(_OPENS, "").replace(_CLOSES, "")
    return text[:start] + _OPENS + inner + _CLOSES + text[end:] if inner.strip() else text


def in_order(lines: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """As they were said; what begins together by its end, and then by the id, so that it is the same every time."""
    return tuple(sorted(lines, key=lambda u: (u.start, u.end, u.id)))


def on_at(lines: Iterable[Utterance], time: Micros) -> tuple[Utterance, ...]:
    """What is being said at a time."""
    return tuple(u for u in lines if u.start <= time < u.end)


def on_films(lines: Iterable[Utterance], films: Sequence[Recording]) -> tuple[Utterance, ...]:
    """Those that are heard on one of the films at least: of what no film tells nothing is shown, used or kept."""
    spans = [(film.to_meeting(0), film.end) for film in films]
    return tuple(u for u in lines if any(start < u.end and u.start < end for start, end in spans))


def without_film(lines: Iterable[Utterance], films: Iterable[Recording], film_id: str) -> tuple[Utterance, ...]:
    """The lines that go when a film of the meeting is erased: those that none of the films that stay lets hear.

    `films` are all of the meeting. One that is closed from use stays until it is erased itself.
    """
    lines = tuple(lines)
    kept = set(on_films(lines, [f for f in films if f.id != film_id and not f.is_erased]))
    return tuple(u for u in lines if u not in kept)
