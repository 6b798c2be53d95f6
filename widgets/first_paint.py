"""The first window shown once and looked at: whether this installation can draw at all. For `havainto self-test`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QApplication

from app.i18n import Texts
from app.settings.preferences import Preferences
from widgets.look import look as looks
from widgets.unlock import Doors, UnlockWindow

#: a window of the program has more colors than this, by its smoothed letters alone
_COLORS = 20


def first_paint(app: QApplication, preferences: Preferences, place: Path) -> str:
    """Where it was painted and in which font. Raises OSError when nothing was, or the program's own font is not there.

    `place` is where a new archive would be offered to lie; nothing is made there.
    """
    looks.load_fonts()
    family = QFontInfo(looks.font()).family()
    if family != looks.FAMILY:
        raise OSError(f"{family} came for the font {looks.FAMILY}")
    look = looks.look_for("light", films=False)
    closed: dict[str, Any] = {door.name: _nothing for door in fields(Doors)} | {"names": lambda _: ()}
    window = UnlockWindow(Texts("fi"), look, preferences, Doors(**closed), place)
    if app.platformName() != "offscreen":
        window.show()
    painted = window.grab().toImage()
    window.close()
    window.deleteLater()
    if len(_colors(painted)) <= _COLORS:
        raise OSError("nothing is painted")
    return f"painted on {app.platformName()}, in {family}"


def _nothing(*_: object) -> None:
    """No door leads anywhere here."""


def _colors(image: QImage) -> set[int]:
    across, down = range(0, image.width(), 3), range(0, image.height(), 3)
    return {image.pixel(x, y) for x in across for y in down}
