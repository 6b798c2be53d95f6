"""The program on a screen, led by lines from outside: each is done, and answered when the window is as it then is.

`first new` (its page of a new archive), `sign-in NAME`, `language CODE`, `place PLACE` with its case or meeting,
`filming`, `drawer NAME`, `dialog ACTION` and `close` it, `focus CLASS`, `key KEY` to what has the keys, `notice WORDS`.
"""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app import bootstrap
from app.demo.making import DEMO_PASSPHRASE
from app.films.copies import FilmCopies
from app.model.meeting import Meeting
from app.model.people import Case
from storage import archive
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost

#: milliseconds that anything may take
LONGEST = 120_000


class Led:
    """A started program, and what each line does to it."""

    def __init__(self, folder: Path) -> None:
        app = QApplication([])
        app.setApplicationName("Havainto")
        app.setQuitOnLastWindowClosed(False)
        self.app, self.folder = app, folder
        self.program = bootstrap.Program(app)
        self.program.start()
        self.program.reports.crashed.connect(_fail)
        self.notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self._on_line)

    def _on_line(self) -> None:
        self.notifier.setEnabled(False)  # a line waits until the one before is done
        line = sys.stdin.readline().rstrip("\n")
        if not line:
            self.app.quit()
            return
        act, _, what = line.partition(" ")
        getattr(self, act.replace("-", "_"))(what)
        self.until(lambda: True)
        say("done")
        self.notifier.setEnabled(True)

    def until(self, holds: Callable[[], object]) -> None:
        """Let events run until it holds, and once more all round."""
        loop, look, end = QEventLoop(), QTimer(interval=10), QTimer(singleShot=True, interval=LONGEST)
        look.timeout.connect(lambda: loop.quit() if holds() else None)
        end.timeout.connect(lambda: loop.exit(1))
        look.start()
        end.start()
        assert loop.exec() == 0, "it never came"

    @property
    def window(self) -> QWidget:
        found = self.program.window
        assert found is not None
        return found

    def sign_in(self, name: str) -> None:
        self.program.unlock(self.folder, name, DEMO_PASSPHRASE)
        self.until(lambda: self.program.window is not None and self.program.unlock_window is None)

    def language(self, code: str) -> None:
        old = self.program.window
        if self.program.texts.language == code:
            return
        self.program.preferences.change(language=code)
        self.until(lambda: self.program.window is not old)

    def place(self, name: str) -> None:
        store = self.program.workspace.store
        (case,), meeting = store.find(Case), min(store.find(Meeting), key=lambda m: m.id)
        ids = {"coding": {"meeting_id": meeting.id}, "comparing": {"meeting_id": meeting.id}}
        ids |= {"cases": {"case_id": case.id}, "statement": {"case_id": case.id}}
        self.window.go(name, **ids.get(name, {}))

    def first(self, _page: str) -> None:
        """The first window's page for a new archive."""
        words = self.program.texts.tr("Make a new archive…")
        (link,) = [b for b in self.program.unlock_window.findChildren(QPushButton) if b.text() == words]
        link.click()

    def dialog(self, action: str) -> None:
        """What an action of the window opens over it, soon after the answer: it stays open, and holds who opened it."""
        QTimer.singleShot(50, lambda: self.window.act(action))

    def close(self, _: str) -> None:
        dialog = QApplication.activeModalWidget()
        dialog.reject()
        self.until(lambda: QApplication.activeModalWidget() is None)

    def filming(self, _: str) -> None:
        """The room before filming, of a meeting that is made for it."""
        self.place("cases")
        section = self._seen("CasesScreen").meetings
        section.add_meeting()
        self.window.go("filming", meeting_id=section.meeting_id)

    def _seen(self, kind: str) -> QWidget:
        found = [w for w in self.window.findChildren(QWidget) if type(w).__name__ == kind and w.isVisible()]
        assert len(found) == 1, f"{len(found)} {kind} are in sight"
        return found[0]

    def drawer(self, name: str) -> None:
        self._seen("CodingRoom").show_drawer(name)

    def focus(self, kind: str) -> None:
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self._seen(kind).setFocus()
        self.until(self._seen(kind).hasFocus)

    def key(self, name: str) -> None:
        QTest.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{name}"))

    def notice(self, words: str) -> None:
        self.program.workspace.notices.info(words)


def _fail(report: str) -> None:
    """A bug ends it, and is read in what the test prints; nobody is here to read the program's own dialog."""
    sys.stderr.write(report)
    sys.stderr.flush()
    signal.raise_signal(signal.SIGTERM)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(folder: str) -> None:
    FilmCopies.begin = lambda _: (
        None
    )  # what makes films quick to move in takes minutes of the computer, and is not heard
    archive.ArchiveDoorway = lambda: ArchiveDoorway(KdfCost.FLOOR)
    led = Led(Path(folder))
    say("ready")
    led.app.exec()


if __name__ == "__main__":
    main(sys.argv[1])
