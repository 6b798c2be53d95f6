"""A statement's pages read back, and the reason of every number in them.

A number is explained when it stands in words that were put in (`verbatim`), in the file's own counting (pages,
sections, items of a list), or where the recount has it: a paragraph, an item or a row of a table whose numbers are
exactly those that are expected beside the words that name them.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
import pypdfium2

from tests.drivers import tag_tree

#: a number as it is written: 12, 0,83, −0,05, 3.11.2026, 01:04
NUMBER = re.compile(r"−?\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Piece:
    """A paragraph, item, heading, figure or row of a table, with the headings that it stands under."""

    tag: str
    under: tuple[str, ...]
    text: str


@dataclass
class Expected:
    """Numbers that have to stand together, in their order, in one piece that has these words."""

    numbers: tuple[str, ...]
    words: tuple[str, ...] = ()
    #: may stand several times or not at all: the day, the version
    free: bool = False
    under: tuple[str, ...] = ()

    def is_of(self, piece: Piece, numbers: Sequence[str]) -> bool:
        if tuple(numbers) != self.numbers or any(w not in piece.text for w in self.words):
            return False
        return all(any(w in heading for heading in piece.under) for w in self.under)


@dataclass
class Found:
    """How many numbers there are and what explains them; what is left over on either side."""

    numbers: int = 0
    counted: int = 0
    verbatim: int = 0
    ordered: int = 0
    unexplained: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def explained(self) -> int:
        return self.counted + self.verbatim + self.ordered

    def add(self, other: "Found") -> None:
        for name in ("numbers", "counted", "verbatim", "ordered", "unexplained", "missing"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def numbers_in(text: str) -> list[str]:
    return NUMBER.findall(text.replace("\u202f", ""))


def explain(pdf: bytes, expected: Sequence[Expected], verbatim: Sequence[str]) -> Found:
    """Every number of every page against what is expected and what was put in."""
    reading, found, lines = tag_tree.read(pdf), Found(), _lines(pdf)
    left = sorted(expected, key=lambda e: e.free)
    masks = sorted({" ".join(v.split()) for v in verbatim if re.search(r"\d", v)}, key=len, reverse=True)
    for piece in _pieces(reading.tree):
        own = numbers_in(piece.text)
        found.numbers += len(own)
        rest = _without(piece.text, masks)
        numbers = numbers_in(rest)
        found.verbatim += len(own) - len(numbers)
        taken = _ordered(piece, rest, numbers)
        taken = taken or of_contents(piece, lines, numbers) or of_reasons(piece, lines, numbers)
        taken = taken or of_moment(piece, lines, expected, numbers)
        found.ordered += taken
        numbers = numbers[taken:]
        if not numbers:
            continue
        match = next((e for e in left if e.is_of(piece, numbers)), None)
        if match is None:
            found.unexplained.append(f"{piece.tag} under {piece.under[-1:]}: {rest}")
            continue
        found.counted += len(numbers)
        if not match.free:
            left.remove(match)
    found.add(_around(pdf, reading.artifacts, masks, expected))
    told = sum(len(numbers_in(figure.alt)) for figure in reading.tree.all("Figure"))
    if found.numbers - told != (drawn := sum(len(numbers_in(line)) for page in lines for line in page)):
        found.unexplained.append(f"the tree has {found.numbers - told} numbers with those around it, the pages {drawn}")
    found.missing += [f"{e.numbers} of {e.words or e.under}" for e in left if not e.free]
    return found


def _pieces(tree: tag_tree.Element, under: tuple[str, ...] = ()) -> Iterator[Piece]:
    """In reading order. A table is its rows, an item of a list its label and its words."""
    headings = list(under)
    for kid in tree.kids:
        if isinstance(kid, str):
            continue
        text = " ".join(kid.text().split())
        if re.fullmatch(r"H\d", kid.tag):
            level = int(kid.tag[1:])
            yield Piece(kid.tag, tuple(headings), text)
            headings = [*headings[: level - 1], text]
        elif kid.tag in ("TR", "LI"):
            inside = [x for x in kid.walk() if x is not kid]
            said = [_own(x) if x.tag == "LBody" else " ".join(x.text().split()) for x in inside]
            yield Piece(kid.tag, tuple(headings), " | ".join(said))
        elif kid.tag == "Figure":
            yield Piece("Figure", tuple(headings), text)
            yield Piece("Alt", tuple(headings), " ".join(kid.alt.split()))
        elif kid.tag in ("Sect", "Table", "L", "Document", "Part", "Div", "THead", "TBody", "TOC", "TOCI"):
            yield from _pieces(kid, tuple(headings))
        else:
            links = kid.all("Link")
            own = text if kid in links else _own(kid)
            yield Piece(kid.tag, tuple(headings), own)
            yield from (Piece("Link", tuple(headings), " ".join(x.text().split())) for x in links if x is not kid)


def _own(element: tag_tree.Element) -> str:
    """What an element says itself, without those in it."""
    return " ".join("".join(k for k in element.kids if isinstance(k, str)).split())


def _without(text: str, masks: Sequence[str]) -> str:
    for mask in masks:
        text = text.replace(mask, " … ")
    return text


def _ordered(piece: Piece, rest: str, numbers: Sequence[str]) -> int:
    """1 where the first number is the file's own counting: of sections, of questions, of a list's items."""
    counts = re.match(r"(\d+)\.( |$)", rest) and piece.tag in ("H1", "H2", "LI")
    return 1 if counts and numbers else 0


Lines = Sequence[Sequence[str]]
"""The lines of each page, as another program reads them."""
#: *yhteinen ilo 00:10, s. 3*, of several meetings *yhteinen ilo 00:10, 3.11.2026, s. 3*
#: *12. Johtopäätökset, s. 5*
_SECTION = re.compile(r"(\d+\. .+), \D+ (\d+);?")
_MOMENT = re.compile(r"(.+?) ([\d:]+)(?:, (.*\d{4}))?, \D+ (\d+);?")


def of_contents(piece: Piece, lines: Lines, numbers: Sequence[str]) -> int:
    """All numbers of a line of the contents whose heading begins on the page that it names: where it stands next."""
    title, _, page = piece.text.rpartition(" ")
    stands = [n for n, of_page in enumerate(lines, start=1) for line in of_page if line.startswith(title)]
    return len(numbers) if piece.tag == "Link" and [str(n) for n in stands[1:2]] == [page] else 0


def of_reasons(piece: Piece, lines: Lines, numbers: Sequence[str]) -> int:
    """All numbers of page one's link to the section with the answers, where its heading stands on that page."""
    found = _SECTION.fullmatch(piece.text) if piece.tag == "Link" else None
    on = lines[int(found[2]) - 1] if found is not None and int(found[2]) <= len(lines) else ()
    return len(numbers) if found is not None and found[1] in on else 0


