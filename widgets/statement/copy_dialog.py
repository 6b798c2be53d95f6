"""A redacted copy is made: for whom, what is covered and on which ground, how its pages look, and then the copy."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.casework.case_file import case_file
from app.model.redaction import CoveredPassage, CoveredWord, RedactedCopy
from app.statement import redacting
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.form import named
from widgets.forms.inputs import Choice, Suggestions
from widgets.look.look import Look
from widgets.look.parts import beside, button, hairline, label, primary_button, section_label, stacked
from widgets.statement.marked_text import MarkedText, Stretch

#: who is nobody of the case
_OTHER = "other"
#: pixels of what stands at the right of the text
_SIDE = 330
#: letters of a covered passage that its row tells
_SHOWN = 60


class CopyDialog(QDialog):
    """Each mark is in the archive as it is made; *Make the copy* makes one that never changes."""

    def __init__(self, space: Workspace, look: Look, editor: redacting.RedactionEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self.editor, self._texts = space, editor, editor.texts
        self._words = StatementTexts(editor.texts.language)
        self.made: RedactedCopy | None = None
        t = self._texts
        self.setObjectName("page")
        self.setWindowTitle(t.tr("Redacted copy"))
        size_to_fit(self, 1180, 760)
        self.text = MarkedText(look, t.tr("The statement's text: choose what is covered"))
        self.text.show_pieces(editor.pieces)
        self.text.cover_asked.connect(self._cover)
        self.text.uncover_asked.connect(self._uncover)
        self.text.word_asked.connect(self._cover_word)
        self.setLayout(stacked(self._head(), hairline(), self._middle(), hairline(), self._foot(), spacing=0))
        for keys, act in ((QKeySequence.StandardKey.Undo, editor.undo), (QKeySequence.StandardKey.Redo, editor.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.text.undo_asked.connect(editor.undo)
        self.text.redo_asked.connect(editor.redo)
        editor.changed.connect(self._refresh)
        self._refresh()
        self.text.setFocus()

    def _head(self) -> QWidget:
        t, editor = self._texts, self.editor
        case = case_file(editor.store, editor.statement.case_id)
        people = [(p.id, p.called or p.name) for p in redacting.readers_of_copies(case)]
        self.who = Choice([("", t.tr("Choose…")), *people, (_OTHER, t.tr("Somebody else"))])
        self.other = QLineEdit(editor.redaction.reader)
        self.other.setPlaceholderText(t.tr("Name or office"))
        self.other.setAccessibleName(t.tr("Reader of the copy"))
        self.who.set_value(editor.redaction.person_id or (_OTHER if editor.redaction.reader else ""))
        self.who.activated.connect(self._read_by)
        self.other.editingFinished.connect(self._read_by)
        self.ground = Suggestions(
            [(key, self._words.of("redaction_grounds", key)) for key in self._words.keys("redaction_grounds")]
        )
        self.ground.set_value(self._words.keys("redaction_grounds")[0])
        head = QWidget()
        row = beside(
            named(t.tr("Who gets the copy"), self.who), named(t.tr("Name"), self.other),
            named(t.tr("Ground of what is covered next"), self.ground), spacing=14, margins=(24, 14, 24, 12),
        )  # fmt: skip
        for place, share in ((0, 2), (1, 2), (2, 5)):
            row.setStretch(place, share)
        head.setLayout(row)
        return head

    def _middle(self) -> QWidget:
        t = self._texts
        self.marks = QListWidget()
        self.marks.setAccessibleName(t.tr("What is covered"))
        self.marks.setWordWrap(True)
        self.marks.setSpacing(3)
        self.marks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.marks.itemActivated.connect(self._show_mark)
        self.marks.itemClicked.connect(self._show_mark)
        self.count = label("", "caption")
        self.remove = button(t.tr("Remove the mark"), self._remove, "link")
        self.word = QLineEdit()
        self.word.setPlaceholderText(t.tr("A name or another word"))
        self.word.setAccessibleName(t.tr("A word that is covered everywhere it stands"))
        self.word.returnPressed.connect(lambda: self._cover_word(self.word.text()))
        everywhere = button(t.tr("Cover everywhere"), lambda: self._cover_word(self.word.text()))
        self.propose = button(t.tr("Propose"), self._propose)
        self.propose.setToolTip(
            t.tr("Covers what names or quotes those whom the reader must not meet, and hidden places.")
        )
        self.standing = label("", "danger", wrap=True)
        keys = t.tr(
            "Enter covers what is chosen, or the whole passage. Delete uncovers it. Ctrl+Enter covers it everywhere."
        )
        side = QWidget()
        side.setFixedWidth(_SIDE)
        side.setLayout(
            stacked(
                beside(button(t.tr("Cover"), lambda: self._cover(self.text.chosen())), self.propose, None),
                label(keys, "caption", wrap=True),
                beside(self.word, everywhere),
                beside(section_label(t.tr("What is covered")), None, self.count),
                self.marks, beside(self.remove, None), self.standing,
                spacing=10, margins=(16, 14, 20, 12),
            )
        )  # fmt: skip
        middle = QWidget()
        row = beside(self.text, side, spacing=0)
        row.setStretch(0, 1)
        middle.setLayout(row)
        return middle

    def _foot(self) -> QWidget:
        t = self._texts
        note = label(
            t.tr("The copy is made anew of the kept document and searched before it is kept. It is not signed."),
            "caption",
            wrap=True,
        )
        self.preview = button(t.tr("See the pages"), self._preview)
        self.make = primary_button(t.tr("Make the copy"), self._make)
        close = button(t.tr("Close"), self.reject)
        for made in (*self.findChildren(type(close)), close, self.preview, self.make):
            made.setAutoDefault(False)
        foot = QWidget()
        row = beside(note, close, self.preview, self.make, spacing=10, margins=(24, 10, 20, 12))
        row.setStretch(0, 1)
        foot.setLayout(row)
        return foot

    # marks

    def _cover(self, chosen: tuple[Stretch, ...]) -> None:
        ground = self.ground.value()
        if chosen and ground:
            self.editor.cover(CoveredPassage(s.piece.key, s.start, s.end, ground) for s in chosen)

    def _uncover(self, held: Stretch) -> None:
        self.editor.uncover(CoveredPassage(held.piece.key, held.start, held.end, ""))

    def _cover_word(self, word: str) -> None:
        ground = self.ground.value()
        if word.strip() and ground and self.editor.cover_word(word, ground):
            self.word.clear()

    def _propose(self) -> None:
        t, found = self._texts, self.editor.proposed(self.ground.value())
        before = self.editor.redaction
        if found:
            self.editor.cover(found)
        if self.editor.redaction == before:
            self._space.notices.done(
                t.tr("Nothing more to propose: nobody and no place is kept from this reader here.")
            )

    def _read_by(self, *_: object) -> None:
        chosen = str(self.who.value() or "")
        is_other = chosen == _OTHER
        self.editor.read_by("" if is_other else chosen, self.other.text() if is_other else "")
        self._fit()

    def _remove(self) -> None:
        item = self.marks.currentItem()
        mark = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(mark, CoveredWord):
            self.editor.uncover_word(mark.word)
        elif isinstance(mark, CoveredPassage):
            self.editor.uncover(mark)

    def _show_mark(self, item: QListWidgetItem) -> None:
        mark = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(mark, CoveredPassage):
            self.text.go_to(mark)

    # what is shown

    def _fit(self) -> None:
        self.other.setEnabled(self.who.value() == _OTHER)

    def _refresh(self, *_: object) -> None:
        t, held = self._texts, self.editor.redaction
        language = self.editor.statement.language
        self.text.show_covered(held.passages, partial(redacting.words_everywhere, held, language=language))
        row = self.marks.currentRow()
        self.marks.clear()
        words = {p.key: p.words for p in self.editor.pieces}
        for word in held.words:
            self._add(t.tr("{word} – everywhere", word=word.word), word.ground, word)
        for mark in held.passages:
            said = " ".join(words.get(mark.piece, "")[mark.start : mark.end].split())
            self._add(said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…", mark.ground, mark)
        self.marks.setCurrentRow(min(max(row, 0), self.marks.count() - 1))
        self.count.setText(str(self.marks.count()))
        self.remove.setEnabled(self.marks.count() > 0)
        left = self.editor.left_standing()
        told = ", ".join(f"{word} ({times})" for word, times in left[:8])
        self.standing.setText(t.tr("Still stands elsewhere: {words}", words=told) if left else "")
        self.standing.setVisible(bool(left))
        self.make.setEnabled(held.has_reader and not held.is_empty)
        self.preview.setEnabled(not held.is_empty)
        self._fit()

    def _add(self, said: str, ground: str, mark: object) -> None:
        item = QListWidgetItem(f"{said}\n{self._words.said('redaction_grounds', ground)}")
        item.setData(Qt.ItemDataRole.UserRole, mark)
        self.marks.addItem(item)

    # pages

    def _preview(self) -> None:
        from widgets.statement.preview_dialog import PreviewDialog

        space, t = self._space, self._texts
        store, held = self.editor.store, self.editor.redaction
        space.jobs.run(
            t.tr("Making the PDF"),
            lambda _job: redacting.rendered(store, held),
            lambda pages: PreviewDialog(pages, t, self).exec(),
        )

    def _make(self) -> None:
        space, t, held = self._space, self._texts, self.editor.redaction

        def done(made: RedactedCopy) -> None:
            self.made = made
            self.accept()

        space.jobs.run(
            t.tr("Making the redacted copy"), lambda _job: redacting.make_copy(space.door, space.media, held.id), done
        )
