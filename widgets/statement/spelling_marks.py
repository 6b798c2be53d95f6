"""The red line below words that are spelled wrong, and what is offered for one of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit
from shiboken6 import isValid

from app.i18n import Texts
from app.statement.spelling import Spelling, words_of
from widgets.look.look import Look
from widgets.statement.carried import units


class SpellingMarks(QSyntaxHighlighter):
    """Marks the words of one field. The word that is being written waits until it is left."""

    def __init__(
        self, field: QTextEdit, look: Look, spelling: Spelling, is_looked_at: Callable[[QTextBlock], bool]
    ) -> None:
        super().__init__(field.document())
        self._field, self._spelling, self._is_looked_at = field, spelling, is_looked_at
        self._left: int | None = None  # number of the block in which a word is being written
        self._line = QTextCharFormat()
        self._line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._line.setUnderlineColor(look.color("danger"))
        spelling.learned.connect(self.rehighlight)
        field.cursorPositionChanged.connect(self._look_behind)

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        if not self._is_looked_at(block):
            return
        cursor = self._field.textCursor()
        here = cursor.positionInBlock() if self._field.hasFocus() and cursor.block() == block else -1
        sources = _sources(block)
        for start, word in words_of(text):
            at = units(text[:start])
            end = at + units(word)
            if any(at < last and first < end for first, last in sources):
                continue
            if self._spelling.is_wrong(word):
                if end == here:
                    self._left = block.blockNumber()
                else:
                    self.setFormat(at, end - at, self._line)

    def _look_behind(self) -> None:
        """The word that was being written was left."""
        if self._left is None:
            return
        block, self._left = self.document().findBlockByNumber(self._left), None
        if block.isValid():
            self.rehighlightBlock(block)


def _sources(block: QTextBlock) -> list[tuple[int, int]]:
    """From where to where the words of evidence stand."""
    rows, part = [], block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        if fragment.charFormat().anchorHref():
            first = fragment.position() - block.position()
            rows.append((first, first + fragment.length()))
        part += 1
    return rows


def offer(field: QTextEdit, texts: Texts, spelling: Spelling, chosen: QTextCursor, place: QPoint) -> None:
    """A menu of what may have been meant by the word that `chosen` spans; the first is under the keys."""
    word = chosen.selectedText()

    def show(found: tuple[str, ...]) -> None:
        if not isValid(field) or chosen.selectedText() != word:
            return  # it was written on meanwhile
        menu = QMenu(field)
        for one in found:
            menu.addAction(one).triggered.connect(lambda _=False, one=one: chosen.insertText(one))
        if not found:
            menu.addAction(texts.tr("No suggestions")).setEnabled(False)
        menu.addSeparator()
        for words, for_office in ((texts.tr("Add to own words"), False), (texts.tr("Add to the office's words"), True)):
            made = menu.addAction(words)
            made.triggered.connect(lambda _=False, office=for_office: spelling.take(word, for_office=office))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
        menu.setActiveAction(next(a for a in menu.actions() if a.isEnabled() and not a.isSeparator()))

    spelling.suggest(word, show)


def word_at(cursor: QTextCursor) -> QTextCursor | None:
    """The word at a place of the text, chosen; None where there is none that is spelled."""
    block, at = cursor.block(), cursor.positionInBlock()
    for start, word in words_of(block.text()):
        first = units(block.text()[:start])
        if first <= at <= first + units(word):
            found = QTextCursor(block)
            found.setPosition(block.position() + first)
            found.setPosition(block.position() + first + units(word), QTextCursor.MoveMode.KeepAnchor)
            return found
    return None
