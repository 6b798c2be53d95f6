"""What cannot be pressed looks so in every palette, and a notice in a dark room does not glare."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton

from app.i18n import Texts
from app.notices import Notices
from tests.drivers.brightness import brightness
from widgets.forms.inputs import ChoiceBox
from widgets.look import look as looks
from widgets.look.palette import CONTRAST, DARK, LIGHT
from widgets.notice_bar import NoticeBar


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST])
def test_a_button_that_is_off_is_drawn_otherwise(qapp: QApplication, qtbot, palette) -> None:
    looks.apply(qapp, looks.Look(palette))
    drawn = []
    for is_on in (True, False):
        made = QPushButton("Mmm")
        looks.dress(made, looks.Look(palette))
        qtbot.addWidget(made)
        made.setEnabled(is_on)
        made.resize(120, 40)
        drawn.append(brightness(made))
    assert abs(drawn[0] - drawn[1]) > 2


@pytest.mark.parametrize("palette", [DARK, CONTRAST])
def test_a_notice_on_a_dark_ground_is_dark(qapp: QApplication, qtbot, palette) -> None:
    looks.apply(qapp, looks.Look(palette))
    notices = Notices(Texts("en"))
    bar = NoticeBar(notices, Texts("en"), looks.Look(palette))
    looks.dress(bar, looks.Look(palette))
    qtbot.addWidget(bar)
    notices.info("The backup was made.")
    bar.resize(680, 56)
    assert brightness(bar) < 90


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST])
def test_the_row_that_is_marked_in_a_list_of_choices_is_marked_quietly(qtbot, palette) -> None:
    """Where rooms are dark a row in the color of the keys glares."""
    box = ChoiceBox()
    looks.dress(box, looks.Look(palette))
    box.addItems(["one", "two", "three"])
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    qtbot.wait(50)
    image = box.view().window().grab().toImage()
    row = box.view().visualRect(box.model().index(0, 0))
    assert image.pixelColor(image.width() - 20, row.center().y() + 4) == QColor(palette.hover)
    box.hidePopup()
