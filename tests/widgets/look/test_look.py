"""What is drawn can be told from what it is drawn on, in every palette (ratios of WCAG 2.2)."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.settings.values import Settings
from widgets.forms.wrong import mark_wrong
from widgets.look import look as looks
from widgets.look.parts import button


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("palette", "text", "marks"), [(looks.DARK, 4.5, 3), (looks.LIGHT, 4.5, 3), (looks.CONTRAST, 10, 7)]
)
def test_text_and_marks_stand_out(palette, text, marks) -> None:
    for ground in (palette.background, palette.surface, palette.raised):
        assert min(ratio(palette.text, ground), ratio(palette.muted, ground)) >= text
        drawn = (palette.ink, palette.focus, *palette.dimensions.values())
        assert min(ratio(color, ground) for color in drawn) >= marks


def test_lines_stand_out_in_high_contrast() -> None:
    assert ratio(looks.CONTRAST.line, looks.CONTRAST.surface) >= 3


def test_every_choice_of_colors_has_its_look() -> None:
    choices = Settings.__dataclass_fields__["theme"].metadata["choices"]
    palettes = {name: looks.look_for(name, films=True).palette for name in choices}
    assert palettes["contrast"] is looks.CONTRAST
    assert palettes["by-room"] is palettes["dark"]
    assert looks.look_for("by-room", films=False).palette is looks.LIGHT


class Dressed(QObject):
    """Counts how often a widget was dressed."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def test_another_look_is_put_on_once_and_the_same_one_not_again(qapp, qtbot) -> None:
    """Dressing takes its time: who goes from place to place does not wait for it."""
    button, seen = QPushButton(), Dressed()
    qtbot.addWidget(button)
    button.show()
    button.installEventFilter(seen)
    try:
        looks.dress(button, looks.Look(looks.LIGHT))
        assert seen.times == 0, "it wore this already"
        looks.dress(button, looks.Look(looks.DARK))
        assert seen.times == 1
        looks.apply(qapp, looks.Look(looks.DARK))
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(looks.DARK.background)
        assert qapp.font().pixelSize() == looks.TEXT
        assert not qapp.styleSheet(), "with a sheet of the application every step of building dresses all that is in it"
    finally:
        looks.apply(qapp, looks.Look(looks.LIGHT))


_FIELDS = (QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QTextEdit, QListView, QSlider, QCheckBox)
_KINDS = ("", "primary", "quiet", "danger", "link", "pill", "small")


def test_nothing_is_larger_with_the_keys_or_with_a_fault_in_it(qapp, qtbot) -> None:
    """A field that grows by its thicker edge pushes everything below it from under the hand."""
    looks.apply(qapp, looks.Look(looks.LIGHT))
    window = QWidget()
    qtbot.addWidget(window)
    parts: list[QWidget] = [made() for made in _FIELDS] + [button("x", kind=kind) for kind in _KINDS]
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = {part: part.sizeHint() for part in parts}
    for part in parts:
        part.setFocus()
        assert part.hasFocus()
        part.style().unpolish(part)  # what a size was is remembered until then
        part.style().polish(part)
        assert part.sizeHint() == before[part], (type(part).__name__, part.property("kind"))
        mark_wrong(part, "no")
        assert part.sizeHint() == before[part], type(part).__name__
    heights = {min(p.sizeHint().height(), p.maximumHeight()) for p in parts[:3]}
    assert len(heights) == 1, "fields beside one another are of one height"
