"""A generated table or chart of a section, read only: its rows as in the PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.model.statement import Paragraph
from widgets.look.parts import beside, hairline, label, stacked


class TableBlock(QFrame):
    """Rows of a paragraph's cells; the first is the header."""

    def __init__(self, paragraph: Paragraph, act: QWidget | None = None, *, is_out: bool = False) -> None:
        """`act` stands below the rows; a table that `is_out` of the document is its name and that."""
        super().__init__()
        self.setObjectName("inset")
        self.setAccessibleName(paragraph.about)
        grid = QGridLayout()
        whole = stacked(spacing=6, margins=(14, 10, 14, 10))
        if is_out:
            whole.addWidget(label(paragraph.about, "muted", wrap=True))
        whole.addLayout(grid)
        if act is not None:
            whole.addLayout(beside(None, act))
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        line = 0
        for number, row in enumerate(() if is_out else paragraph.cells):
            for column, cell in enumerate(row):
                made = label(cell, "section" if number == 0 else "", wrap=True)
                made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(made, line, column)
            line += 1
            if number == 0:
                grid.addWidget(hairline(), line, 0, 1, len(row))
                line += 1
        for column, share in enumerate(_shares(paragraph.cells)):
            grid.setColumnStretch(column, share)
        self.setLayout(whole)


def _shares(cells: tuple[tuple[str, ...], ...]) -> list[int]:
    """Room by the longest text of each column, within bounds."""
    columns = max((len(row) for row in cells), default=0)
    return [min(max(max((len(row[c]) for row in cells if c < len(row)), default=1), 4), 40) for c in range(columns)]
