"""A coding in the timeline: fills its lanes, and moves only what a change moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.coding.editor import CodingEditor
from app.coding.telling import told
from app.i18n import Texts
from app.model.change import Change
from app.model.edges import Limits
from app.model.filming import LiveMark
from app.model.meeting import Segment, Stretch
from app.model.observation import Bookmark, BookmarkColor, Mark, Observation
from app.model.scheme import Actor, Code, Kind, Scheme
from widgets.coding.live_marks import live_mark_words
from widgets.look.look import Look
from widgets.timeline.lane_items import Item, Lying, itself
from widgets.timeline.lanes import Lane, lane_key, lanes_of
from widgets.timeline.view import TimelineView

#: so many changes at once are put into their lanes together
MANY = 50
#: each bookmark's color on the screen; its shape tells it apart as well
BOOKMARK_TINTS = {
    BookmarkColor.BLUE: "focus",
    BookmarkColor.YELLOW: "E",
    BookmarkColor.GREEN: "C",
    BookmarkColor.VIOLET: "R",
}


class ObservationItems:
    """What observations look like in the timeline; each code is looked up once."""

    def __init__(self, scheme: Scheme, texts: Texts) -> None:
        self._looks = {code.id: (lane_key(code), texts.words(code.name), _shape(code)) for code in scheme.codes}

    def lane(self, o: Observation) -> str:
        """An observation's lane; empty for a code that the scheme does not have."""
        look = self._looks.get(o.code)
        return look[0] if look else ""

    def by_lane(self, observations: Iterable[Observation]) -> dict[str, list[Lying]]:
        """Observations by their lane, without those of codes that the scheme does not have."""
        lanes: defaultdict[str, list[Lying]] = defaultdict(list)
        lane_of = {code: look[0] for code, look in self._looks.items()}.get
        for o in observations:
            if (lane := lane_of(o.code)) is not None:
                lanes[lane].append(o)
        return lanes

    def item(self, o: Observation, track: int = 0) -> Item:
        """What an observation looks like; of a code that the scheme has."""
        _, words, shape = self._looks[o.code]
        return Item(o.start, o.id, o.end, o.code, words, shape, track, o.open)

    def item_of(self, thing: Lying) -> Item:
        """Observations lie in their lanes as they are; everything else is an item."""
        return self.item(thing) if isinstance(thing, Observation) else itself(thing)


def _shape(code: Code) -> str:
    if code.kind == Kind.STATE:
        return "bar"
    if code.actor == Actor.CHILD:
        return "diamond"
    return "ring" if code.mark == "harder" else "dot"


def segment_item(segment: Segment, name: str) -> Item:
    return Item(segment.start, segment.id, segment.end, "", f"{segment.number} {name}", "task")


