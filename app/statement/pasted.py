"""What is pasted from a word processor: paragraphs, headings, list items, bold and italic. All else is dropped.

A page on the clipboard is only read, never shown as it is: pictures, links, colors, fonts, tables' lines, comments,
deleted words and field codes go, and nothing that it names is fetched. A table's cells become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from app.model.statement import ParagraphKind, Run

#: what of a page holds no words of its own text
_UNREAD = frozenset(
    ("head", "style", "script", "title", "xml", "svg", "math", "object", "iframe", "select", "textarea", "button",
     "del", "template", "noscript", "audio", "video", "canvas", "o:smarttagtype")
)  # fmt: skip
_EMPTY = frozenset(("br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source"))
_HEADINGS = frozenset(f"h{n}" for n in range(1, 7))
_BLOCKS = _HEADINGS | frozenset(
    ("p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "blockquote", "pre", "body", "section", "article",
     "dt", "dd", "caption", "address", "center", "html")
)  # fmt: skip
#: styles of Word that say that something is no text: its own numbers aside, hidden words, comments, notes
_HIDDEN = re.compile(
    r"display:none|mso-hide:all|visibility:hidden|mso-element:(comment|footnote|endnote)|mso-footnote-id"
)
_MARKER = re.compile(r"mso-list:ignore")
_WORD_LIST = re.compile(r"mso-list:[^;]*level\d")
_WORD_HEADING = re.compile(r"\bmso(title|subtitle|heading)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}[.)])$")
_BULLET = re.compile(r"[•·▪◦●○■□*–-][\t \u00a0]+|[\uf0a7\uf0b7][\t \u00a0]*")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL | re.IGNORECASE)
_REVEALED = re.compile(r"<!\[[^>]*>")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff\u2060"))
_SPACES = re.compile(r"[ \t\r\f\v\u2028\u00a0]{2,}|[\t\r\f\v]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One paragraph that was pasted."""

    kind: ParagraphKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(r.text for r in self.runs)


def from_page(html: str) -> tuple[Pasted, ...]:
    """The paragraphs of a page of HTML as Word, LibreOffice or a browser puts it on the clipboard.

    None of a page that the parser gives up: then its plain words are taken, which stand beside it.
    """
    found = _FRAGMENT.search(html)
    reader = _Reader()
    try:
        reader.feed(_REVEALED.sub("", found[1] if found else html))
        reader.close()
    except AssertionError:  # the standard library's parser asserts what a page may not say
        return ()
    return reader.paragraphs()


def from_words(words: str) -> tuple[Pasted, ...]:
    """The paragraphs of plain words; a line that begins with a bullet is a list item."""
    rows = []
    for line in words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").split("\n"):
        bullet = _BULLET.match(line.lstrip())
        said = _clean(line.lstrip()[bullet.end() :] if bullet else line).strip()
        if said:
            rows.append(Pasted(ParagraphKind.ITEM if bullet else ParagraphKind.BODY, (Run(said),)))
    return tuple(rows)


@dataclass(slots=True)
class _Open:
    """An element that is open, with what holds inside it."""

    tag: str
    bold: bool
    italic: bool
    is_unread: bool = False
    is_marker: bool = False


