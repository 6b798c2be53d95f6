"""Whether a finished copy tells what it hides: it is opened again, and every word of it is looked at."""

from __future__ import annotations

from datetime import date

from app.errors import InputError
from app.model.hidden import Hidden, found_in, words_in
from app.reports.archival import About, about_itself
from app.reports.file_words import FileWords, revisions, words_of_file


def leaks(data: bytes, hidden: Hidden, language: str) -> tuple[str, ...]:
    """Where hidden words stand in a file: `page`, `read-aloud`, `outline`, `about`, `attached`, `field`, `left-over`.

    Empty when there is nothing to find. Raises InputError: `copy-unreadable`, `copy-has-earlier` for a file with an
    earlier revision in it.
    """
    if revisions(data) != 1:
        raise InputError("copy-has-earlier")
    fixed = frozenset(words_in(about_itself(About("", language, date.min))))
    of_format = Hidden(hidden.words - fixed, hidden.runs, hidden.names)
    found = [one.where for one in words_of_file(data) if found_in(one.text, _sought(one, hidden, of_format))]
    return tuple(dict.fromkeys(found))


def _sought(one: FileWords, hidden: Hidden, of_format: Hidden) -> Hidden:
    """What every file says of itself is no word of the document."""
    return of_format if one.where == "about" else hidden
