"""Where Tab goes: through a place as it is read, whenever its parts were made.

Qt's own order is that of making, so rows that come later, or a text that is opened anew, would stand behind all else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLayout,
    QWidget,
)

#: their parts belong to them
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)


def tab_stops(top: QWidget) -> list[QWidget]:
    """What Tab stops at within `top`, in sight or scrolled away, in the order in which it is read."""
    return list(_stops(top))


def lead(top: QWidget, *, is_next: bool, behind: QWidget | None = None) -> bool:
    """Hand the keys on within the window `top`, round its end; whether there was one to have them.

    `behind` is where they are led from when it is not what has them.
    """
    led = behind or QApplication.focusWidget()
    if led is None or (behind is None and not (led.isVisible() and led.isEnabled())):
        return False  # nobody leads them: what had them goes
    every = tab_stops(top)
    now = _stop_of(led, every)
    stops = [s for s in every if s is now or (s.isEnabled() and _speaks_for_group(s, every))]
    if now is None or len(stops) < 2:
        return False
    if not _speaks_for_group(now, every):
        stops = [s for s in stops if s is now or _group(s) is not _group(now)]
    reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
    stops[(stops.index(now) + (1 if is_next else -1)) % len(stops)].setFocus(reason)
    return True


def _stop_of(part: QWidget, stops: list[QWidget]) -> QWidget | None:
    """The stop that `part` is or lies in; of what is none itself, the first in it."""
    known = set(stops)
    over: QWidget | None = part
    while over is not None and over not in known:
        over = over.parentWidget()
    if over is None:
        return next((stop for stop in stops if part.isAncestorOf(stop)), None)
    return over


def _group(stop: QWidget) -> QButtonGroup | None:
    """The group of which only one button can be chosen."""
    group = stop.group() if isinstance(stop, QAbstractButton) else None
    return group if group is not None and group.exclusive() else None


def _speaks_for_group(stop: QWidget, stops: list[QWidget]) -> bool:
    """Tab stops once at buttons of which one is chosen: there, or at the first; the arrows lead among them."""
    group = _group(stop)
    if group is None:
        return True
    chosen = group.checkedButton()
    there = [s for s in stops if s.isEnabled() and _group(s) is group]
    return stop is (chosen if chosen in there else next(iter(there), stop))


def _stops(part: QWidget) -> Iterator[QWidget]:
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    if not isinstance(part, _WHOLE):
        for child in _children(part):
            yield from _stops(child)


def _children(part: QWidget) -> list[QWidget]:
    """A layout says in which order its parts are read; what lies in none is read where it lies."""
    options = Qt.FindChildOption.FindDirectChildrenOnly
    shown = [c for c in part.findChildren(QWidget, options=options) if not c.isHidden() and not c.isWindow()]
    layout = part.layout()
    laid = [] if layout is None else [w for w in _laid(layout) if w in shown]
    placed = set(laid)
    return [*laid, *sorted((c for c in shown if c not in placed), key=cmp_to_key(_as_they_lie))]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)


def _as_they_lie(one: QWidget, other: QWidget) -> int:
    """Lines from above down, each from the left."""
    a, b = one.geometry(), other.geometry()
    if a.bottom() < b.top() or b.bottom() < a.top():
        return a.top() - b.top()
    return a.left() - b.left()
