"""A signed statement is delivered in the window, and the list says who received what."""

import pytest
from PySide6.QtWidgets import QInputDialog, QLabel

from app.model.statement import StatementStage
from app.model.statement_delivery import Sealing, StatementDelivery
from tests.app.statement.test_signing import finished, sign
from tests.drivers.settling import settle
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_player import FakePlayer
from tests.widgets.statement.test_signing import dialog_of, press
from widgets.forms.file_dialogs import FileDialogs
from widgets.statement.delivery_dialog import DeliveryDialog
from widgets.statement.statement_screen import StatementScreen


@pytest.fixture
def place(home, stage) -> StatementScreen:
    home.compare()
    statement_id = finished(home)
    sign(home, statement_id, home.a)
    sign(home, statement_id, home.b)
    return stage(StatementScreen, FakePlayer, FakeCards, case_id=home.case_id)


def words(place) -> str:
    settle()
    return "\n".join(x.text() for x in place.room.panel.findChildren(QLabel) if x.isVisibleTo(place.room.panel))


def test_it_is_delivered_listed_and_struck(place, home, qtbot, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(FileDialogs, "folder", lambda *_: tmp_path)
    t = home.texts

    def use(dialog: DeliveryDialog) -> None:
        try:
            dialog.deliver.click()
            assert dialog.wrong.text() == t.tr("Say who receives it.")
            dialog.who.setEditText("Maija Malli")
            dialog.unit.setText("County")
            assert len(dialog.secret.text()) == 24
            dialog.file.set_value(Sealing.KEY)
            dialog.file.activated.emit(0)
            dialog.secret.setText("age1x")
            assert dialog.note.text() == t.tr("Paste the key that the recipient gave.")
            dialog.file.set_value(Sealing.NOTHING)
            dialog.file.activated.emit(0)
            assert not dialog.secret.isVisible()
            dialog.deliver.click()
        except BaseException:
            dialog.reject()  # or its loop would go on
            raise

    assert t.tr("Nobody has received it yet.") in words(place)
    done = dialog_of(place, DeliveryDialog, qtbot, use)
    press(place.room.panel, t.tr("Deliver…"))
    qtbot.waitUntil(lambda: bool(done), timeout=60_000)
    (row,) = home.a.find(StatementDelivery)
    assert (row.recipient, row.unit, row.sealing) == ("Maija Malli", "County", Sealing.NOTHING)
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".json", ".pdf", ".xhtml"]
    qtbot.waitUntil(lambda: "Maija Malli" in words(place))
    assert place.room.editor.statement.stage == StatementStage.DELIVERED
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("wrong person", True))
    press(place.room.panel, t.tr("A mistake…"))
    qtbot.waitUntil(lambda: t.tr("Struck: {why}", why="wrong person") in words(place))
