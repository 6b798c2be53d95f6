"""A made-up statement to its bytes so many times in a fresh process: see `weasy_child` for what is printed."""

import sys
import time
from io import BytesIO

from tests.material.documents import a_statement


def main(pages: int, charts: int, runs: int) -> None:
    document = a_statement(pages=pages, charts=charts)
    for _ in range(runs):
        began = time.perf_counter(), time.process_time()
        from app.reports.statement_pdf import render_statement

        made = render_statement(document)
        print(time.perf_counter() - began[0], time.process_time() - began[1])
    import pikepdf

    with pikepdf.open(BytesIO(made)) as pdf:
        print(len(pdf.pages), len(made))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
