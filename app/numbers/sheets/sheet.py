"""What a sheet is made of: pictures, a table, what can be chosen, and how figures are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.charts.picture import Picture
from app.i18n import Texts
from app.model.timecode import SECOND
from app.tables import Table

#: what was chosen on a sheet, by the choice's id
Chosen = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen on a sheet: options are (id, words), `chosen` is one of the ids."""

    id: str
    name: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Dial:
    """A window in whole seconds that can be turned: `id` is its field in `NumberSettings`."""

    id: str
    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `about` says in a sentence what it is, `notes` what the figures rest on.

    Without rows `empty` says why.
    """

    id: str
    title: str
    about: str
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    table: Table | None = None
    choices: tuple[Choice, ...] = ()
    dials: tuple[Dial, ...] = ()
    empty: str = ""


def chosen_of(chosen: Chosen, choice_id: str, options: Sequence[tuple[str, str]]) -> str:
    """What was chosen where it is still one of the options, else the first."""
    known = [option for option, _ in options]
    wanted = chosen.get(choice_id, "")
    return wanted if wanted in known else (known[0] if known else "")


def window_words(texts: Texts, micros: int) -> str:
    """`5 s`, `2,5 s`."""
    return f"{texts.number(micros / SECOND, 0 if micros % SECOND == 0 else 1)}\u00a0s"
