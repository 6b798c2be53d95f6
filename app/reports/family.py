"""The one family of our pages: four faces that show every letter that any shipped font has.

A face is Inter; what Inter lacks comes from the other shipped fonts, read when such a letter first occurs. Scripts
whose letters join, stack or move are shaped by HarfBuzz, and what is written from right to left stands in its own
order. Each glyph says which letters it stands for. So a width is the width that is drawn, everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources
from app.reports import letters
from app.reports.letters import Piece

#: where the glyphs that are no letter of their own have their codes: there are fewer than places
_GLYPHS = 0xE000
_OWN = re.compile(r"(?m)^(<[0-9A-F]{2}>) <([EF][0-9A-F]{3})>$")
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph as it is drawn: its code in the font, and in thousandths of the size its moves and what follows."""

    code: int
    right: float
    up: float
    width: float
    advance: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stretch in one font, left to right as drawn: its letters as they are, or the `glyphs` that stand for them.

    `said` are the letters in reading order where the glyphs alone do not tell them, else empty.
    """

    text: str
    font: Any
    glyphs: tuple[Glyph, ...] = ()
    said: str = ""


class ShapedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A shipped font whose glyphs are drawn by their number, each with the letters that it stands for."""

    def __init__(self, name: str) -> None:
        super().__init__(name, str(_path(name)), shapable=False)
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """What draws the glyph where it stands for these letters; none when they are told beside it."""
        face = self.face
        if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
            return ord(text)
        found = self._codes.get((glyph, text))
        if found is None:
            found = self._codes[glyph, text] = _GLYPHS + len(self._codes)
            face.charWidths[found] = self.pdfScale(face.hmetrics[glyph][0])
            face.charToGlyph[found] = glyph
        return found

    def addObjects(self, doc: Any) -> None:
        """Also tells what the glyphs stand for: ReportLab itself would tell their numbers."""
        super().addObjects(doc)
        said = {code: _ligatures().get(text, text) for (_, text), code in self._codes.items() if text}
        named = self.face.name.decode("latin-1")
        for key, value in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:") and key.endswith(named):
                value.content = _OWN.sub(lambda found: _letters_of(found, said), value.content)


@cache
def _ligatures() -> dict[str, str]:
    """Two letters or more that one glyph shows, and Unicode's own sign for them.

    Who reads a page turns what is drawn from the right round letter by letter, and would turn these two as well.
    """
    signs = map(chr, [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)])
    found = {unicodedata.normalize("NFKC", sign): sign for sign in signs}
    return {text: sign for text, sign in found.items() if len(text) > 1}


def _letters_of(found: re.Match[str], said: dict[int, str]) -> str:
    text = said.get(int(found[2], 16))
    return f"{found[1]} <{text.encode('utf-16-be').hex().upper()}>" if text else found[0]


class Face(TTFont):  # type: ignore[misc]  # reportlab has no types
    """One face of the family: `style` is 0 regular, 1 italic, 2 bold, 3 bold italic."""

    def __init__(self, name: str, style: int) -> None:
        own = letters.fonts()[0]
        super().__init__(name, str(_path(own.files[style])), shapable=False)
        self._style, self._own = style, own.has
        #: thousandths of the size of each letter that it shows alone: breaking lines asks for every word of a page
        self._wide: dict[str, float] = {c: self.face.charWidths.get(ord(c), self.face.defaultWidth) for c in own.has}
        self._laid = lru_cache(2048)(self._lay)

    @property
    def remembers(self) -> int:
        """How many lines it has laid and kept."""
        return self._laid.cache_info().currsize

    def forget(self) -> None:
        """The lines that were laid."""
        self._laid.cache_clear()

    def is_plain(self, text: str) -> bool:
        """Whether Inter alone shows the text."""
        return self._own.issuperset(text)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002  as ReportLab asks
        try:
            return 0.001 * size * sum(map(self._wide.__getitem__, text))
        except KeyError:  # not a letter of Inter's
            return sum(map(_width, self.laid(text))) * size / 1000

    def laid(self, text: str, *, from_right: bool | None = None) -> tuple[Drawn, ...]:
        """A line as it is drawn, left to right. `from_right`: the whole line's direction; None: by its letters."""
        whole = letters.reads_from_right(text) if from_right is None else from_right
        found: tuple[Drawn, ...] = self._laid(text, whole)
        return found

    def _lay(self, text: str, from_right: bool) -> tuple[Drawn, ...]:
        found: list[Drawn] = []
        for start, end, turned in _turned(text, from_right=from_right):
            part = text[start:end]
            for begin, stop, level in _runs(part) if turned else [(0, len(part), 0)]:
                for piece in _as_drawn(letters.pieces(part[begin:stop]), level):
                    found += self._drawn(piece, from_right=bool(level % 2))
        return tuple(found)

    def _drawn(self, piece: Piece, *, from_right: bool) -> list[Drawn]:
        font = self._font(piece.font)
        if not piece.shaped:
            return [Drawn(_mirrored(piece.text) if from_right else piece.text, font)]
        found = _shaped(font, piece.text, from_right=from_right)
        if from_right:  # what reads a page turns round what is drawn so, letter by letter
            return found
        return [Drawn(piece.text, font, tuple(g for drawn in found for g in drawn.glyphs), piece.text)]

    def _font(self, shipped: letters.ShippedFont) -> Any:
        """The ReportLab font of a shipped one in this style; this face itself for the first."""
        if shipped is letters.fonts()[0]:
            return self
        name = shipped.files[self._style]
        with _reading:
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(ShapedFont(name))
        return pdfmetrics.getFont(name)