@dataclass(slots=True)
class _Made:
    """A paragraph that is being read; `marker` is the number that Word wrote for it."""

    kind: ParagraphKind = ParagraphKind.BODY
    runs: list[Run] = field(default_factory=list)
    marker: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[Pasted] = []
        self._open: list[_Open] = []
        self._lists: list[int] = []  # the next number of each list that is open; -1 in one without numbers
        self._now = _Made()

    def paragraphs(self) -> tuple[Pasted, ...]:
        self._end()
        return tuple(self._rows)

    # what the parser tells

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        style = "".join(said.get("style", "").casefold().split())
        if tag == "br":
            self._break(style)
            return
        if tag in _EMPTY:
            return
        if tag in ("p", "li") and self._open and self._open[-1].tag == tag:
            self.handle_endtag(tag)  # one that nobody closed
        if tag in _BLOCKS:
            self._begin(tag, said, style)
        above = self._open[-1] if self._open else _Open("", bold=False, italic=False)
        self._open.append(
            _Open(
                tag,
                _is_bold(tag, style, above=above.bold),
                _is_italic(tag, style, above=above.italic),
                above.is_unread or tag in _UNREAD or bool(_HIDDEN.search(style)),
                above.is_marker or bool(_MARKER.search(style)),
            )
        )

    def handle_endtag(self, tag: str) -> None:
        if not any(one.tag == tag for one in self._open):
            return
        while self._open.pop().tag != tag:
            pass
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        here = self._open[-1] if self._open else _Open("", bold=False, italic=False)
        if here.is_unread:
            return
        words = data.replace("\n", " ").translate(_UNSEEN)
        if here.is_marker:
            self._now.marker += words.strip()
        elif words:
            self._now.runs.append(Run(words, here.bold, here.italic))

    # paragraphs

    def _begin(self, tag: str, said: Mapping[str, str], style: str) -> None:
        """A new paragraph, and what kind of one; a list's paragraph may stand in an element of its own."""
        is_inside_item = tag in ("p", "div") and self._now.kind == ParagraphKind.ITEM and not self._has_words()
        if not is_inside_item:
            self._end()
        if tag in ("ul", "ol"):
            start = said.get("start", "")
            self._lists.append(int(start) if start.isdecimal() and len(start) < 4 else 1 if tag == "ol" else -1)
            if tag == "ul":
                self._lists[-1] = -1
        elif tag == "li":
            self._now.kind = ParagraphKind.ITEM
            if self._lists and self._lists[-1] >= 0:
                self._now.marker = f"{self._lists[-1]}."
                self._lists[-1] += 1
        elif tag in _HEADINGS or _WORD_HEADING.search(said.get("class", "")):
            self._now.kind = ParagraphKind.HEADING
        elif _WORD_LIST.search(style):
            self._now.kind = ParagraphKind.ITEM

    def _has_words(self) -> bool:
        return any(r.text.strip() for r in self._now.runs)

    def _break(self, style: str) -> None:
        is_unread = bool(self._open) and self._open[-1].is_unread
        if not is_unread and "page-break-before" not in style and "mso-break-type" not in style:
            self._now.runs.append(Run("\n"))

    def _end(self) -> None:
        made, self._now = self._now, _Made()
        runs = _joined(made)
        if runs:
            self._rows.append(Pasted(made.kind, runs))


def _is_bold(tag: str, style: str, *, above: bool) -> bool:
    found = re.search(r"(?:^|;)font-weight:(\w+)", style)
    if found:
        weight = found[1]
        return int(weight) >= 600 if weight.isdecimal() else weight in ("bold", "bolder")
    return above or tag in ("b", "strong")


def _is_italic(tag: str, style: str, *, above: bool) -> bool:
    found = re.search(r"(?:^|;)font-style:(\w+)", style)
    return found[1] in ("italic", "oblique") if found else above or tag in ("i", "em", "cite")


def _clean(words: str) -> str:
    return _SPACES.sub(" ", words.translate(_UNSEEN))


def _joined(made: _Made) -> tuple[Run, ...]:
    """Runs of one style joined, spaces within and between them single, none at the ends; a heading has one style."""
    is_heading = made.kind == ParagraphKind.HEADING
    rows: list[Run] = []
    for run in made.runs:
        style = Run("", run.bold and not is_heading, run.italic and not is_heading)
        if rows and (not run.text.strip() or replace(rows[-1], text="") == style):
            rows[-1] = replace(rows[-1], text=rows[-1].text + run.text)
        else:
            rows.append(replace(style, text=run.text))
    number = _NUMBER.search(made.marker) if made.kind == ParagraphKind.ITEM else None
    if rows and number is not None:
        rows[0] = replace(rows[0], text=rows[0].text.lstrip())
        is_plain = not (rows[0].bold or rows[0].italic)
        rows[:1] = (
            [replace(rows[0], text=f"{number[1]} {rows[0].text}")] if is_plain else [Run(f"{number[1]} "), rows[0]]
        )
    return _trimmed(rows)


def _trimmed(rows: list[Run]) -> tuple[Run, ...]:
    made: list[Run] = []
    for run in rows:
        words = re.sub(r" *\n *", "\n", _clean(run.text))
        if not made or made[-1].text.endswith((" ", "\n")):
            words = words.lstrip(" \u00a0" if made else " \u00a0\n")
        if words:
            made.append(replace(run, text=words))
    while made:
        words = made[-1].text.rstrip()
        if words:
            made[-1] = replace(made[-1], text=words)
            break
        made.pop()
    return tuple(made) if "".join(r.text for r in made).strip() else ()
