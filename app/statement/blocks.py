"""The office's own text blocks: words that are used again, by section and language, with places to fill by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.statement import ParagraphKind, Run
from app.model.writing_aids import TextBlock
from app.ports import Store
from app.statement.pasted import Pasted, from_words

#: `{lapsen nimi}`: the checks ask about one that was not filled
PLACE = re.compile(r"\{[^{}\n]{0,60}\}")


def text_blocks(store: Store) -> tuple[TextBlock, ...]:
    """By name."""
    return tuple(sorted(store.find(TextBlock), key=lambda b: (b.name.casefold(), b.language, b.id)))


def offered(store: Store, language: str, section: str) -> tuple[TextBlock, ...]:
    """Of a language: first those of the section, then those of every section."""
    mine = [b for b in text_blocks(store) if b.language == language and b.section in ("", section)]
    return tuple(sorted(mine, key=lambda b: not b.section))


def as_paragraphs(block: TextBlock) -> tuple[Pasted, ...]:
    """Its paragraphs, as they are put into the text."""
    return from_words(block.words) or (Pasted(ParagraphKind.BODY, (Run(block.words),)),)


class TextBlocks(Editor):
    """The one door through which text blocks change."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts

    def accept(self, _changes: Sequence[Change]) -> None:
        """Nothing is held: the blocks are read from the archive."""

    def blocks(self) -> tuple[TextBlock, ...]:
        return text_blocks(self._store)

    def add(self, **fields: Any) -> bool:
        """Refused without a name or words."""
        made = TextBlock(new_id(), made_by=self._store.me, **fields)
        return self._is_whole(made) and self.do(self.texts.tr("Text block added"), added(made))

    def edit(self, block: TextBlock, **fields: Any) -> bool:
        """Refused without a name or words. What was put into texts stays as it is there."""
        after = replace(block, **fields)
        if after == block or not self._is_whole(after):
            return after == block
        return self.do(self.texts.tr("Text block edited"), Change(block, after))

    def remove(self, block: TextBlock) -> bool:
        return self.do(self.texts.tr("Text block removed"), removed(block))

    def _is_whole(self, block: TextBlock) -> bool:
        missing = "text-block-name" if not block.name.strip() else "text-block-words" if not block.words.strip() else ""
        if missing:
            self.refused.emit(NotAllowed(missing))
        return not missing
