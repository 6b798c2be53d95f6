"""A field whose content is refused is drawn as wrong, and a screen reader hears why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def mark_wrong(widget: QWidget, said: str) -> None:
    """Draw a field as wrong for the reason `said`, or as right again when that is empty."""
    widget.setAccessibleDescription(said)
    if bool(widget.property("wrong")) != bool(said):
        widget.setProperty("wrong", bool(said))
        widget.style().unpolish(widget)
        widget.style().polish(widget)
