"""How bright a widget is drawn, as a mean over its pixels."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget


def brightness(widget: QWidget) -> float:
    """0 is black, 255 white."""
    image = widget.grab().toImage()
    points = [(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    return sum(QColor(image.pixel(x, y)).lightness() for x, y in points) / len(points)
