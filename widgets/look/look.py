"""How everything looks: the palette's tokens, the fonts, the icons and the one style sheet, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

import resources
from app.model.colors import is_color
from app.model.scheme import Scheme
from widgets.look.palette import CONTRAST, DARK, LIGHT, Palette
from widgets.look.style_sheet import style_sheet

FAMILY = "Inter"
TEXT, TITLE, CAPTION = 14, 17, 12


@dataclass(frozen=True)
class Look:
    """The look of one window or screen."""

    palette: Palette

    @property
    def is_dark(self) -> bool:
        return self.palette.is_dark

    def with_scheme(self, scheme: Scheme) -> Look:
        """The same look, knowing the colors of the scheme's own dimensions; one without a color is muted."""
        known = {d: self.palette.dimension(d) for d in sorted({c.dimension for c in scheme.codes} - {""})}
        for dimension in scheme.dimensions:
            own = dimension.dark if self.is_dark else dimension.light
            known[dimension.id] = own if is_color(own) else self.palette.dimension(dimension.id)
        return Look(replace(self.palette, dimensions={**self.palette.dimensions, **known}))

    def color(self, name: str) -> QColor:
        """A token by its name, or a dimension by its letter."""
        if name in self.palette.dimensions:
            return QColor(self.palette.dimensions[name])
        return QColor(getattr(self.palette, name))

    def icon(self, name: str, color: str = "text", size: int = 20) -> QIcon:
        return QIcon(self.pixmap(name, color, size))

    def pixmap(self, name: str, color: str = "text", size: int = 20) -> QPixmap:
        """An icon of `resources/icons` in one of the tokens' colors, sharp on every screen."""
        return _tinted(name, self.color(color).name(), size)


#: a property of the application: the ground of the look whose palette it has
_WORN = "worn"


def look_for(theme: str, *, films: bool) -> Look:
    """`theme` is the setting: dark, light, high contrast, or by the room (dark where films are watched)."""
    if theme == "contrast":
        return Look(CONTRAST)
    dark = theme == "dark" or (theme == "by-room" and films)
    return Look(DARK if dark else LIGHT)


def load_fonts() -> None:
    """Make the program's own font known; afterwards `font()` gives it."""
    for path in sorted((resources.folder() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        assert number >= 0, "a shipped font loads"


def font(size: int = TEXT, *, weight: QFont.Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """The program's font in pixels; `tabular` gives every figure the same width."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, look: Look) -> None:
    """Give the application style, font and palette. The style sheet is given to windows and places: see `dress`.

    A sheet of the application is paid for at every step of building: whenever a widget gets a parent, all that is in
    it is dressed anew.
    """
    if app.property(_WORN) == look.palette.background:
        return
    if app.property(_WORN) is None:
        app.setStyle("Fusion")
        app.setFont(font())
    app.setPalette(qt_palette(look.palette))
    app.setProperty(_WORN, look.palette.background)


def dress(part: QWidget, look: Look) -> None:
    """Give a window, or one part of it, the style sheet of a look, with all that is in it and the dialogs over it.

    Only the style sheet goes down: under one, Qt gives no widget its parent's palette, so what paints by itself takes
    its colors from the look or from the sheet.
    """
    sheet = style_sheet(look.palette)
    if part.styleSheet() != sheet:
        part.setStyleSheet(sheet)


def qt_palette(palette: Palette) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.background,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.raised,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Highlight: palette.focus,
        QPalette.ColorRole.HighlightedText: palette.on_ink if palette.is_dark else "#FFFFFF",
        QPalette.ColorRole.Link: palette.text,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return made


@lru_cache(maxsize=512)
def _tinted(name: str, color: str, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawing = (resources.folder() / "icons" / f"{name}.svg").read_text("utf-8").replace("#000", color)
    app = QApplication.instance()
    scale = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
