"""Who stands above the title of a document: an employer's name, address and logo, as the office keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office's own, one for each employer. Used by every document made from then on; what is final has its own.

    `employer` is the name as workers and commissions have it, `address` lines as they are printed. `logo` is a PNG file
    as `read_logo` makes it, empty for none, and in no journal; `logo_words` is what is read of it aloud, empty for the
    employer's name.
    """

    id: str
    employer: str
    address: tuple[str, ...] = ()
    logo: bytes = field(default=b"", repr=False, metadata={"journal": False})
    logo_words: str = ""

    def is_of(self, employer: str) -> bool:
        """Whether it is this employer's: names are compared without case and spaces."""
        return bool(employer.strip()) and _plain(self.employer) == _plain(employer)


def letterhead_of(held: Iterable[Letterhead], employer: str) -> Letterhead | None:
    """The one of an employer; None where the office has none for that name."""
    return next((one for one in held if one.is_of(employer)), None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
