"""*Keep apart*: which people of a case must not meet (domain 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from app.model.identity import named_id
from app.model.people import Case, Person


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two people of a case who must not meet; `one_id` sorts before `other_id`, so that each pair is there once."""

    id: str
    case_id: str
    one_id: str
    other_id: str


def kept_apart(case_id: str, one_id: str, other_id: str) -> KeptApart:
    """The pair of two people, whoever is named first."""
    assert one_id != other_id, "nobody is kept apart from oneself"
    first, second = sorted((one_id, other_id))
    return KeptApart(named_id("kept-apart", case_id, first, second), case_id, first, second)


@dataclass(frozen=True, slots=True)
class Apart:
    """Who of a case must not meet whom: `adults` are the ids of its adults, `pairs` those of any two."""

    adults: frozenset[str]
    pairs: frozenset[frozenset[str]]

    def __bool__(self) -> bool:
        """Whether two adults of the case must not meet: then no paper is about all of them."""
        return any(pair <= self.adults for pair in self.pairs)

    def of(self, person_id: str) -> frozenset[str]:
        """Who must not meet a person."""
        return frozenset(other for pair in self.pairs if person_id in pair for other in pair - {person_id})

    def parts(self, person_ids: Iterable[str]) -> bool:
        """Whether two of these must not meet each other."""
        together = frozenset(person_ids)
        return any(pair <= together for pair in self.pairs)


def apart(case: Case, persons: Iterable[Person], pairs: Iterable[KeptApart]) -> Apart:
    """Of one case: every two of its adults where all are kept apart, and the pairs that were named."""
    adults = frozenset(p.id for p in persons if p.is_adult and not p.network_only)
    found = {frozenset((pair.one_id, pair.other_id)) for pair in pairs}
    if case.keep_apart:
        found |= {frozenset(two) for two in combinations(adults, 2)}
    return Apart(adults, frozenset(found))
