"""One start over an office, in a process of its own: unlocks, opens its places again and again, prints JSON.

The arguments are the archive's folder and how many runs. Times are seconds by the clock and by the processor, each from
the press until nothing is left to be painted.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program
from storage.vault import keys
from tests.benchmarks.big_office import NAME, PASSPHRASE

#: as often as events are taken before what is left is something else's: a job, a clock
ROUNDS = 200


class Derived:
    """Stands before the key derivation and adds up what it takes."""

    def __init__(self) -> None:
        self.seconds, self._derive = 0.0, keys.derive
        keys.derive = self

    def __call__(self, *what: object) -> bytes:
        start = time.perf_counter()
        try:
            return self._derive(*what)
        finally:
            self.seconds += time.perf_counter() - start


def still() -> None:
    """Everything that is to be laid out and painted now, is."""
    loop = QEventLoop()
    for _ in range(ROUNDS):
        if not loop.processEvents():
            return


def measured(act: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    act()
    still()
    return time.perf_counter() - clock, time.process_time() - processor


def places(program: Program, runs: int) -> dict[str, list[tuple[float, float]]]:
    """The places in turn, as somebody goes from one to another."""
    window, space = program.window, program.workspace
    assert window is not None
    assert space is not None
    found: dict[str, list[tuple[float, float]]] = {}
    ids = [case.id for case in space.store.cases(runs + 2, mine=True)]
    for number in range(runs + 2):
        space.preferences.remember(office_desk=False)
        turns: dict[str, Callable[[], object]] = {
            "desk": lambda: window.go("desk"),
            "the cases, from the desk": lambda: window.go("cases"),
            "another case": lambda: window.go("cases", case_id=ids[2 * number % len(ids)]),  # noqa: B023  pressed at once
            "its meetings": lambda: window.go("cases", part="meetings"),
            "another case, its meetings": lambda: window.go("cases", case_id=ids[(2 * number + 1) % len(ids)]),  # noqa: B023
            "back to its details": lambda: window.go("cases", part="details"),
        }
        for name, act in turns.items():
            found.setdefault(name, []).append(measured(act))
        space.preferences.remember(office_desk=True)
        found.setdefault("the office's desk", []).append(measured(lambda: window.go("desk")))
        space.preferences.remember(office_desk=False)
        found.setdefault("the calendar", []).append(measured(lambda: window.go("calendar")))
    return {name: some[2:] for name, some in found.items()}


def main() -> None:
    folder, runs = Path(sys.argv[1]), int(sys.argv[2])
    app, derived = QApplication(sys.argv[:1]), Derived()
    program, figures = Program(app), dict[str, object]()
    program.start()
    begun: list[float] = []

    def unlock() -> None:
        derived.seconds = 0.0
        begun.append(time.perf_counter())
        program.unlock(folder, NAME, PASSPHRASE)

    def finish() -> None:
        still()
        figures["unlock"] = time.perf_counter() - begun[0] - derived.seconds
        figures["derivation"] = derived.seconds
        still()
        figures["places"] = places(program, runs) if runs else {}
        program.lock()
        app.quit()

    program.opened.connect(lambda _window: QTimer.singleShot(0, finish))
    QTimer.singleShot(2000, unlock)
    app.exec()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
