"""The text of one section: blocks of a text field are the statement's paragraphs, and tables stand between them.

The field's own undo is off: what is typed is committed to the archive, one change per paragraph, after a pause of half
a second, after three seconds of typing, on leaving and on lock; undo is the statement's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QToolTip

from app.casework.film_use import FilmMark, Mark
from app.i18n import Texts
from app.model.checks import is_question
from app.model.identity import new_id
from app.model.statement import Paragraph, ParagraphKind, Run
from app.statement.blocks import PLACE
from app.statement.editor import Draft
from app.statement.pasted import Pasted
from app.statement.spelling import Spelling
from widgets.look.consent_mark import SIZE, shape
from widgets.statement import carried
from widgets.statement.carried import cut, units
from widgets.statement.evidence_marks import EvidenceMarks
from widgets.statement.spelling_marks import SpellingMarks, offer, word_at

KIND = QTextFormat.Property.UserProperty + 1
EVIDENCE_MIME = "application/x-havainto-evidence"
PAUSE, LONGEST = 400, 3000
LEAST, ROOMY = 44, 280  # pixels: of a field between tables, and of the last one of a section
#: begins a line within a block
LINE = "\N{LINE SEPARATOR}"
#: pixels at the right of the text in which the marks of consents stand
MARGIN = SIZE + 10
_TO_FILL = QRegularExpression(PLACE.pattern)
_KINDS = (ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.ITEM)


class SectionText(QTextEdit):
    """Consecutive text paragraphs of a section. `drafts()` gives what stands in the field now.

    Beside each line with evidence stands how it is with the consents to its film, the heaviest of the line.
    """

    typed = Signal()  # a pause, or three seconds, since something was typed
    undo_asked = Signal()
    redo_asked = Signal()
    evidence_clicked = Signal(str)
    evidence_dropped = Signal(int)  # number of the offer

    def __init__(self, marks: EvidenceMarks, *, spoken: str) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._look, self._evidence, self._consents = marks.look, marks.evidence, marks
        self._ids: list[str] = []
        self._quiet = False
        self._locked: frozenset[str] = frozenset()  # what is word for word another's
        self._given: frozenset[str] = frozenset()  # what the program wrote and no hand touched
        self._found: list[QTextEdit.ExtraSelection] = []
        self._commented: list[QTextEdit.ExtraSelection] = []
        self._is_filling = False
        self.least_height = LEAST
        self._spelling: Spelling | None = None
        self._spelled: SpellingMarks | None = None
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(spoken)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause, self._longest = QTimer(self), QTimer(self)
        for timer, wait in ((self._pause, PAUSE), (self._longest, LONGEST)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(self._on_time)
        self.document().contentsChanged.connect(self._on_contents)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())

    # paragraphs to blocks

    def show_paragraphs(self, paragraphs: list[Paragraph]) -> None:
        """Replace what is shown; an empty field has one empty block to write in."""
        self._quiet = True
        self._ids = []
        self._locked = frozenset(as_shown(p.text) for p in paragraphs if is_question(p))
        self._given = frozenset(as_shown(p.text) for p in paragraphs if p.source and not p.by_hand)
        self.clear()
        cursor = QTextCursor(self.document())
        for number, paragraph in enumerate(paragraphs):
            if number:
                cursor.insertBlock()
            self._ids.append(paragraph.id)
            cursor.block().setUserState(len(self._ids) - 1)
            cursor.setBlockFormat(_block_format(paragraph.kind))
            for run in paragraph.runs:
                cursor.insertText(as_shown(run.text), self._char_format(run, paragraph.kind))
            cursor.setBlockCharFormat(self._char_format(Run(""), paragraph.kind))
        if not paragraphs:
            cursor.setBlockFormat(_block_format(ParagraphKind.BODY))
            cursor.setCharFormat(self._char_format(Run(""), ParagraphKind.BODY))
        edge = self.document().rootFrame().frameFormat()
        edge.setRightMargin(MARGIN)
        self.document().rootFrame().setFrameFormat(edge)
        self._quiet = False
        self.tell_marks()
        self._fit()

    # the marks of consents

    def tell_marks(self) -> None:
        """As the consents are now."""
        self.setAccessibleDescription(self._consents.troubled([e for _, e in self._cited()]))
        self.viewport().update()

    def _cited(self, top: int = 0, bottom: int | None = None) -> list[tuple[int, str]]:
        """Where each piece of evidence ends in the field, and its id; between two heights in pixels of the viewport."""
        rows = []
        for block in self._blocks_between(top, bottom):
            part = block.begin()
            while not part.atEnd():
                fragment = part.fragment()
                if href := fragment.charFormat().anchorHref():
                    rows.append((fragment.position() + fragment.length() - 1, href))
                part += 1
        return rows

    def _blocks_between(self, top: int, bottom: int | None) -> Iterator[QTextBlock]:
        """Those that can be seen there: a key press in a long section looks at no others."""
        layout = self.document().documentLayout()
        block = self.document().findBlock(self.cursorForPosition(QPoint(0, top)).position() if top else 0)
        while block.isValid() and (bottom is None or layout.blockBoundingRect(block).top() <= bottom):
            yield block
            block = block.next()

    def marked_lines(self, top: int = 0, bottom: int | None = None) -> dict[int, FilmMark]:
        """The heaviest mark of each line that has one, by the middle of the line in pixels of the viewport.

        Of all lines, or of those between two heights in the same pixels.
        """
        order, found = list(Mark), dict[int, FilmMark]()
        cursor = QTextCursor(self.document())
        for place, href in self._cited(top, bottom):
            mark = self._consents.of(href)
            if mark is None:
                continue
            cursor.setPosition(place)
            middle = self.cursorRect(cursor).center().y()
            held = found.get(middle)
            if held is None or order.index(held.mark) < order.index(mark.mark):
                found[middle] = mark
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        lines = self.marked_lines(event.rect().top(), event.rect().bottom())
        if not lines:
            return
        painter = QPainter(self.viewport())
        left = self.viewport().width() - SIZE - 2
        for middle, mark in lines.items():
            painter.drawPixmap(QPoint(left, middle - SIZE // 2), self._look.pixmap(*shape(mark.mark), SIZE))
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pointing at evidence tells how it stands with the consents to its film."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            href = self.anchorAt(event.pos())
            words = self._consents.told(href) if href else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def drafts(self) -> list[Draft]:
        """The paragraphs as they stand; empty blocks are none. New ones get their id here and keep it."""
        rows, spare, taken = [], -1, set[int]()
        for block in self._blocks():
            runs, state = _runs(block), block.userState()
            is_own = 0 <= state < len(self._ids) and state not in taken  # the first that has it
            if "".join(r.text for r in runs).strip():
                if not is_own:
                    state = spare if spare >= 0 else self._new_id()
                    block.setUserState(state)
                spare = -1
                taken.add(state)
                rows.append(Draft(self._ids[state], _kind(block), runs))
            elif is_own:
                # Enter before a paragraph leaves its id on the empty line above: it is the paragraph's
                spare = state
                block.setUserState(-1)
        return rows

    def _new_id(self) -> int:
        """The place of a new id among those of the field."""
        self._ids.append(new_id())
        return len(self._ids) - 1

    def _block_of(self, state: int) -> QTextBlock | None:
        """The first block with the id at a place among those of the field."""
        block = self.document().begin()
        while state >= 0 and block.isValid():
            if block.userState() == state:
                return block
            block = block.next()
        return None

    def _blocks(self) -> list[QTextBlock]:
        rows, block = [], self.document().begin()
        while block.isValid():
            rows.append(block)
            block = block.next()
        return rows

    def _char_format(self, run: Run, kind: ParagraphKind) -> QTextCharFormat:
        made = QTextCharFormat()
        size = 19 if kind == ParagraphKind.HEADING else 16
        made.setProperty(QTextFormat.Property.FontPixelSize, size)
        bold = run.bold or kind == ParagraphKind.HEADING
        made.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        made.setFontItalic(run.italic)
        made.setForeground(self._look.color("text"))
        found = self._evidence(run.evidence) if run.evidence else None
        if run.evidence:
            made.setAnchor(True)
            made.setAnchorHref(run.evidence)
            color = self._look.color(found.dimension) if found and found.dimension else self._look.color("muted")
            tint = QColor(color)
            tint.setAlphaF(0.16)
            made.setBackground(tint)
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(color)
        return made

    # formatting

    def insert_run(self, run: Run) -> None:
        """Put a run with its evidence where the cursor is, and go on in plain text behind it."""
        if _kind(self.textCursor().block()) == ParagraphKind.HEADING:
            self.write_below(self.textCursor().block())
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if before and not before.endswith((" ", "(")):
            cursor.insertText(" ", self._char_format(Run(""), _kind(cursor.block())))
        cursor.insertText(as_shown(run.text), self._char_format(run, _kind(cursor.block())))
        cursor.insertText(" ", self._char_format(Run(""), _kind(cursor.block())))
        self.setTextCursor(cursor)
        self.tell_marks()

    def insert_paragraphs(self, rows: Sequence[Pasted]) -> None:
        """Put paragraphs where the cursor is: the first goes on in the paragraph there, unless that is empty."""
        if not rows:
            return
        self.typed.emit()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for number, row in enumerate(rows):
            if number:
                cursor.insertBlock(_block_format(row.kind), self._char_format(Run(""), row.kind))
            elif not cursor.block().text():
                cursor.setBlockFormat(_block_format(row.kind))
                cursor.setBlockCharFormat(self._char_format(Run(""), row.kind))
            kind = _kind(cursor.block())
            for run in row.runs:
                cursor.insertText(as_shown(run.text), self._char_format(run, kind))
        cursor.endEditBlock()
        cursor.setCharFormat(self._char_format(Run(""), _kind(cursor.block())))
        self.setTextCursor(cursor)
        self.tell_marks()

    def show_place(self, paragraph_id: str, words: Sequence[str] = ()) -> bool:
        """Put the cursor to a paragraph and choose the first of `words` in it. False when it is not in this field."""
        at = self._ids.index(paragraph_id) if paragraph_id in self._ids else -1
        block = self._block_of(at)
        if block is None:
            return False
        cursor = QTextCursor(block)
        places = [(block.text().find(as_shown(w)), len(w)) for w in words]
        start, length = min((p for p in places if p[0] >= 0), default=(len(block.text()), 0))
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    # places to fill

    def fill_next(self, start: int | None = None) -> bool:
        """Choose the next place that is to be filled, from a place of the field or from the cursor. False for none."""
        cursor = self.textCursor()
        begun = cursor.selectionEnd() if start is None else start
        found = self.document().find(_TO_FILL, begun)
        self._is_filling = not found.isNull()
        if self._is_filling:
            self.setTextCursor(found)
        return self._is_filling

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """While places are filled Tab goes to the next of them; after the last one it leaves the field again."""
        if is_next and self._is_filling and self.fill_next():
            return True
        return super().focusNextPrevChild(is_next)

    # spelling

    def spell(self, spelling: Spelling, texts: Texts) -> None:
        """Mark what is spelled wrong, but in what is word for word another's."""
        self._spelling, self._texts = spelling, texts
        self._spelled = SpellingMarks(self, self._look, spelling, self._is_spelled)

    def _is_spelled(self, block: QTextBlock) -> bool:
        """What another or the program wrote is not looked at."""
        return not self._is_locked(block) and block.text() not in self._given

    def offer_spelling(self) -> None:
        """What may have been meant by the wrong word that is chosen, at the word."""
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        if self._spelling is not None and self.textCursor().hasSelection():
            offer(self, self._texts, self._spelling, self.textCursor(), place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At a word that is wrong what may have been meant; else what every text field offers."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if is_key else self.cursorForPosition(event.pos())
        word = word_at(cursor)
        spelling = self._spelling
        if spelling is None or word is None or self.isReadOnly():
            super().contextMenuEvent(event)
            return
        said, place = word.selectedText(), event.globalPos()
        if is_key:
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        if self._is_marked(word):
            offer(self, self._texts, spelling, word, place)
        elif spelling.is_own(said):
            menu = self.createStandardContextMenu()
            menu.addSeparator()
            menu.addAction(self._texts.tr("Take out of the own words")).triggered.connect(
                lambda _=False: spelling.let_go(said)
            )
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)
        else:
            super().contextMenuEvent(event)

    def _is_marked(self, word: QTextCursor) -> bool:
        """Whether a word is wrong and a hand's own."""
        assert self._spelling is not None
        is_source = bool(word.charFormat().anchorHref()) or not self._is_spelled(word.block())
        return not is_source and self._spelling.is_wrong(word.selectedText())

    # what was found

    def show_span(self, paragraph_id: str, start: int, end: int) -> bool:
        """Choose characters of a paragraph. False when it is not in this field."""
        cursor = self._span(paragraph_id, start, end)
        if cursor is not None:
            self.setTextCursor(cursor)
        return cursor is not None

    def mark_found(self, spans: Iterable[tuple[str, int, int]]) -> None:
        """Mark spans of paragraphs, each by its id, first and last character; those of other fields are passed over."""
        tint = QColor(self._look.color("focus"))
        tint.setAlphaF(0.28)
        made = QTextCharFormat()
        made.setBackground(tint)
        self._found = self._selections(spans, made)
        self.setExtraSelections([*self._commented, *self._found])

    def mark_commented(self, spans: Iterable[tuple[str, int, int]]) -> None:
        """Mark what is commented on in the margin, as `mark_found` does: a dotted line below it."""
        made = QTextCharFormat()
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setUnderlineColor(self._look.color("focus"))
        tint = QColor(self._look.color("focus"))
        tint.setAlphaF(0.1)
        made.setBackground(tint)
        self._commented = self._selections(spans, made)
        self.setExtraSelections([*self._commented, *self._found])

    def _selections(
        self, spans: Iterable[tuple[str, int, int]], made: QTextCharFormat
    ) -> list[QTextEdit.ExtraSelection]:
        rows = []
        for span in spans:
            cursor = self._span(*span)
            if cursor is not None:
                row = QTextEdit.ExtraSelection()
                row.cursor, row.format = cursor, made
                rows.append(row)
        return rows

    def chosen_passage(self) -> tuple[str, int, str]:
        """The id of the paragraph in which something is chosen, from which letter, and the words; all of one paragraph.

        Of an empty choice the paragraph alone; of a new paragraph, which has no id yet, nothing.
        """
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        state = block.userState()
        if not 0 <= state < len(self._ids):
            return "", 0, ""
        first, last = cursor.selectionStart() - block.position(), cursor.selectionEnd() - block.position()
        words = cut(block.text(), first, min(last, block.length() - 1)).partition(LINE)[0]
        return self._ids[state], len(cut(block.text(), 0, first)), words

    def height_of(self, paragraph_id: str, start: int) -> int | None:
        """Where a letter of a paragraph stands, in pixels of the field; None when it is not in this field."""
        cursor = self._span(paragraph_id, start, start)
        return None if cursor is None else self.cursorRect(cursor).top()

    def paragraph_at_cursor(self) -> tuple[str, int]:
        """The id of the paragraph in which the cursor stands, empty for a new one, and behind which of its letters."""
        cursor = self.textCursor()
        state = cursor.block().userState()
        at = len(cut(cursor.block().text(), 0, cursor.selectionEnd() - cursor.block().position()))
        return self._ids[state] if 0 <= state < len(self._ids) else "", at

    def evidence_at_cursor(self) -> str:
        """The id of the evidence in or before which the cursor stands; empty for none."""
        cursor = self.textCursor()
        found = cursor.charFormat().anchorHref()
        if not found and not cursor.atBlockEnd():
            cursor.movePosition(QTextCursor.MoveOperation.Right)
            found = cursor.charFormat().anchorHref()
        return found

    def _span(self, paragraph_id: str, start: int, end: int) -> QTextCursor | None:
        at = self._ids.index(paragraph_id) if paragraph_id in self._ids else -1
        block = self._block_of(at)
        if block is None:
            return None
        words, cursor = block.text(), QTextCursor(block)
        cursor.setPosition(block.position() + units(words[:start]))
        cursor.setPosition(block.position() + units(words[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def write_below(self, block: QTextBlock) -> None:
        """Put the cursor into an empty paragraph of plain text below `block`, which may be a heading."""
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(_block_format(ParagraphKind.BODY), self._char_format(Run(""), ParagraphKind.BODY))
        self.setTextCursor(cursor)

    def _is_locked(self, block: QTextBlock) -> bool:
        return _kind(block) == ParagraphKind.HEADING and block.text() in self._locked

    def _touches_locked(self, *, backward: bool = False, forward: bool = False) -> bool:
        """Whether an edit at the cursor would change a question, also by joining it with a neighbor."""
        cursor, document = self.textCursor(), self.document()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        if first == last:
            first -= backward
            last += forward
        block = document.findBlock(max(first, 0))
        end = document.findBlock(min(last, document.characterCount() - 1))
        while block.isValid():
            if self._is_locked(block):
                return True
            if block == end:
                return False
            block = block.next()
        return False

    def _makes_way(self) -> bool:
        """Before something is written: below a question when the cursor is at its end. False where it may not be."""
        if not self._touches_locked():
            return True
        if not self._ends_heading():
            return False
        self.write_below(self.textCursor().block())
        return True

    def set_kind(self, kind: ParagraphKind) -> None:
        """The paragraph under the cursor becomes body text, a heading or a list item."""
        if self._touches_locked():
            return
        cursor = self.textCursor()
        cursor.setBlockFormat(_block_format(kind))
        runs = _runs(cursor.block())
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        place = QTextCursor(self.textCursor().block())
        place.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        place.removeSelectedText()
        for run in runs:
            place.insertText(as_shown(run.text), self._char_format(run, kind))

    def toggle(self, *, bold: bool) -> None:
        if self._touches_locked():
            return
        made = QTextCharFormat()
        now = self.currentCharFormat()
        if bold:
            strong = now.fontWeight() > QFont.Weight.Normal
            made.setFontWeight(QFont.Weight.Normal if strong else QFont.Weight.DemiBold)
        else:
            made.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(made)

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is(event, Qt.Key.Key_Y):
            self.redo_asked.emit()
        elif _is(event, Qt.Key.Key_B):
            self.toggle(bold=True)
        elif _is(event, Qt.Key.Key_I):
            self.toggle(bold=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ends_heading():
            self.write_below(self.textCursor().block())
        elif not self._would_change_question(event):
            super().keyPressEvent(event)

    def _would_change_question(self, event: QKeyEvent) -> bool:
        """Whether a key is to be swallowed: questions are the commissioner's word for word."""
        cursor = self.textCursor()
        if not self._locked:
            return False
        if event.key() == Qt.Key.Key_Backspace:
            return self._touches_locked(backward=cursor.atBlockStart())
        if event.key() == Qt.Key.Key_Delete:
            return self._touches_locked(forward=cursor.atBlockEnd())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and cursor.atBlockStart() and not cursor.hasSelection():
            return False  # a line above it is a paragraph of one's own
        if event.matches(QKeySequence.StandardKey.Cut):
            return self._touches_locked()
        writes = event.matches(QKeySequence.StandardKey.Paste) or (bool(event.text()) and event.text() >= " ")
        return writes and not self._makes_way()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not (event.commitString() or event.preeditString()) or self._makes_way():
            super().inputMethodEvent(event)

    def _ends_heading(self) -> bool:
        """The cursor stands behind a heading's last word: what follows is not a heading."""
        cursor = self.textCursor()
        return cursor.atBlockEnd() and not cursor.hasSelection() and _kind(cursor.block()) == ParagraphKind.HEADING

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        href = self.anchorAt(event.position().toPoint())
        if href and not self.textCursor().hasSelection():
            self.evidence_clicked.emit(href)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(EVIDENCE_MIME) or source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(EVIDENCE_MIME):
            self.evidence_dropped.emit(int(bytes(source.data(EVIDENCE_MIME).data()).decode()))
        elif self._makes_way():
            self.insert_paragraphs(carried.taken(source, self._is_known))
            self.typed.emit()  # what was pasted is a step of its own

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied keeps its sources within this statement."""
        plain, made = super().createMimeDataFromSelection(), QMimeData()
        made.setText(plain.text())  # into one of its own, for Qt's says only of its own forms that it has them
        made.setHtml(plain.html())
        chosen, rows = self.textCursor(), []
        for block in self._blocks():
            start, end = chosen.selectionStart() - block.position(), chosen.selectionEnd() - block.position()
            runs = _runs(block, start, end)
            if start < block.length() and end > 0 and runs:
                rows.append(Pasted(_kind(block), runs))
        carried.give(made, rows)
        return made

    def _is_known(self, evidence_id: str) -> bool:
        return self._evidence(evidence_id) is not None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_filling = False
        self._on_time()

    def give_room(self) -> None:
        """The last field of a section is roomy, so that a press below the text is a press into it."""
        self.least_height = ROOMY
        self._fit()

    def flush(self) -> None:
        """Nothing is left to be said by the timers."""
        self._pause.stop()
        self._longest.stop()

    def _on_contents(self) -> None:
        if self._quiet:
            return
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _on_time(self) -> None:
        if self._pause.isActive() or self._longest.isActive() or self.sender() in (self._pause, self._longest):
            self.flush()
            self.typed.emit()

    def _fit(self) -> None:
        self.setFixedHeight(max(round(self.document().size().height()) + 6, self.least_height))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        self._fit()


def as_shown(text: str) -> str:
    """A paragraph's words as they stand in a field: a line feed within them begins a line, never a paragraph."""
    return text.replace("\n", LINE)


def _is(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def _block_format(kind: ParagraphKind) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setProperty(KIND, _KINDS.index(kind))
    made.setTopMargin(14 if kind == ParagraphKind.HEADING else 0)
    made.setBottomMargin(6 if kind == ParagraphKind.HEADING else 10)
    made.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if kind == ParagraphKind.ITEM:
        made.setLeftMargin(22)
        made.setTextIndent(-12)
    return made


def _kind(block: QTextBlock) -> ParagraphKind:
    value = block.blockFormat().property(KIND)
    return _KINDS[int(value)] if value is not None else ParagraphKind.BODY


def _runs(block: QTextBlock, start: int = 0, end: int | None = None) -> tuple[Run, ...]:
    """The runs of a block, neighbours of one style joined. A heading's own weight is no emphasis.

    Of a part of it where it is said from which character to which.
    """
    heading = _kind(block) == ParagraphKind.HEADING
    rows: list[Run] = []
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        at = fragment.position() - block.position()
        words = cut(fragment.text(), start - at, fragment.length() if end is None else end - at)
        made = fragment.charFormat()
        bold = made.fontWeight() > QFont.Weight.Normal and not heading
        run = Run(words.replace(LINE, "\n"), bold, made.fontItalic(), made.anchorHref())
        last = rows[-1] if rows else None
        if not run.text:
            pass
        elif last is not None and (last.bold, last.italic, last.evidence) == (run.bold, run.italic, run.evidence):
            rows[-1] = Run(last.text + run.text, run.bold, run.italic, run.evidence)
        else:
            rows.append(run)
        part += 1
    return tuple(rows)
