"""The pair in the comparing room: both open it, decide by keys, and confirm by their own passphrases."""

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from app.bootstrap import Program
from app.coding.opening import read_coding
from app.model.coding import CodingHeader, CodingKind, fingerprint
from app.model.decision import Decision, DisagreementKind, is_settled
from tests.drivers.archive_steps import AINO, LEENA, SECRETS
from tests.drivers.hands import Hands, Key
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen


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
        hands.type(dialog.findChildren(QLineEdit)[-1], "Katsottiin yhdessä.")  # of a rating it must be said
        hands.press(dialog, "Tallenna")

    hands.answering(choose, lambda: hands.key(room.list, "u"))


def both_confirm(hands: Hands, program: Program, room: ComparingRoom, first: str = AINO, other: str = LEENA) -> None:
    """`first` is signed in and takes the header's button, `other` the own passphrase; first a wrong one."""
    (one, _), (two, _) = first.split(" "), other.split(" ")
    hands.key(room.list, Key.Key_F4)
    assert room.is_common
    screen, space = hands.one(program.window, ComparingScreen), program.workspace
    hands.press(screen, "Vahvista yhteinen näkemys")
    hands.settle()
    assert f"{one} vahvisti" in hands.words(screen)
    said: list[object] = []
    space.notices.said.connect(said.append)
    asks = f"{two} vahvistaa…"
    hands.answering(lambda dialog: type_secret(hands, dialog, first, "Vahvista"), lambda: hands.press(screen, asks))
    hands.until(lambda: said)
    space.notices.said.disconnect(said.append)
    assert not room.walk.common.is_fixed, "one passphrase is not the other's"
    hands.answering(lambda dialog: type_secret(hands, dialog, other, "Vahvista"), lambda: hands.press(screen, asks))
    hands.until(lambda: room.walk.common.is_fixed)
    hands.settle()
    assert f"{two} vahvisti" in hands.words(screen)
