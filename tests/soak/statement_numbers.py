"""Every number of many made-up statements recounted by a program that knows nothing of the program's statistics.

The arguments are how many archives, and the seed of the first.
"""

import sys

from tests.recount.expected import recounted
from tests.recount.made import made
from tests.recount.pages import Found, explain


def main(archives: int = 50, first: int = 0) -> None:
    """Make, recount, print, and hold it to what was promised: every number is explained, and none is missing."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["soak"])
    found = Found()
    for seed in range(first, first + archives):
        one = made(seed)
        own = explain(one.pdf, *recounted(one))
        for words in (*own.unexplained, *(f"missing: {m}" for m in own.missing)):
            sys.stdout.write(f"  archive {seed}: {words}\n")
        found.add(own)
    sys.stdout.write(
        f"numbers of {archives} statements: {found.numbers} found, {found.explained} explained "
        f"({found.counted} recounted, {found.verbatim} in words put in, {found.ordered} pages and sections), "
        f"{len(found.missing)} missing\n"
    )
    sys.stdout.flush()
    assert found.explained == found.numbers, found.unexplained
    assert not found.unexplained
    assert not found.missing
    del application


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
