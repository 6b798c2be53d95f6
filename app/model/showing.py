"""How one child shows contact, distress and *no*: written before anybody codes, and kept as both coders read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Showing:
    """One version, in the workers' words. `written` is the day of its last words and `by` whose they are (worker id).

    `read_in` are the meetings whose first coding was begun with it: from then on its words stay as they are, and other
    words are a version of their own.
    """

    id: str
    case_id: str
    contact: str = ""
    distress: str = ""
    no: str = ""
    written: date | None = None
    by: str = ""
    read_in: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, str, str]:
        return self.contact, self.distress, self.no

    @property
    def says(self) -> bool:
        """Whether anything is written."""
        return any(part.strip() for part in self.words)
