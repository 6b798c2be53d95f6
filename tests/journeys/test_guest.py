"""A substitute for the worker who fell ill: gets a pass, codes and sees nothing else, and the statement says it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.bootstrap import Program
from app.casework.pair import pair_ready
from app.i18n import now, today
from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.guests import GuestRole
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.service import SectionKey
from app.model.statement import Statement
from app.model.timecode import SECOND
from app.office.guests import given
from app.statement.passages import passages
from tests.drivers import archive_steps
from tests.drivers.archive_steps import AINO, LEENA, lock, make_archive_of_two, sign_in
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import Hands, Key
from tests.material.pressing import press
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.guests.guests_card import GuestsCard
from widgets.guests.invite_dialog import InviteDialog
from widgets.rail import PlaceButton
from widgets.recovery import RecoveryCodeDialog

VIERAS, SECRET = "Veera Sijainen", "saippua lumikko tuuli 9 harava"
LENGTH = 6 * SECOND


def test_a_substitute_codes_in_the_absent_ones_place(
    program: Program, hands: Hands, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setitem(archive_steps.SECRETS, VIERAS, SECRET)
    make_archive_of_two(hands, program, tmp_path)
    meeting_id = filmed_meeting(program.workspace, tmp_path)
    tasks = [Segment(new_id(), meeting_id, n, (n - 1) * 3 * SECOND, n * 3 * SECOND) for n in (1, 2)]
    program.workspace.store.apply("tasks", [added(s) for s in tasks])
    code(program, meeting_id, [("6", 0.0), ("q", 0.5)])
    lock(hands, program)
    sign_in(hands, program, LEENA)
    begun = program.workspace.coding_editor(meeting_id)
    press(begun, "6", 0)
    left = begun.coding.id
    lock(hands, program)

    sign_in(hands, program, AINO)
    give_pass(hands, program, meeting_id)
    lock(hands, program)

    sign_in(hands, program, VIERAS)
    assert len(program.window.findChildren(PlaceButton)) == 1
    assert program.window.place == "coding"
    assert hands.one(program.window, CodingScreen).room is not None
    store = program.workspace.store
    assert {h.coder for h in store.find(CodingHeader)} == {store.me}
    code(program, meeting_id, [("6", 0.0), ("q", 0.6)])
    lock(hands, program)

    sign_in(hands, program, AINO)
    store = program.workspace.store
    assert pair_ready(store, meeting_id)
    assert not store.find(CodingHeader, id=left)
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    assert hands.one(program.window, ComparingScreen).room is not None
    said = said_in_statement(program, meeting_id)
    assert LEENA in said
    assert VIERAS in said
    assert "sinetöity" in said
    (one,) = given(store)
    assert one.in_place_of == LEENA
    lock(hands, program)

    day = one.held.until + timedelta(days=1)
    monkeypatch.setattr("storage.guest_door.local_day", lambda: day)
    first = refused(hands, program)
    assert "päättyi" in hands.words(first)
    assert AINO in hands.words(first)


def code(program: Program, meeting_id: str, presses) -> None:
    editor = program.workspace.coding_editor(meeting_id)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    header = editor.coding.header
    editor.do("cover", Change(header, replace(header, covered=(Stretch(0, LENGTH),))))
    assert editor.mark_ready()


def give_pass(hands: Hands, program: Program, meeting_id: str) -> None:
    """In Leena's place, as a substitute, for thirty days; the guest types the passphrase, the code comes later."""
    meeting = program.workspace.store.get(Meeting, meeting_id)
    program.window.go("cases", case_id=meeting.case_id, part="meetings", meeting_id=meeting_id)
    hands.settle()
    card = hands.one(program.window, GuestsCard)

    def fill(dialog) -> None:
        assert isinstance(dialog, InviteDialog)
        dialog.role.set_value(GuestRole.SUBSTITUTE)
        hands.type(hands.named(dialog, "Vieraan nimi", QLineEdit), VIERAS)
        for name in ("Salalause", "Salalause uudelleen"):
            hands.type(hands.named(dialog, name, QLineEdit), SECRET)
        assert dialog.until.value() == today() + timedelta(days=30)
        hands.click(dialog.ok)

    def put_off(dialog) -> None:
        assert isinstance(dialog, RecoveryCodeDialog)
        hands.press(dialog, "Myöhemmin")

    hands.answering(fill, card.give.click)
    hands.answering(put_off, hands.settle)
    hands.until(lambda: bool(given(program.workspace.store)))


def said_in_statement(program: Program, meeting_id: str) -> str:
    """What the methods of a statement about the meeting say by themselves."""
    store = program.workspace.store
    case_id = store.get(Meeting, meeting_id).case_id
    statement = Statement(new_id(), case_id, new_id(), 1, "fi", "mim", now(), meetings=(meeting_id,))
    told = (p for p in passages(store, statement) if p.section == SectionKey.METHODS)
    return " ".join(run.text for p in told for run in p.runs)


def refused(hands: Hands, program: Program) -> QWidget:
    """The first window, which says why the guest is not let in."""
    first = program.unlock_window
    names = hands.named(first, "Kuka olet?", QComboBox)
    hands.choose(names, VIERAS)
    secret = hands.named(first, "Salalause", QLineEdit)
    hands.type(secret, SECRET)
    hands.key(secret, Key.Key_Return)
    hands.until(lambda: "vieraslupa" in hands.words(first))
    assert program.window is None
    return first
