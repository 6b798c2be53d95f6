"""The keys of a scheme on one printed page: what each key codes, whose act it is, and when to code it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.model.scheme import Actor, Code, Scheme
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.tagged import Columns, Node, item, paragraph
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from app.whole_file import write_whole

#: room between title and footer, points
ROOM = look.HEIGHT - look.TOP_FIRST - look.BOTTOM - 96
_BETWEEN = 20.0


def write_key_card(path: Path, scheme: Scheme, texts: Texts, day: date, keys: KeyMap | None = None) -> None:
    """Write the card as PDF; `keys` are the worker's own, as usual when left out.

    Raises AppError(`cannot-write`); what was at `path` before is then untouched.
    """
    write_whole(path, key_card(scheme, texts, day, keys))


def key_card(scheme: Scheme, texts: Texts, day: date, keys: KeyMap | None = None) -> bytes:
    """The card as PDF of one page: with the words *code when* where they fit, without them where they do not."""
    look.load_fonts()
    card = _Card(scheme, texts, keys or KeyMap())
    title = texts.tr("Keys: {scheme}", scheme=texts.words(scheme.name).split(" (", maxsplit=1)[0])
    tree, codes = card.codes(with_words=True)
    if codes.wrap(look.TEXT_WIDTH, look.HEIGHT)[1] > ROOM:
        tree, codes = card.codes(with_words=False)
    heading = _text(tree, "H1", title, "title")
    tree.children.insert(0, tree.children.pop())  # read first
    story = [heading, Spacer(1, 6), codes, Spacer(1, 8), _text(tree, "P", _flags(texts, keys or KeyMap()), "small")]
    sheet = Sheet(title, (), f"Havainto · {texts.date(day)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(title, texts.language, day))


class _Card:
    """The codes of a scheme in two columns: adult left, child and both right, passes where there is room."""

    def __init__(self, scheme: Scheme, texts: Texts, keys: KeyMap) -> None:
        self._scheme, self._texts, self._keys = scheme, texts, keys

    def codes(self, *, with_words: bool) -> tuple[Node, Columns]:
        """The document's tree and the two columns."""
        tree = Node("Document")
        width = (look.TEXT_WIDTH - _BETWEEN) / 2
        columns: tuple[list[Any], list[Any]] = ([], [])
        lines = [0, 0]
        for n, (name, codes) in enumerate(self._parts()):
            # adult left, child and both right, then each pass where fewer lines stand
            side = 0 if n == 0 else 1 if n < 3 else lines.index(min(lines))
            lines[side] += len(codes) + 2
            columns[side].append(_text(tree, "H2", name, "h2"))
            listed = tree.add("L", numbering="None")
            columns[side].extend(self._item(listed, code, with_words=with_words) for code in codes)
        return tree, Columns((columns[0], [], columns[1]), (width, _BETWEEN, width))

    def _parts(self) -> list[tuple[str, list[Code]]]:
        """Codes by person, then the passes of their own."""
        t, first = self._texts, self._scheme.codes_of("")
        names = {Actor.ADULT: t.tr("Adult"), Actor.CHILD: t.tr("Child"), Actor.DYAD: t.tr("Interaction")}
        rows = [(name, [c for c in first if c.actor == actor]) for actor, name in names.items()]
        for layer in self._scheme.layers:
            words = t.words(layer.name)
            rows.append((f"{words} ({layer.key})" if layer.key else words, list(self._scheme.codes_of(layer.id))))
        return [(name[:1].upper() + name[1:], codes) for name, codes in rows if codes]

    def _item(self, listed: Node, code: Code, *, with_words: bool) -> Any:
        t = self._texts
        dimension = self._scheme.dimension(code.dimension)
        spans = [(_clean(t.words(code.name)), look.BOLD)]
        if dimension is not None:
            spans.append((_clean(f" · {t.words(dimension.name)}"), look.ITALIC))
        if with_words:
            spans.append((_clean(f"\n{t.words(code.code_when)}"), look.REGULAR))
        key = self._keys.of_code(self._scheme, code)
        return item(listed, _clean(key), tuple(spans), look.style("key-item"), look.style("key"))


def _flags(t: Texts, keys: KeyMap) -> str:
    """The flags and what is needed most, with the keys that do them now."""
    rows = {
        "flag.important": t.tr("important moment"),
        "flag.clip": t.tr("clip candidate"),
        "flag.ask": t.tr("ask my work partner"),
        "coding.safety": t.tr("safety"),
        "film.play": t.tr("Play and pause"),
        "coding.take-back": t.tr("Take back the last mark"),
    }
    pressed = {action_id: shown(keys.of(action_id)).replace("Space", t.tr("Space")) for action_id in rows}
    return " · ".join(f"{pressed[action_id]} {words}" for action_id, words in rows.items())


def _text(tree: Node, tag: str, words: str, style: str) -> Any:
    made = look.style(style)
    return paragraph(tree.add(tag), ((_clean(words), made.fontName),), made)


def _clean(text: str) -> str:
    return printable(text)
