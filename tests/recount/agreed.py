"""A common view that both confirmed, read row by row: what of it has to be counted, and what stays two views."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.coding import CodingHeader
from app.model.decision import Decision
from app.model.observation import Observation
from app.model.rating import Rating
from app.ports import Store
from tests.recount.figures import Both, Cell, Span, task_at, window


@dataclass(frozen=True)
class Agreed:
    """The rows of one common view, and of the two codings it was made from."""

    header: CodingHeader
    rows: tuple[Observation, ...]
    ratings: tuple[Rating, ...]
    decisions: tuple[Decision, ...]
    own: dict[str, Observation]

    def cells(self, both: Both, points: Sequence[str]) -> dict[tuple[int, str], Cell]:
        """By task number (0 between tasks) and code; nothing in a common view is one's alone."""
        found: dict[tuple[int, str], Cell] = {}
        for row in sorted(self.rows, key=lambda o: o.start):
            if row.code in points:
                found.setdefault((task_at(both, row.start), row.code), Cell()).both.append(row.start)
        return found

    def time_of(self, both: Both, code: str) -> int:
        """How long a state is on within what both covered and somebody filmed, µs."""
        on: list[Span] = [(o.start, o.end) for o in self.rows if o.code == code and o.end is not None]
        return sum(max(0, min(e, f) - max(s, t)) for s, e in window(both) for t, f in on)

    def differently(self) -> list[Decision]:
        return [d for d in self.decisions if d.verdict == "differently"]

    def when(self, decision: Decision) -> tuple[int, ...]:
        """From when to when a state is seen differently; when an event is, by the earlier of its marks."""
        if decision.kind == "rating":
            return ()
        if decision.kind == "state":
            assert decision.start is not None
            assert decision.end is not None
            return decision.start, decision.end
        return (min(self.own[i].start for i in (*decision.a_ids, *decision.b_ids)),)

    def values(self, item: str, sheets: Sequence[dict[str, int | None]]) -> list[list[int | None]]:
        """The pair's own rating of an item, or both workers' where they see it differently; nothing where unrated."""
        if any(d.item == item for d in self.differently()):
            return [[s[item]] if item in s else [] for s in sheets]
        return [[r.value] for r in self.ratings if r.item == item]

    def reasons(self) -> list[str]:
        """As they were written, and as a sentence begins."""
        said = [x for d in self.decisions for x in (d.reason, d.reason_a, d.reason_b) if x]
        return [*said, *(x[0].upper() + x[1:] for x in said)]


def agreed(store: Store, meeting_id: str) -> Agreed | None:
    """The common view of a meeting; None when there is none that both confirmed."""
    headers = {h.kind: h for h in store.find(CodingHeader, meeting_id=meeting_id)}
    header = headers.get("common-view")
    if header is None or header.state != "ready":
        return None
    own = {
        o.id: o
        for h in store.find(CodingHeader, meeting_id=meeting_id)
        if h.kind == "own"
        for o in store.find(Observation, coding_id=h.id)
    }
    return Agreed(
        header,
        tuple(store.find(Observation, coding_id=header.id)),
        tuple(store.find(Rating, coding_id=header.id)),
        tuple(store.find(Decision, coding_id=header.id)),
        own,
    )
