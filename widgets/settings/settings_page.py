"""One page of the settings: its name, a line that says what it is for, and its cards."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QSizePolicy, QWidget

from widgets.look.parts import label, scrolled, section_label, stacked

WIDEST = 1040


class SettingsPage(QWidget):
    """Cards one below another; a card with a name of its own has it above. It scrolls when it does not fit."""

    def __init__(self, name: str, about: str, cards: tuple[tuple[str, QWidget], ...]) -> None:
        super().__init__()
        self.name = name
        self.cards = tuple(card for _named, card in cards)
        inside = QWidget()
        column = stacked(label(name, "heading"), spacing=10, margins=(28, 20, 28, 28))
        if about:
            column.addWidget(label(about, "muted", wrap=True))
        column.addSpacing(6)
        grows = False
        for named, card in cards:
            if named:
                column.addWidget(section_label(named))
            card.setMaximumWidth(WIDEST)
            grows = card.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding
            column.addWidget(card, int(grows))
            column.addSpacing(8)
        if not grows:
            column.addStretch(1)
        inside.setLayout(column)
        self._area: QScrollArea = scrolled(inside)
        self.setLayout(stacked(self._area))

    def refresh(self) -> None:
        """Read anew what the cards show."""
        for card in self.cards:
            again = getattr(card, "refresh", None)
            if again is not None:
                again()

    def words(self) -> str:
        """All that can be read on the page, case-folded: what a search looks in."""
        said = [self.name]
        for part in self.findChildren(QWidget):
            if isinstance(part, QLabel | QAbstractButton):
                said.append(part.text())
            elif isinstance(part, QComboBox):
                said += [part.itemText(n) for n in range(part.count())]
        return " ".join(said).casefold()
