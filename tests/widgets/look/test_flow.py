"""Parts side by side that go on in the next row."""

from PySide6.QtWidgets import QWidget

from widgets.look.flow import GAP, Flow
from widgets.look.parts import label


def test_what_is_lower_stands_in_the_middle_of_its_row(qtbot) -> None:
    held, high, low, last = QWidget(), label("high"), label("low", "caption"), label("last")
    high.setFixedSize(80, 60)
    held.setLayout(Flow(high, low, last))
    qtbot.addWidget(held)
    held.resize(80 + GAP + low.sizeHint().width() + 2, 200)
    held.show()
    assert abs(low.geometry().center().y() - high.geometry().center().y()) <= 1
    assert last.geometry().top() == high.geometry().bottom() + 1 + GAP
    assert held.layout().heightForWidth(held.width()) == 60 + GAP + last.height()
    for part in (high, low, last):
        part.hide()
    assert held.layout().heightForWidth(held.width()) == 0
