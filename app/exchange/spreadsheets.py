"""Tables as a spreadsheet takes them: a file for a Finnish Excel, and text for the clipboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

#: with these a spreadsheet would take words for a formula (OWASP, CSV injection)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Rows = Sequence[Sequence[str]]


def csv_file(rows: Rows, notes: Sequence[str] = ()) -> bytes:
    """UTF-8 with its mark, semicolons, CRLF; what the figures rest on stands below the rows after an empty line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    if notes:
        writer.writerow([])
        writer.writerows([[_plain(note)] for note in notes])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def tab_text(rows: Rows, notes: Sequence[str] = ()) -> str:
    """Cells between tabs, one row a line, for pasting."""
    lines = ["\t".join(" ".join(_plain(cell).split()) for cell in row) for row in rows]
    told = [" ".join(_plain(note).split()) for note in notes]
    return "\n".join([*lines, *(["", *told] if told else [])]) + "\n"


def _plain(text: str) -> str:
    """Words that begin as a formula does get an apostrophe in front; a negative figure is a figure.

    Spaces and ends of lines before the sign are passed over: spreadsheets do so, and pasting takes them away.
    """
    is_figure = text[:1] == "-" and text[1:].replace(",", "", 1).replace(".", "", 1).isdigit()
    begins = text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if begins and not is_figure else text
