"""*Läheisverkosto*: the map of the child's close network, painted from the shapes that a page would have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.casework.case_file import CaseFile
from app.casework.network import NetworkMap, network_map
from app.charts.drawing import Drawing
from app.charts.network import network
from app.i18n import Texts, today
from app.model.people import Person
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, button, clear, label
from widgets.numbers.chart_painting import SCALE, ChartPainter, pen_for


class NetworkView(QWidget):
    """The map; its words are heard instead of it."""

    def __init__(self, texts: Texts, look: Look) -> None:
        super().__init__()
        self._texts, self._look = texts, look
        self._map: NetworkMap | None = None
        self.drawing = Drawing(0, 0, ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_map(self, shown: NetworkMap) -> None:
        self._map = shown
        self.setAccessibleName(self._texts.tr("Map of the close network: {told}", told=shown.told))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ChartPainter(painter, self._look, self.drawing).paint()
        painter.end()

    def _draw(self) -> None:
        if self._map is None or self.width() < 1:
            return
        shown = self._map
        self.drawing = network(shown.child, shown.knots, shown.words, pen_for(self.width()))
        height = round(self.drawing.height * SCALE)
        if self.height() != height:
            self.setFixedHeight(height)
        self.update()


class NetworkCard(Card):
    """The map, and who is not on it yet. Who is of the network only is chosen here: `choose(person_id)`."""

    def __init__(self, texts: Texts, look: Look, choose: Callable[[str], None]) -> None:
        super().__init__(spacing=8, padding=14)
        self._texts, self._choose = texts, choose
        self.pills: dict[str, QPushButton] = {}
        self._people = Flow()
        self.view = NetworkView(texts, look)
        self._words = label("", "caption", wrap=True)
        self.column.addWidget(self.view)
        self.column.addWidget(self._words)
        self.column.addLayout(self._people)

    def show_case(self, case: CaseFile, chosen: str) -> None:
        t, shown = self._texts, network_map(self._texts, case, today())
        self.view.setVisible(bool(shown.knots))
        self.view.show_map(shown)
        how = t.tr("Choose a person, then where the person stands on the map of the close network.")
        left = t.tr("Not on the map: {who}", who=", ".join(shown.left)) if shown.left else ""
        words = left if shown.knots else how
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._show_people([p for p in case.everybody if p.network_only], chosen)

    def _show_people(self, people: Sequence[Person], chosen: str) -> None:
        """Those who are not among the family's tiles."""
        if list(self.pills) != [p.id for p in people]:
            clear(self._people)
            self.pills = {p.id: button("", partial(self._choose, p.id), "pill") for p in people}
            for pill in self.pills.values():
                pill.setCheckable(True)
                self._people.addWidget(pill)
        for person in people:
            pill = self.pills[person.id]
            pill.setText(person.called)
            pill.setAccessibleName(self._texts.tr("{who}, of the network only", who=person.called))
            pill.setChecked(person.id == chosen)
