"""What others made and the program stands on: every package of the lock, what lies inside it, and the licence texts.

`resources/third_party` holds all of it, written by `make third-party` but for `by_hand.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

import resources
from app.i18n import Texts
from widgets.look.parts import Card, beside, button, label, stacked

_TEXTS_HEIGHT = 360  # pixels: some twenty lines at once


class ThirdPartyCard(Card):
    """Rows of name and licence, those inside a package set in below it; the texts come when they are asked for."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(spacing=14, padding=20)
        self._texts = texts
        self._ask = button(texts.tr("Show the licence texts"), self._show_texts)
        self.column.addLayout(beside(self._ask, None))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for number, (name, licence) in enumerate(_rows()):
            grid.addWidget(label(name, wrap=True), number, 0)
            grid.addWidget(label(licence, "muted", wrap=True), number, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.column.addLayout(grid)

    def _show_texts(self) -> None:
        """In the place of the button that asked."""
        shown = QPlainTextEdit((_folder() / "licences.txt").read_text("utf-8"))
        shown.setReadOnly(True)
        shown.setAccessibleName(self._texts.tr("Licence texts"))
        framed = QWidget()  # the height is its own: the style sheet gives a field of text one
        framed.setFixedHeight(_TEXTS_HEIGHT)
        framed.setLayout(stacked(shown))
        self.column.insertWidget(0, framed)
        shown.setFocus()
        self._ask.hide()


def _folder() -> Path:
    return resources.folder() / "third_party"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_folder() / name).read_text("utf-8"))


def _rows() -> Iterator[tuple[str, str]]:
    hand = _read("by_hand.toml")
    for package in _read("packages.toml")["packages"]:
        yield f"{package['name']} {package['version']}", package["licence"]
        lies = package["name"].lower().replace("_", "-")
        for row in hand["inside"]:
            if row["of"] == lies:
                yield f"    {row['name']} {row.get('version', '')}".rstrip(), row["licence"]
    for row in hand["beside"]:
        yield row["name"], row["licence"]
