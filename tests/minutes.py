"""Where the minutes of a run go: its twenty slowest tests, and each folder beside what `minutes.toml` allows it.

Printed by `make test` and never asserted: a computer that is busy with something else is no fault of a test.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

BUDGET = Path(__file__).with_name("minutes.toml")
SLOWEST = 20
MORE = "   more than its budget"


def budget() -> dict[str, float]:
    """Minutes by folder, the longest matching name counts."""
    return {k: float(v) for k, v in tomllib.loads(BUDGET.read_text("utf-8"))["minutes"].items()}


def folder_of(test: str, folders: Iterable[str]) -> str:
    """The budget's folder in which a test lies; `other` when none has it."""
    fitting = [f for f in folders if test.startswith((f"{f}/", f"{f}::"))]
    return max(fitting, key=len, default="other")


def by_folder(seconds: Mapping[str, float], folders: Iterable[str]) -> dict[str, float]:
    """Minutes spent in each folder of the budget, also in those of which nothing ran."""
    spent = dict.fromkeys(folders, 0.0)
    for test, took in seconds.items():
        name = folder_of(test, folders)
        spent[name] = spent.get(name, 0.0) + took / 60
    return spent


def slowest(seconds: Mapping[str, float], count: int = SLOWEST) -> list[tuple[str, float]]:
    """The tests that took longest, the longest first."""
    return sorted(seconds.items(), key=lambda item: -item[1])[:count]


def table(seconds: Mapping[str, float], allowed: Mapping[str, float]) -> list[str]:
    """A line per folder: minutes taken, minutes allowed, and a word where it is more."""
    spent = by_folder(seconds, allowed)
    rows = [(name, took, allowed.get(name, 0.0)) for name, took in sorted(spent.items(), key=lambda item: -item[1])]
    rows.append(("together", sum(spent.values()), sum(allowed.values())))
    return [f"{took:6.2f} of {may:5.2f} min  {name}{MORE * (took > may)}" for name, took, may in rows]


class Minutes:
    """Adds up what setup, call and teardown of each test took, and tells at the end."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("the twenty slowest tests")
        for test, took in slowest(self.seconds):
            terminalreporter.line(f"{took:7.2f} s  {test}")
        terminalreporter.section("minutes by folder (tests/minutes.toml)")
        for line in table(self.seconds, budget()):
            terminalreporter.line(line)
