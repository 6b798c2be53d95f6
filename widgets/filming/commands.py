"""What the worker can do while filming, once: for the task list, for the small window, and for the keys of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.filming.capture import Capture
from app.filming.stages import FilmingStage
from app.filming.words import interruption_words
from app.i18n import Texts
from app.model.filming import INTERRUPTION_REASONS, SKIP_REASONS, Happening
from app.model.observation import MarkKind
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from widgets.keys.matcher import Matcher
from widgets.look.parts import confirm


class Commands(QObject):
    """The commands of one capture, with the menus that ask for a reason."""

    note_asked = Signal()
    marked = Signal(str)  # a live mark is in the archive

    def __init__(self, capture: Capture, texts: Texts, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.capture, self._texts, self.preferences = capture, texts, preferences
        #: letters of the live marks; the question to the work partner belongs to coding
        self.marks = Matcher(
            {f"flag.{kind}": partial(self.mark, kind) for kind in (MarkKind.IMPORTANT, MarkKind.CLIP)}, preferences
        )

    def bind(self, widget: QWidget, anchor: QWidget) -> None:
        """The keys work wherever the focus is in `widget`; the menu of reasons opens over `anchor`."""
        acts: dict[str, Callable[[], object]] = {
            "filming.next": self.next,
            "filming.previous": self.previous,
            "filming.interruption": partial(self.interruption, anchor),
            "filming.pause": self.pause,
            "filming.skip": partial(self.skip, anchor),
            "filming.end": partial(self.stop, anchor),
            "filming.note": self.ask_note,
            "filming.at-once": self.at_once,
        }
        Matcher(acts, self.preferences).bind(widget, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # what is possible now

    @property
    def is_interrupted(self) -> bool:
        return self.capture.filmed.lasting(Happening.INTERRUPTION) is not None

    @property
    def is_paused(self) -> bool:
        """Whether filming goes on with the next press: in a pause, and while its films are still being finished."""
        return self.capture.stage == FilmingStage.PAUSED or self.capture.is_pausing

    def with_key(self, words: str, action_id: str) -> str:
        """A button's words with the key that does the same: *Tauko   F7*."""
        return f"{words}   {on_cap(self.preferences.keys.of(action_id))}".rstrip()

    def what_is_next(self) -> str:
        """What the main button and the key of the next task do now, as its words."""
        t, filmed = self._texts, self.capture.filmed
        if self.is_paused:
            return t.tr("Go on filming")
        number = filmed.next_number()
        if number is None:
            return t.tr("Last task ends") if filmed.running is not None else t.tr("End filming…")
        return t.tr("Next task") if filmed.segments else t.tr("First task")

    def next_name(self) -> str:
        """Which task comes next, by name; empty when there is none."""
        filmed = self.capture.filmed
        number = filmed.next_number()
        if number is None or self.capture.stage == FilmingStage.PAUSED:
            return ""
        return f"{number} {self._texts.words(filmed.meeting.plan[number - 1].name)}"

    # doing

    def next(self) -> None:
        """The next task; on from a pause. After the last task nothing more: ending is asked for by its button."""
        if self.is_paused:
            self.capture.go_on()
        else:
            self.capture.next_task()

    def main(self, over: QWidget) -> None:
        """The main button: as its key, and when everything is done the end of filming."""
        filmed = self.capture.filmed
        is_over = self.capture.is_recording and filmed.running is None and filmed.next_number() is None
        if is_over:
            self.stop(over)
        else:
            self.next()

    def previous(self) -> None:
        self.capture.previous()

    def pause(self) -> None:
        if self.is_paused:
            self.capture.go_on()
        else:
            self.capture.pause()

    def at_once(self) -> None:
        self.capture.stop_at_once()

    def stop(self, over: QWidget) -> None:
        """End filming; when tasks are left it is asked first, and filming goes on meanwhile."""
        t, filmed = self._texts, self.capture.filmed
        begun = {s.number for s in filmed.segments} | set(filmed.skipped)
        left = len(filmed.meeting.plan) - len(begun)
        question = t.trn("{n} task has not been done. End filming?", "{n} tasks have not been done. End filming?", left)
        if left <= 0 or confirm(over, t, question, t.tr("End filming")):
            self.capture.stop()

    def mark(self, kind: MarkKind) -> bool:
        taken = self.capture.mark(kind)
        if taken:
            self.marked.emit(kind.value)
        return taken

    def ask_note(self) -> None:
        if self.capture.is_recording:
            self.note_asked.emit()

    # with a reason

    def interruption(self, anchor: QWidget) -> None:
        """Begin an interruption with its reason; while one lasts the same press ends it."""
        if self.is_interrupted:
            self.capture.resume()
            return
        if not self.capture.is_recording:
            return
        menu = QMenu(anchor)
        for place, reason in enumerate(INTERRUPTION_REASONS, start=1):
            words = f"&{place}  {_capital(interruption_words(self._texts, reason))}"
            menu.addAction(words, partial(self.capture.interrupt, reason))
        _pop(menu, anchor)

    def skip(self, anchor: QWidget) -> None:
        """Leave the running or the coming task out, with the reason."""
        filmed = self.capture.filmed
        running, coming = filmed.running, filmed.next_number()
        numbers = [n for n in (running.number if running else None, coming) if n is not None]
        if not self.capture.is_recording or not numbers:
            return
        menu = QMenu(anchor)
        place = 0
        for number in numbers:
            title = menu.addAction(self._task(number))
            title.setEnabled(False)
            for reason in SKIP_REASONS:
                place += 1
                words = f"&{place}  {_capital(interruption_words(self._texts, reason))}"
                menu.addAction(words, partial(self.capture.skip, number, reason))
        _pop(menu, anchor)

    def task_menu(self, number: int, anchor: QWidget, at: QPoint) -> None:
        """What can be done with one task of the list: begin it now, again, or leave it out."""
        if not self.capture.is_recording:
            return
        t, filmed = self._texts, self.capture.filmed
        menu = QMenu(anchor)
        is_running = filmed.running is not None and filmed.running.number == number
        if is_running:
            menu.addAction(t.tr("This task ends now"), self.capture.end_task)
        else:
            again = number in filmed.done
            menu.addAction(t.tr("Do it again now") if again else t.tr("Begin it now"),
                           partial(self.capture.start_task, number))  # fmt: skip
        if is_running or number not in filmed.done:
            reasons = menu.addMenu(t.tr("Leave it out"))
            for reason in SKIP_REASONS:
                reasons.addAction(_capital(interruption_words(t, reason)), partial(self.capture.skip, number, reason))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _task(self, number: int) -> str:
        return f"{number} {self._texts.words(self.capture.meeting.plan[number - 1].name)}"


def _pop(menu: QMenu, anchor: QWidget) -> None:
    """Above the button, for it stands at the foot of the window; the first reason is chosen already."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    place = anchor.mapToGlobal(anchor.rect().topLeft()) - QPoint(0, menu.sizeHint().height() + 4)
    menu.popup(place)
    choices = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
    if choices:
        menu.setActiveAction(choices[0])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
