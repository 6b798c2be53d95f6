"""A key press in a statement of 40 pages until it is painted, and what comes after it: all of it in one section.

The section has evidence, words that are spelled wrong, comments in the margin; the dictionary is a stand-in that knows
every third word to be wrong, so that what is measured is ours. Offscreen, so the window's own painting and no screen's.
"""

import os
import statistics
import time
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from app.door import Door
from app.model.identity import new_id
from app.model.statement import ParagraphKind, Run
from app.ports.signing import NoCards
from app.statement import margin
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from app.statement.evidence import offers
from tests.benchmarks.figures import row
from tests.material.house import Home, opened
from tests.stand_ins.fake_player import FakePlayer
from widgets.look import look as looks
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

SECTION = "observations"
PARAGRAPHS, WORDS, KEYS, COMMITS = 200, 90, 240, 8
SOME = ("lapsi", "katsoo", "vanhempaa", "ja", "odottaa", "rauhassa", "kun", "torni", "kaatuu", "uudelleen")


class Dictionary:
    def of(self, _language: str) -> "Dictionary":
        return self

    def is_right(self, word: str) -> bool:
        return word not in SOME[::3]

    def suggested(self, _word: str) -> tuple[str, ...]:
        return ()


def write(home: Home) -> None:
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    editor = StatementEditor(home.a, home.texts, made.id)
    offer = offers(home.a, made)[0]
    editor.add_evidence(offer.evidence)
    text = " ".join(SOME[n % len(SOME)] for n in range(WORDS)) + ". "
    runs = (Run(text), Run(offer.text, evidence=offer.evidence.id), Run(" ja niin edelleen."))
    kinds = (ParagraphKind.HEADING, *[ParagraphKind.BODY] * 9)
    rows = [Draft(new_id(), kinds[n % 10], (Run(f"Otsikko {n}"),) if n % 10 == 0 else runs) for n in range(PARAGRAPHS)]
    assert editor.write_section(SECTION, rows)
    for p in [p for p in editor.text.section(SECTION) if not p.cells][::20]:
        margin.comment(editor, replace(margin.draft(editor, SECTION, p.id, p.text[:12])), "Onko näin?")


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def press(field: QWidget, letter: str) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    began = time.perf_counter(), time.process_time()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter))
    field.repaint()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def measure(room: StatementRoom, window: QWidget) -> None:
    room.open_section(SECTION)
    wait(1500)
    field = max(room.findChildren(SectionText), key=lambda f: f.document().blockCount())
    field.setFocus()
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.MoveAnchor, PARAGRAPHS // 2 + 1)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    field.setTextCursor(cursor)
    wait(300)
    pressed = [press(field, "lapsi kastoo "[n % 13]) for n in range(KEYS)]
    commits = []
    for n in range(COMMITS):
        press(field, "x")
        began = time.perf_counter()
        room.commit()
        commits.append(time.perf_counter() - began)
        wait(20 + n)
    for what, seconds in zip(
        ("key press until painted", "the same, processor"), zip(*pressed, strict=True), strict=True
    ):
        row(what, seconds, "ms")
        print(f"    p95 {statistics.quantiles(seconds, n=20)[-1] * 1000:.1f} ms (<= 16)")
    row("commit of a pause", commits, "ms")


def main() -> None:
    app = QApplication.instance() or QApplication(["havainto"])
    home = Home("fi")
    home.compare()
    write(home)
    with opened(home) as made:
        look = looks.Look(looks.LIGHT)
        window = QWidget()
        looks.dress(window, look)
        window.resize(1366, 768)
        place = StatementScreen(made.space, look, made.go, FakePlayer, NoCards, Dictionary())
        place.setParent(window)
        place.setGeometry(window.rect())
        window.show()
        window.activateWindow()
        place.opened(case_id=home.case_id)
        assert place.room is not None
        print(f"  {PARAGRAPHS} paragraphs, {PARAGRAPHS * WORDS} words in one section")
        measure(place.room, window)
        window.close()
    assert app is not None


if __name__ == "__main__":
    main()
