"""Random steps of coding: presses, edits, tasks, ratings, notes, undo and redo, as hypothesis draws them."""

from dataclasses import replace

from hypothesis import strategies as st

from app.coding.editor import CodingEditor
from app.model.coding import PASSES
from app.model.observation import BookmarkColor, Observation
from app.model.observation_edits import Clipping, from_on
from app.model.private_note import NoteKind
from app.model.timecode import SECOND
from tests.material.house import MINUTE
from tests.material.pressing import press

KEYS = st.sampled_from(["q", "a", "d", "h", "6", "7", "8", "0", "ö", "ä", "å", "€"])
TIMES = st.integers(0, MINUTE - 1)
PLACES = st.integers(0, 30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("press"), KEYS, TIMES),
        st.tuples(st.just("edit"), PLACES, TIMES),
        st.tuples(st.just("end"), PLACES, TIMES),
        st.tuples(st.just("remove"), PLACES, TIMES),
        st.tuples(st.just("rate"), PLACES, st.sampled_from([None, 1, 3, 5])),
        st.tuples(st.just("cover"), PLACES, st.booleans()),
        st.tuples(st.just("task"), PLACES, TIMES),
        st.tuples(st.just("move"), PLACES, TIMES),
        st.tuples(st.sampled_from(["shift", "split", "paste", "merge", "retag", "late"]), PLACES, TIMES),
        st.tuples(st.sampled_from(["bookmark", "note", "passes", "tasks", "back", "pass cover"]), PLACES, TIMES),
        st.tuples(st.sampled_from(["mark moved", "mark worded", "mark gone", "unrate", "task gone"]), PLACES, TIMES),
        st.tuples(st.sampled_from(["next", "end task", "undo", "redo"]), PLACES, TIMES),
    ),
    max_size=25,
)


def some(values, place: int):
    rows = list(values)
    return rows[place % len(rows)] if rows else None


def take(editor: CodingEditor, step: tuple) -> None:
    what, place, value = step
    chosen = some(editor.coding.sorted_observations(), place) if isinstance(place, int) else None
    segment = some(editor.file.segments, place) if isinstance(place, int) else None
    mark = some(editor.coding.marks.values(), place) if isinstance(place, int) else None
    acts = {
        "press": lambda: press(editor, place, value),
        "edit": lambda: chosen and editor.edit(chosen, moved(chosen, value)),
        "end": lambda: chosen and chosen.end and editor.edit(chosen, replace(chosen, end=chosen.start + value + 1)),
        "remove": lambda: chosen and editor.remove(chosen),
        "rate": lambda: editor.rate(editor.instrument.items[place % 3].id, value, "seen"),
        "cover": lambda: segment and editor.cover(segment, on=value),
        "task": lambda: editor.start_task(place % 3 + 1, value),
        "move": lambda: segment and editor.move_segment(segment, value, segment.end),
        "shift": lambda: chosen and editor.shift(from_on(editor.coding, chosen.start), value - MINUTE // 2),
        "split": lambda: chosen and editor.split(chosen, value),
        "paste": lambda: chosen and editor.paste(Clipping((chosen,)), value),
        "merge": lambda: (
            chosen and editor.merge([o for o in editor.coding.observations.values() if o.code == chosen.code])
        ),
        "retag": lambda: chosen and editor.edit_many([(chosen, replace(chosen, note=f"n{value}"))]),
        "late": lambda: editor.code(editor.scheme.codes[place % 16], value, delay=300_000),
        "bookmark": lambda: editor.bookmark(value, "sana", BookmarkColor.VIOLET),
        "note": lambda: editor.write_private_note(NoteKind.TASK, "x" * (value % 3), place % 2 + 1),
        "mark moved": lambda: mark and editor.edit_mark(mark, replace(mark, at=value)),
        "mark worded": lambda: mark and editor.edit_mark(mark, replace(mark, text="x" * (value % 3))),
        "mark gone": lambda: mark and editor.remove_mark(mark),
        "unrate": lambda: editor.unrate(editor.instrument.items[place % 3].id),
        "task gone": lambda: segment and editor.remove_segment(segment),
        "passes": lambda: editor.code_in_passes(on=value % 2 == 0),
        "pass cover": lambda: segment and editor.cover(segment, on=value % 3 > 0, part=PASSES[place % 3]),
        "tasks": lambda: editor.choose_tasks([value % 3 + 1]),
        "back": editor.take_back,
        "next": lambda: editor.next_task(value),
        "end task": lambda: editor.end_task(value),
        "undo": editor.undo,
        "redo": editor.redo,
    }
    acts[what]()


def moved(o: Observation, start: int) -> Observation:
    return replace(o, start=start, end=None if o.end is None else start + (o.end - o.start))


def flood(editor: CodingEditor) -> None:
    """So many observations at once that the screen takes them in another way than one by one."""
    for second in range(0, 60, 6):
        press(editor, "q", second * SECOND)
        press(editor, "678"[second % 3], second * SECOND)
    for _ in range(4):
        editor.paste(Clipping(tuple(o for o in editor.coding.observations.values() if o.end is None)), 0)
