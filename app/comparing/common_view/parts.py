"""Parts of a common view, each with its origin. Their ids follow from what they are: the same again is the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.common_view import Came, Origin, origin_id
from app.model.identity import named_id
from app.model.observation import How, Observation
from app.model.rating import Rating
from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class Part:
    """One observation or rating of a common view, and where it came from."""

    thing: Observation | Rating
    origin: Origin


@dataclass(frozen=True, slots=True)
class Sources:
    """What each coder had where a part comes from, by id."""

    a_ids: tuple[str, ...] = ()
    b_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, a_ids: set[str] | frozenset[str], b_ids: set[str] | frozenset[str]) -> Sources:
        return cls(tuple(sorted(a_ids)), tuple(sorted(b_ids)))


def marked(
    coding_id: str, mark: tuple[str, str, Micros, Micros | None], came: Came, sources: Sources, decision_id: str = ""
) -> Part:
    """An observation (person, code, start, end) that neither has just so: of both, or a new one."""
    person, code, start, end = mark
    made = Observation("", coding_id, code, person, start, end, how=How.EDITED)
    return _part(made, came, sources, decision_id)


def shared(coding_id: str, a: Observation, b: Observation, at: Micros) -> Part:
    """The event that two marks of one code are, at `at`: with what both said more closely, and both notes."""
    more = tuple(sorted({*a.modifiers} & {*b.modifiers}))
    note = joined(a.note, b.note)
    made = Observation("", coding_id, a.code, a.person, at, modifiers=more, note=note, how=How.EDITED)
    return _part(made, Came.BOTH, Sources((a.id,), (b.id,)), "")


def taken(coding_id: str, own: Observation, came: Came, sources: Sources, decision_id: str = "") -> Part:
    """A coder's own observation as it is, with its note and what it was seen on."""
    return _part(replace(own, coding_id=coding_id, open=False), came, sources, decision_id)


def rated(coding_id: str, own: Rating, came: Came, sources: Sources, decision_id: str = "") -> Part:
    """A rating. Which moments ground it is told by its origin: they are observations of the originals."""
    return _part(replace(own, coding_id=coding_id, evidence=()), came, sources, decision_id)


def joined(*texts: str) -> str:
    """What each wrote, one after the other; the same words once."""
    return "\n".join(dict.fromkeys(t for text in texts if (t := text.strip())))


def _part(thing: Observation | Rating, came: Came, sources: Sources, decision_id: str) -> Part:
    if isinstance(thing, Observation):
        what = f"{thing.person}/{thing.code}/{thing.start}/{thing.end}"
    else:
        what = f"{thing.item}/{thing.segment_id}"
    made = named_id(thing.coding_id, came, what, *sources.a_ids, "", *sources.b_ids, "", decision_id)
    origin = Origin(origin_id(made), thing.coding_id, made, came, sources.a_ids, sources.b_ids, decision_id)
    return Part(replace(thing, id=made), origin)
