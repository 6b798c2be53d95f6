"""A service that the office gives: its method, scheme, instrument, kinds of meeting and the sections of its statement.

Everything that is one method's own is here as data; the rest of the program asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.words import Words


class SectionKey(StrEnum):
    """Sections that the program itself fills or checks. A service may have others, and may lack some of these."""

    COMMISSION = "commission"
    FAMILY = "family"
    BACKGROUND = "background"
    HOW_DONE = "how-done"
    METHODS = "methods"
    CHILDS_VIEW = "childs-view"
    PARENTS_VIEWS = "parents-views"
    OBSERVATIONS = "observations"
    FEEDBACK = "feedback"
    CONCLUSIONS = "conclusions"
    COMMENTS = "comments"
    SIGNATURES = "signatures"
    DISTRIBUTION = "distribution"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class ServiceSection:
    """One section of the service's statement: its key in the archive, and its number and title as printed.

    `interprets`: what is written in it is the workers' interpretation, and the document says so.
    """

    key: str
    number: int
    title: Words
    interprets: bool = False


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """A kind of meeting: its key in the archive, how a list calls one (with the place `{adult}`), and its form.

    Of one that is `filmed` there are tasks, films and codings. `with_adult` and `with_child` say whom one of another
    kind is made for at first.
    """

    key: str
    called: Words
    form: Words
    filmed: bool = False
    with_adult: bool = False
    with_child: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """What one service is made of.

    The first of `schemes` and of `instruments` is what a coding begins with; the first of `meetings` is what a new
    meeting is. `method` is the method as trainings name it: `title_proven` is the result's name when each of
    the pair has proof of training in it, `title_unproven` otherwise (title rule, domain 4.3; practice 4: the less
    trained of the two decides), and `naming` tells a worker so.
    """

    id: str
    name: Words
    method: str
    title_proven: Words
    title_unproven: Words
    naming: Words
    caveat: Words
    rights: Words
    schemes: tuple[str, ...]
    instruments: tuple[str, ...]
    meetings: tuple[MeetingKind, ...]
    sections: tuple[ServiceSection, ...]

    @property
    def scheme(self) -> str:
        """Id of the scheme that a coding begins with."""
        return self.schemes[0]

    @property
    def instrument(self) -> str:
        """Id of the instrument that a coding begins with."""
        return self.instruments[0]

    def section(self, key: str) -> ServiceSection:
        """The section of a key; a key that the service lacks is a bug (KeyError)."""
        return {s.key: s for s in self.sections}[key]

    def has_section(self, key: str) -> bool:
        return any(s.key == key for s in self.sections)

    def title(self, *, proven: bool) -> Words:
        """Title rule (domain 4.3)."""
        return self.title_proven if proven else self.title_unproven
