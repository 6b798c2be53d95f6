"""Writing in the statement's room, from an encrypted archive: a key until it is painted, and the page beside the text.

40 pages of text for the keys, 15 pages with 6 charts for the page: from the moment at which what was typed is handed to
the archive (the pause in typing is over) until the page with it is painted.
"""

import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import Texts
from app.model.change import added
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.model.statement import Paragraph, ParagraphKind, Run
from app.statement.beginning import begin_statement
from app.workspace import Workspace
from tests.benchmarks.coding_key import filled_workspace
from tests.benchmarks.figures import percentile, row
from tests.material.documents import BODY, PROFILE
from tests.stand_ins.fake_player import FakePlayer
from widgets.look import look as looks
from widgets.statement.section_text import SectionText
from widgets.statement.statement_screen import StatementScreen

SECTIONS = ("background", "observations", "strengths", "concerns", "conclusions", "recommendation")
KEYS, ROUNDS = 200, 12


def main() -> None:
    application = QApplication.instance() or QApplication([])
    looks.load_fonts()
    looks.apply(application, looks.look_for("light", films=False))
    with tempfile.TemporaryDirectory() as folder:
        _keys(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _page(Path(folder))


def _opened(folder: Path, paragraphs: int, charts: int) -> tuple[Workspace, str]:
    """A workspace on a real archive, and its case with a statement of so many paragraphs of 35 words, and charts."""
    space, meeting_id = filled_workspace(folder / "archive", 0)
    case_id = space.store.get(Meeting, meeting_id).case_id
    partner = Worker(space.store.get(Case, case_id).partner, "Leena Esimerkki")
    space.store.apply("worker", [added(partner)], act="create")
    statement = begin_statement(space.door, Texts("fi"), case_id, "fi")
    rows = [
        Paragraph(new_id(), statement.id, SECTIONS[n % len(SECTIONS)], f"z{n:05}", (Run(f"{n}. {BODY}"),))
        for n in range(paragraphs)
    ]
    drawn = [
        Paragraph(
            new_id(), statement.id, "observations", f"zz{n}", (), ParagraphKind.CHART, source=f"profile/{n}",
            cells=PROFILE, about="Arviot osioittain",
        )
        for n in range(charts)
    ]  # fmt: skip
    space.store.apply("text", [added(p) for p in (*rows, *drawn)])
    return space, case_id


def _shown(space: Workspace, case_id: str) -> StatementScreen:
    window = QWidget()
    window.resize(1274, 712)
    screen = StatementScreen(space, looks.Look(looks.LIGHT), lambda *_a, **_k: None, FakePlayer)
    screen.setParent(window)
    screen.setGeometry(window.rect())
    window.show()
    window.activateWindow()
    screen.opened(case_id=case_id)
    screen.window_kept = window
    return screen


def _field(room) -> SectionText:
    room.open_section("recommendation")
    QApplication.processEvents()
    field = [f for f in room.findChildren(SectionText) if f.isVisible()][-1]
    field.setFocus()
    return field


def _keys(folder: Path) -> None:
    space, case_id = _opened(folder, 620, 0)
    with closing(space):
        screen = _shown(space, case_id)
        field = _field(screen.room)
        painted, saved = [], []
        for n in range(KEYS):
            began = time.perf_counter()
            QTest.keyClick(field, Qt.Key.Key_A if n % 7 else Qt.Key.Key_Space)
            QApplication.processEvents()
            painted.append(time.perf_counter() - began)
            QTest.qWait(40)
        for _ in range(5):
            before = screen.room.editor.saved_at
            QTest.keyClick(field, Qt.Key.Key_B)
            began = time.perf_counter()
            while screen.room.editor.saved_at == before and time.perf_counter() - began < 5:
                QTest.qWait(5)
            saved.append(time.perf_counter() - began)
        words = sum(screen.room.editor.word_counts().values())
        print(f"  {words} words, {words // 450} pages")
        row("key until painted", painted, "ms")
        print(f"    p95 {1000 * percentile(painted, 0.95):.1f} ms (<= 16)")
        row("typed until saved (<= 0.5)", saved)
        _end(screen)


def _page(folder: Path) -> None:
    space, case_id = _opened(folder, 130, 6)
    with closing(space):
        screen = _shown(space, case_id)
        room = screen.room
        field = _field(room)
        room.with_page.click()
        _wait(lambda: room.page.sheet.count)
        QTest.qWait(1500)
        took, longest = [], []
        for _ in range(ROUNDS):
            field.insertPlainText("sana ")
            told: list[float] = []
            room.page.made.connect(lambda told=told: told.append(time.perf_counter()))
            began = last = time.perf_counter()
            room.commit()
            gaps = []
            while not told and time.perf_counter() - began < 5:
                QApplication.processEvents()
                now = time.perf_counter()
                gaps.append(now - last)
                last = now
                time.sleep(0.0005)
            room.page.made.disconnect()
            took.append(told[0] - began)
            longest.append(max(gaps))
            QTest.qWait(1500)
        print(f"  {room.page.sheet.count} pages with 6 charts")
        row("page up to date after the pause (<= 0.35)", took)
        print(f"    p95 {1000 * percentile(took, 0.95):.0f} ms")
        row("longest that the window's thread was taken meanwhile", longest, "ms")
        _end(screen)


def _end(screen: StatementScreen) -> None:
    screen.room.close_film()
    screen.window_kept.deleteLater()
    QTest.qWait(50)


def _wait(is_so) -> None:
    began = time.perf_counter()
    while not is_so() and time.perf_counter() - began < 20:
        QTest.qWait(10)


if __name__ == "__main__":
    main()
