"""Rows of a short list: each its words and a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem


def fill(rows: QListWidget, lines: list[tuple[str, str]]) -> None:
    """Other rows only where they are other ones: what is chosen stays."""
    if [(rows.item(n).text(), rows.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(rows.count())] != lines:
        rows.clear()
        for words, key in lines:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            rows.addItem(item)