def _path(name: str) -> Path:
    return resources.folder() / "fonts" / f"{name}.ttf"


def _width(part: Drawn) -> float:
    """Thousandths of the size."""
    if part.glyphs:
        return sum(g.advance for g in part.glyphs)
    return float(TTFont.stringWidth(part.font, part.text, 1000))


def _mirrored(text: str) -> str:
    """Unshaped text of a stretch from right to left, as drawn: last letter first, brackets turned."""
    from bidi.mirror import MIRRORED

    return "".join(MIRRORED.get(c, c) for c in reversed(text))


def _turned(text: str, *, from_right: bool) -> Iterator[tuple[int, int, bool]]:
    """A line's stretches (start, end, whether its letters may run from right to left), in reading order.

    In a line from left to right such a stretch begins and ends with a letter from the right: a name keeps to itself.
    The spaces at a line's end stay at its end.
    """
    end = len(text.rstrip())
    kinds = [letters.is_from_right(c) for c in text]
    at = 0
    for start, stop, turned in [(0, end, True)] if from_right and end else _between(text, kinds):
        if at < start:
            yield at, start, False
        yield start, stop, turned
        at = stop
    if at < len(text):
        yield at, len(text), False


def _between(text: str, kinds: Sequence[bool]) -> Iterator[tuple[int, int, bool]]:
    """The stretches from a letter from the right to the last one before any other letter."""
    first = last = -1
    for n, c in enumerate(text):
        if kinds[n]:
            first, last = (n if first < 0 else first), n + 1
        elif last == n and unicodedata.category(c).startswith("M"):
            last = n + 1
        elif first >= 0 and unicodedata.bidirectional(c) == "L":
            yield first, last, True
            first = last = -1
    if first >= 0:
        yield first, last, True


def _runs(text: str) -> list[tuple[int, int, int]]:
    """The stretch's runs of one level, as drawn from left to right: (start, end, level)."""
    runs: list[tuple[int, int, int]] = []
    for n, level in enumerate(_levels(text)):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], n + 1, level)
        else:
            runs.append((n, n + 1, level))
    for level in range(max(x for *_, x in runs), 0, -1):
        runs = _reversed_from(runs, level)
    return runs


def _reversed_from(runs: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    """Every unbroken row of runs at the level or above, turned round (rule L2)."""
    made: list[tuple[int, int, int]] = []
    row: list[tuple[int, int, int]] = []
    for run in runs:
        if run[2] >= level:
            row.append(run)
            continue
        made += [*reversed(row), run]
        row = []
    return [*made, *reversed(row)]


def _levels(text: str) -> list[int]:
    """Each letter's level by the Unicode bidirectional algorithm, in a text that itself runs from the right."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = 1, "R"
    algorithm.get_embedding_levels(text, storage)
    for place, c in enumerate(storage["chars"]):
        c["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    known = {c["place"]: int(c["level"]) for c in storage["chars"]}
    found: list[int] = []
    for n in range(len(text)):  # joiners have no level of their own
        found.append(known.get(n, found[-1] if found else 1))
    return found


def _as_drawn(pieces: list[Piece], level: int) -> list[Piece]:
    return pieces[::-1] if level % 2 else pieces


def _shaped(font: Any, text: str, *, from_right: bool) -> list[Drawn]:
    """The letters of a piece with their marks, each with its glyphs, left to right as drawn."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    uharfbuzz.shape(_hb_font(font), buffer, {})
    rows = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    ends = dict(pairwise([*sorted({info.cluster for info, _ in rows}), len(text)]))
    clusters = groupby(rows, key=lambda row: int(row[0].cluster))
    return [_cluster(font, text[start : ends[start]], list(group), from_right) for start, group in clusters]


def _cluster(font: Any, text: str, rows: list[Any], from_right: bool) -> Drawn:
    """A letter with its marks: one glyph tells it all, or each glyph one of them; else it is said beside the glyphs."""
    told = [text] if len(rows) == 1 else list(reversed(text) if from_right else text)
    alone = len(told) == len(rows)
    glyphs = []
    for number, (info, at) in enumerate(rows):
        code = font.code(info.codepoint, told[number] if alone else "")
        right, up, advance = (float(font.pdfScale(x)) for x in (at.x_offset, at.y_offset, at.x_advance))
        glyphs.append(Glyph(code, right, up, float(font.face.getCharWidth(code)), advance))
    return Drawn(text, font, tuple(glyphs), "" if alone else text)


@lru_cache(64)
def _hb_font(font: Any) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.face.filename)))
