"""The kept document as running text in which passages are covered, by the mouse or by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from app.model.redaction import CoveredPassage
from app.model.statement import ParagraphKind
from app.statement.covering import Piece
from widgets.look.look import Look

#: begins a line within a block
LINE = "\N{LINE SEPARATOR}"
_NO_PIECE = -1
_ENTER, _DELETE = (Qt.Key.Key_Return, Qt.Key.Key_Enter), (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OWN_KEYS = (*_ENTER, *_DELETE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of one piece: what is chosen there."""

    piece: Piece
    start: int
    end: int


class MarkedText(QTextEdit):
    """Reads only: what is covered stands light on dark, so that the workers still read it.

    Enter covers what is chosen, or the whole passage at the cursor; Delete uncovers; Ctrl+Enter asks for the chosen
    word everywhere.
    """

    cover_asked = Signal(object)  # tuple[Stretch, ...]
    uncover_asked = Signal(object)  # Stretch
    word_asked = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._look = look
        self._pieces: tuple[Piece, ...] = ()
        self._before: list[int] = []  # letters of a piece's name that stand before its words
        self._blocks: dict[str, int] = {}
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(keys)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(24)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """The whole document, section by section."""
        self._pieces = tuple(pieces)
        self._before, self._blocks = [], {}
        self.clear()
        cursor, title, is_first = QTextCursor(self.document()), "", True
        for number, piece in enumerate(self._pieces):
            if piece.title and piece.title != title:
                title = piece.title
                self._block(cursor, _NO_PIECE, 22, is_first=is_first)
                cursor.insertText(title, _words(QFont.Weight.DemiBold, 4))
                is_first = False
            is_head = piece.kind == ParagraphKind.HEADING or piece.key == "title"
            self._block(cursor, number, 12 if is_head else 6, is_first=is_first)
            is_first = False
            name = f"{piece.name}: " if piece.name else ""
            cursor.insertText(name, _words(QFont.Weight.Normal))
            cursor.insertText(
                piece.words.replace("\n", LINE), _words(QFont.Weight.DemiBold if is_head else QFont.Weight.Normal)
            )
            self._before.append(_units(name))
            self._blocks[piece.key] = cursor.blockNumber()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _block(self, cursor: QTextCursor, state: int, above: int, *, is_first: bool) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLineHeight(132, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if is_first:
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)
        cursor.block().setUserState(state)

    def show_covered(
        self, passages: Sequence[CoveredPassage], everywhere: Callable[[Piece], Sequence[tuple[int, int]]]
    ) -> None:
        """What is covered by marks, and by words that go everywhere."""
        found: list[tuple[Piece, int, int]] = []
        by_key = {p.key: p for p in self._pieces}
        found += [(by_key[m.piece], m.start, m.end) for m in passages if m.piece in by_key]
        found += [(piece, start, end) for piece in self._pieces for start, end in everywhere(piece)]
        self.setExtraSelections([self._selection(*one) for one in found])

    def _selection(self, piece: Piece, start: int, end: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(piece, start, end)
        form = QTextCharFormat()
        form.setBackground(self._look.color("text"))
        form.setForeground(self._look.color("surface"))
        made.format = form
        return made

    def _cursor(self, piece: Piece, start: int, end: int) -> QTextCursor:
        number = self._blocks[piece.key]
        block = self.document().findBlockByNumber(number)
        first = block.position() + self._before[block.userState()]
        cursor = QTextCursor(self.document())
        cursor.setPosition(first + _units(piece.words[:start]))
        cursor.setPosition(first + _units(piece.words[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def chosen(self) -> tuple[Stretch, ...]:
        """What is chosen of each piece; with nothing chosen the whole piece at the cursor."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        found, block = [], self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            if block.userState() != _NO_PIECE:
                piece = self._pieces[block.userState()]
                first = block.position() + self._before[block.userState()]
                if start == end or piece.is_whole:
                    found.append(Stretch(piece, 0, len(piece.words)))
                else:
                    begin, until = _letters(piece.words, start - first), _letters(piece.words, end - first)
                    found += [Stretch(piece, begin, until)] if begin < until else []
            block = block.next()
        return tuple(found)

    def at_cursor(self) -> Stretch | None:
        """What is chosen in the piece where the cursor is, an empty stretch for nothing."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        if block.userState() == _NO_PIECE:
            return None
        piece = self._pieces[block.userState()]
        first = block.position() + self._before[block.userState()]
        ends = (cursor.selectionStart() - first, min(cursor.selectionEnd() - first, _units(piece.words)))
        return Stretch(piece, *(_letters(piece.words, n) for n in ends))

    def go_to(self, mark: CoveredPassage) -> None:
        """The cursor where a mark begins."""
        piece = next((p for p in self._pieces if p.key == mark.piece), None)
        if piece is not None:
            cursor = self._cursor(piece, mark.start, mark.start)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        """Its own keys are its own, whatever they mean elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = {QKeySequence.StandardKey.Undo: self.undo_asked, QKeySequence.StandardKey.Redo: self.redo_asked}
        for keys, signal in asked.items():
            if event.matches(keys):
                signal.emit()
                return
        if event.key() in _ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.word_asked.emit(self.textCursor().selectedText())
            else:
                self.cover_asked.emit(self.chosen())
            return
        if event.key() in _DELETE:
            held = self.at_cursor()
            if held is not None:
                self.uncover_asked.emit(held)
            return
        super().keyPressEvent(event)


def _words(weight: QFont.Weight, larger: int = 0) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontWeight(weight)
    if larger:
        form.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 1)
    return form


def _units(text: str) -> int:
    """How many places of Qt's text some letters take: those beyond the first plane take two."""
    return len(text.encode("utf-16-le")) // 2


def _letters(text: str, units: int) -> int:
    """How many letters of a text stand in so many places of Qt's."""
    units = max(units, 0)
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
