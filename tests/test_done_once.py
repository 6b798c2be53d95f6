"""What was written in several places and is one mechanism now: the words that would begin a second one stand once."""

import re
from pathlib import Path

import pytest

TREE = Path(__file__).parent.parent
FOLDERS = ("app", "storage", "system", "video", "widgets")

ONCE = {
    "the clock of a film on its meeting's": (r"drift_ppm / 1_000_000", "app/model/film_clock.py"),
    "whether a film is in use": (r"closed_from_use is (not )?None", "app/model/recording.py"),
    "within what a state's others end": (r"group or (\w+\.)?id\b", "app/model/scheme.py"),
    "the workers' agreement as evidence": (r'"agreement", words', "app/statement/evidence.py"),
    "what day it is": (r"now\([\w.]*\)\.astimezone\(\)\.date\(\)|date\.today\(|def local_day", "app/model/day.py"),
    "what films of cameras are called": (r"\bm2ts\b", "app/films/camera_cards.py"),
    "a place hands undo on to its room": (r"_?room\.undo\(\)", "widgets/room_screen.py"),
    "a page that asks which one": (
        r"ListCard\(rows\)\)?, spacing|addWidget\(ListCard\(rows\)\)",
        "widgets/look/parts.py",
    ),
    "what painters of rows begin with": (r"\(QStyledItemDelegate\)", "widgets/look/row_delegate.py"),
    "a box that drops down has a label": (r"QComboBox\(\)|\(QComboBox\)", "widgets/forms/inputs.py"),
    "how a rule of the store refuses": (r"def _?refuse\(broken", "storage/store/refusing.py"),
    "how many make a pair ready": (r">= PAIR", "app/model/independence.py"),
    "a part of the window that what outlives it would still call": (
        r"(editor|shelf)\.\w+\.connect\(\s*lambda(?! changes: door\.tell)",
        "",
    ),
    "which states of codings are asked by their word": (r"""[=!]= "(ready|draft)"|\.get\("(ready|draft)"\)""", ""),
}


@pytest.mark.parametrize("what", ONCE)
def test_it_stands_in_one_place(what) -> None:
    pattern, home = ONCE[what]
    modules = sorted(p for folder in FOLDERS for p in (TREE / folder).rglob("*.py"))
    found = [p.relative_to(TREE).as_posix() for p in modules if re.search(pattern, p.read_text(encoding="utf-8"))]
    assert found == ([home] if home else [])
