"""*Tunnit ja tilastot* on the screen: typed by keys, taken from meetings, confirmed, closed, counted and saved."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.hours.entries import HoursEditor, own_entries, periods, to_confirm
from app.i18n import now, today
from app.model.change import Change, added
from app.model.hours import HoursState, Work, WorkEntry
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.sought import Side
from app.model.supervision import PricePer
from widgets.hours.end_price import EndPriceDialog
from widgets.hours.hours_screen import HoursScreen
from widgets.numbers.sheet_table import SheetTable


def earlier_this_month():
    """An hour ago, or the month's first moment: an hour ago is another month just after midnight of the first."""
    month = now().astimezone().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(now() - timedelta(hours=1), month)


def own(home):
    first = today().replace(day=1)
    return own_entries(home.a, first, first + timedelta(days=30))


def test_a_row_is_typed_added_with_enter_and_taken_back(stage, home, hands, qtbot):
    screen = stage(HoursScreen)
    quick = screen.own.quick
    hands.choose(quick.whom, "Star 14")
    assert quick.partner.value() == home.leena.id
    quick.minutes.setValue(90)
    qtbot.keyClick(quick.minutes, Qt.Key.Key_Return)
    (entry,) = own(home)
    assert (entry.minutes, entry.whole_id, entry.partner_id, entry.what) == (
        90, home.case_id, home.leena.id, Work.MEETING,
    )  # fmt: skip
    hands.settle()
    assert "90 min" in hands.words(screen.own)
    screen.undo()
    assert own(home) == ()
    hands.settle()
    assert "No hours in this month yet" in hands.words(screen.own)


def test_supervision_is_of_no_case(stage, hands):
    quick = stage(HoursScreen).own.quick
    hands.choose(quick.whom, "Star 14")
    hands.choose(quick.product, "Group supervision")
    assert not quick.whom.isEnabled()
    assert quick.values()["whole_id"] == ""


def test_what_meetings_offer_is_taken_confirmed_by_both_and_closed(stage, home, hands):
    met = home.a.get(Meeting, home.meeting.id)
    home.a.apply("x", [Change(met, replace(met, held=earlier_this_month()))])
    screen = stage(HoursScreen)
    hands.settle()
    hands.press(screen, "Take all")
    assert {e.state for e in own(home)} == {HoursState.DRAFT}
    assert not screen.freeze.isEnabled()
    hands.press(screen, "Confirm the month")
    hands.settle()
    assert "waits for the partner" in hands.words(screen.own)
    HoursEditor(home.b, home.texts, today()).confirm_theirs(to_confirm(home.b))
    screen.workspace.forget_editor(f"hours/{today():%Y-%m}")
    screen.own.refresh()
    assert screen.freeze.isEnabled()
    hands.confirming("Close the month", screen.freeze.click)
    assert {e.state for e in own(home)} == {HoursState.FROZEN}
    assert len(periods(home.a)) == 1
    hands.settle()
    assert "Closed months".upper() in hands.words(screen.own).upper()


def test_the_partners_hours_wait_and_are_confirmed(stage, home, hands):
    theirs = WorkEntry(
        new_id(), home.leena.id, today(), 60, "mim", Work.MEETING, whole_id="w", partner_id=home.aino.id,
        confirmed=now(),
    )  # fmt: skip
    home.b.apply("x", [added(theirs)])
    screen = stage(HoursScreen)
    hands.settle()
    hands.press(screen, "Confirm all")
    assert home.b.get(WorkEntry, theirs.id).state == HoursState.CONFIRMED
    assert to_confirm(home.a) == ()


def test_the_desk_leads_to_a_month_of_its_own(stage):
    screen = stage(HoursScreen)
    screen.opened(part="own", month="2026-02-01")
    assert screen.own.editor.first == date(2026, 2, 1)


@pytest.fixture
def worked(home):
    entries = [
        WorkEntry(
            new_id(), home.a.me, date(today().year - k, 1, 5), 60, ("mim", "parenting")[n % 2], Work.MEETING,
            customer=("Kunta", "Satula")[n % 3 == 0], whole_id=f"w{n}", children=1, adults=2, confirmed=now(),
        )
        for n in range(18)
        for k in range(2)
    ]  # fmt: skip
    home.a.apply("x", [added(e) for e in entries])


