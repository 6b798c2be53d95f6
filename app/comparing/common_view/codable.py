"""Which time of a comparison a common view can say something of: what both covered and could code, layer by layer."""

from __future__ import annotations

from app.comparing.comparison import Comparison, windows_of
from app.model.meeting import Stretch, merged, without
from app.model.scheme import Scheme
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


def codable(found: Comparison, layer: str) -> tuple[Stretch, ...]:
    """Time of a layer that both covered, less what one of them could not code."""
    window = windows_of(found.a.header, found.b.header, found.scheme, found.file).get(layer, ())
    gone = (Stretch(x.start, x.end) for own in not_codable_acts(found) for x in own if x.end is not None)
    for stretch in merged(tuple(gone)):
        window = without(window, stretch)
    return window
