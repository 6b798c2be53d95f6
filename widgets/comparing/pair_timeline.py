"""Two codings in one timeline, A above B; with their common view in the middle where it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import LETTERS, verdict_words
from app.i18n import Texts
from app.model.coding import Coding
from app.model.common_view import Came, CommonCoding, Origin
from app.model.decision import Decision, DisagreementKind, Verdict
from app.model.timecode import Micros
from widgets.coding.coding_timeline import ObservationItems, segment_item
from widgets.look.look import Look
from widgets.timeline.lane_items import Item, filled
from widgets.timeline.lanes import Lane, lane_key, lanes_of
from widgets.timeline.tracks import CROSS, DIFFER, LOWER, MIDDLE, OPEN, UPPER, Link
from widgets.timeline.view import TimelineView

#: what stands where a decision left no mark, and where none is made yet
_SHAPES = {Verdict.NEITHER: CROSS, Verdict.DIFFERENTLY: DIFFER, Verdict.OPEN: OPEN}
_SIGNS = {Came.A: LETTERS[Verdict.A], Came.B: LETTERS[Verdict.B], Came.TWO: LETTERS[Verdict.BOTH]} | {
    Came.NEW: LETTERS[Verdict.NEW]
}


class PairTimeline(TimelineView):
    """Follows the walk: `refresh` after a decision. With `is_common` three tracks, else two."""

    def __init__(self, walk: Walk, look: Look, texts: Texts, *, is_common: bool) -> None:
        self._walk, self._is_common = walk, is_common
        found = walk.found
        self._shown = lanes_of(found.scheme, texts, flags=False)
        super().__init__(look, texts, self._shown, found.file.length, tracks=3 if is_common else 2)
        a, b = found.short_names
        self.tracks_called = (a, texts.tr("common view"), b) if is_common else (a, b)
        self._looks = ObservationItems(found.scheme, texts)
        self._lane_of = {c.id: lane_key(c) for c in found.scheme.codes}
        self.refresh()

    def show_strips(self, strips: tuple[str, ...]) -> None:
        """With or without the lane of the sound."""
        lanes = lanes_of(self._walk.found.scheme, self._texts, flags=False, strips=strips)
        if lanes != self._shown:
            self._shown = lanes
            self.show_lanes(lanes)
            self.refresh()

    def refresh(self) -> None:
        """As it is now."""
        found = self._walk.found
        self.set_covered(found.covered)
        self.set_unfilmed(found.file.not_filmed)
        self.set_links(self._links_now())
        self.fill(filled(self._items_now()))

    # what lies in the lanes

    def _items_now(self) -> Iterator[tuple[str, Item]]:
        found, t = self._walk.found, self._texts
        for track, coding in ((UPPER, found.a), (LOWER if self._is_common else 1, found.b)):
            yield from self._observed(coding, track)
        common = self._walk.common if self._is_common else None
        if common is not None:
            yield from self._common(common)
        for segment in found.file.segments:
            name = found.file.task_name(segment.number, t.language)
            yield "tasks", segment_item(segment, name)

    def _observed(self, coding: Coding, track: int) -> Iterator[tuple[str, Item]]:
        for o in coding.observations.values():
            if lane := self._looks.lane(o):
                yield lane, self._looks.item(o, track)

    def _common(self, common: CommonCoding) -> Iterator[tuple[str, Item]]:
        for o in common.coding.observations.values():
            if lane := self._looks.lane(o):
                origin = common.origin_of(o.id)
                sign = "" if origin is None else _SIGNS.get(origin.came, "")
                yield lane, replace(self._looks.item(o, MIDDLE), sign=sign)
        for d, shape in self._without_marks(common):
            if d.start is not None and (lane := self._lane(d)):
                end = d.end if d.kind == DisagreementKind.STATE else None
                words = verdict_words(self._texts, self._walk.found, d.verdict)
                letter = LETTERS[d.verdict] if d.verdict in (Verdict.A, Verdict.B) else ""
                yield lane, Item(d.start, d.id, end, "", words, shape, MIDDLE, sign=letter)

    def _without_marks(self, common: CommonCoding) -> Iterator[tuple[Decision, str]]:
        """Differences at which the common view has no mark, with the sign that stands there instead."""
        marked = {origin.decision_id for origin in common.origins.values()}
        for d in common.decisions.values():
            if d.verdict in _SHAPES:
                yield d, _SHAPES[d.verdict]
            elif d.id not in marked:
                yield d, CROSS  # as the one of the two who had marked nothing there

    def _lane(self, d: Decision) -> str:
        return self._lane_of.get(d.a or d.b, "")

    # which belong together

    def _links_now(self) -> dict[str, list[Link]]:
        links: dict[str, list[Link]] = {}
        for lane, link in self._linked():
            if not lane.startswith("state/"):  # bars lie below one another, and need no line
                links.setdefault(lane, []).append(link)
        return links

    def _linked(self) -> Iterator[tuple[str, Link]]:
        if not self._is_common:
            found = self._walk.found
            for pair in found.agreement.pairs:
                if pair.same_code:
                    lane = self._lane_of.get(found.a.observations[pair.a_id].code, "")
                    yield lane, Link(pair.a_start, pair.b_start)
            return
        common = self._walk.common
        if common is None:
            return
        for origin in common.origins.values():
            o = common.coding.observations.get(origin.part_id)
            if o is not None:
                yield from self._to_sources(self._lane_of.get(o.code, ""), o.start, origin)
        for d, _ in self._without_marks(common):
            if d.start is not None:
                yield from self._to_sources(self._lane(d), d.start, d)

    def _to_sources(self, lane: str, at: Micros, of: Origin | Decision) -> Iterator[tuple[str, Link]]:
        """Lines from what is in the middle to what each coder had there, in the same lane."""
        found = self._walk.found
        for start in self._starts(found.a, of.a_ids, lane):
            yield lane, Link(start, at, UPPER, MIDDLE)
        for start in self._starts(found.b, of.b_ids, lane):
            yield lane, Link(at, start, MIDDLE, LOWER)

    def _starts(self, coding: Coding, ids: Iterable[str], lane: str) -> Iterator[Micros]:
        for one in ids:
            o = coding.observations.get(one)
            if o is not None and self._lane_of.get(o.code) == lane:
                yield o.start

    def told(self, lane: Lane, item: Item) -> str:
        """Of a part of the common view also where it came from."""
        words, common = super().told(lane, item), self._walk.common
        origin = common.origin_of(item.id) if common is not None and item.track == MIDDLE else None
        return words if origin is None else f"{words}, {came_words(self._texts, self._walk, origin)}"


def came_words(texts: Texts, walk: Walk, origin: Origin) -> str:
    """How a part of the common view came to be in it."""
    verdicts = {Came.A: Verdict.A, Came.B: Verdict.B, Came.TWO: Verdict.BOTH, Came.NEW: Verdict.NEW}
    if origin.came in verdicts:
        return verdict_words(texts, walk.found, verdicts[origin.came])
    if origin.came == Came.NOT_CODABLE:
        return texts.tr("one could not code it")
    return texts.tr("both had marked it")
