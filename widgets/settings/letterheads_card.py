"""Letterheads: an employer's name, address and logo, each kept as it is edited."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import InputError
from app.model.letterhead import Letterhead
from app.office.letterheads import LetterheadEditor
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import Card, beside, button, clear, confirm, field, hairline, label, stacked

#: pixels: a logo in the card, and the lines of an address
LOGO_WIDTH, LOGO_HEIGHT, ADDRESS_HEIGHT = 220, 80, 84
ENDINGS = "*.png *.jpg *.jpeg"


class LetterheadsCard(Card):
    """One part for each employer; employers of workers without one are offered by name."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=14, padding=20)
        self._workspace = workspace
        t = self._texts = workspace.texts
        self.editor = workspace.editor("letterheads", lambda: LetterheadEditor(workspace.store, t))
        about = t.tr(
            "A document has the letterhead of its producer in the commission, or of the employer of the two workers: "
            "the name has to be the same. What is final keeps the letterhead that it was made with."
        )
        self.column.addWidget(label(about, "muted", wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        self.column.addLayout(self._rows)
        self._offers = QVBoxLayout()
        self.column.addLayout(self._offers)
        self.parts: dict[str, LetterheadPart] = {}
        self.editor.refused.connect(workspace.notices.trouble)
        self.editor.changed.connect(self._on_changed)  # bound: the editor outlives the card
        self.refresh()

    def refresh(self) -> None:
        """Read anew what there is; what is being typed stays."""
        held = self.editor.letterheads
        if {one.id for one in held} != self.parts.keys():
            clear(self._rows)
            self.parts = {}
            for number, one in enumerate(held):
                if number:
                    self._rows.addWidget(hairline())
                part = self.parts[one.id] = LetterheadPart(self._workspace, self.editor, one)
                self._rows.addWidget(part)
        for one in held:
            self.parts[one.id].show_letterhead(one)
        self._show_offers()

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        for part in list(self.parts.values()):
            part.commit()

    def _on_changed(self, _changes: object) -> None:
        self.refresh()

    def _show_offers(self) -> None:
        t = self._texts
        clear(self._offers)
        names = self.editor.employers_without()
        acts = [button(t.tr("Add: {employer}", employer=name), partial(self.editor.add, name)) for name in names]
        self._offers.addLayout(beside(*acts, button(t.tr("Add another"), partial(self.editor.add, "")), None))


class LetterheadPart(QWidget):
    """The fields of one, and its logo."""

    def __init__(self, workspace: Workspace, editor: LetterheadEditor, letterhead: Letterhead) -> None:
        super().__init__()
        self._workspace, self._editor, self._id = workspace, editor, letterhead.id
        t = workspace.texts
        self.employer, self.logo_words, self.address = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.employer.setPlaceholderText(t.tr("as in the commission or the workers' details"))
        self.logo_words.setPlaceholderText(t.tr("by default the employer's name"))
        self.address.setFixedHeight(ADDRESS_HEIGHT)
        self.address.setTabChangesFocus(True)
        for line in (self.employer, self.logo_words):
            line.editingFinished.connect(self.commit)
        self.logo = QLabel()
        self.logo.setFixedSize(LOGO_WIDTH, LOGO_HEIGHT)
        self.logo.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose = button(t.tr("Choose a logo…"), self._choose)
        self.take_away = button(t.tr("Remove the logo"), self._take_away, "quiet")
        remove = button(t.tr("Remove the letterhead"), self._remove, "quiet")
        left = stacked(field(t.tr("Employer"), self.employer), field(t.tr("Address, a line each"), self.address))
        aloud = field(t.tr("What is read aloud of the logo"), self.logo_words)
        right = stacked(self.logo, beside(self.choose, self.take_away, None), aloud)
        both = beside(_column(left), _column(right), spacing=24)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.setLayout(stacked(both, beside(None, remove), spacing=8))

    def show_letterhead(self, held: Letterhead) -> None:
        """As it is now, but for a field that is being typed in."""
        t = self._workspace.texts
        lines = {self.employer: held.employer, self.logo_words: held.logo_words}
        for line, words in lines.items():
            if line.text() != words and not line.hasFocus():
                line.setText(words)
        if not self.address.hasFocus() and self._lines() != held.address:
            self.address.setPlainText("\n".join(held.address))
        picture = QPixmap()
        if held.logo and picture.loadFromData(held.logo):
            most = self.logo.size() * self.devicePixelRatioF()
            shown = picture.scaled(
                most.boundedTo(picture.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.logo.setPixmap(shown)
        else:
            self.logo.setText(t.tr("No logo"))
        self.logo.setAccessibleName(held.logo_words or held.employer)
        self.take_away.setVisible(bool(held.logo))

    def commit(self) -> None:
        """Fields that were edited."""
        self._do(
            employer=" ".join(self.employer.text().split()),
            logo_words=self.logo_words.text().strip(),
            address=self._lines(),
        )

    def _lines(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.address.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _choose(self) -> None:
        t = self._workspace.texts
        kinds = t.tr("Pictures ({endings})", endings=ENDINGS)
        chosen = FileDialogs(self).open(t.tr("Choose a logo…"), kinds)
        if chosen is None:
            return
        try:
            self._editor.take_logo(self._id, chosen)
        except InputError as error:
            self._workspace.notices.trouble(error)

    def _take_away(self) -> None:
        self._do(logo=b"")

    def _do(self, **fields: object) -> None:
        if all(one.id != self._id for one in self._editor.letterheads):
            return  # it was removed; a field that loses the focus after that says nothing
        try:
            self._editor.edit(self._id, **fields)
        except InputError as error:
            self._workspace.notices.trouble(error)

    def _remove(self) -> None:
        t = self._workspace.texts
        question = t.tr("Remove the letterhead? What was made with it keeps it.")
        if confirm(self, t, question, t.tr("Remove")):
            self._editor.remove(self._id)


def _column(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
