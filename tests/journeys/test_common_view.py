"""The pair at one screen, by keys: every kind of decision, gone and come again, both confirm; originals untouched."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from app.bootstrap import Program
from app.coding.opening import read_coding
from app.comparing.common_view.reading import common_header, read_common
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingKind, CodingState, fingerprint
from app.model.common_view import Came
from app.model.decision import Decision, DisagreementKind, Verdict, is_settled
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.timecode import SECOND
from tests.drivers.archive_steps import AINO, LEENA, SECRETS, lock, make_archive_of_two, sign_in
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import Hands, Key
from tests.material.pressing import press
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen

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


def originals(program: Program) -> dict[str, str]:
    """Both own codings by their checksum over all that is in them."""

    store = program.workspace.store
    return {h.id: fingerprint(read_coding(store, h)) for h in store.find(CodingHeader, kind=CodingKind.OWN)}


def compare(hands: Hands, program: Program, meeting_id: str) -> ComparingRoom:
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    room = hands.one(program.window, ComparingScreen).room
    assert room is not None
    return room


def open_together(hands: Hands, program: Program, meeting_id: str) -> ComparingRoom:
    """Aino's coding waits under her own key: she types her passphrase beside Leena."""
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    screen = hands.one(program.window, ComparingScreen)
    hands.answering(
        lambda dialog: type_secret(hands, dialog, AINO, "Avaa"),
        lambda: hands.press(screen, f"{AINO} on paikalla: avataan yhdessä…"),
    )
    hands.until(lambda: screen.room is not None)
    assert screen.room is not None
    return screen.room


def type_secret(hands: Hands, dialog: QWidget, name: str, act: str) -> None:
    hands.type(dialog.findChildren(QLineEdit)[0], SECRETS[name])
    hands.press(dialog, act)


def point(d: Decision) -> tuple:
    return d.kind, d.start, d.a_ids, d.b_ids, d.item


def place_of(room: ComparingRoom) -> tuple:
    chosen = room.chosen()
    assert chosen is not None
    return point(chosen)


def decide(hands: Hands, room: ComparingRoom, key: str) -> None:
    before = room.walk.progress.settled
    hands.key(room.list, key)
    hands.until(lambda: room.walk.progress.settled >= before)


def see_differently(hands: Hands, room: ComparingRoom, a: str, b: str) -> None:
    """Both reasons, each typed where the keys are led to."""
    hands.key(room.list, "e")
    for field, words in ((room.card.reason_a, a), (room.card.reason_b, b)):
        hands.focus(field)
        field.clear()
        hands.type(field, words)
        hands.key(field, Key.Key_Return)
    chosen = room.chosen()
    assert chosen is not None
    assert (chosen.reason_a, chosen.reason_b) == (a, b)
    assert QApplication.focusWidget() is room.list


def decide_the_rest(hands: Hands, room: ComparingRoom) -> None:
    """One of each kind in turn, and the others as A; J goes to the next that is open."""
    lone = iter("kua")
    while room.walk.next_open("") is not None:
        hands.key(room.list, "j")
        d = room.chosen()
        assert d is not None
        assert not is_settled(d)
        if d.kind == DisagreementKind.CODE:
            decide(hands, room, "m")
        elif d.kind == DisagreementKind.UNPAIRED and (key := next(lone, "a")) != "u":
            decide(hands, room, key)
        elif d.kind == DisagreementKind.UNPAIRED:
            new_one(hands, room)
        else:
            decide(hands, room, "a")


def new_one(hands: Hands, room: ComparingRoom) -> None:
    def choose(dialog: QWidget) -> None:
        codes = dialog.findChildren(QComboBox)[0]
        hands.key(codes, Key.Key_Down)
        hands.press(dialog, "Tallenna")

    hands.answering(choose, lambda: hands.key(room.list, "u"))


def both_confirm(hands: Hands, program: Program, room: ComparingRoom) -> None:
    """Aino by the header's button, Leena by her own passphrase; first a wrong one, which changes nothing."""
    hands.key(room.list, Key.Key_F4)
    assert room.is_common
    screen = hands.one(program.window, ComparingScreen)
    hands.press(screen, "Vahvista yhteinen näkemys")
    hands.settle()
    assert "Aino vahvisti" in hands.words(screen)
    hands.answering(
        lambda dialog: type_secret(hands, dialog, AINO, "Vahvista"), lambda: hands.press(screen, "Leena vahvistaa…")
    )
    hands.until(lambda: not program.workspace.jobs.running)
    assert not room.walk.common.is_fixed, "Aino's passphrase is not Leena's"
    hands.answering(
        lambda dialog: type_secret(hands, dialog, LEENA, "Vahvista"), lambda: hands.press(screen, "Leena vahvistaa…")
    )
    hands.until(lambda: room.walk.common.is_fixed)
    hands.settle()
    assert "Leena vahvisti" in hands.words(screen)
