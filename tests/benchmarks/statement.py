"""A statement of 15 pages with 6 charts, tagged and archival, to its bytes."""

from app.reports.statement_pdf import render_statement
from tests.benchmarks.figures import row, timed
from tests.material.documents import a_statement


def main() -> None:
    document = a_statement(pages=15, charts=6)
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(render_statement(document))) as pdf:
        print(f"  {len(pdf.pages)} pages")
    row("statement to PDF (<= 1)", timed(lambda: render_statement(document), 9))
