"""From two ready codings to the statement's pages: passages filled, document read, agreement once.

Runs in an older commit's code as well (`python -m tests.benchmarks.to_pages` in its folder, this file put there): names
that moved since are looked for at both places.
"""

import importlib
import random
from types import ModuleType
from typing import Any

from app.i18n import Texts
from tests.benchmarks.figures import row, timed

PRESSES = 180
KEYS = "qadz1fhmul"


def first(*names: str) -> ModuleType:
    """The first of these modules that there is."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(names)


def presses(seed: int) -> list[tuple[str, float]]:
    """A minute's keys: three states and many events, some early, some others."""
    chance = random.Random(3)
    own = random.Random(seed)
    rows = [("6", 0.0), ("7", 20.0 + own.random()), ("8", 41.0 + own.random())]
    for _ in range(PRESSES):
        key, at = chance.choice(KEYS), chance.uniform(0.5, 59)
        if own.random() < 0.9:
            rows.append((key if own.random() < 0.9 else own.choice(KEYS), at + own.uniform(0, 0.4)))
    return sorted(rows, key=lambda r: r[1])


def ready_pair() -> Any:
    """An archive in memory whose pair has coded one meeting, both ready."""
    from PySide6.QtWidgets import QApplication

    QApplication.instance() or QApplication([])
    home = first("tests.material.house", "tests.house").Home()
    home.code(home.a, presses(1))
    home.code(home.b, presses(2), value=3)
    return home


def pages(home: Any) -> None:
    """As a worker comes to them who has just unlocked: the comparison looked at, the statement begun, its document."""
    comparison = first("app.comparing.comparison", "app.comparing").comparison
    begin = first("app.statement.editor", "app.reporting").begin_statement
    document = first("app.statement.export", "app.statement_export").statement_document
    offers = first("app.statement.evidence", "app.evidence_offers").offers
    store, texts = home.held.open(home.aino.id), Texts("fi")
    comparison(store, home.meeting.id)
    door = first("app.workspace")
    writes = door.Door(store) if hasattr(door, "Door") else store
    statement = begin(writes, texts, home.case_id, "fi")
    offers(store, statement)
    for _ in range(2):  # seen on the screen, then exported
        document(store, statement.id)


def main() -> None:
    home = ready_pair()
    row("two ready codings to the statement's pages", timed(lambda: pages(home), 9, 2), "ms")


if __name__ == "__main__":
    main()
