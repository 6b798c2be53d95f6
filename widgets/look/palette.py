"""The tokens of the colors, in light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens of one palette as `#rrggbb`. Color is for dimensions, recording and erasing, and for nothing else."""

    is_dark: bool
    background: str
    surface: str
    raised: str
    line: str
    line_strong: str
    text: str
    muted: str
    ink: str
    on_ink: str
    focus: str
    danger: str
    hover: str
    dimensions: dict[str, str]

    def dimension(self, dimension_id: str) -> str:
        """The one color of a dimension; the muted text color for what has none."""
        return self.dimensions.get(dimension_id, self.muted)


DARK = Palette(
    True, "#14171A", "#1B1F23", "#23282D", "#30363C", "#4A535B", "#E9EDF0", "#98A3AC", "#F2F4F5", "#14171A", "#8AB4FF",
    "#E5534B", "#2A3036", {"S": "#4BA6E0", "E": "#F0B340", "N": "#E39AC1", "C": "#35C196", "R": "#B3A8EE"},
)  # fmt: skip
LIGHT = Palette(
    False, "#F5F4F1", "#FFFFFF", "#FAF9F7", "#E3E0D9", "#B9B5AB", "#1E2326", "#5F686F", "#1E2326", "#FFFFFF", "#2F6FDE",
    "#C93A32", "#EFEDE8", {"S": "#0072B2", "E": "#B26F00", "N": "#A8437F", "C": "#007A5A", "R": "#6B5FA8"},
)  # fmt: skip
#: black, white and bright lines, for eyes that need it
CONTRAST = Palette(
    True, "#000000", "#000000", "#141414", "#9A9A9A", "#FFFFFF", "#FFFFFF", "#E6E6E6", "#FFFFFF", "#000000", "#FFE14D",
    "#FF8A80", "#3A3A3A", {"S": "#6CC4FF", "E": "#FFC55C", "N": "#FFB3D9", "C": "#4FE3B5", "R": "#CFC6FF"},
)  # fmt: skip
