"""The head of a column is never cut: whatever its words, it stands in the two lines that it has."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from app.tables import Cell, Column, Table
from widgets.look.look import CAPTION, font
from widgets.numbers.sheet_table import PADDING, SheetTable


@pytest.mark.parametrize("tight", [True, False])
@pytest.mark.parametrize(
    "name", ["justerat för slumpen", "painotettuna, sattuma huomioiden", "a b c d e f g", "samoin"]
)
def test_a_head_takes_two_lines_at_most(qtbot, name: str, tight: bool) -> None:
    columns = (Column("Uppgift"), Column(name, is_figure=True))
    made = SheetTable(Table(columns, ((Cell("x"), Cell("1", is_figure=True)),)), "table", tight=tight)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    metrics = QFontMetrics(font(CAPTION, weight=QFont.Weight.DemiBold))
    room = QRect(0, 0, made.columnWidth(1) - PADDING + 2, 1000)
    assert metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, name).height() <= 2 * metrics.lineSpacing()
