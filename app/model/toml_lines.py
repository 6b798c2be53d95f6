"""On which line of a TOML text a thing stands that is named by its place: what a person looks for in an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.model.units import LineNumber

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]")
_KEY = re.compile(r"""^\s*["']?([A-Za-z0-9_-]+)["']?\s*=\s*(?:"([^"]*)"|'([^']*)')?""")
_STEP = re.compile(r"([A-Za-z0-9_-]+)(?:\[([^\]]*)\])?")
_LONG = re.compile('"""|' + "'''")


@dataclass
class _Section:
    """A table: the line of its header, those of its keys, its own id, and the tables within it by name."""

    line: LineNumber
    keys: dict[str, LineNumber] = field(default_factory=dict)
    ident: str = ""
    within: dict[str, list[_Section]] = field(default_factory=dict)


def line_of(text: str, place: str, name: str = "") -> LineNumber:
    """The line, from 1, of a field at a place such as `tasks[A1].name`; of the table where the field is not there."""
    section = _sections(text)
    for step, label in _STEP.findall("" if place == "file" else place):
        rows = section.within.get(step, [])
        found = next((row for row in rows if label and row.ident == label), None)
        if found is None and label.isdigit() and 0 < int(label) <= len(rows):
            found = rows[int(label) - 1]
        if found is None and rows and not label:
            found = rows[-1]
        if found is None:
            return section.keys.get(step, section.line)
        section = found
    return section.keys.get(name, section.line)


def _sections(text: str) -> _Section:
    """The tables of a text, found by their headers; what stands within a text of several lines is none."""
    root = here = _Section(1)
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            if header := _HEADER.match(line):
                here = _opened(root, header[2].split("."), number)
            elif key := _KEY.match(line):
                here.keys.setdefault(key[1], number)
                if key[1] == "id":
                    here.ident = key[2] or key[3] or ""
        for mark in _LONG.findall(line):
            inside = mark if not inside else "" if mark == inside else inside
    return root


def _opened(root: _Section, path: list[str], number: LineNumber) -> _Section:
    """A new table at the end of a path, within the last one of each name before it."""
    above = root
    for step in path[:-1]:
        rows = above.within.setdefault(step, [])
        if not rows:
            rows.append(_Section(number))
        above = rows[-1]
    made = _Section(number)
    above.within.setdefault(path[-1], []).append(made)
    return made
