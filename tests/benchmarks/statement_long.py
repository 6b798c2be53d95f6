"""A statement of 40 pages with a table of 400 rows to its bytes, on the clock and by the processor.

Runs in an older commit's code as well: `beside` hands this file to it. Names that moved since are looked for at both
places.
"""

import time
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import pikepdf

from app.reports.statement_pdf import render_statement
from tests.benchmarks.figures import row

PAGES, ROWS, RUNS = 35, 400, 5


def a_long_statement() -> Any:
    """The made-up statement of `PAGES` parts, with every observation in one table at its end."""
    documents = import_module("tests.material.documents" if find_spec("tests.material") else "tests.reports.documents")
    made = documents.a_statement(pages=PAGES, charts=6)
    last = made.sections[-1]
    words = "vastaa lapsen aloitteeseen"
    rows = [
        (f"Tehtävä {n % 9}", ("äiti", "lapsi")[n % 2], words, str(n % 7), "1", f"[{n // 60:02}:{n % 60:02}]")
        for n in range(ROWS)
    ]
    paper = documents.Paper(getattr(last, "key", last.number))
    paper.head("Kaikki havainnot").table("Kaikki havainnot", documents.SEEN, *rows)
    return replace(made, sections=(*made.sections[:-1], replace(last, paragraphs=(*last.paragraphs, *paper.rows))))


def main() -> None:
    document = a_long_statement()
    with pikepdf.open(BytesIO(render_statement(document))) as pdf:
        print(f"  {len(pdf.pages)} pages, {ROWS} rows in the last table")
    clock, processor = [], []
    for _ in range(RUNS):
        began = time.perf_counter(), time.process_time()
        render_statement(document)
        clock.append(time.perf_counter() - began[0])
        processor.append(time.process_time() - began[1])
    row("statement with a long table", clock, "ms")
    row("statement with a long table, processor", processor, "ms")


if __name__ == "__main__":
    main()
