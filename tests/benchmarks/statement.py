"""A statement of 15 pages with 6 charts, tagged and archival, to its bytes, beside WeasyPrint 70 in turns.

Told apart: the first in a process, with what must be loaded for it, and those after it; the clock and the processor.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import weasy
from tests.benchmarks.figures import ratio, row
from tests.material.documents import a_statement

PAGES, CHARTS = 15, 6
ROUNDS, RUNS = 4, 6


@dataclass
class Seconds:
    """Of one maker of pages: the first in each process, and the later ones; (clock, processor)."""

    first: list[tuple[float, float]] = field(default_factory=list)
    later: list[tuple[float, float]] = field(default_factory=list)
    pages: str = ""

    def run(self, command: Sequence[str | Path]) -> None:
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        rows = [(float(clock), float(processor)) for clock, processor in map(str.split, told[:-1])]
        self.first += rows[:1]
        self.later += rows[1:]
        self.pages = told[-1].split()[0]

    def tell(self, name: str) -> None:
        print(f"  {name}: {self.pages} pages")
        for what, rows in (("first in a process", self.first), ("after it", self.later)):
            row(f"{name}, {what}", [clock for clock, _ in rows])
            row(f"{name}, {what}, processor", [processor for _, processor in rows])


def main() -> None:
    own, peer, other = Seconds(), Seconds(), weasy.python()
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "statement.html"
        page.write_text(weasy.page_of(a_statement(pages=PAGES, charts=CHARTS)), encoding="utf-8")
        for _ in range(ROUNDS):
            own.run([sys.executable, "-m", "tests.benchmarks.statement_child", str(PAGES), str(CHARTS), str(RUNS)])
            if other is not None:
                # -P: `numbers` beside the child is no module of Python's
                peer.run([other, "-P", Path(__file__).with_name("weasy_child.py"), page, str(RUNS)])
    own.tell("statement (<= 0.25)")
    if other is None:
        print("  WeasyPrint 70 is not to be had here")
        return
    peer.tell("WeasyPrint, charts as tables alone")
    for what in ("first", "later"):
        theirs, ours = (statistics.median(c for c, _ in getattr(x, what)) for x in (peer, own))
        ratio(f"times as fast as WeasyPrint, {what}", theirs / ours, "> 1")


if __name__ == "__main__":
    main()
