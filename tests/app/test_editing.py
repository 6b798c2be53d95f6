"""The editor: a step is in the archive before the screen hears of it, and a refused step changes nothing."""

import gc
from datetime import UTC, datetime
from weakref import ref

import pytest

from app.editing import Editor
from app.errors import StoreError
from app.model.change import Change, added, applied
from tests.material.builders import empty_coding, observation


class OneStore:
    """Holds entities by id and can be told to refuse."""

    def __init__(self) -> None:
        self.held: dict = {}
        self.refuse: StoreError | None = None
        self.labels: list[str] = []

    def apply(self, label: str, changes, *, act: str = "edit") -> datetime:
        if self.refuse is not None:
            raise self.refuse
        for change in changes:
            applied(self.held, change)
        self.labels.append(label)
        return datetime(2026, 11, 3, tzinfo=UTC)


class Listed(Editor):
    def __init__(self, store) -> None:
        super().__init__(store)
        self.taken: list[Change] = []

    def accept(self, changes) -> None:
        self.taken += changes


@pytest.fixture
def store() -> OneStore:
    return OneStore()


def test_the_archive_has_it_before_the_screen_hears(qtbot, store) -> None:
    editor = Listed(store)
    point = observation(empty_coding(), "AS", 1)
    heard: list[bool] = []
    editor.changed.connect(lambda changes: heard.append(point.id in store.held and editor.taken == list(changes)))
    assert editor.do("point", added(point))
    assert heard == [True]


def test_undo_and_redo_go_through_the_archive(qtbot, store) -> None:
    editor = Listed(store)
    coding = empty_coding()
    one, two = observation(coding, "AS", 1), observation(coding, "AS", 2)
    editor.do("two", added(one), added(two))
    assert editor.undo()
    assert store.held == {}
    assert editor.redo()
    assert set(store.held) == {one.id, two.id}


def test_a_refused_step_leaves_no_trace(qtbot, store) -> None:
    editor = Listed(store)
    point = observation(empty_coding(), "AS", 1)
    store.refuse = StoreError("disk-full")
    with qtbot.waitSignal(editor.refused) as told:
        assert not editor.do("point", added(point))
    assert told.args[0].key == "disk-full"
    assert not editor.stack.canUndo()
    assert (editor.taken, store.held) == ([], {})


def test_a_kept_refusal_keeps_no_editor(qtbot, store) -> None:
    """What the garbage collector frees of an undo stack, Qt frees again: an editor goes when its last user goes."""
    editor, kept = Listed(store), []
    editor.refused.connect(kept.append)
    editor.do("point", added(observation(empty_coding(), "AS", 1)))
    store.refuse = StoreError("refused")
    editor.do("refused", added(observation(empty_coding(), "AS", 2)))
    gone = ref(editor)
    gc.disable()
    try:
        del editor
        assert gone() is None
    finally:
        gc.enable()
    assert kept == [store.refuse]


def test_an_undo_that_no_longer_fits_is_refused_and_dropped(qtbot, store) -> None:
    editor = Listed(store)
    coding = empty_coding()
    one, two = observation(coding, "AS", 1), observation(coding, "AS", 2)
    editor.do("one", added(one))
    editor.do("two", added(two))
    store.held.pop(two.id)
    with qtbot.waitSignal(editor.refused) as told:
        assert not editor.undo()
    assert told.args[0].key == "stale-change"
    assert editor.undo()
    assert store.held == {}


def test_a_slot_may_take_the_next_step(qtbot, store) -> None:
    editor = Listed(store)
    coding = empty_coding()
    one, two = observation(coding, "AS", 1), observation(coding, "AS", 2)
    editor.changed.connect(lambda _: two.id in store.held or editor.do("two", added(two)))
    editor.do("one", added(one))
    assert store.labels == ["one", "two"]


def test_what_cannot_be_undone_ends_the_stack(qtbot, store) -> None:
    editor = Listed(store)
    coding = empty_coding()
    one, two = observation(coding, "AS", 1), observation(coding, "AS", 2)
    editor.do("one", added(one))
    assert editor.commit("ready", added(two))
    assert not editor.stack.canUndo()
    assert set(store.held) == {one.id, two.id}


def test_an_editor_that_nobody_holds_goes_with_its_steps(qtbot, store) -> None:
    """Without a circle that the garbage collector would have to cut, which once ended the whole program."""
    editor = Listed(store)
    for second in range(20):
        editor.do("point", added(observation(empty_coding(), "AS", second)))
    gone = ref(editor)
    del editor
    assert gone() is None
