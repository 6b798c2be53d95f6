"""A common view as it is told and counted: what of one state was decided in pieces is one state again.

The archive holds a common view in pieces, for each decision brings its own and takes only that away again, and each
piece knows where it came from. Where a decided piece touches an agreed one of the same code the state went on: counted
by pieces there would be more of them, each shorter, than anybody saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.model.coding import Coding, CodingHeader
from app.model.common_view import CommonCoding, Origin
from app.model.decision import Decision
from app.model.observation import Observation
from app.model.scheme import Scheme
from app.statistics.acts import Reading


@dataclass(frozen=True)
class ToldView:
    """What figures and documents are made of: `coding` has each state once, from where it began to where it ended.

    A state has the id of its first piece; `pieces` are by that id those of all its pieces, in time order.
    """

    common: CommonCoding
    coding: Coding
    pieces: Mapping[str, tuple[str, ...]]

    @property
    def header(self) -> CodingHeader:
        return self.common.header

    @property
    def decisions(self) -> Mapping[str, Decision]:
        return self.common.decisions

    def origins_of(self, part_id: str) -> tuple[Origin, ...]:
        """Where an observation or rating came from: of a state each of its pieces has its own."""
        found = (self.common.origin_of(i) for i in self.pieces.get(part_id, (part_id,)))
        return tuple(o for o in found if o is not None)


def told(common: CommonCoding, scheme: Scheme) -> ToldView:
    """`scheme` is the one it was coded with: it says what is a state. An event stays what it is beside another."""
    reading, kept = Reading.of(scheme), dict(common.coding.observations)
    pieces: dict[str, tuple[str, ...]] = {}
    ends: dict[tuple[str, str, int | None], Observation] = {}
    for piece in common.coding.sorted_observations():
        if piece.end is None or piece.code in reading.points:
            continue
        first = ends.pop((piece.person, piece.code, piece.start), None)
        whole = piece if first is None else _gone_on(first, piece)
        if first is not None:
            del kept[piece.id]
        kept[whole.id] = whole
        pieces[whole.id] = (*pieces.get(whole.id, ()), piece.id)
        ends[whole.person, whole.code, whole.end] = whole
    return ToldView(common, replace(common.coding, observations=kept), pieces)


def _gone_on(first: Observation, then: Observation) -> Observation:
    """One state of two that touch. A state of a common view has no note, nor is anything said of it more closely."""
    return replace(first, end=then.end)
