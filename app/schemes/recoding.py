"""A coding read in another scheme, by what that scheme's codes say they take the place of (`covers`, domain 2.3.2).

It is a copy that says so, made when it is asked for and never kept: nobody coded it, so it is no coding of the pair, it
is compared with none, and the archive refuses it. It goes only from the finer scheme to the one that covers its codes:
the other way it would say more than anybody saw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.i18n import Texts
from app.model.coding import PASSES, Coding, CodingKind
from app.model.identity import named_id
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.scheme import Code, Kind, Scheme


@dataclass(frozen=True)
class Recoded:
    """A copy of a coding in `target`, and what it could not take with it.

    `carried` observations of the `of` there were came over; of these `joined` became one with another that says the
    same, and of `moved` it now tells of somebody else, as of both instead of one. `lost` are those that have no code in
    the target, by code; `clashing` the states that had none of their own time in it. `modifiers` were dropped.
    """

    source: Scheme
    target: Scheme
    coding: Coding
    of: int
    carried: int
    joined: int
    moved: int
    lost: tuple[tuple[Code, int], ...]
    clashing: int
    modifiers: int


def can_recode(source: Scheme, target: Scheme) -> bool:
    """Whether codes of the target take the place of codes of the source."""
    covered = {key for code in target.codes for key in code.covers}
    return source.id != target.id and any(code.id in covered for code in source.codes)


def place_of(source: Scheme, target: Scheme) -> dict[str, Code]:
    """By code of the source the target's that takes its place: the one that covers it, else the same one.

    Only a code of the same kind does, and none where two would.
    """
    covering: dict[str, list[Code]] = {}
    for code in target.codes:
        for key in code.covers:
            covering.setdefault(key, []).append(code)
    found: dict[str, Code] = {}
    for code in source.codes:
        same = target.code(code.id)
        choice = covering.get(code.id) or ([same] if same is not None and same.actor == code.actor else [])
        if len(choice) == 1 and choice[0].kind == code.kind:
            found[code.id] = choice[0]
    dark = target.code(target.cannot_be_coded)
    return found | ({source.cannot_be_coded: dark} if dark is not None else {})


def recode(coding: Coding, source: Scheme, target: Scheme) -> Recoded:
    """`coding` was made with `source`.

    Ratings stay, for their form is another matter; flags, bookmarks and private notes do not come.
    """
    places, made_id = place_of(source, target), named_id(coding.id, "recoded", target.id, str(target.version))
    copies = _Copies(target, made_id)
    lost: Counter[str] = Counter()
    for own in coding.sorted_observations():
        place = places.get(own.code)
        if place is None:
            lost[own.code] += 1
        else:
            copies.take(own, place)
    header = replace(
        coding.header, id=made_id, scheme_id=target.id, scheme_version=target.version, kind=CodingKind.RECODED,
        passes=tuple(p for p in coding.header.passes if p.part in {*PASSES, *(x.id for x in target.layers)}),
    )  # fmt: skip
    ratings = [_rated(r, copies.ids, made_id) for r in coding.ratings.values()]
    return Recoded(
        source, target, Coding(header, dict(copies.rows), ratings={r.id: r for r in ratings}),
        len(coding.observations), len(copies.ids), copies.joined, copies.moved,
        tuple((code, lost[code.id]) for code in source.codes if lost[code.id]), copies.clashing, copies.modifiers,
    )  # fmt: skip


class _Copies:
    """The copies one after the other, in time order, and what became of the rest."""

    def __init__(self, target: Scheme, coding_id: str) -> None:
        self._target, self._coding_id = target, coding_id
        self.rows: dict[str, Observation] = {}
        self.ids: dict[str, str] = {}  # by the original's the copy's
        self.joined = self.moved = self.clashing = self.modifiers = 0
        self._points: dict[tuple[str, str, int], str] = {}
        self._last: dict[tuple[str, str], str] = {}  # by person and lane the copy of the state begun last

    def take(self, own: Observation, place: Code) -> None:
        person = own.person if own.person.startswith(place.actor) else _person_of(place)
        made = replace(
            own, id=named_id(self._coding_id, own.id), coding_id=self._coding_id, code=place.id, person=person,
            modifiers=tuple(m for m in own.modifiers if m in {x.id for x in place.modifiers}),
        )  # fmt: skip
        into = self._of_same(own, made, place)
        if into is None:
            self.clashing += 1
            return
        self.modifiers += len(own.modifiers) - len(made.modifiers)
        self.moved += person != own.person
        self.joined += into != made.id
        self.ids[own.id] = into

    def _of_same(self, own: Observation, made: Observation, place: Code) -> str | None:
        """The id of what it became part of: another that says the same, or its own; None where it has no place."""
        if place.kind == Kind.POINT:
            into = self._points.setdefault((made.person, made.code, made.start), made.id)
            self.rows.setdefault(into, made)
            return into
        key = (made.person, place.lane)
        before = self.rows.get(self._last.get(key, ""))
        reaches = before is not None and (before.open or before.end is None or before.end >= made.start)
        touches_only = before is not None and before.end == made.start
        if before is None or not reaches or (touches_only and not self._is_one(before, own, made)):
            self._last[key] = made.id
            self.rows[made.id] = made
            return made.id
        if before.code != made.code:
            return None
        is_open = before.open or made.open
        end = None if is_open or before.end is None or made.end is None else max(before.end, made.end)
        self.rows[before.id] = replace(before, end=end, open=is_open)
        return before.id

    def _is_one(self, before: Observation, own: Observation, made: Observation) -> bool:
        """Two that only touch are one where the finer scheme told them apart and this does not."""
        return before.code == made.code and own.code != made.code


def _person_of(place: Code) -> str:
    return str(place.actor) if place.actor == "dyad" else f"{place.actor}1"


def _rated(rating: Rating, ids: Mapping[str, str], coding_id: str) -> Rating:
    evidence = tuple(dict.fromkeys(ids[i] for i in rating.evidence if i in ids))
    return replace(rating, id=named_id(coding_id, rating.id), coding_id=coding_id, evidence=evidence)


def in_words(texts: Texts, done: Recoded) -> tuple[str, ...]:
    """What it is, and in numbers what did not come with it."""
    t = texts
    said = [
        t.tr(
            "Recoded from {scheme}, version {version}: a copy that nobody coded so. It is in no agreement.",
            scheme=t.words(done.source.name), version=done.source.version,
        ),
        t.tr("{n} of {of} observations came over.", n=t.number(done.carried), of=t.number(done.of)),
    ]  # fmt: skip
    if done.lost:
        names = ", ".join(f"{t.words(code.name)} ({t.number(n)})" for code, n in done.lost)
        said.append(t.tr("Without a code in {scheme}: {names}.", scheme=t.words(done.target.name), names=names))
    if done.joined:
        said.append(t.trn("{n} became one with another that says the same.",
                          "{n} became one with others that say the same.", done.joined))  # fmt: skip
    if done.moved:
        said.append(t.trn("{n} now tells of somebody else than the original.",
                          "{n} now tell of somebody else than the original.", done.moved))  # fmt: skip
    if done.clashing:
        said.append(t.trn("{n} state had no time left and is not in it.",
                          "{n} states had no time left and are not in it.", done.clashing))  # fmt: skip
    if done.modifiers:
        said.append(t.trn("{n} modifier was left out.", "{n} modifiers were left out.", done.modifiers))
    return tuple(said)
