"""A picture on a page: a figure with words for who does not see it."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from app.model.units import Points
from app.reports.tagged import Node, TaggedFigure


class Picture(TaggedFigure):
    """As large as fits into a box: never wider, never higher."""

    def __init__(self, node: Node, content: bytes, most: tuple[Points, Points], below: Points = 0) -> None:
        """`content` is a PNG or JPEG file in sRGB without transparency; `node` has its words."""
        self._image = ImageReader(io.BytesIO(content))
        width, height = self._image.getSize()
        fits = min(most[0] / width, most[1] / height)
        super().__init__(node, width * fits, height * fits)
        self.spaceAfter = below

    def draw(self) -> None:
        self.canv.drawImage(self._image, 0, 0, self.width, self.height)
