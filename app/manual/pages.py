"""Pages of the manual, in one language. The texts lie in `resources/manual`; what they call a button or a key is asked.

A page begins with `# Title`, lines `words:` (what people look for it by) and `opens:` (the place that it is about, and
its part), and an empty line; then markdown. In it `{{Mark as ready}}` stands for the words of the program in the page's
language, `{{key:coding.cover}}` for the keys that do it now. Links lead to `page:coding`, pictures to `picture:coding`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from app.i18n import Texts
from app.model.words import Words
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap

FIRST = "start"
#: where the steps of the first case stand, in the page that tells them
STEPS = "{{steps}}"
_PLACE = re.compile(r"\{\{(key:)?([^}]+)\}\}")
_LINK = re.compile(r"\]\((page|picture):([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `markdown` without its title, every place filled but `STEPS`; `opens` is a place and maybe its part."""

    name: str
    title: str
    words: tuple[str, ...]
    opens: tuple[str, ...]
    markdown: str

    def led_to(self, kind: str) -> tuple[str, ...]:
        """What its links of a kind (`page` or `picture`) name, in their order."""
        return tuple(name for found, name in _LINK.findall(self.markdown) if found == kind)


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that stand together in the list of contents."""

    title: Words
    pages: tuple[str, ...]


def folder() -> Path:
    return resources.folder() / "manual"


@cache
def contents() -> tuple[Group, ...]:
    """Every page by its name, in the order of the list."""
    rows = tomllib.loads((folder() / "contents.toml").read_text("utf-8"))["groups"]
    return tuple(Group(Words(**row["title"]), tuple(row["pages"])) for row in rows)


def names() -> tuple[str, ...]:
    return tuple(name for group in contents() for name in group.pages)


def page(name: str, texts: Texts, keys: KeyMap) -> Page:
    """A page as it reads now. Raises KeyError for a name that is no page's."""
    if name not in names():
        raise KeyError(name)
    head, _, body = raw(name, texts.language).partition("\n\n")
    told = {key: value.strip() for key, value in _heading(head)}
    return Page(
        name, told["title"], tuple(told.get("words", "").split()), tuple(told.get("opens", "").split()),
        _PLACE.sub(lambda found: _filled(found, texts, keys), body),
    )  # fmt: skip


def picture(name: str, language: str) -> Path:
    """The file of a picture that the program made of itself in a language."""
    return folder() / "pictures" / language / f"{name}.webp"


def raw(name: str, language: str) -> str:
    """The file of a page as it was written."""
    return (folder() / language / f"{name}.md").read_text("utf-8")


def _heading(head: str) -> Iterator[tuple[str, str]]:
    first, *rest = head.splitlines()
    yield "title", first.removeprefix("# ")
    for line in rest:
        key, _, value = line.partition(":")
        yield key, value


def _filled(found: re.Match[str], texts: Texts, keys: KeyMap) -> str:
    if found[0] == STEPS:
        return STEPS
    if not found[1]:
        return f"**{texts.tr(found[2]).rstrip('…')}**"
    pressed = keys.of(found[2])
    return f"`{on_cap(pressed)}`" if pressed else texts.tr("(no key)")
