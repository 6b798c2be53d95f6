"""What the program is, and its licence."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from app.i18n import Texts
from app.services.library import services
from widgets.look.parts import Card, label


class AboutCard(Card):
    """Version, licence and notices."""

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


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
