"""What the program is, its licence, and whose work it stands on."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QGridLayout

import resources
from app.i18n import Texts
from app.services.library import services
from widgets.look.parts import Card, label


class AboutCard(Card):
    """Version, licence, notices, and the third-party list of `resources/third_party.toml`."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(spacing=10, padding=20)
        self.column.addWidget(label("Havainto " + _version("havainto"), "title"))
        for words in (
            texts.tr("Free software under GPL-3.0-or-later; texts and drawings under CC BY 4.0."),
            texts.tr("Works offline: no telemetry, no update check. Nothing is ever sent by itself."),
            *(texts.words(service.rights) for service in services()),
            texts.tr("A program that holds the archive's key could read past the rules of independence."),
        ):
            self.column.addWidget(label(words, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        rows = tomllib.loads((resources.folder() / "third_party.toml").read_text("utf-8"))["packages"]
        for number, row in enumerate(rows):
            grid.addWidget(label(f"{row['name']} {_version(row['name'])}".strip()), number, 0)
            grid.addWidget(label(row["licence"], "muted"), number, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
