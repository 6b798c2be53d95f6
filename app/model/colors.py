"""Colors of own dimensions: whether a mark can be told from what it lies on (WCAG 2.2, contrast of marks 3 : 1)."""

from __future__ import annotations

import re

#: what a mark lies on, by palette; a test holds them equal to the palettes
SURFACES = {"light": ("#F5F4F1", "#FFFFFF", "#FAF9F7"), "dark": ("#14171A", "#1B1F23", "#23282D")}
LEAST_CONTRAST = 3.0
#: letters whose colors the palettes know
KNOWN = ("S", "E", "N", "C", "R")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def is_color(text: str) -> bool:
    """Whether `text` is `#rrggbb`."""
    return _COLOR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two colors, 1 to 21, by the relative luminances of WCAG 2.2."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def least_contrast(color: str, palette: str) -> float:
    """The lowest contrast of a mark of this color with any surface of the `light` or `dark` palette."""
    return min(contrast(color, surface) for surface in SURFACES[palette])


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
