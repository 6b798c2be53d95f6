"""Runs in WeasyPrint's own environment: a page of HTML to accessible PDF so many times, the seconds of each printed.

The first of them holds the loading of WeasyPrint itself. Each line is what the clock and what the processor say.
"""

import sys
import time
from pathlib import Path


def main(path: str, runs: int) -> None:
    source = Path(path).read_text(encoding="utf-8")
    for _ in range(runs):
        began = time.perf_counter(), time.process_time()
        from weasyprint import HTML

        laid_out = HTML(string=source).render(pdf_variant="pdf/ua-1", pdf_tags=True)
        made = laid_out.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        print(time.perf_counter() - began[0], time.process_time() - began[1])
    print(len(laid_out.pages), len(made))


main(sys.argv[1], int(sys.argv[2]))
