"""The pair at one screen, by keys: every kind of decision, gone and come again, both confirm; originals untouched."""

from dataclasses import replace
from pathlib import Path

from app.bootstrap import Program
from app.comparing.common_view.reading import common_header, read_common
from app.model.change import Change, added
from app.model.coding import CodingState
from app.model.common_view import Came
from app.model.decision import DisagreementKind, Verdict, is_settled
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.timecode import SECOND
from tests.drivers.archive_steps import AINO, LEENA, lock, make_archive_of_two, sign_in
from tests.drivers.comparing_steps import (
    both_confirm,
    compare,
    decide,
    decide_the_rest,
    open_together,
    originals,
    place_of,
    point,
    see_differently,
)
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import Hands, Key
from tests.material.pressing import press

LENGTH = 6 * SECOND
#: keys at seconds; of each kind of difference there is one at least
A = [("6", 0.0), ("q", 0.5), ("a", 1.5), ("h", 3.9), ("1", 5.5), ("7", 3.0)]
B = [("6", 0.0), ("q", 0.6), ("d", 1.6), ("z", 0.9), ("8", 3.0), ("m", 5.1)]


# the offscreen platform says so of every window with a least size; there is no window manager to tell it to
def test_the_pair_decides_everything_and_both_confirm(program: Program, hands: Hands, tmp_path: Path) -> None:
    make_archive_of_two(hands, program, tmp_path)
    space = program.workspace
    assert space is not None
    meeting_id = filmed_meeting(space, tmp_path)
    tasks = [Segment(new_id(), meeting_id, n, (n - 1) * 3 * SECOND, n * 3 * SECOND) for n in (1, 2)]
    space.store.apply("tasks", [added(s) for s in tasks])
    code(program, meeting_id, A, 4)
    lock(hands, program)
    sign_in(hands, program, LEENA)
    code(program, meeting_id, B, 2)

    room = open_together(hands, program, meeting_id)
    before = originals(program)
    assert {d.kind for d in room.walk.rows()} == {*DisagreementKind}
    hands.until(lambda: all(room.watching.pictures.view(n).picture is not None for n in (1, 2)))
    first, second = room.walk.rows()[:2]
    decide(hands, room, "b")
    hands.key(room.list, Key.Key_Down)
    see_differently(hands, room, "Käsi rauhoitti.", "Käsi ohjasi.")
    lock(hands, program)

    sign_in(hands, program, AINO)
    room = compare(hands, program, meeting_id)
    assert place_of(room) not in (point(first), point(second)), "it goes on where they left"
    assert room.walk.progress.settled == 2
    decide_the_rest(hands, room)
    assert {d.verdict for d in room.walk.decisions()} == {*Verdict} - {Verdict.OPEN}
    assert all(is_settled(d) for d in room.walk.decisions())
    both_confirm(hands, program, room)

    store = program.workspace.store
    header = common_header(store, meeting_id)
    assert header is not None
    assert header.state == CodingState.READY
    common = read_common(store, header)
    origins = {o.part_id for o in common.origins.values()}
    assert origins == {*common.coding.observations, *common.coding.ratings}, "every part has its origin"
    assert {Came.BOTH, Came.A, Came.B, Came.TWO, Came.NEW} <= {o.came for o in common.origins.values()}
    assert {d.decided_by for d in common.decisions.values()} == {c.worker_id for c in common.view.confirmations}
    assert originals(program) == before


def code(program: Program, meeting_id: str, presses: list[tuple[str, float]], value: int) -> None:
    """Everything pressed, rated, covered and marked as ready by who is signed in."""
    assert program.workspace is not None
    editor = program.workspace.coding_editor(meeting_id)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    for item in editor.instrument.items[:2]:
        editor.rate(item.id, value, "näin")
    for item in editor.instrument.items[2:]:
        editor.rate(item.id, 3, "näin")
    header = editor.coding.header
    editor.do("cover", Change(header, replace(header, covered=(Stretch(0, LENGTH),))))
    assert editor.mark_ready()