def of_moment(piece: Piece, lines: Lines, expected: Sequence[Expected], numbers: Sequence[str]) -> int:
    """All numbers of a link to a moment that the recount has of that mark, told on the page that it names."""
    found = _MOMENT.fullmatch(piece.text) if piece.tag == "Link" else None
    if found is None:
        return 0
    name, clock, day, page = found[1], found[2], found[3], " ".join(lines[int(found[4]) - 1])
    of_mark = [e for e in expected if f"{name}, " in e.words and clock in e.numbers]
    is_known = any(not day or day in e.under for e in of_mark)
    return len(numbers) if is_known and name in page and f"[{clock}]" in page else 0


def _lines(pdf: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [[" ".join(line.split()) for line in text.splitlines()] for text in pages]


def _around(pdf: bytes, artifacts: Sequence[str], masks: Sequence[str], expected: Sequence[Expected]) -> Found:
    """What stands at the top and the foot of each page, and the heads of tables that go on: never more than that."""
    found = Found()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    foot = {e.numbers for e in expected if e.free}
    for number, text in enumerate(artifacts, start=1):
        for line in text.splitlines():
            own = numbers_in(line)
            rest = numbers_in(_without(" ".join(line.split()), masks))
            found.numbers += len(own)
            found.verbatim += len(own) - len(rest)
            if tuple(rest) == (str(number), str(pages)):
                found.ordered += 2
            elif not rest or tuple(rest) in foot:
                found.counted += len(rest)
            else:
                found.unexplained.append(f"page {number}, around the text: {line}")
    return found
