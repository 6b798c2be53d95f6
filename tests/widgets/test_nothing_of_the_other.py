"""Every button of every screen pressed by the second coder before both are ready: nothing of the first one's is there.

Looked through is what can be read on the screen, heard by a screen reader, copied, found in a list's model, held by a
widget for drawing, or written into a file by a button. The store's own reads are walked in `contracts/test_store`.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QFileDialog, QWidget

from app.door import Door
from app.i18n import now
from app.model.change import Change, added
from app.model.meeting import Stretch
from app.model.observation import BookmarkColor, MarkKind
from app.model.private_note import NoteKind
from app.model.timecode import SECOND
from app.office.problem_report import report
from app.statement.beginning import begin_statement
from tests.drivers.every_press import Closing, Walk, come, whole_window
from tests.drivers.hands import Hands
from tests.material.builders import recording
from tests.material.house import MINUTE, Home, Room, cover_all
from tests.material.pressing import press
from widgets.coding.drawers import NUMBERS
from widgets.settings.log_card import LogCard

pytestmark = pytest.mark.long

SECRET = "näkyikö-7391"
#: seconds at which the first coder marked, and how such a time is written
TIMES = (17.391, 37.191)
WRITTEN = ("17.39", "17,39", "17391000", "37.19", "37,19", "37191000")
#: texts of a widget, a model's item or an action, by the names of the methods that give them
TOLD = (
    "text", "toPlainText", "title", "windowTitle", "accessibleName", "accessibleDescription", "toolTip", "statusTip",
    "whatsThis", "placeholderText", "description", "accessibleText",
)  # fmt: skip
ROLES = [*range(14), *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 6)]


class Eyes:
    """Sees everything that is open, and keeps where something of the other was met."""

    def __init__(self, secrets: list[str]) -> None:
        self.secrets = secrets
        self.met: list[str] = []
        self.words = 0
        self._seen: dict[int, object] = {}  # frozen values that were read: they say the same each time

    def look(self, after: str) -> None:
        for top in QApplication.topLevelWidgets():
            self.read(top, after)
        self._judge("the clipboard", after, QGuiApplication.clipboard().text())

    def read(self, top: QWidget, after: str = "what it opens") -> None:
        for part in (top, *top.findChildren(QWidget), *top.findChildren(QAction)):
            words = "\n".join((*part_words(part), *(w for held in vars(part).values() for w in self._held(held))))
            self.words += len(words)
            self._judge(type(part).__name__, after, words)

    def _held(self, held: object, depth: int = 3) -> Iterator[str]:
        """Of values, and of lists and tables of values; other parts are read by themselves."""
        if isinstance(held, str | int):
            yield str(held)
        elif is_dataclass(held) and id(held) not in self._seen:
            self._seen[id(held)] = held
            yield str(held)
        elif isinstance(held, dict) and depth:
            for key, value in held.items():
                yield from self._held(key, depth - 1)
                yield from self._held(value, depth - 1)
        elif isinstance(held, list | tuple | set | frozenset) and depth:
            for one in held:
                yield from self._held(one, depth - 1)

    def look_into(self, folder: Path) -> int:
        """All files that were written; gives how many."""
        files = [p for p in folder.rglob("*") if p.is_file()]
        for path in files:
            self._judge(path.name, "written", file_words(path))
        return len(files)

    def _judge(self, where: str, after: str, words: str) -> None:
        self.met += [f"{after}: {secret} in {where}" for secret in self.secrets if secret in words]


@cache
def told_by(kind: type[QObject]) -> tuple[str, ...]:
    return tuple(name for name in TOLD if callable(getattr(kind, name, None)))


def part_words(part: QObject) -> Iterator[str]:
    """Whatever a part says, lists or holds to be drawn."""
    for name in told_by(type(part)):
        try:
            yield str(getattr(part, name)())
        except TypeError:  # it asks for something: that is another method of this name
            continue
    if isinstance(part, QAction):
        yield str(part.data())
    if isinstance(part, QComboBox | QAbstractItemView) and part.model() is not None:
        yield from model_words(part.model())


def model_words(model: QAbstractItemModel, under: QModelIndex | None = None) -> Iterator[str]:
    under, is_list = under or QModelIndex(), isinstance(model, QAbstractListModel)
    is_flat = is_list or isinstance(model, QAbstractTableModel)
    for row in range(model.rowCount(under)):
        for column in range(1 if is_list else model.columnCount(under)):
            at = model.index(row, column, under)
            yield from (str(said) for role in ROLES if (said := model.data(at, role)) is not None)
            if not is_flat:
                yield from model_words(model, at)


def file_words(path: Path) -> str:
    """The file as it is, and what a reader of PDF or of a packed document finds in it."""
    content = path.read_bytes()
    words = [content.decode("utf-8", "replace"), content.decode("utf-16-le", "replace")]
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        words += [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            words += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(words)


# two coders, and the walk of the second


def first_codes(home: Home) -> list[str]:
    """Everything a coder can leave, each with the secret; gives the secret and the ids that nobody else may meet."""
    editor = home.editor(home.a)
    for key, second in zip("qa", TIMES, strict=True):
        press(editor, key, round(second * SECOND))
    (one, two) = editor.coding.sorted_observations()
    assert editor.edit(one, replace(one, note=SECRET))
    assert editor.mark(MarkKind.ASK, round(TIMES[0] * SECOND), SECRET)
    assert editor.bookmark(round(TIMES[1] * SECOND), SECRET, BookmarkColor.BLUE)
    assert editor.write_private_note(NoteKind.IMPRESSION, SECRET)
    for item in editor.instrument.items:
        assert editor.rate(item.id, 5, SECRET)
    header = editor.coding.header
    assert editor.do("cover", Change(header, replace(header, covered=(Stretch(0, MINUTE),))))
    ids = [two.id, one.id, *editor.coding.marks, *editor.coding.ratings, *editor.coding.bookmarks, header.id]
    assert editor.mark_ready()
    return [SECRET, *WRITTEN, *ids]


@pytest.fixture
def second(qtbot, monkeypatch, tmp_path) -> Iterator[tuple[Walk, Eyes, Path]]:
    """The second coder at the window, with an own coding begun; whatever can be written is written into a folder."""
    out = tmp_path / "out"
    out.mkdir()
    written = iter(range(1000))
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _p, _t, name, *_k: (str(out / f"{next(written)}-{Path(name).name}"), "")
    )
    for name in ("getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    home = Home()
    eyes = Eyes(first_codes(home))
    own = home.editor(home.b)
    for key, at in (("6", 0), ("q", 5), ("a", 6), ("7", 30)):
        press(own, key, at * SECOND)
    begin_statement(Door(home.b), home.texts, home.case_id, "en")
    draft = home.add_meeting(home.meeting.adult_id, 5)
    home.a.apply("film", [added(recording(draft.id, MINUTE))])
    home.mark_tasks(draft)
    room, hands = Room(home, home.b), Hands(qtbot)
    window = whole_window(room)
    come(window, hands)
    closing = Closing(window, eyes.read)
    walk = Walk(window, hands, home, draft)
    walk.reads = eyes.look
    yield walk, eyes, out
    closing.stop()
    window.close()
    room.space.close()


def test_no_press_on_any_screen_shows_anything_of_the_first_coder_before_both_are_ready(second, caplog) -> None:
    walk, eyes, out = second
    caplog.set_level(logging.INFO)
    case, meeting = {"case_id": walk.home.case_id}, {"meeting_id": walk.home.meeting.id}
    for place, ids in (
        ("desk", {}),
        ("cases", case),
        ("cases", meeting),
        ("filming", {}),
        ("comparing", {}),
        ("comparing", meeting),
        ("feedback", case),
        ("statement", case),
        ("settings", {}),
        ("coding", meeting),
    ):
        walk.all_buttons(place, ids)
    (out / "program.log").write_text(caplog.text, "utf-8")
    assert eyes.look_into(out) > 1
    assert eyes.met == []
    assert walk.pressed > 80
    assert eyes.words > 100_000, "the eyes were open"


def test_no_table_report_or_log_that_the_second_coder_takes_out_holds_anything_of_the_first(second) -> None:
    """The numbers of every sheet, saved and copied; the log and the report of a problem; afterwards both are ready."""
    walk, eyes, out = second
    walk.go("coding", {"meeting_id": walk.home.meeting.id})
    room = walk.screen().room
    room.drawers.show_drawer(NUMBERS)
    panel = room.drawers.panel(NUMBERS)
    pages = [p for p in panel.findChildren(QAbstractButton) if p.isCheckable() and p.isVisible()]
    for page in pages:
        walk.hands.click(page)
        walk.hands.settle()
        for words in ("Save table…", "Copy table"):
            for pressed in [b for b in panel.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]:
                walk.hands.click(pressed)
                walk.look(f"{page.text()}: {words}")
    walk.go("settings", {"part": "log"})
    (card,) = walk.screen().findChildren(LogCard)
    walk.hands.until(lambda: walk.hands.button(card, "Save a log report…").isEnabled())
    walk.hands.press(card, "Save a log report…")
    walk.hands.until(lambda: not walk.window.workspace.jobs.running)
    store, kept = walk.home.b, walk.window.workspace.preferences
    told = report(walk.home.texts, now(), kept.now, kept.remembered, store=store)
    (out / "problem.txt").write_text(told, "utf-8")
    assert eyes.look_into(out) >= 4, "two tables, the log, the problem"
    assert eyes.met == []

    cover_all(walk.home.editor(store))
    assert walk.home.editor(store).mark_ready()
    walk.go("comparing", {"meeting_id": walk.home.meeting.id})
    assert any(SECRET in row for row in eyes.met), "both are ready: the same eyes meet it"
