"""What a document tells of one rated item: what the pair decided once both confirmed it, before what each rated.

A point that the two see differently stays two, each with its own reason. Figures of agreement know nothing of this:
they are always those of the two sheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.comparing.common_view.laying_out import of_one_instrument
from app.comparing.comparison import Comparison
from app.model.decision import Decision, DisagreementKind, Verdict
from app.model.instrument import Item
from app.model.rating import Rating
from app.statement.material import Material


@dataclass(frozen=True, slots=True)
class ToldRating:
    """`ratings` is the one that both stand behind, or A's and B's; None is *not rated*.

    `reasons` say why: of the one rating whatever was written of it, of two A's and B's. Before there is a common view
    they are empty: then each coder's own reason is that coder's to offer.
    """

    ratings: tuple[Rating | None, ...]
    reasons: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether both stand behind it."""
        return len(self.ratings) == 1

    def __bool__(self) -> bool:
        """Whether anybody rated it."""
        return any(r is not None for r in self.ratings)

    @property
    def has_value(self) -> bool:
        """Whether there was an occasion for anybody to see it."""
        return any(r is not None and r.value is not None for r in self.ratings)


def told_rating(m: Material, found: Comparison, item: Item) -> ToldRating:
    """Two different forms have no common view of their ratings: then each stands as it is."""
    own = tuple(c.rating_of(item.id) for c in (found.a, found.b))
    common = m.common_of(found)
    if common is None or not of_one_instrument(found):
        return ToldRating(own)
    decision = _decision(common.decisions.values(), item)
    if decision is not None and decision.verdict == Verdict.DIFFERENTLY:
        return ToldRating(own, (_line(decision.reason_a), _line(decision.reason_b)))
    shared = common.coding.rating_of(item.id)
    said = (shared.reason if shared is not None else "", decision.reason if decision is not None else "")
    return ToldRating((shared,), tuple(dict.fromkeys(line for text in said if (line := _line(text)))))


def _decision(decisions: Iterable[Decision], item: Item) -> Decision | None:
    rows = (d for d in decisions if d.kind == DisagreementKind.RATING)
    return next((d for d in rows if d.item == item.id and not d.segment_id), None)


def _line(words: str) -> str:
    return " ".join(words.split())