def test_a_year_is_counted_in_a_job_beside_the_year_before(stage, worked, hands):
    screen = stage(HoursScreen)
    screen.opened(part="year")
    hands.until(lambda: screen.year.found is not None)
    assert screen.year.found.compared_with == today().year - 1
    tables = [t.accessibleName() for t in screen.year.findChildren(SheetTable)]
    assert "By service" in tables
    assert "Hours of the workers" in tables
    screen.year.workers.setChecked(False)
    assert "Hours of the workers" not in [t.accessibleName() for t in screen.year.findChildren(SheetTable)]
    hands.press(screen, "Supervision and training")
    hands.until(lambda: screen.year.found is not None and screen.year.found.side == Side.SUPERVISION)
    assert screen.year.found.minutes == 0


@pytest.mark.parametrize(("act", "begins"), [("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")])
def test_the_year_leaves_as_a_file(stage, room, worked, hands, qtbot, tmp_path: Path, monkeypatch, act, begins):
    path = tmp_path / f"out.{act}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    screen = stage(HoursScreen)
    monkeypatch.setattr("widgets.hours.year_page.confirm", lambda *_: True)
    screen.opened(part="year")
    hands.until(lambda: screen.year.found is not None)
    screen.year.year.set_value(today().year - 1)  # of a year in its first month nothing can be closed yet
    screen.year.refresh()
    hands.until(lambda: screen.year.found is not None and screen.year.found.year == today().year - 1)
    with qtbot.waitSignal(room.space.notices.said, timeout=10_000) as said:
        getattr(screen, act).click()
    assert "Nothing of this year is closed yet" in said.args[0].text
    screen.year.close_it.click()
    hands.until(lambda: screen.year.leaving is not None)
    with qtbot.waitSignal(room.space.notices.said, timeout=10_000) as said:
        getattr(screen, act).click()
    assert "no client is named" in said.args[0].text
    assert path.read_bytes().startswith(begins)


def test_a_price_is_typed_and_a_basis_made_and_saved(stage, room, home, worked, hands, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "basis.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr("widgets.hours.billing_page.confirm", lambda *_: True)
    screen = stage(HoursScreen)
    screen.opened(part="bills")
    page, form = screen.bills, screen.bills.form
    page.customer.set_value("Satula")
    page.month.set_value(date(today().year, 1, 1))
    page.refresh()
    hands.until(lambda: page.found is not None)
    assert not page.can_make
    form.customer.set_value("Satula")
    form.cents.setText("95,5o")
    form.add.click()
    assert not form.wrong.isHidden()
    form.product.set_value("mim")
    form.cents.setText("95,50")
    form.exempt.set_value("Social welfare service")
    form.add.click()
    hands.until(lambda: page.can_make)
    with qtbot.waitSignal(room.space.notices.said, timeout=10_000):
        screen.make.click()
    text = path.read_text("utf-8-sig")
    assert "Satula" in text
    assert "Kunta;" not in text
    hands.until(lambda: page.found is not None)
    assert not page.can_make
    assert "Basis 1: Satula" in hands.words(page)
    screen.undo()  # a basis stays, and the price with it: the stack ended
    assert len(page.editor.prices) == 1
    form.per.set_value(PricePer.SESSION)
    assert form.values()["works"] == (Work.MEETING,)
    year = today().year
    refused = []

    def answer(dialog: EndPriceDialog) -> int:
        dialog.show()
        for text in (f"31.2.{year}", "", f"31.12.{year - 1}", f"28.2.{year}"):
            dialog.day.line.setText(text)
            dialog.day.line.textEdited.emit(text)
            qtbot.keyClick(dialog.day.line, Qt.Key.Key_Return)
            refused.append(dialog.day.message() or ("" if dialog.wrong.isHidden() else dialog.wrong.text()))
        return dialog.result()

    monkeypatch.setattr(EndPriceDialog, "exec", answer)
    hands.press(page, "End it on a day…")
    said = ("There is no 31.2.", "Write the last day of the price.", "The price begins on 1 Jan", "")
    assert [words[: len(start)] for words, start in zip(refused, said, strict=True)] == list(said)
    assert refused[-1] == ""
    assert page.editor.prices[0].last == date(year, 2, 28)
