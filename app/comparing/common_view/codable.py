"""Which time of a comparison a common view can say something of: what both covered and could code, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.comparing.comparison import Comparison, windows_of
from app.model.meeting import Stretch, merged, without
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.statistics.acts import Act, acts_of


def layer_of(scheme: Scheme, code_id: str) -> str:
    """The layer of a code; the first pass for one that the scheme lacks."""
    code = scheme.code(code_id)
    return code.layer if code is not None else ""


def not_codable_acts(found: Comparison) -> tuple[list[Act], list[Act]]:
    """Each coder's marks of *cannot be coded*."""
    code = found.scheme.cannot_be_coded
    a, b = ([x for x in acts_of(coding, found.file.length) if x.code == code] for coding in (found.a, found.b))
    return a, b


class NotCodable(StrEnum):
    """Why nothing can be marked at a time."""

    NOT_COVERED = "not-covered"  # one of the two did not go through it, or nobody filmed it
    MARKED = "marked"  # one of the two marked that it cannot be coded


@dataclass(frozen=True, slots=True)
class Closed:
    """Time that the common view can say nothing of. `coders` are the places, 0 and 1, of those whose mark it is."""

    why: NotCodable
    coders: tuple[int, ...] = ()
    stretch: Stretch | None = None


def closed_at(found: Comparison, layer: str, time: Micros) -> Closed | None:
    """Why nothing of a layer can be marked at a time; None where something can."""
    held = [
        (place, Stretch(x.start, x.end))
        for place, own in enumerate(not_codable_acts(found))
        for x in own
        if x.end is not None and x.start <= time < x.end
    ]
    if held:
        coders = tuple(dict.fromkeys(place for place, _ in held))
        return Closed(NotCodable.MARKED, coders, held[0][1])
    window = windows_of(found.a.header, found.b.header, found.scheme, found.file).get(layer, ())
    return None if any(s.holds(time) for s in window) else Closed(NotCodable.NOT_COVERED)


def codable(found: Comparison, layer: str) -> tuple[Stretch, ...]:
    """Time of a layer that both covered, less what one of them could not code."""
    window = windows_of(found.a.header, found.b.header, found.scheme, found.file).get(layer, ())
    gone = (Stretch(x.start, x.end) for own in not_codable_acts(found) for x in own if x.end is not None)
    for stretch in merged(tuple(gone)):
        window = without(window, stretch)
    return window
