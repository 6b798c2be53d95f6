"""*Rescue*: what of a damaged archive can be read, which backups there are, and the ways on; erasing is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.i18n import Texts
from app.office import rescue_words
from app.paths import free_folder
from app.ports.rescue import Found, KnownBackup
from widgets.folding import size_to_fit
from widgets.look.parts import Card, beside, button, hairline, label, primary_button, section_label, stacked
from widgets.recovery import folder_field

#: so many of the newest backups are shown
SHOWN = 6


@dataclass(frozen=True)
class RescueActs:
    """What the page can ask for: a new archive, a backup put back (which, or any), the new one opened, the start."""

    rescue: Callable[[], None]
    restore: Callable[[Path | None], None]
    open_new: Callable[[], None]
    back: Callable[[], None]


class RescuePage(QWidget):
    """Of the archive `name`; `is_done` after its rescue, when the numbers are those of the new archive."""

    def __init__(self, texts: Texts, name: str, found: Found, acts: RescueActs, *, is_done: bool = False) -> None:
        super().__init__()
        self._texts, self._acts = texts, acts
        first = self._first(is_done=is_done)
        restore = [] if is_done else [button(texts.tr("Restore a backup…"), lambda: acts.restore(None))]
        column = stacked(
            label(texts.tr("Rescue"), "heading"),
            label(self._said(name, found, is_done=is_done), wrap=True),
            beside(first, *restore, None, button(texts.tr("Back"), acts.back, "quiet")),
            self._table(found),
            spacing=14,
        )
        if not is_done:
            column.addWidget(section_label(texts.tr("Backups of this archive")))
            column.addWidget(self._backups(found.backups))
        column.addStretch(1)
        self.setLayout(column)
        self.setFocusProxy(first)

    def _said(self, name: str, found: Found, *, is_done: bool) -> str:
        t = self._texts
        if is_done:
            return f"{name}: {rescue_words.finished(t, found)}"
        read = t.tr("{name} was opened only for reading; nothing in it was changed.", name=name)
        return f"{read} {rescue_words.summary(t, found)}"

    def _first(self, *, is_done: bool) -> QWidget:
        t = self._texts
        if is_done:
            return primary_button(t.tr("Open the new archive"), self._acts.open_new)
        return primary_button(t.tr("Rescue into a new archive…"), self._acts.rescue)

    def _table(self, found: Found) -> QWidget:
        t = self._texts
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        for column, words in enumerate(("", t.tr("Can be read"), t.tr("Missing"))):
            grid.addWidget(_right(label(words, "caption"), column), 0, column)
        for number, line in enumerate(rescue_words.lines(t, found)):
            grid.addWidget(hairline(), 2 * number + 1, 0, 1, 3)
            for column, words in enumerate((line.name, line.read, line.missing or "–")):
                kind = ("", "strong", "danger" if line.missing else "muted")[column]
                grid.addWidget(_right(label(words, kind, wrap=column == 0), column), 2 * number + 2, column)
        grid.setColumnStretch(0, 1)
        return Card(grid, padding=20)

    def _backups(self, backups: tuple[KnownBackup, ...]) -> QWidget:
        t = self._texts
        if not backups:
            none = t.tr("No backup is known here. If there is one on another disk, connect it and restore it.")
            return Card(label(none, "muted", wrap=True), padding=20)
        card = Card(padding=20, spacing=10)
        for number, one in enumerate(backups[:SHOWN]):
            if number:
                card.column.addWidget(hairline())
            card.column.addLayout(self._backup(one))
        return card

    def _backup(self, one: KnownBackup) -> QHBoxLayout:
        t, local = self._texts, one.made.astimezone()
        when = label(f"{t.date(local.date())} {t.time(local)}", "strong")
        place = t.tr("made and checked, in {folder}", folder=str(one.folder.parent))
        if not one.is_here:
            place = t.tr("made and checked; its disk is not here now: {folder}", folder=str(one.folder.parent))
        words = stacked(when, label(place, "muted", wrap=True), spacing=2)
        row = beside(words, spacing=16)
        row.setStretch(0, 1)
        if one.is_here:
            press = button(t.tr("Restore…"), lambda: self._acts.restore(one.folder))
            press.setAccessibleName(t.tr("Restore the backup of {when}", when=when.text()))
            row.addWidget(press)
        return row


class RescueDialog(QDialog):
    """Where the new archive is made."""

    def __init__(self, texts: Texts, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Rescue into a new archive"))
        self._target = QLineEdit(str(free_folder(place)))
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(texts.tr("Rescue now"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setProperty("kind", "primary")
        buttons.addButton(texts.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._target.textChanged.connect(lambda said: self._ok.setEnabled(bool(said.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        said = texts.tr(
            "All that can be read is written into a new archive and checked there. The damaged archive stays as it is. "
            "Sealed codings are carried over unopened, and everybody signs in as before."
        )
        self.setLayout(
            stacked(
                label(texts.tr("Rescue into a new archive"), "title"),
                label(said, "muted", wrap=True),
                folder_field(texts, self, texts.tr("New archive's folder (empty)"), self._target),
                None,
                buttons,
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        size_to_fit(self, 560, 300)

    def target(self) -> Path:
        return Path(self._target.text())


def _right(words: QLabel, column: int) -> QLabel:
    """Numbers stand under each other."""
    if column:
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
