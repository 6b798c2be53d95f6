"""A sheet leaves the program: as a file for a spreadsheet or as text to paste. Both are in the access log."""

from __future__ import annotations

from pathlib import Path

from app.exchange.spreadsheets import csv_file, tab_text
from app.model.coding import CodingHeader
from app.numbers.sheets.sheet import Sheet
from app.ports import Store
from app.whole_file import write_whole


def save_table(store: Store, coding_id: str, sheet: Sheet, path: Path) -> None:
    """Write the sheet's table to `path`, whole or not at all, and log the export.

    Raises AppError(`cannot-write`) for the disk or the place; what was at `path` before is then untouched.
    """
    assert sheet.table is not None, "only a table is saved"
    write_whole(path, csv_file(sheet.table.exported(), sheet.notes))
    store.note("export", CodingHeader, coding_id, f"numbers={sheet.id}")


def table_to_paste(store: Store, coding_id: str, sheet: Sheet) -> str:
    """The sheet's table as text between tabs; logged as a copy."""
    assert sheet.table is not None, "only a table is copied"
    note_copy(store, coding_id, sheet)
    return tab_text(sheet.table.exported(), sheet.notes)


def note_copy(store: Store, coding_id: str, sheet: Sheet) -> None:
    store.note("copy", CodingHeader, coding_id, f"numbers={sheet.id}")
