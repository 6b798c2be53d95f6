"""Quiet notices: what happened in plain words, with at most one action. Screens show them; nothing here draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.error_texts import sentence
from app.errors import AppError
from app.i18n import Texts


class Tone(StrEnum):
    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Notice:
    """A sentence or two. `action` is run when its button `action_label` is pressed; what `stays` is closed by hand."""

    text: str
    tone: Tone = Tone.INFO
    action_label: str = ""
    action: Callable[[], None] | None = None
    stays: bool = False


class Notices(QObject):
    """Where every part of the program says what a person should know."""

    said = Signal(object)

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = texts

    def say(self, notice: Notice) -> None:
        self.said.emit(notice)

    def done(self, text: str) -> None:
        self.say(Notice(text, Tone.DONE))

    def info(self, text: str) -> None:
        self.say(Notice(text))

    def warn(self, text: str) -> None:
        self.say(Notice(text, Tone.WARNING))

    def trouble(self, error: AppError) -> None:
        """The sentence of an expected trouble."""
        self.say(Notice(sentence(self.texts, error), Tone.TROUBLE))
