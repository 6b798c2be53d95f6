"""What stands on a paper of a service (letter, plan, summary, record, certificate), before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.model.statement_document import PageHead


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """Rows side by side; the first of `cells` are their head. `about` is read aloud before it."""

    about: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """Named values one below the other, of a sheet or of one row of a table with long texts."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ServiceSection:
    """What stands under one heading: groups, or one table."""

    title: str
    groups: tuple[ServiceGroup, ...] = ()
    table: ServiceTable | None = None


@dataclass(frozen=True, slots=True)
class SignLine:
    """A line to sign on; `name` is known, or written by hand when empty."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ServicePaper:
    """The whole paper in words, in its own language.

    `sender` are who made it, the employer first, under whose `head` it stands. `marking` is that of secrecy, empty for
    a paper that is not secret. `opening` and `closing` are paragraphs, `day` is when it was made. `leads`: the first
    paragraph stands large, as the name on a certificate; `facts_last`: the facts stand at the end, as in a letter.
    """

    title: str
    subtitle: str
    day: date
    sender: tuple[str, ...] = ()
    head: PageHead | None = None
    marking: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    opening: tuple[str, ...] = ()
    sections: tuple[ServiceSection, ...] = ()
    closing: tuple[str, ...] = ()
    signers: tuple[SignLine, ...] = ()
    leads: bool = False
    facts_last: bool = False
