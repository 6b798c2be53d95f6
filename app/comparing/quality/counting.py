"""Every figure of the pairs' quality, counted once, in a job; what rests on too few meetings is not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.comparing.quality.gathering import (
    EventKey,
    FormTargets,
    Office,
    SchemeTargets,
    StateKey,
    categories_of,
    gathered,
)
from app.errors import Cancelled as CancelledError
from app.model.people import Worker
from app.ports import Cancelled, Progress, Store
from app.statistics.alpha import Level
from app.statistics.pair_quality import (
    FEWEST_MEETINGS,
    Agreed,
    EventsAgreed,
    Target,
    Two,
    agreed,
    between,
    events_agreed,
    meetings_in,
    pairs_in,
)


class Of(StrEnum):
    """What is compared over meetings."""

    ITEM = "item"
    STATE = "state"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class QualityKey:
    """One figure: of an item of a form, or of a scheme's states or events; `source` is the stored id of either.

    `two` None is all pairs together.
    """

    of: Of
    source: str
    item: str = ""
    state: StateKey | None = None
    events: EventKey | None = None
    two: Two | None = None


@dataclass(frozen=True)
class Quality:
    """What can be shown. `pairs` says in how many meetings each two have coded; figures are by their key.

    Nothing rests on fewer than ten meetings.
    """

    office: Office
    pairs: Mapping[Two, int]
    items: Mapping[QualityKey, Agreed]
    states: Mapping[QualityKey, Agreed]
    events: Mapping[QualityKey, EventsAgreed]

    @property
    def is_enough(self) -> bool:
        """Whether there are ten meetings at all."""
        return len(self.office.meetings) >= FEWEST_MEETINGS

    @property
    def is_one_pair(self) -> bool:
        """Whether all meetings were coded by the same two: then they are all there is."""
        return len(self.pairs) == 1


def quality_of(office: Office, cancelled: Cancelled = lambda: False) -> Quality:
    """For a job. Raises Cancelled."""
    made = _Counting(office, cancelled)
    if len(office.meetings) >= FEWEST_MEETINGS:
        for source, form in office.forms.items():
            made.form(source, form)
        for source, scheme in office.schemes.items():
            made.scheme(source, scheme)
    counts = {two: len(meetings) for two, meetings in _pairs(office).items()}
    return Quality(office, counts, made.items, made.states, made.events)


def _pairs(office: Office) -> dict[Two, frozenset[str]]:
    """Everybody who has coded together, in whatever."""
    found: dict[Two, frozenset[str]] = {}
    for two, meeting in office.coded:
        found[two] = found.get(two, frozenset()) | {meeting}
    return found


class _Counting:
    def __init__(self, office: Office, cancelled: Cancelled) -> None:
        self._office, self._cancelled = office, cancelled
        self.items: dict[QualityKey, Agreed] = {}
        self.states: dict[QualityKey, Agreed] = {}
        self.events: dict[QualityKey, EventsAgreed] = {}

    def form(self, source: str, form: FormTargets) -> None:
        for item in form.instrument.items:
            scale = form.instrument.scale_of(item).points
            key = QualityKey(Of.ITEM, source, item=item.id)
            self.items |= self._of(key, form.items.get(item.id, []), scale, Level.ORDINAL)

    def scheme(self, source: str, held: SchemeTargets) -> None:
        for state, targets in held.states.items():
            places = range(len(categories_of(held.scheme, state)))
            key = QualityKey(Of.STATE, source, state=state)
            self.states |= self._of(key, targets, places, Level.NOMINAL)
        for of, tables in held.events.items():
            twos = sorted({t.two for t in tables})
            for two in (None, *twos):
                self._check()
                made = events_agreed(tables, two)
                if made.meetings >= FEWEST_MEETINGS:
                    self.events[QualityKey(Of.EVENTS, source, events=of, two=two)] = made

    def _of(
        self, key: QualityKey, targets: Sequence[Target], scale: Sequence[int], level: Level
    ) -> dict[QualityKey, Agreed]:
        """All pairs together, and each alone, of those that have enough meetings."""
        made = {}
        if len(meetings_in(targets)) >= FEWEST_MEETINGS:
            made[key] = agreed(targets, scale, level)
        for two, meetings in pairs_in(targets).items():
            self._check()
            if len(meetings) >= FEWEST_MEETINGS:
                own = QualityKey(key.of, key.source, key.item, key.state, key.events, two)
                made[own] = agreed(between(targets, two), scale, level, two)
        return made

    def _check(self) -> None:
        if self._cancelled():
            raise CancelledError


def look_at_quality(store: Store, progress: Progress, cancelled: Cancelled) -> Quality:
    """Everything for somebody's eyes: the access log says who looked. For a job. Raises Cancelled, StoreError."""
    made = quality_of(gathered(store, progress, cancelled), cancelled)
    store.note("view", Worker, store.me, f"pair-quality={len(made.office.meetings)}")
    return made
