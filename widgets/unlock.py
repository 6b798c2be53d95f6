"""The first window: which archive, who, and the passphrase. Nothing heavy is imported before it is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.error_texts import sentence
from app.errors import AppError
from app.i18n import NAMES, Texts
from app.settings.preferences import Preferences
from widgets.app_events import AppEvents
from widgets.enter_presses import let_enter_press
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.inputs import ChoiceBox
from widgets.forms.secrets import shows_typed
from widgets.forms.wrong import mark_wrong
from widgets.kept_in_sight import LAID_OUT, KeptInSight, bring_into_sight
from widgets.look.look import Look, dress
from widgets.look.parts import Card, OnePage, beside, button, field, label, primary_button, scrolled, stacked
from widgets.new_archive import NewArchive

if TYPE_CHECKING:
    from app.ports.rescue import Found
    from widgets.recovery import CodeDoors


#: what leads to the page that shows what of the archive is whole
DAMAGES = ("damaged", "database-damaged")
#: troubles that are said beside the passphrase
SECRET_TROUBLES = ("wrong-passphrase", "too-many-tries")


@dataclass(frozen=True)
class Doors:
    """What the window can ask of the roof; each runs beside the window."""

    names: Callable[[Path], tuple[str, ...]]
    unlock: Callable[[Path, str, str], None]
    create: Callable[[Path, str, str], None]
    recover: Callable[[Path, str, str, str], None]
    restore: Callable[[Path, Path, str], None]
    demo: Callable[[Path, str], None]
    cancel: Callable[[], None]
    look: Callable[[Path, str], None]
    rescue: Callable[[Path, Path, str], None]


class UnlockWindow(QWidget):
    """Opens, makes, tries out and restores archives. The roof does the work and calls `failed`, `busy`, `idle`."""

    language_chosen = Signal(str)
    closed = Signal()
    help_asked = Signal()

    def __init__(self, texts: Texts, look: Look, preferences: Preferences, doors: Doors, default_place: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("Havainto")
        size_to_fit(self, 980, 680)
        self._texts, self._look, self._doors, self._place = texts, look, doors, default_place
        self._preferences = preferences
        self._chosen: tuple[Path, ...] = ()
        #: the archive that was tried with its secret, for looking at it when it is damaged
        self._tried: tuple[Path, str] | None = None
        self._rescue_page: QWidget | None = None
        self._leads_to_rescue = self._is_looking = False
        self._before_busy: QWidget | None = None
        self._wait_left = 0
        self._pages = OnePage()
        self._trouble = label("", "danger", wrap=True)
        self._trouble.hide()
        self._told = QTimer(self._trouble, singleShot=True, interval=2 * LAID_OUT)  # when the page is laid out with it
        self._told.timeout.connect(lambda: bring_into_sight(self._trouble))
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._on_second)
        self._progress = _Busy(texts, doors.cancel)
        self._open_page = self._build_open()
        self._new_page = NewArchive(texts, default_place, self._create, self._show_start)
        self._pages.addWidget(self._open_page)
        self._pages.addWidget(self._new_page)
        self._pages.addWidget(self._progress)
        middle = QWidget()
        inner = stacked(_brand(texts), self._pages, self._trouble, spacing=18, margins=(0, 28, 0, 28))
        inner.addStretch(1)
        middle.setLayout(inner)
        middle.setMaximumWidth(520)
        middle.setMinimumWidth(440)
        page = QWidget()
        page.setLayout(beside(None, middle, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        asks = button(texts.tr("Help"), self.help_asked.emit, "quiet")
        column.addLayout(beside(None, asks, self._language_choice(), margins=(16, 12, 16, 0)))
        column.addWidget(scrolled(page), 1)
        dress(self, look)
        events = AppEvents(self)
        let_enter_press(events)
        self._sight = KeptInSight(self, events)
        self._show_start()

    # what the roof says

    def busy(self, words: str, *, can_cancel: bool = False) -> None:
        self._trouble.hide()
        self._progress.begin(words, can_cancel=can_cancel)
        self._pages.setCurrentWidget(self._progress)

    def progress(self, share: float) -> None:
        self._progress.show_share(share)

    def making_index(self, _share: float) -> None:
        """Opening takes longer this once."""
        self._progress.say(self._texts.tr("Making the search ready for this version. It is done once for an archive…"))

    def failed(self, error: AppError) -> None:
        """Say what happened; the archive tells how long to wait after many wrong passphrases.

        What is damaged is looked at: the page *Rescue* shows what of it is whole.
        """
        if error.key in DAMAGES and self._tried is not None and not self._is_looking:
            self._look_at(*self._tried)
            return
        if self._before_busy is not None:
            self._pages.setCurrentWidget(self._before_busy)
        if error.key in SECRET_TROUBLES and self._before_busy is self._open_page:
            self._say_of_secret(sentence(self._texts, error))
        else:
            self._say(sentence(self._texts, error))
        if error.key == "wrong-passphrase":
            self._passphrase.setFocus()
            self._passphrase.selectAll()
        # the archive counts, so that another window, a restart or another language changes nothing
        wait = error.values.get("wait")
        if isinstance(wait, int) and wait > 0:
            self._hold(wait)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Here F1 always helps: own keys are an archive's business."""
        if event.key() == Qt.Key.Key_F1 and not event.modifiers():
            self.help_asked.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._wait.stop()
        self.closed.emit()
        event.accept()

    # building

    def _language_choice(self) -> QComboBox:
        choice = ChoiceBox()
        choice.setAccessibleName(self._texts.tr("Language"))
        for code, name in NAMES.items():
            choice.addItem(name, code)
        choice.setCurrentIndex(list(NAMES).index(self._texts.language))
        choice.activated.connect(lambda _: self.language_chosen.emit(choice.currentData()))
        choice.setFixedWidth(130)
        return choice

    def _build_open(self) -> QWidget:
        t = self._texts
        self._archives = ChoiceBox()
        self._names = ChoiceBox()
        self._passphrase = QLineEdit()
        self._passphrase.returnPressed.connect(self._unlock)
        self._passphrase.textEdited.connect(lambda _: self._say_of_secret(""))
        self._secret_trouble = label("", "danger", wrap=True)
        self._secret_trouble.hide()
        self._open_button = primary_button(t.tr("Open"), self._unlock)
        self._archives.currentIndexChanged.connect(lambda _: self._read_names())
        self._before_rescue = label("", "strong", wrap=True)
        self._before_rescue.hide()
        self._open_card = Card(
            self._before_rescue,
            field(t.tr("Archive"), self._archives),
            field(t.tr("Who are you?"), self._names),
            stacked(
                field(t.tr("Passphrase"), self._passphrase),
                self._secret_trouble,
                shows_typed(t, self._passphrase),
                spacing=6,
            ),
            beside(button(t.tr("Open with the recovery code"), self._ask_recovery, "quiet"), None, self._open_button),
            spacing=14,
            padding=24,
        )
        self._first_button = primary_button(t.tr("Make a new archive"), self._show_new)
        self._first_card = Card(
            label(t.tr("Welcome"), "heading"),
            label(
                t.tr(
                    "Havainto keeps films, codings and statements in one encrypted archive on this computer. "
                    "Nothing is sent anywhere."
                ),
                "muted",
                wrap=True,
            ),
            self._first_button,
            button(t.tr("Try it with example material"), self._demo),
            spacing=14,
            padding=24,
        )
        others = stacked(
            button(t.tr("Open an archive from a folder…"), self._choose_archive, "link"),
            button(t.tr("Restore from a backup…"), self._restore, "link"),
            spacing=2,
        )
        self._rescue_link = button(t.tr("Rescue a damaged archive…"), self._look_for_rescue, "link")
        others.addWidget(self._rescue_link)
        self._new_link = button(t.tr("Make a new archive…"), self._show_new, "link")
        self._demo_link = button(t.tr("Try it with example material…"), self._demo, "link")
        others.insertWidget(0, self._new_link)
        others.insertWidget(1, self._demo_link)
        page = QWidget()
        column = stacked(self._open_card, self._first_card, others, spacing=18)
        column.addStretch(1)
        page.setLayout(column)
        return page

    # pages

    def _show_start(self) -> None:
        self._tried, self._leads_to_rescue, self._is_looking = None, False, False
        self._open_button.setText(self._texts.tr("Open"))
        self._before_rescue.hide()
        self._put_away_rescue()
        offered = dict.fromkeys((*self._chosen, *map(Path, self._preferences.remembered.archives)))
        known = [folder for folder in offered if (folder / "archive.key").exists()]
        self._archives.blockSignals(True)
        self._archives.clear()
        for folder in known:
            self._archives.addItem(folder.name, folder)
            self._archives.setItemData(self._archives.count() - 1, str(folder), 3)
        self._archives.blockSignals(False)
        for widget in (self._open_card, self._new_link, self._demo_link, self._rescue_link):
            widget.setVisible(bool(known))
        self._first_card.setVisible(not known)
        self._pages.setCurrentWidget(self._open_page)
        self._read_names()
        (self._passphrase if known else self._first_button).setFocus()

    def _show_new(self) -> None:
        self._trouble.hide()
        self._pages.setCurrentWidget(self._new_page)
        self._new_page.begin()

    def _read_names(self) -> None:
        self._names.clear()
        folder = self._archives.currentData()
        if folder is None:
            return
        try:
            self._names.addItems(self._doors.names(folder))
            self._names.setCurrentIndex(max(0, self._names.findText(self._preferences.remembered.last_sign_in)))
            self._trouble.hide()
            self._say_of_secret("")
        except AppError as error:
            self._say(sentence(self._texts, error))

    # acts

    def _unlock(self) -> None:
        folder, name = self._archives.currentData(), self._names.currentText()
        if folder is None or not name or not self._passphrase.text() or self._wait_left:
            return
        self._tried = folder, self._passphrase.text()
        if self._leads_to_rescue:
            self._look_at(*self._tried)
            return
        self._start(self._texts.tr("Opening the archive…"))
        self._doors.unlock(folder, name, self._passphrase.text())

    def _create(self, folder: Path, name: str, passphrase: str) -> None:
        self._start(self._texts.tr("Making the archive…"))
        self._doors.create(folder, name, passphrase)

    def _demo(self) -> None:
        self._start(self._texts.tr("Making the example material…"), can_cancel=True)
        self._doors.demo(self._place, "")

    def _choose_archive(self) -> None:
        folder = FileDialogs(self).folder(self._texts.tr("Archive's folder"), str(self._place))
        if folder is None:
            return
        try:
            names = self._doors.names(folder)
        except AppError as error:
            self._say(sentence(self._texts, error))
            return
        if not names:
            self._say(sentence(self._texts, AppError("key-file-missing")))
            return
        self._chosen = (folder,)  # remembered when it is opened
        self._show_start()

    def _ask_recovery(self) -> None:
        from widgets.recovery import RecoverDialog

        folder, name = self._archives.currentData(), self._names.currentText()
        if folder is None or not name:
            return
        dialog = RecoverDialog(self._texts, name, self)
        if dialog.exec():
            self._start(self._texts.tr("Opening the archive…"))
            self._tried = folder, dialog.code()
            self._doors.recover(folder, name, dialog.code(), dialog.passphrase())

    def _restore(self) -> None:
        self._restore_of(None)

    def _restore_of(self, backup: Path | None) -> None:
        from widgets.recovery import RestoreDialog

        dialog = RestoreDialog(self._texts, self._place, self, backup=backup)
        if dialog.exec():
            self._start(self._texts.tr("Restoring and checking the backup…"), can_cancel=True)
            self._doors.restore(dialog.backup(), dialog.target(), dialog.passphrase())

    # rescue

    def lead_to_rescue(self, folder: Path) -> None:
        """A session met a damaged page: whoever types the passphrase of that archive now looks at what is whole."""
        self._chosen = (folder,)
        self._show_start()
        self._leads_to_rescue = True
        self._open_button.setText(self._texts.tr("Look at what is whole"))
        self._before_rescue.setText(
            self._texts.tr("A part of this archive is damaged. Type your passphrase: the page Rescue opens.")
        )
        self._before_rescue.show()

    def show_rescue(self, folder: Path, found: Found, *, is_done: bool = False) -> None:
        """What of an archive can be read; after its rescue, what the new one in `folder` holds."""
        from widgets.rescue_page import RescueActs, RescuePage

        self._is_looking = False
        acts = RescueActs(self._rescue, self._restore_of, lambda: self.restored(folder), self._show_start)
        self._put_away_rescue()
        self._rescue_page = RescuePage(self._texts, folder.name, found, acts, is_done=is_done)
        self._pages.addWidget(self._rescue_page)
        self._pages.setCurrentWidget(self._rescue_page)
        self._trouble.hide()
        self._rescue_page.setFocus()

    def _look_for_rescue(self) -> None:
        folder = self._archives.currentData()
        if folder is None or self._wait_left:
            return
        if not self._passphrase.text():
            self._say_of_secret(self._texts.tr("Type your passphrase first: it opens the archive for reading."))
            self._passphrase.setFocus()
            return
        self._look_at(folder, self._passphrase.text())

    def _look_at(self, folder: Path, secret: str) -> None:
        self._tried, self._is_looking = (folder, secret), True
        if self._pages.currentWidget() is not self._progress:
            self._before_busy = self._pages.currentWidget()
        self.busy(self._texts.tr("Looking at what of the archive is whole…"), can_cancel=True)
        self._doors.look(folder, secret)

    def _rescue(self) -> None:
        from widgets.rescue_page import RescueDialog

        dialog = RescueDialog(self._texts, self._place, self)
        if dialog.exec() and self._tried is not None:
            folder, secret = self._tried
            self._start(self._texts.tr("Rescuing into a new archive and checking it…"), can_cancel=True)
            self._doors.rescue(folder, dialog.target(), secret)

    def _put_away_rescue(self) -> None:
        page, self._rescue_page = self._rescue_page, None
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

    def restored(self, folder: Path) -> None:
        """The roof restored a backup into `folder`: it is offered for opening."""
        self._chosen = (folder,)
        self._show_start()

    def show_code(self, owner: str, code: str, doors: CodeDoors, done: Callable[[], None]) -> None:
        """A new archive's first recovery code: printed and typed back before the desk, or later."""
        from widgets.recovery import RecoveryCodePage

        asked = RecoveryCodePage(self._texts, owner, code, doors, lambda _taken: done())
        asked.setMinimumWidth(464)  # the widest codes are read whole
        page = QWidget()
        column = stacked(Card(asked, padding=24))
        column.addStretch(1)
        page.setLayout(column)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        asked.setFocus()

    def ask_partner(self, add: Callable[[str, str], None], skip: Callable[[], None]) -> None:
        """After the first code: the work partner gets a sign-in of their own, or later in the settings."""
        from widgets.second_worker import SecondWorker

        def start(name: str, passphrase: str) -> None:
            self._start(self._texts.tr("Adding a worker"))
            add(name, passphrase)

        page = SecondWorker(self._texts, start, skip)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.begin()

    def _start(self, words: str, *, can_cancel: bool = False) -> None:
        self._before_busy = self._pages.currentWidget()
        self.busy(words, can_cancel=can_cancel)

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()
        self._told.start()

    def _say_of_secret(self, words: str) -> None:
        """Beside the field that it is about; nothing when it is being typed anew."""
        if not words and self._wait_left:
            return
        self._secret_trouble.setText(words)
        self._secret_trouble.setVisible(bool(words))
        mark_wrong(self._passphrase, words)

    def _hold(self, seconds: int) -> None:
        self._wait_left = seconds
        self._wait.start()
        self._show_wait()

    def _on_second(self) -> None:
        self._wait_left -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        if self._wait_left <= 0:
            self._wait.stop()
            self._say_of_secret("")
        else:
            self._say_of_secret(
                self._texts.tr("Wrong passphrase many times. You can try again in {n} s.", n=self._wait_left)
            )
        self._open_button.setEnabled(self._wait_left <= 0)


class _Busy(QWidget):
    """What is being done, a thin bar, and *Cancel* where it is safe."""

    def __init__(self, texts: Texts, cancel: Callable[[], Any]) -> None:
        super().__init__()
        self._words = label("", "strong", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button(texts.tr("Cancel"), cancel)
        column = stacked(Card(self._words, self._bar, beside(None, self._stop), spacing=16, padding=24))
        column.addStretch(1)
        self.setLayout(column)

    def begin(self, words: str, *, can_cancel: bool) -> None:
        self.say(words)
        self._bar.setRange(0, 0)
        self._stop.setVisible(can_cancel)

    def say(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setAccessibleName(words)

    def show_share(self, share: float) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(share * 1000))


def _brand(texts: Texts) -> QWidget:
    brand = QWidget()
    name = label("Havainto", "heading")
    name.setStyleSheet("font-size: 28px;")
    brand.setLayout(stacked(name, label(texts.tr("Interaction observation in pairs"), "muted"), spacing=2))
    return brand
