"""Which of our own tells a screen reader what a widget is. Asked only while a reader listens, so that it costs nothing.

What is made here stays alive as long as Qt may ask it: PySide keeps what a factory gave until the program ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_W = TypeVar("_W", bound=type[QWidget])
Teller = Callable[[Any], QAccessibleInterface]

#: by the name of a widget's class
_tellers: dict[str, Teller] = {}


def told_by(teller: Teller) -> Callable[[_W], _W]:
    """A class of widgets, and what is made from it, is told by `teller`, which gets the widget."""

    def take(kind: _W) -> _W:
        _tellers[kind.__name__] = teller
        return kind

    return take


class GroupTold(QAccessibleWidget):
    """A part of the window that has a name: a reader says it once, when the keys come into it."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part, QAccessible.Role.Grouping)


def say(where: QWidget, words: str) -> None:
    """Have something read out at once that must not wait until somebody comes by it; `where` it stands."""
    if words and QAccessible.isActive():
        said = QAccessibleAnnouncementEvent(where, words)
        said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(said)


@cache
def begin() -> None:
    """From now on readers are told so. Once in a process."""
    QAccessible.installFactory(_tell)


def _tell(kind: str, what: QObject | None) -> QAccessibleInterface | None:
    """Asked for each class of an object, from its own down to QObject; None leaves it to Qt."""
    if not isinstance(what, QWidget):
        return None
    return _tellers[kind](what) if kind in _tellers else None
