"""The sentence of each expected trouble: what happened, what is safe, what to do."""

from __future__ import annotations

from app.errors import AppError
from app.i18n import N_, Texts

SENTENCES: dict[str, str] = {
    "unknown": N_("Something did not work. What was saved is safe. Please try again."),
    "table-unreadable": N_(
        "File {table} cannot be read. Check its name and that you may open it. Nothing was changed."
    ),
    "table-not-text": N_("File {table} is not UTF-8 text. Save it as CSV in UTF-8 and try again."),
    "table-empty": N_("File {table} is empty. Its first line must name the columns {header}."),
    "table-header": N_("File {table}, line {line}: the columns must be {header}, each once."),
    "table-cells": N_("File {table}, line {line}: {found} cells, but the first line names {expected} columns."),
    "table-row": N_("File {table}, line {line}: this line cannot be read as a row of a table."),
    "table-cell-empty": N_("File {table}, line {line}, column {column}: the cell is empty."),
    "table-number": N_("File {table}, line {line}, column {column}: this is not a number."),
    "table-person": N_("File {table}, line {line}, column {column}: the person must be one of {allowed}."),
    "table-order": N_("File {table}, line {line}, column {column}: the end is before the start."),
    "table-scale": N_(
        "File {table}, line {line}, column {column}: the value must be a whole number from {low} to {high}."
    ),
    "table-twice": N_("File {table}, line {line}, column {column}: this target already has a value in this file."),
    "agreement-tables": N_(
        "Give two observation tables with --from and --to, or two or more tables after --ratings with --scale."
    ),
    "agreement-window": N_("The window must end after it starts and be no longer than 24 hours."),
    "agreement-unit": N_("The time unit must be from 0.1 to 5 seconds."),
    "agreement-tolerance": N_("A tolerance cannot be less than 0."),
    "scheme-unreadable": N_("The scheme is neither perusrunko nor laaja-runko nor a scheme file that can be read."),
}


def sentence(texts: Texts, error: AppError) -> str:
    """What a person reads for `error`; its values fill the places of the sentence."""
    return texts.tr(SENTENCES.get(error.key, SENTENCES["unknown"]), **error.values)
