"""Making an archive: place, name and passphrase, with how strong it is in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from app.i18n import Texts
from app.office.passphrases import Advice, Strength, strength
from app.paths import free_folder
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.secrets import shows_typed
from widgets.look.parts import Card, beside, button, field, label, primary_button, stacked


def advice_words(texts: Texts, found: Strength) -> str:
    """How strong, and what would make it better."""
    words = {
        Advice.LONGER: texts.tr("Too short. At least twelve characters, or five words."),
        Advice.MORE_WORDS: texts.tr("Still easy to guess. Add a word or two."),
        Advice.LESS_COMMON: texts.tr("Too common. Choose words that do not belong together."),
        Advice.NOT_THE_NAME: texts.tr("Leave your own name out of it."),
        Advice.NONE: texts.tr("Strong. Write it down and keep it safe until you remember it."),
    }
    return words[found.advice]


class PassphraseFields(QWidget):
    """A passphrase twice, judged while it is typed; Enter in the first goes to the second, there it sends the form."""

    sent = Signal()

    def __init__(self, texts: Texts, on_change: Callable[[], None]) -> None:
        super().__init__()
        self._texts = texts
        self._on_change = on_change
        self._about: tuple[str, ...] = ()
        self._first, self._again = QLineEdit(), QLineEdit()
        for line in (self._first, self._again):
            line.textChanged.connect(self._judge)
        self._first.returnPressed.connect(self._go_on)
        self._again.returnPressed.connect(self.sent)
        self._bar = QProgressBar()
        self._bar.setRange(0, 4)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(texts.tr("Strength of the passphrase"))
        self._words = label(
            texts.tr("Five words that do not belong together are a good passphrase."), "caption", wrap=True
        )
        self._good = False
        self.setLayout(
            stacked(
                field(texts.tr("Passphrase"), self._first),
                self._bar,
                self._words,
                field(texts.tr("Passphrase again"), self._again),
                shows_typed(texts, self._first, self._again),
                spacing=10,
            )
        )

    def think_of(self, *about: str) -> None:
        """Words that others would guess first, such as the name; what is typed already is judged again."""
        if about != self._about:
            self._about = about
            if self._first.text():
                self._judge()

    def passphrase(self) -> str:
        return self._first.text()

    def is_good(self) -> bool:
        """Strong enough, and typed alike twice."""
        return self._good and self._first.text() == self._again.text()

    def _go_on(self) -> None:
        if self._again.text():
            self.sent.emit()
        else:
            self._again.setFocus()

    def _judge(self) -> None:
        found = strength(self._first.text(), self._about)
        self._good = found.enough
        self._bar.setValue(max(found.score, 3) if found.enough else found.score)
        typed_otherwise = self._again.text() and self._again.text() != self._first.text()
        self._words.setText(
            self._texts.tr("The two are not alike yet.")
            if typed_otherwise and found.enough
            else advice_words(self._texts, found)
        )
        self._on_change()


class NewArchive(QWidget):
    """The page of the unlock window that asks what a new archive needs."""

    def __init__(
        self, texts: Texts, place: Path, create: Callable[[Path, str, str], None], back: Callable[[], None]
    ) -> None:
        super().__init__()
        self._create = create
        self._folder = QLineEdit(str(free_folder(place)))
        self._name = QLineEdit()
        self._name.setPlaceholderText(texts.tr("First and last name"))
        self._name.textChanged.connect(self._on_change)
        self._folder.textChanged.connect(self._on_change)
        self._texts = texts
        self._secret = PassphraseFields(texts, self._on_change)
        self._make = primary_button(texts.tr("Make the archive"), self._on_make)
        for typed in (self._name.returnPressed, self._folder.returnPressed, self._secret.sent):
            typed.connect(self._make.click)
        browse = button(texts.tr("Choose…"), self._choose)
        place_row = beside(self._folder, browse)
        place_row.setStretch(0, 1)
        self._folder.setAccessibleName(texts.tr("Place"))
        place_note = label(
            texts.tr("On this computer's own disk. Not a network drive or a synchronized folder."), "caption", wrap=True
        )
        self.setLayout(
            stacked(
                Card(
                    label(texts.tr("New archive"), "heading"),
                    field(texts.tr("Your name"), self._name),
                    stacked(label(texts.tr("Place"), "caption"), place_row, place_note, spacing=4),
                    self._secret,
                    beside(button(texts.tr("Back"), back, "quiet"), None, self._make),
                    spacing=14,
                    padding=24,
                )
            )
        )
        self._on_change()

    def begin(self) -> None:
        self._name.setFocus()

    def _choose(self) -> None:
        chosen = FileDialogs(self).folder(self._texts.tr("Place"), str(Path(self._folder.text()).parent))
        if chosen is not None:
            self._folder.setText(str(free_folder(chosen)))

    def _on_change(self) -> None:
        self._secret.think_of(self._name.text())
        self._make.setEnabled(
            bool(self._name.text().strip()) and bool(self._folder.text().strip()) and self._secret.is_good()
        )

    def _on_make(self) -> None:
        self._create(Path(self._folder.text().strip()), self._name.text().strip(), self._secret.passphrase())
