"""Where Tab goes in rows that come and go: rows made later still come before what stands below them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget


def tab_stops(part: QWidget) -> list[QWidget]:
    """What Tab stops at in a widget, in the order of its making."""
    return [w for w in (part, *part.findChildren(QWidget)) if _is_stop(w) and w.window() is part.window()]


def _is_stop(widget: QWidget) -> bool:
    if isinstance(widget.parent(), QComboBox | QSpinBox):
        return False  # the line inside belongs to its box
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def put_before(anchor: QWidget, parts: Iterable[QWidget]) -> None:
    """Tab goes through `parts`, in their order, just before it comes to `anchor`."""
    stops = [stop for part in parts for stop in tab_stops(part)]
    before: QWidget | None = anchor.previousInFocusChain()
    while before is not None and before is not anchor and (not _is_stop(before) or before in stops):
        before = before.previousInFocusChain()
    if before is None or before is anchor:
        return
    for stop in (*stops, anchor):
        QWidget.setTabOrder(before, stop)
        before = stop
