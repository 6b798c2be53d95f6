"""The rating sheet as a person sees it: numbers, reasons and linked moments, found by what they are called."""

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.coding.editor import CodingEditor
from app.model.observation import Observation
from tests.drivers.hands import Hands
from widgets.coding.ratings_panel import RatingsPanel


class SheetHands:
    """Hands on one sheet, in the language of its editor."""

    def __init__(self, hands: Hands, panel: RatingsPanel, editor: CodingEditor) -> None:
        self._hands, self._panel, self._editor = hands, panel, editor

    def name(self, item_id: str) -> str:
        item = self._editor.instrument.item(item_id)
        assert item is not None
        return self._editor.texts.words(item.name)

    def point(self, item_id: str, value: int | None) -> QPushButton:
        """The number of an item; None is its way out, *no occasion to observe*."""
        words, instrument = self._editor.texts.words, self._editor.instrument
        if value is None:
            return self._hands.named(self._panel, f"{self.name(item_id)}: {words(instrument.no_occasion)}", QPushButton)
        anchor = next(a for a in instrument.anchors if a.value == value)
        return self._hands.named(self._panel, f"{self.name(item_id)}: {value}, {words(anchor.name)}", QPushButton)

    def rate(self, item_id: str, value: int | None) -> None:
        self._hands.click(self.point(item_id, value))

    def reason(self, item_id: str) -> QLineEdit:
        name = self._editor.texts.tr("{item}: reason", item=self.name(item_id))
        return self._hands.named(self._panel, name, QLineEdit)

    def moment(self, observation: Observation) -> QPushButton:
        """The button of a moment that is linked."""
        self._hands.settle()
        buttons = self._panel.findChildren(QPushButton)
        (found,) = (b for b in buttons if b.isVisible() and b.objectName() == observation.id)
        return found
