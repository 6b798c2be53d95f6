"""Every screen as a screen reader meets it: what can have the focus says what it is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.door import Door
from app.i18n import Texts
from app.model.change import Change
from app.services.library import first
from app.statement.beginning import begin_statement
from tests.material.house import Home, opened
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_player import FakePlayer
from widgets.calendar.calendar_screen import CalendarScreen
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.desk.desk_screen import DeskScreen
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.look import look as looks
from widgets.recovery import RecoverDialog, RestoreDialog
from widgets.settings.settings_screen import SettingsScreen
from widgets.statement.statement_screen import StatementScreen
from widgets.training.training_screen import TrainingScreen

pytestmark = pytest.mark.long


def nameless(top: QWidget) -> list[str]:
    """Controls that can have the focus and have neither name nor text. An editor inside a field is the field's."""
    rows = []
    for part in top.findChildren(QWidget):
        inside = any(isinstance(over, FIELDS) for over in above(part))
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(part, QLabel) or inside:
            continue
        said = part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")
        if not said.strip() and type(part).__name__ not in FRAMES:
            rows.append(f"{type(part).__name__} {part.objectName()}")
    return rows


#: what holds parts of its own that are named with it: a list that drops down, an editor, a scrolled sheet
FIELDS = (QComboBox, QAbstractSpinBox, QAbstractItemView)


def above(part: QWidget):
    while (part := part.parentWidget()) is not None:
        yield part


#: take the focus to hand it on, and hold no control of their own
FRAMES = {
    "CodingScreen",
    "ComparingScreen",
    "FeedbackScreen",
    "TrainingScreen",
    "Cover",
    "QTabWidget",
    "QMenu",
    "QComboBoxPrivateContainer",
}


@pytest.fixture(params=["fi", "en"])
def filled(request, qapp):
    home = Home(request.param)
    home.compare()
    begin_statement(Door(home.a), home.texts, home.case_id, request.param)
    with opened(home) as room:
        yield room


def screens(room):
    look, meeting, case = looks.Look(looks.LIGHT), room.home.meeting.id, room.home.case_id
    yield DeskScreen(room.space, look, room.go), {}
    yield CasesScreen(room.space, look, room.go), {"case_id": case}
    yield CalendarScreen(room.space, look, room.go), {}
    for kind in (CodingScreen, ComparingScreen):
        yield kind(room.space, look, room.go, FakePlayer), {"meeting_id": meeting}
        yield kind(room.space, look, room.go, FakePlayer), {}
    yield TrainingScreen(room.space, look, room.go, FakePlayer), {}
    yield FeedbackScreen(room.space, look, room.go, FakePlayer), {"case_id": case}
    yield FeedbackScreen(room.space, look, room.go, FakePlayer), {}
    yield StatementScreen(room.space, look, room.go, FakePlayer, FakeCards), {"case_id": case}
    yield StatementScreen(room.space, look, room.go, FakePlayer, FakeCards), {}
    yield SettingsScreen(room.space, look, room.go), {}


def test_what_can_have_the_focus_has_a_name(filled, qtbot) -> None:
    for screen, ids in screens(filled):
        qtbot.addWidget(screen)
        screen.opened(**ids)
        if isinstance(screen, CasesScreen):
            for section in screen.sections.values():
                section.look_at()
        if ids and isinstance(screen, StatementScreen):
            for section in first().sections:
                screen.room.open_section(section.key)
                assert nameless(screen) == []
        assert not (left := nameless(screen)), f"{type(screen).__name__} {left}"


def test_dialogs_have_names_too(qtbot, tmp_path) -> None:
    for dialog in (RecoverDialog(Texts("fi"), "Aino"), RestoreDialog(Texts("fi"), tmp_path)):
        qtbot.addWidget(dialog)
        assert nameless(dialog) == []


def button(screen, words: str) -> QPushButton:
    (made,) = [b for b in screen.findChildren(QPushButton) if b.text() == words]
    return made


def test_the_desk_leads_on(room, home, stage) -> None:
    desk = stage(DeskScreen)
    button(desk, "Code").click()
    assert room.gone == [("coding", {"meeting_id": home.meeting.id})]
    home.compare()
    desk.opened()
    button(desk, "Write").click()
    assert room.gone[-1] == ("statement", {"case_id": home.case_id})


def test_an_empty_desk_offers_a_case(room, home, stage) -> None:
    from app.model.people import Case

    case = home.a.get(Case, home.case_id)
    home.a.apply("close", [Change(case, replace(case, lead="", partner=""))])
    desk = stage(DeskScreen)
    button(desk, "New case").click()
    assert room.gone == [("cases", {"new": "1"})]


@pytest.fixture
def own(stage) -> SettingsScreen:
    return stage(SettingsScreen)


def test_one_card_does_not_take_back_what_another_kept(own, room, monkeypatch) -> None:
    from widgets.forms import file_dialogs

    spin = next(s for s in own.findChildren(QSpinBox) if "idle" in s.accessibleName())
    spin.setValue(3)
    monkeypatch.setattr(file_dialogs.QFileDialog, "getExistingDirectory", lambda *_: "/backups")
    button(own, "Choose the backup folder…").click()
    spin.setValue(4)
    kept = room.preferences
    assert (kept.now.lock_after_minutes, kept.remembered.backup_folder, kept.now.language) == (4, "/backups", "en")


def test_a_backup_goes_to_the_chosen_folder_and_is_told(own, room, monkeypatch, qtbot) -> None:
    from widgets.forms import file_dialogs

    monkeypatch.setattr(file_dialogs.QFileDialog, "getExistingDirectory", lambda *_: "/backups")
    own.opened(part="backup")
    button(own, "Back up now").click()
    qtbot.waitUntil(lambda: bool(room.said))
    assert [str(p) for p in room.archive.backups] == ["/backups"]
    assert button(own, "Back up now").isEnabled()


def test_own_details_are_kept_when_a_field_is_left(own, room, home, qtbot) -> None:
    title = next(e for e in own.findChildren(QLineEdit) if e.accessibleName() == "Title")
    title.setFocus()
    qtbot.keyClicks(title, "family therapist")
    own.left()
    assert room.space.worker.title == "family therapist"
    own.undo()
    assert room.space.worker.title == ""


def test_trainings_are_added_and_removed(own, room) -> None:
    button(own, "Add a training").click()
    assert len(room.space.worker.trainings) == 1
    QApplication.sendPostedEvents(None, 52)
    button(own, "Remove").click()
    assert room.space.worker.trainings == ()


def test_the_archive_is_checked_on_asking(own, room, qtbot) -> None:
    button(own, "Check the archive").click()
    qtbot.waitUntil(lambda: bool(room.said))
    assert "whole" in room.said[-1].text
