"""*Kuka on nähnyt*: from the case to the paper in three presses."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.i18n import today
from app.office.client_log import free_since
from tests.drivers.pages import body
from widgets.cases.cases_screen import CasesScreen
from widgets.cases.log_report_dialog import LogReportDialog
from widgets.forms import file_dialogs
from widgets.forms.date_field import show_day


@pytest.fixture
def dialog(room, home, stage) -> LogReportDialog:
    screen = stage(CasesScreen, case_id=home.case_id)
    made = LogReportDialog(room.space, room.space.case_of(home.meeting), screen)
    yield made
    made.reject()


def test_three_presses_make_the_report(room, home, stage, tmp_path, monkeypatch, qtbot) -> None:
    screen, presses = stage(CasesScreen, case_id=home.case_id), []
    target = tmp_path / "log.pdf"

    def saved(*_args, **_more):
        presses.append("save")
        return str(target), ""

    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", saved)

    def make() -> None:
        found = QApplication.activeModalWidget()
        assert isinstance(found, LogReportDialog)
        presses.append("make")
        found.make.click()

    QTimer.singleShot(50, make)
    presses.append("who has seen")
    screen.seen.click()
    qtbot.waitUntil(lambda: any("log report was saved" in notice.text for notice in room.said), timeout=5000)
    assert presses == ["who has seen", "make", "save"]
    assert "Star 14" in body(target.read_bytes())


def test_what_is_older_than_two_years_asks_for_a_reason(dialog) -> None:
    assert dialog.begin.value() == free_since(today())
    assert not dialog.reason.isEnabled()
    dialog.begin.line.setText(show_day(free_since(today()) - timedelta(days=1)))
    assert dialog.reason.isEnabled()
    dialog.make.click()
    assert "reason" in dialog.wrong.text()
    assert dialog.result() == 0
    dialog.reason.setText("a court case")
    assert dialog.wrong.isHidden()
    assert dialog.request().reason == "a court case"


def test_a_day_that_is_none_is_said(dialog) -> None:
    for words in ("31.2.2026", ""):
        dialog.end.line.setText(words)
        dialog.make.click()
        assert dialog.wrong.text() == "Write both days of the period."


def test_services_and_units_come_from_the_commission_and_may_be_written_over(dialog) -> None:
    assert dialog.units.text() == "County"
    dialog.units.setText("Unit 3")
    assert dialog.request().units == "Unit 3"
