"""The small building blocks that all screens share: buttons, cards, rows, fields, empty states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.i18n import Texts
from widgets.look.look import Look


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Text of one kind: title, heading, large, strong, muted, caption, section, key, danger; plain when empty."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


class OneLine(QLabel):
    """A line that ends in … where it does not fit; the whole is in its tip."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


def keep_place(part: QWidget) -> None:
    """What comes and goes keeps its place while it is hidden: nothing beside it moves under a hand."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    part.setSizePolicy(policy)


def section_label(text: str) -> QLabel:
    """The small heading above a group of things."""
    return label(text.upper(), "section")


def key_cap(keys: str) -> QLabel:
    """A key beside the action that it does."""
    made = label(keys, "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def button(text: str, on_press: Callable[[], Any] | None = None, kind: str = "") -> QPushButton:
    """A button; `kind` is primary (one per screen), quiet, danger, link or pill."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if on_press is not None:
        made.clicked.connect(lambda _checked=False: on_press())
    return made


def primary_button(text: str, on_press: Callable[[], Any] | None = None) -> QPushButton:
    return button(text, on_press, "primary")


def as_kind(made: QPushButton, kind: str) -> None:
    """A button of another kind than it was."""
    wear(made, "kind", kind)


def wear(part: QWidget, name: str, value: str) -> None:
    """What the style sheet looks at is another than it was."""
    if (part.property(name) or "") != value:
        part.setProperty(name, value)
        part.style().unpolish(part)
        part.style().polish(part)


def hairline() -> QFrame:
    line = QFrame()
    line.setObjectName("hairline")
    return line