class CodingTimeline(TimelineView):
    """The timeline of one editor's coding."""

    def __init__(self, editor: CodingEditor, look: Look, strips: tuple[str, ...] = ()) -> None:
        live = bool(editor.file.live_marks)
        lanes = lanes_of(editor.scheme, editor.texts, strips=strips, live_marks=live)
        self._looks = ObservationItems(editor.scheme, editor.texts)
        super().__init__(look, editor.texts, lanes, editor.file.length, item_of=self._looks.item_of)
        self._editor, self._strips_shown, self._part = editor, strips, ""
        self.set_span(editor.file.start, editor.file.length)
        editor.changed.connect(self.on_changed)
        editor.selection.changed.connect(self._show_chosen)
        self.moved.connect(self._on_moved)
        self.moved_over.connect(self._on_moved_over)
        self.selected.connect(self._choose_one)  # bound: a function that knows the timeline would keep it for ever
        self.boxed.connect(self._choose_boxed)
        self.reached.connect(self._choose_things)
        self.reread()
        self._show_chosen()

    def _choose_one(self, thing_id: str) -> None:
        self._choose_things({thing_id}, thing_id)

    def _choose_boxed(self, ids: set[str]) -> None:
        self._choose_things(ids, "")

    def _choose_things(self, ids: set[str], last: str) -> None:
        """What a hand chose here; the selection may leave some of it out."""
        self._editor.selection.choose(ids, last)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """What is chosen, wherever that was done; what a hand pointed at elsewhere comes into sight."""
        selection = self._editor.selection
        self.anchor = selection.last
        # the lanes hold still while codes are pressed
        self.pick(*selection.ids, into_sight=not selection.came_by_itself)
        if selection.came_by_itself or self.is_dragging() or (found := self.thing(selection.last)) is None:
            return
        self.show_near(found[1].start)

    def told(self, lane: Lane, item: Item) -> str:
        thing, e = self._editor.thing(item.id), self._editor
        return super().told(lane, item) if thing is None else told(e.texts, e.scheme, e.file, thing)

    def limits_of(self, item: Item) -> Limits:
        thing = self._editor.thing(item.id)
        return Limits() if thing is None else self._editor.limits(thing)

    def show_part(self, part: str) -> None:
        """The lanes of one pass."""
        self._part = part
        editor, strips = self._editor, self._strips_shown
        live = bool(editor.file.live_marks)
        self.show_lanes(lanes_of(editor.scheme, editor.texts, part, strips=strips, live_marks=live))
        self.reread()

    def show_strips(self, strips: tuple[str, ...]) -> None:
        """With or without the lanes of sound and pictures."""
        if strips != self._strips_shown:
            self._strips_shown = strips
            self.show_part(self._part)

    def reread(self) -> None:
        e = self._editor
        lanes = self._looks.by_lane(e.coding.observations.values())
        lanes["tasks"] = [self._task(s) for s in e.file.segments]
        lanes["flags"] = [_flag(m) for m in e.coding.marks.values()]
        lanes["flags"] += [_bookmark(b) for b in e.coding.bookmarks.values()]
        lanes["live"] = [_live(m, e.texts) for m in e.file.live_marks]
        self.set_covered(self._covered_now())
        self.set_unfilmed(e.file.not_filmed)
        self.fill(lanes)

    def _task(self, segment: Segment) -> Item:
        return segment_item(segment, self._editor.file.task_name(segment.number, self._editor.texts.language))

    def on_changed(self, changes: Sequence[Change]) -> None:
        if len(changes) > MANY:
            if all(c.kind is Observation for c in changes):
                self._swap_many(changes)
            else:
                self.reread()
            return
        for change in changes:
            if change.kind is Observation:
                self._swap_observation(change)
            elif change.kind is Mark:
                before, after = (_flag(x) if isinstance(x, Mark) else None for x in (change.before, change.after))
                self.swap("flags", before, after)
            elif change.kind is Bookmark:
                before, after = (
                    _bookmark(x) if isinstance(x, Bookmark) else None for x in (change.before, change.after)
                )
                self.swap("flags", before, after)
            elif change.kind is Segment:
                pair = (change.before, change.after)
                before, after = (self._task(x) if isinstance(x, Segment) else None for x in pair)
                self.swap("tasks", before, after)
        self.set_covered_if_new(self._covered_now())

    def _covered_now(self) -> tuple[Stretch, ...]:
        """What is covered in the pass that is shown."""
        header = self._editor.coding.header
        return header.covered_in(self._part) if self._part else header.covered

    def set_covered_if_new(self, stretches: tuple[Stretch, ...]) -> None:
        if stretches != self._covered:
            self.set_covered(stretches)

    def _swap_many(self, changes: Sequence[Change]) -> None:
        gone = self._looks.by_lane(o for c in changes if isinstance(o := c.before, Observation))
        come = self._looks.by_lane(o for c in changes if isinstance(o := c.after, Observation))
        self.swap_many({lane: ({o.id for o in gone[lane]}, come[lane]) for lane in gone.keys() | come.keys()})

    def _swap_observation(self, change: Change) -> None:
        pair = (change.before, change.after)
        before, after = (x if isinstance(x, Observation) else None for x in pair)
        out, into = (self._looks.lane(x) if x is not None else "" for x in (before, after))
        if out == into:
            self.swap(out, before, after)
            return
        self.swap(out, before, None)
        self.swap(into, None, after)

    def _on_moved(self, item_id: str, start: int, end: int | None) -> None:
        self._move(item_id, start, end, over=False)

    def _on_moved_over(self, item_id: str, start: int, end: int | None) -> None:
        self._move(item_id, start, end, over=True)

    def _move(self, item_id: str, start: int, end: int | None, *, over: bool) -> None:
        thing = self._editor.thing(item_id)
        if not self._editor.is_open:
            return
        if isinstance(thing, Observation):
            self._editor.edit(thing, replace(thing, start=start, end=end), over=over)
        elif isinstance(thing, Mark):
            self._editor.edit_mark(thing, replace(thing, at=start))
        elif isinstance(thing, Bookmark):
            self._editor.edit_bookmark(thing, replace(thing, at=start))
        elif isinstance(thing, Segment) and end is not None:
            self._editor.move_segment(thing, start, end, over=over)


def _flag(mark: Mark) -> Item:
    return Item(mark.at, mark.id, None, mark.kind.value, mark.text or "", "flag")


def _bookmark(bookmark: Bookmark) -> Item:
    tint = BOOKMARK_TINTS[bookmark.color]
    return Item(bookmark.at, bookmark.id, None, f"bookmark-{bookmark.color}", bookmark.word, "flag", tint=tint)


def _live(mark: LiveMark, texts: Texts) -> Item:
    """The meeting's own mark: no coder moves it."""
    return Item(mark.at, mark.id, None, mark.kind.value, live_mark_words(texts, mark), "flag")
