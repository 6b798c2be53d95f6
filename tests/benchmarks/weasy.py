"""WeasyPrint 70, a maker of pages from HTML, in an environment of its own: the same words and tables as HTML."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from app.model.statement import Paragraph, ParagraphKind
from app.model.statement_document import StatementDocument

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "weasyprint"
_LOOK = """
@font-face { font-family: Inter; src: url(FONTS/Inter-Regular.ttf) }
@font-face { font-family: Inter; font-weight: bold; src: url(FONTS/Inter-SemiBold.ttf) }
@font-face { font-family: Inter; font-style: italic; src: url(FONTS/Inter-Italic.ttf) }
@page { size: A4; margin: 33mm 24mm 24mm }
@page { @bottom-right { content: counter(page) " / " counter(pages); font-size: 8.5pt } }
body { font: 10.5pt/15.5pt Inter } h1 { font-size: 15pt } h2 { font-size: 11.5pt }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 12.5pt; margin: 3pt 0 12pt }
td, th { border-bottom: .5pt solid #d5d1c8; padding: 3.5pt 10pt 4pt 0; text-align: left; vertical-align: top }
"""


def python() -> Path | None:
    """The Python of an environment with WeasyPrint 70, made when first asked for; None where it is not to be had."""
    made = FOLDER / "bin" / "python"
    if made.exists():
        return made
    for step in ([sys.executable, "-m", "venv", FOLDER], [made, "-m", "pip", "install", "-q", "weasyprint>=70,<71"]):
        if subprocess.run(step, capture_output=True, check=False).returncode:
            shutil.rmtree(FOLDER, ignore_errors=True)
            return None
    return made


def page_of(document: StatementDocument) -> str:
    """The statement's words and tables as one page of HTML; a chart is its table alone."""
    fonts = (ROOT / "resources" / "fonts").as_uri()
    parts = [f"<h1>{escape(document.title)}</h1>", _table(document.facts)]
    for section in document.sections:
        if section.paragraphs:
            parts.append(f"<h1>{section.number}. {escape(section.title)}</h1>")
            parts += _section(section.paragraphs)
    look = _LOOK.replace("FONTS", fonts)
    head = f"<title>{escape(document.title)}</title><style>{look}</style>"
    return f'<html lang="{document.language}"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _section(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for kind, group in groupby(paragraphs, key=lambda p: p.kind):
        rows = list(group)
        if kind == ParagraphKind.ITEM:
            yield "<ul>" + "".join(f"<li>{escape(p.text)}</li>" for p in rows) + "</ul>"
        elif kind in (ParagraphKind.TABLE, ParagraphKind.CHART):
            yield from (_table(p.cells, head=True) for p in rows)
        else:
            tag = "h2" if kind == ParagraphKind.HEADING else "p"
            yield from (f"<{tag}>{escape(p.text)}</{tag}>" for p in rows)


def _table(rows: tuple[tuple[str, ...], ...], *, head: bool = False) -> str:
    made = ""
    for n, row in enumerate(rows):
        tag = "th" if head and n == 0 else "td"
        cells = "".join(f"<{tag}>{escape(text)}</{tag}>" for text in row)
        made += f"<thead><tr>{cells}</tr></thead>" if tag == "th" else f"<tr>{cells}</tr>"
    return f"<table>{made}</table>"
