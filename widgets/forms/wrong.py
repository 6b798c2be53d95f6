"""A field whose content is refused is drawn as wrong, and a screen reader hears why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def mark_wrong(widget: QWidget, said: str, *, drawn: bool = True) -> None:
    """Draw a field as wrong for the reason `said`, or as right again when that is empty; not `drawn`: only heard."""
    widget.setAccessibleDescription(said)
    if bool(widget.property("wrong")) != (bool(said) and drawn):
        widget.setProperty("wrong", bool(said) and drawn)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
