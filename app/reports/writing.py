# ruff: noqa: N803  the arguments that ReportLab gives by name keep its names
"""Text as it goes onto a page: every letter in a font that has it, the spaces of the source at the ends of lines.

A stretch whose glyphs alone do not tell its letters is bracketed with its `ActualText`: what is copied, searched and
read aloud are the letters, whatever stands for them on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject

from app.reports.family import Drawn, Face

#: a line with so much less room than it needs, in points, is drawn with narrower spaces
_EXACT = -1e-8
#: what stands in a string of a page by its number
_ESCAPED = {n: f"\\{n:03o}" for n in range(256) if not 32 <= n < 127 or chr(n) in "()\\"}


class Heard(Protocol):
    """What is read aloud: `heard` counts its characters that are no spaces, `gaps` after how many there is a space.

    `quoted`: from and to which count its words are in another language, and in which.
    """

    heard: int
    gaps: frozenset[int]
    quoted: list[tuple[int, int, str]] | None


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
        parts = by_language(text, self.node)
        spaced = with_space_at_end(text, self.node)
        for number, (language, part) in enumerate(parts, start=1):
            is_last = number == len(parts)
            begin, end = _spoken(language)
            self._code.append(begin)
            super()._textOut(part + spaced[len(text) :] if is_last and TStar else part, TStar if is_last else 0)
            self._code.append(end)


def draws_simply(block: Any, style: Any) -> bool:
    """Whether broken lines are in one face of the family that shows all their letters alone, without a link."""
    if block.kind or not block.lines or block.link or block.us_lines or style.alignment not in (TA_LEFT, TA_RIGHT):
        return False
    face = pdfmetrics.getFont(block.fontName)
    return isinstance(face, Face) and all(face.is_plain(word) for _, words in block.lines for word in words)


def draw_simply(canvas: Any, origin: tuple[float, float], block: Any, style: Any, node: Heard | None) -> None:
    """Those lines in one stretch of code, the first one's baseline at `origin`.

    ReportLab saves and moves the canvas, and sets what is set already, for every cell of a table: most of a long
    statement's time went into that.
    """
    face, color, (left, low) = pdfmetrics.getFont(block.fontName), block.textColor, origin
    code = ["q", f"{_number(color.red)} {_number(color.green)} {_number(color.blue)} rg BT"]
    chosen, at = -1, (0.0, 0.0)
    for n, (room, words) in enumerate(block.lines):
        text = " ".join(words)
        narrowed = len(words) + text.count("\u00a0") - 1 if room < _EXACT else 0
        place = (left + (room if style.alignment == TA_RIGHT and not narrowed else 0.0), low - n * style.leading)
        code.append(f"{_number(place[0] - at[0])} {_number(place[1] - at[1])} Td")
        at = place
        if narrowed:
            code.append(f"{_number(room / narrowed)} Tw")
        parts = [("", text)]
        if node is not None:
            parts = by_language(text, node)
            parts[-1] = parts[-1][0], parts[-1][1] + with_space_at_end(text, node)[len(text) :]
        for language, part in parts:
            begin, end = _spoken(language)
            code.append(begin)
            for subset, codes in face.splitString(part, canvas._doc):  # noqa: SLF001  reportlab gives it no other name
                if subset != chosen:
                    named, chosen = face.getSubsetInternalName(subset, canvas._doc), subset  # noqa: SLF001
                    code.append(f"{named} {_number(block.fontSize)} Tf")
                code.append(f"({codes.decode('latin-1').translate(_ESCAPED)}) Tj")
            code.append(end)
        if narrowed:
            code.append("0 Tw")
    code.append("ET Q")
    canvas._code.append(" ".join(filter(None, code)))  # noqa: SLF001


def by_language(text: str, node: Heard) -> list[tuple[str, str]]:
    """What is drawn next of a node, by language: empty for the passage's own."""
    if not node.quoted:
        return [("", text)]
    parts: list[tuple[str, str]] = []
    at = node.heard
    for c in text:
        at += not c.isspace()
        language = next((its for start, end, its in node.quoted if start < at + c.isspace() <= end), "")
        if parts and parts[-1][0] == language:
            parts[-1] = language, parts[-1][1] + c
        else:
            parts.append((language, c))
    return parts or [("", text)]


def _spoken(language: str) -> tuple[str, str]:
    """What stands around words in another language on a page."""
    return (f"/Span <</Lang ({language})>> BDC", "EMC") if language else ("", "")


def with_space_at_end(text: str, node: Heard) -> str:
    """A line of a node with the source's space at its end; counts what is heard."""
    node.heard += len(text) - sum(map(str.isspace, text))
    return f"{text} " if node.heard in node.gaps else text


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
