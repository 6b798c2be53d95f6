"""The child's close network as data for its map, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.casework.case_file import CaseFile
from app.charts.network import Knot, MapWords
from app.i18n import Texts
from app.model.people import Person, Ring, age_on
from app.vocabulary import StatementTexts


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """Who is drawn, `told` in words, and `left` who has no place yet."""

    child: str
    knots: tuple[Knot, ...]
    words: MapWords
    told: str
    left: tuple[str, ...]


def network_map(t: Texts, case: CaseFile, day: date) -> NetworkMap:
    """By what people are called, never by name; nobody's words are on it."""
    fixed = StatementTexts(t.language)
    others = [p for p in case.everybody if not p.is_child]
    drawn = [p for p in others if p.ring != Ring.NOT_DRAWN]
    bonds = {bond: fixed.of("bonds", bond) for bond in fixed.keys("bonds")}
    words = MapWords(fixed.of("rings", Ring.HOME), fixed.of("rings", Ring.CLOSE), bonds)
    knots = tuple(Knot(with_age(t, p, day), p.ring, p.bond, not p.is_adult) for p in drawn)
    told = "; ".join(
        f"{name}: " + ", ".join(f"{k.name} ({bonds[k.bond]})" for k in knots if k.ring == ring)
        for ring, name in ((Ring.HOME, words.home), (Ring.CLOSE, words.close))
        if any(k.ring == ring for k in knots)
    )
    child = with_age(t, case.child, day) if case.child is not None else t.tr("child")
    left = tuple(p.called for p in others if p.ring == Ring.NOT_DRAWN)
    return NetworkMap(child, knots, words, told, left)


def with_age(t: Texts, person: Person, day: date) -> str:
    """*isosisko 9 v*; of an adult only what the person is called."""
    if person.is_adult or person.born is None or person.born > day:
        return person.called
    return t.tr("{called} {years} y", called=person.called, years=age_on(person.born, day)[0])
