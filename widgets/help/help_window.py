"""The manual beside the work: list and search at the left, the page at the right, and a way to its screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.i18n import Texts
from app.manual.pages import FIRST, STEPS, Page, contents, names, page
from app.manual.search import search
from app.office.beginning import Beginning, StepNow
from app.office.beginning_words import as_page
from app.settings.preferences import Preferences
from widgets.folding import size_to_fit
from widgets.help.manual_view import PICTURE, ManualView
from widgets.keys.keys_ahead import KeysAhead
from widgets.keys.matcher import Matcher
from widgets.look.look import CAPTION, Look, font
from widgets.look.parts import beside, button, hairline, label, stacked

LEFT = 270
_NAME = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):
    """Belongs to the window it was opened from and goes with it. Nothing in it is of a client."""

    screen_asked = Signal(str, dict)  # a place and what it shall show
    steps_asked = Signal()  # the first steps shall be on the desk again
    report_asked = Signal()

    def __init__(
        self,
        texts: Texts,
        look: Look,
        preferences: Preferences,
        parent: QWidget,
        steps: Callable[[], Beginning] | None = None,
    ) -> None:
        """`steps` tells how the first case stands; None where no archive is open, and then no screen is led to."""
        super().__init__(parent)
        self._texts, self._preferences, self._steps = texts, preferences, steps
        self.setWindowTitle(texts.tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = ManualView(texts.language, self._read)
        self.view.setMinimumWidth(420)
        self._build(look)
        self.view.page_asked.connect(self.show_page)
        self.view.step_asked.connect(self._on_step)
        self.view.sourceChanged.connect(lambda _: self._on_shown())
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.view.forwardAvailable.connect(self.forward.setEnabled)
        Matcher({"find": self.search.setFocus}, preferences).bind(self)
        self._ahead = KeysAhead(self)
        self._fill()
        size_to_fit(self, LEFT + PICTURE + 110, 780)

    def show_page(self, name: str) -> None:
        """Show a page by its name; the first one for a name that is no page's."""
        self.view.show_page(name if name in names() else FIRST)
        self.view.setFocus()

    def come(self) -> None:
        """Be seen, with the keys: what is typed at once is already for the manual."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._ahead.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Words typed anywhere here are searched for."""
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if is_plain and event.text().strip() and event.text().isprintable() and not self.search.hasFocus():
            self.search.setFocus()
            self.search.selectAll()
            QApplication.sendEvent(self.search, event)
        else:
            super().keyPressEvent(event)

    # building

    def _build(self, look: Look) -> None:
        t = self._texts
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search the manual"))
        self.search.setAccessibleName(t.tr("Search the manual"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._fill())
        self.search.returnPressed.connect(self._on_enter)
        self.list = QListWidget()
        self.list.setAccessibleName(t.tr("Pages"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        self._told = label("", "caption", wrap=True)
        self.back = self._arrow(look, "chevron-left", t.tr("Back"), self.view.backward)
        self.forward = self._arrow(look, "chevron-right", t.tr("Forward"), self.view.forward)
        self.open_screen = button("", self._on_open)
        self.steps = button(t.tr("Show the steps on the desk"), self.steps_asked.emit)
        report = button(t.tr("Report a problem…"), self.report_asked.emit, "quiet")
        left = QFrame()
        left.setObjectName("panel")
        left.setFixedWidth(LEFT)
        left.setLayout(stacked(self.search, self._told, self.list, report, spacing=8, margins=(14, 14, 14, 12)))
        head = beside(self.back, self.forward, None, self.steps, self.open_screen, margins=(16, 10, 16, 10))
        right = stacked(spacing=0)
        right.addLayout(head)
        right.addWidget(hairline())
        right.addWidget(self.view, 1)
        whole = beside(left, spacing=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _arrow(self, look: Look, icon: str, name: str, act: Callable[[], object]) -> QPushButton:
        made = button("", act, "quiet")
        made.setIcon(look.icon(icon))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setEnabled(False)
        return made

    # pages

    def _page(self, name: str) -> Page:
        return page(name, self._texts, self._preferences.keys)

    def _read(self, name: str) -> Page:
        """A page with the steps of the first case in their place, as they stand now."""
        found = self._page(name)
        steps = as_page(self._texts, self._steps()) if STEPS in found.markdown and self._steps is not None else ""
        return replace(found, markdown=found.markdown.replace(STEPS, steps))

    def _fill(self) -> None:
        """Every page under its group; or what was found, with the line that tells why."""
        asked = self.search.text().strip()
        self.list.clear()
        if not asked:
            self._told.hide()
            for group in contents():
                head = QListWidgetItem(self._texts.words(group.title).upper())
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(font(CAPTION, weight=QFont.Weight.DemiBold))
                self.list.addItem(head)
                for name in group.pages:
                    self._add(name, self._page(name).title)
            self._mark()
            return
        hits = search([self._page(name) for name in names()], asked)
        for hit in hits:
            self._add(hit.page.name, hit.page.title, hit.line)
        n = len(hits)
        nothing = self._texts.tr("Nothing found. Try another word, or only its beginning.")
        self._told.setText(self._texts.trn("{n} page", "{n} pages", n) if n else nothing)
        self._told.show()

    def _add(self, name: str, title: str, line: str = "") -> None:
        """A page in the list; below it the line that tells why it was found, which is heard with its title."""
        item = QListWidgetItem(title)
        item.setData(_NAME, name)
        self.list.addItem(item)
        if line:
            item.setFont(font(weight=QFont.Weight.DemiBold))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}. {line}")
            why = QListWidgetItem(line)
            why.setData(_NAME, name)
            why.setFont(font(CAPTION))
            why.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(why)

    def _mark(self) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == self.view.name:
                self.list.setCurrentRow(row)

    # reactions

    def _on_shown(self) -> None:
        opens = self._page(self.view.name).opens
        leads = self._steps is not None and bool(opens)
        self.open_screen.setVisible(leads)
        self.steps.setVisible(self._steps is not None and self.view.name == FIRST)
        if leads:
            self.open_screen.setText(self._texts.tr("Open the screen: {place}", place=self._place_name(opens[0])))
        self._mark()

    def _place_name(self, place: str) -> str:
        from app.shortcuts.actions import action

        return self._texts.tr(action(f"place.{place}").name)

    def _on_open(self) -> None:
        place, *part = self._page(self.view.name).opens
        self.screen_asked.emit(place, {"part": part[0]} if part else {})

    def _on_step(self, name: str) -> None:
        found: StepNow | None = None if self._steps is None else next(
            (s for s in self._steps().steps if s.step == name), None
        )  # fmt: skip
        if found is not None:
            self.screen_asked.emit(found.place, found.ids)

    def _on_item(self, item: QListWidgetItem) -> None:
        if name := item.data(_NAME):
            self.show_page(name)

    def _on_enter(self) -> None:
        first = next((self.list.item(n) for n in range(self.list.count()) if self.list.item(n).data(_NAME)), None)
        if first is not None and self.search.text().strip():
            self._on_item(first)