def stacked(
    *parts: QWidget | QLayout | None, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Things one below another; None is a stretch."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    _fill(layout, parts)
    return layout


def beside(
    *parts: QWidget | QLayout | None, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Things side by side; None is a stretch."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    _fill(layout, parts)
    return layout


def _fill(layout: QVBoxLayout | QHBoxLayout, parts: tuple[QWidget | QLayout | None, ...]) -> None:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def picture_label(look: Look, icon: str, words: str, size: int) -> QWidget:
    """A small picture and what it means beside it: one row of a key."""
    sign = QLabel()
    sign.setPixmap(look.pixmap(icon, "text", size))
    made = QWidget()
    made.setLayout(beside(sign, label(words, "caption"), spacing=6))
    return made


class Card(QFrame):
    """A white (or raised) sheet with round corners for things that belong together."""

    def __init__(self, *parts: QWidget | QLayout, spacing: int = 8, padding: int = 16) -> None:
        super().__init__()
        self.setObjectName("card")
        self.column = stacked(*parts, spacing=spacing, margins=(padding, padding, padding, padding))
        self.setLayout(self.column)


class Row(QWidget):
    """One line of a list: a sign, a title with a line below it, trailing words, an action, and seldom another."""

    def __init__(
        self,
        look: Look,
        title: str,
        subtitle: str = "",
        icon: str = "",
        trailing: str = "",
        action: QAbstractButton | None = None,
        other: QAbstractButton | None = None,
        mark: QWidget | None = None,
    ) -> None:
        """`mark` stands before the trailing words."""
        super().__init__()
        row = beside(spacing=16, margins=(18, 12, 18, 12))
        if icon:
            sign = QLabel()
            sign.setPixmap(look.pixmap(icon, "muted", 18))
            sign.setFixedWidth(20)
            row.addWidget(sign)
        words = stacked(label(title, "strong", wrap=True), spacing=2)
        if subtitle:
            words.addWidget(label(subtitle, "muted", wrap=True))
        row.addLayout(words, 1)
        if mark is not None:
            row.addWidget(mark)
        if trailing:
            row.addWidget(label(trailing, "muted"))
        for made in (other, action):
            if made is not None:
                if not made.accessibleName():
                    made.setAccessibleName(f"{made.text()}: {title}")
                row.addWidget(made)
        self.setLayout(row)


class ListCard(QFrame):
    """Rows in one card with hairlines between them."""

    def __init__(self, rows: list[QWidget]) -> None:
        super().__init__()
        self.setObjectName("card")
        column = stacked(spacing=0, margins=(1, 1, 1, 1))
        for number, row in enumerate(rows):
            if number:
                column.addWidget(hairline())
            column.addWidget(row)
        self.setLayout(column)


class OnePage(QStackedWidget):
    """One page at a time, no larger than that one needs: what others would is no matter."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().sizeHint() if page is None else page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        return -1 if page is None else page.heightForWidth(width)


class EmptyState(QWidget):
    """What a place is for, and one button."""

    def __init__(self, title: str, words: str, action: QPushButton | None = None) -> None:
        super().__init__()
        column = stacked(spacing=12, margins=(24, 48, 24, 48))
        column.addStretch(1)
        for text, kind in ((title, "heading"), (words, "muted")):
            line = label(text, kind, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line.setMaximumWidth(560)
            holder = beside(None, line, None)
            holder.setStretch(1, 4)
            column.addLayout(holder)
        if action is not None:
            column.addLayout(beside(None, action, None))
        column.addStretch(2)
        self.setLayout(column)


def field(name: str, widget: QWidget, note: str = "") -> QVBoxLayout:
    """A field with its name above and a note below; the name is also what a screen reader says."""
    title = label(name, "caption")
    title.setBuddy(widget)
    widget.setAccessibleName(name)
    column = stacked(title, widget, spacing=4)
    if note:
        column.addWidget(label(note, "caption", wrap=True))
    return column


def settle(part: QWidget) -> None:
    """Sizes as they will be: a style sheet gives them when a part is dressed, and a first paint may come before."""
    for inner in part.findChildren(QWidget):
        inner.ensurePolished()
    for _ in range(3):  # each round reaches one floor higher: a field, its card, the page that scrolls
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def scrolled(inside: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """A page that scrolls when it does not fit; never sideways. `area` is the one to use, where it is to be another."""
    area = area or QScrollArea()
    area.setObjectName("page")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setObjectName("body")
    area.setWidget(inside)
    return area


class AsHighAsItsWords(QScrollArea):
    """A scrolled page that asks for the height of its words in the width that it has, and scrolls only below that.

    Qt takes as a page's least height the one that it would have at its least width.
    """

    def sizeHint(self) -> QSize:
        found, layout = super().sizeHint(), self._words()
        if layout is None:
            return found
        return QSize(found.width(), layout.totalHeightForWidth(self._room()) + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page, layout = self.widget(), self._words()
        if page is not None and layout is not None:
            page.setMinimumHeight(layout.totalMinimumHeightForWidth(self._room()))

    def _words(self) -> QLayout | None:
        """The page's layout, where its height depends on its width."""
        page = self.widget()
        layout = page.layout() if page is not None else None
        return layout if layout is not None and layout.hasHeightForWidth() else None

    def _room(self) -> int:
        """The width that a page has while nothing scrolls, in pixels."""
        return max(self.width() - 2 * self.frameWidth(), 1)


def choice_page(groups: Mapping[str, list[QWidget]]) -> QWidget:
    """The page of a place that asks which one: rows under their titles; a title without rows is left out."""
    column = stacked(spacing=10, margins=(28, 24, 28, 28))
    for title, rows in groups.items():
        if rows:
            column.addWidget(section_label(title))
            column.addWidget(ListCard(rows))
            column.addSpacing(12)
    column.addStretch(1)
    inside = QWidget()
    inside.setLayout(column)
    return scrolled(inside)


def first_focusable(within: QWidget, *, outside: QWidget | None = None) -> QWidget | None:
    """The first thing in sight that keys can be for; what lies in `outside` does not count."""
    for part in within.findChildren(QWidget):
        takes = part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        if takes and part.isVisibleTo(within) and (outside is None or not outside.isAncestorOf(part)):
            return part
    return None


def bring_in_sight(part: QWidget) -> None:
    """Scroll the page that a part lies on until it is seen from its top, and give its first field the keys."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None and (inner := above.widget()) is not None:
        above.verticalScrollBar().setValue(part.mapTo(inner, QPoint(0, 0)).y() - 12)
    if (first := first_focusable(part)) is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        let_go(layout, 0)


def let_go(layout: QLayout, number: int) -> None:
    """Take one part out of a layout, with all that is in it."""
    item = layout.takeAt(number)
    if item is None:
        return
    widget, inner = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
    elif inner is not None:
        clear(inner)


def confirm(parent: QWidget, texts: Texts, question: str, danger: str, instead: str = "") -> bool:
    """Ask before what cannot be undone. Enter and Esc both answer no, which is `instead` or *Cancel*."""
    box = QMessageBox(parent)
    box.setWindowTitle("Havainto")
    box.setText(question)
    yes = box.addButton(danger, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(instead or texts.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes
