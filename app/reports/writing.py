# ruff: noqa: N803  the arguments that ReportLab gives by name keep its names
"""Text as it goes onto a page: every letter in a font that has it, the spaces of the source at the ends of lines.

A stretch whose glyphs alone do not tell its letters is bracketed with its `ActualText`: what is copied, searched and
read aloud are the letters, whatever stands for them on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject

from app.reports.family import Drawn, Face


class Heard(Protocol):
    """What is read aloud: `heard` counts its characters that are no spaces, `gaps` after how many there is a space."""

    heard: int
    gaps: frozenset[int]


class LetteredText(PDFTextObject):  # type: ignore[misc]  # reportlab has no types
    """Text in the faces of the family. `from_right`: the direction of its lines; None: by the letters of each."""

    from_right: bool | None = None

    @property
    def _file(self) -> Any:
        """The file that the fonts' subsets belong to."""
        return self._canvas._doc  # noqa: SLF001  reportlab gives it no other name

    def _formatText(self, text: str) -> str:
        face = pdfmetrics.getFont(self._fontname)
        if not isinstance(face, Face) or face.is_plain(text):
            return str(super()._formatText(text))
        code: list[str] = []
        for part in face.laid(text, from_right=self.from_right):
            if part.said:
                code.append(f"/Span <</ActualText <FEFF{part.said.encode('utf-16-be').hex().upper()}>>> BDC")
            code += self._shaped(part) if part.glyphs else self._plain(part.font, part.text)
            if part.said:
                code.append("EMC")
        self._curSubset = -1  # whoever writes next names its font
        return " ".join(code)

    def _plain(self, font: Any, text: str) -> Iterable[str]:
        for subset, codes in font.splitString(text, self._file):
            yield self._chosen(font, subset)
            yield f"<{codes.hex()}> Tj"

    def _shaped(self, part: Drawn) -> Iterable[str]:
        """Each glyph at its place: moved to the right by TJ, up by the rise."""
        rise = 0.0
        for glyph in part.glyphs:
            ((subset, codes),) = part.font.splitString(chr(glyph.code), self._file)
            yield self._chosen(part.font, subset)
            if glyph.up != rise:
                yield f"{_number(self._rise + glyph.up * self._fontsize / 1000)} Ts"
                rise = glyph.up
            yield f"[{_number(-glyph.right)} <{codes.hex()}> {_number(glyph.width - glyph.advance + glyph.right)}] TJ"
        if rise:
            yield f"{_number(self._rise)} Ts"

    def _chosen(self, font: Any, subset: int) -> str:
        named = font.getSubsetInternalName(subset, self._file)
        return f"{named} {_number(self._fontsize)} Tf {_number(self._leading)} TL"


class SpacedText(LetteredText):
    """Text of a node that keeps the source's space at the end of a line."""

    node: Heard

    def _textOut(self, text: str, TStar: int = 0) -> None:
        self.node.heard += sum(1 for c in text if not c.isspace())
        if TStar and self.node.heard in self.node.gaps:
            text += " "
        super()._textOut(text, TStar)


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
