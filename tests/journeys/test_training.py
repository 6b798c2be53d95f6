"""In the example archive: the pair's common view becomes a reference, and one codes it alone and sees what differs."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from app import bootstrap
from app.casework.case_editor import CaseEditor
from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, make_demo
from app.i18n import Texts, today
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.consent import Purpose
from app.model.decision import Answer, Verdict
from app.model.meeting import Meeting
from app.model.timecode import SECOND
from app.model.training import Reference, TrainingResult
from tests.drivers.hands import Hands, Key
from tests.material.drawn import drawn_once
from tests.material.house import cover_all
from tests.material.once import once
from tests.material.pressing import press
from widgets.coding.coding_room import CodingRoom
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.training.training_screen import TrainingScreen

PARTNER = "Leena"


@pytest.fixture
def archive(qapp, tmp_path) -> Path:
    """The example, made before the program is started: its own slots are as cheap as they may be."""
    made = once("demo-archive", lambda folder: make_demo(
        replace(bootstrap.demo_makers(), draw=drawn_once), folder, DEMO_PASSPHRASE, Texts("fi"),
        lambda _: None, lambda: False))  # fmt: skip
    return shutil.copytree(made, tmp_path / "archive")


def test_from_the_common_view_to_the_own_line(archive: Path, program: bootstrap.Program, hands: Hands) -> None:
    program.unlock(archive, DEMO_WORKER, DEMO_PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space = program.workspace
    (meeting,) = space.store.find(Meeting)
    editor = CaseEditor(space.store, space.texts, meeting.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.REFERENCE_FILM, today())
    name_it(hands, program, meeting)
    (reference,) = space.store.find(Reference)
    assert {c.worker_id for c in reference.confirmations} == {*meeting.coders}

    program.window.go("coding")
    hands.press(hands.one(program.window, CodingScreen), "Harjoittelu")
    hands.settle()
    screen = hands.one(program.window, TrainingScreen)
    hands.press(screen, "Koodaa")
    hands.settle()
    room = screen.room
    assert isinstance(room, CodingRoom)
    assert "kukaan muu kuin sinä ei näe" in hands.words(screen)
    hands.until(lambda: room.watching.pictures.view(1).picture is not None)
    hands.key(screen, "q")  # at the keys as always
    assert len(room.editor.coding.observations) == 1
    for key, second in (("6", 1.0), ("q", 12.0), ("7", 30.0)):
        press(room.editor, key, round(second * SECOND))
    cover_all(room.editor)
    hands.answering(
        lambda dialog: hands.press(dialog, "Merkitse valmiiksi"), lambda: hands.press(screen, "Merkitse valmiiksi")
    )
    hands.until(lambda: isinstance(screen.room, ComparingRoom))
    hands.settle()
    assert "Vertailukoodauksen rinnalla".upper() in hands.words(screen)
    hands.key(screen.room.list, Key.Key_Return)
    hands.until(screen.room.is_playing)
    screen.room.pause()
    hands.press(screen, "Vertailutallenteet")
    hands.settle()
    assert "OMA LINJA" in hands.words(screen)
    (result,) = space.store.find(TrainingResult)
    assert result.own, "who made the reference is told apart"
    (coding,) = space.store.find(CodingHeader, kind=CodingKind.TRAINING)
    assert coding.state == CodingState.READY
    assert len(list((archive / "codings").glob(f"{coding.id}.db"))) == 1, "sealed, and never released"
    assert space.archive.verify(lambda _: None, lambda: False) == ()


def name_it(hands: Hands, program: bootstrap.Program, meeting: Meeting) -> None:
    """Everything decided as the first of the two, confirmed by both, and named by both, at the one screen."""
    program.window.go("comparing", meeting_id=meeting.id)
    hands.settle()
    screen = hands.one(program.window, ComparingScreen)
    room = screen.room
    walk = room.walk
    walk.decide(walk.rows()[0].id, Answer(Verdict.A, reason="näin"))
    for d in walk.editor.common.unsettled():
        assert walk.editor.decide(d.id, Answer(Verdict.A, reason="näin"))
    hands.key(room.list, Key.Key_F4)
    hands.press(screen, "Vahvista yhteinen näkemys")
    hands.answering(type_secret(hands), lambda: hands.press(screen, f"{PARTNER} vahvistaa…"))
    hands.until(lambda: walk.common.is_fixed and not program.workspace.jobs.running)
    hands.press(screen, "Nimeä vertailukoodaukseksi")
    hands.answering(type_secret(hands), lambda: hands.press(screen, f"{PARTNER} vahvistaa…"))
    hands.until(lambda: "Vertailukoodaus" in hands.words(room.confirming.naming) and not program.workspace.jobs.running)


def type_secret(hands: Hands):
    def type_it(dialog: QWidget) -> None:
        hands.type(dialog.findChildren(QLineEdit)[0], DEMO_PASSPHRASE)
        hands.press(dialog, "Vahvista")

    return type_it
