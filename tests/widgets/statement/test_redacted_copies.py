"""A redacted copy in the window: marked by keys and by the mouse, its pages seen, made and saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from app.door import Door
from app.model.redaction import RedactedCopy, Redaction
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from tests.drivers.settling import settle
from tests.material.written import gone_through, whole
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_player import FakePlayer
from tests.widgets.statement.test_signing import dialog_of, press
from widgets.forms.file_dialogs import FileDialogs
from widgets.statement.copy_dialog import CopyDialog
from widgets.statement.preview_dialog import PreviewDialog
from widgets.statement.statement_screen import StatementScreen


@pytest.fixture
def place(home, stage) -> StatementScreen:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    assert whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, statement.id)
    assert partner.approve()
    assert make_final(gone_through(partner, home.a), home.vault)
    return stage(StatementScreen, FakePlayer, FakeCards, case_id=home.case_id)


def cursor_on(dialog: CopyDialog, words: str) -> None:
    """The words chosen, as by Shift and arrows."""
    found = dialog.text.document().find(words)
    assert not found.isNull()
    dialog.text.setTextCursor(found)
    dialog.text.setFocus()


def words(place) -> str:
    settle()
    return "\n".join(x.text() for x in place.room.panel.findChildren(QLabel) if x.isVisibleTo(place.room.panel))


def test_a_copy_is_marked_seen_made_and_saved(place, home, qtbot, tmp_path, monkeypatch) -> None:
    path = tmp_path / "copy.pdf"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)

    def use(dialog: CopyDialog) -> None:
        assert not dialog.make.isEnabled()
        dialog.who.set_value("other")
        dialog.who.activated.emit(0)
        qtbot.keyClicks(dialog.other, "District court")
        dialog.other.editingFinished.emit()
        cursor_on(dialog, "child's view.")
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
        assert [p.ground for p in dialog.editor.redaction.passages] == ["other-client"]
        dialog.ground.setEditText("Own ground")
        cursor_on(dialog, "Aino")
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert [(w.word, w.ground) for w in dialog.editor.redaction.words] == [("Aino", "Own ground")]
        dialog.text.moveCursor(QTextCursor.MoveOperation.Start)
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
        assert len(dialog.editor.redaction.passages) == 2
        qtbot.keyClick(dialog.text, Qt.Key.Key_Delete)
        assert len(dialog.editor.redaction.passages) == 1
        qtbot.keyClick(dialog.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(dialog.editor.redaction.passages) == 2
        seen = dialog_of(place, PreviewDialog, qtbot, QDialog.accept)
        dialog.preview.click()
        qtbot.waitUntil(lambda: bool(seen), timeout=60_000)
        dialog.make.click()

    def used(dialog: CopyDialog) -> None:
        try:
            use(dialog)
        except BaseException:
            dialog.reject()  # or its loop would go on
            raise

    done = dialog_of(place, CopyDialog, qtbot, used)
    press(place.room.panel, home.texts.tr("New redacted copy…"))
    qtbot.waitUntil(lambda: bool(done), timeout=60_000)
    (copy,) = home.a.find(RedactedCopy)
    assert path.read_bytes().startswith(b"%PDF")
    assert copy.reader == "District court"
    qtbot.waitUntil(lambda: "District court" in words(place))
    qtbot.waitUntil(lambda: home.texts.tr("Redacted copies").upper() in words(place).upper())


def test_marks_wait_until_they_are_gone_on_with_or_discarded(place, home, qtbot) -> None:
    done = dialog_of(place, CopyDialog, qtbot, QDialog.reject)
    press(place.room.panel, home.texts.tr("New redacted copy…"))
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: home.texts.tr("for whom is not chosen") in words(place))
    press(place.room.panel, home.texts.tr("Discard"))
    assert home.a.find(Redaction) == ()
    qtbot.waitUntil(lambda: home.texts.tr("for whom is not chosen") not in words(place))
    assert place.room.panel.findChildren(QPushButton)
