"""Quiet notices: what happened in plain words, with at most one action. Screens show them; nothing here draws."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.error_texts import sentence
from app.errors import AppError, FilmError, StoreError
from app.i18n import Texts

if TYPE_CHECKING:
    from app.editing import Editor

_log = logging.getLogger(__name__)


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
    """Where every part of the program says what a person should know.

    What is said is kept until a window has shown it and it was put away: it outlives a window that is made anew, and
    waits where there is none yet.
    """

    said = Signal(object)
    taken_back = Signal(object)  # Notice: what it says is so no longer
    rescue_wanted = Signal()  # what of the damaged archive is whole shall be looked at
    report_wanted = Signal(object)  # AppError: a report about it shall be read and maybe kept

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = texts
        self._standing: tuple[Notice, ...] = ()

    @property
    def standing(self) -> tuple[Notice, ...]:
        """What was said and not yet put away, the oldest first."""
        return self._standing

    def say(self, notice: Notice) -> None:
        _log.debug("a notice: %s", notice.tone, stack_info=True)  # from where, never what: it may name people
        self._standing = (*self._standing, notice)
        self.said.emit(notice)

    def say_of_step(self, notice: Notice, editor: Editor) -> None:
        """What the latest step of an editor did. It goes when that step is undone.

        One with an action, which is to undo that step, goes with the next step too: it would undo another one.
        """
        stack, taken = editor.stack, editor.stack.index()

        def follow(now: int) -> None:
            is_standing = any(n is notice for n in self._standing)
            if is_standing and now >= taken and notice.action is None:
                return
            stack.indexChanged.disconnect(follow)
            if is_standing:
                self.put_away(notice)
                self.taken_back.emit(notice)

        self.say(notice)
        stack.indexChanged.connect(follow)

    def put_away(self, notice: Notice) -> None:
        """It was read, or its time is over; one that was put away before is no trouble."""
        self._standing = tuple(n for n in self._standing if n is not notice)

    def done(self, text: str) -> None:
        self.say(Notice(text, Tone.DONE))

    def info(self, text: str) -> None:
        self.say(Notice(text))

    def warn(self, text: str) -> None:
        self.say(Notice(text, Tone.WARNING))

    def paper(self, words: Iterable[str]) -> None:
        """Before a paper with these words is made: which letters cannot be shown, if any."""
        from app.reports.letters import told

        if unshown := told(self.texts, words):
            self.warn(unshown)

    def trouble(self, error: AppError) -> None:
        """The sentence of an expected trouble; of a film that could not be used a report can be made.

        Of a damaged archive it is said once, and leads to what of it is whole.
        """
        words = sentence(self.texts, error)
        if isinstance(error, FilmError) and error.key.startswith("film-"):
            wanted = partial(self.report_wanted.emit, error)
            self.say(Notice(words, Tone.TROUBLE, self.texts.tr("Problem report…"), wanted, stays=True))
        elif isinstance(error, StoreError) and error.key == "damaged":
            self._say_damaged(words)
        else:
            self.say(Notice(words, Tone.TROUBLE))

    def _say_damaged(self, words: str) -> None:
        if all(notice.text != words for notice in self._standing):
            wanted = self.rescue_wanted.emit
            self.say(Notice(words, Tone.TROUBLE, self.texts.tr("Rescue…"), wanted, stays=True))
