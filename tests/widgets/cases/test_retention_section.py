"""*Säilyttäminen* of a case: what is kept until when, holds, and the case's own rule."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.casework.holds import set_hold
from app.model.change import added
from app.model.hold import Hold
from app.model.people import Case
from app.model.retention import CaseRule, Since
from tests.drivers.hands import Hands
from tests.material.builders import recording
from widgets.retention import hold_card


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def section(house, show):
    case_id = house.case()
    meeting = house.meeting(case_id)
    house.store.apply("film", [added(recording(meeting.id))])
    screen = show(case_id=case_id, part="retention")
    assert screen.tabs.currentWidget().isAncestorOf(screen.retention)
    return screen.retention


def words(within) -> str:
    return "\n".join(part.text() for part in within.findChildren(QLabel) if part.isVisibleTo(within))


def test_a_hold_is_set_ended_and_stays_on_record(house, section, hands, monkeypatch) -> None:
    assert "No day yet: 6 months after the statement became final." in words(section)
    hands.type(section.holds.ground, "Appeal to the court")
    hands.click(section.holds.set)
    hands.settle()
    (hold,) = house.store.find(Hold)
    assert (hold.ground, hold.meeting_id, hold.stands) == ("Appeal to the court", "", True)
    assert "a legal hold keeps it" in words(section)
    assert section.holds.ground.text() == ""
    monkeypatch.setattr(hold_card, "confirm", lambda *_a, **_k: True)
    end = next(b for b in section.findChildren(QPushButton) if b.text() == "End the hold…")
    hands.click(end)
    hands.settle()
    assert not house.store.get(Hold, hold.id).stands
    assert "a legal hold keeps it" not in words(section)
    assert "Appeal to the court" in words(section)


def test_a_hold_needs_a_ground(house, section, hands) -> None:
    hands.click(section.holds.set)
    assert house.store.find(Hold) == ()


def test_the_cases_own_rule(house, section, hands) -> None:
    films = section.rules[0]
    hands.click(films.change)
    films.months.setValue(9)
    hands.choose(films.since, "after the case was closed")
    hands.click(films.keep)
    assert house.store.find(CaseRule) == ()  # nobody said where it comes from
    hands.type(films.source, "Agreement 4 §")
    hands.click(films.keep)
    hands.settle()
    (rule,) = house.store.find(CaseRule)
    assert (rule.months, rule.since, rule.source) == (9, Since.CLOSED, "Agreement 4 §")
    assert "No day yet: 9 months after the case was closed, by the commission's own rule." in words(section)
    hands.click(films.drop)
    hands.settle()
    assert house.store.find(CaseRule) == ()
    assert "6 months after the statement" in words(section)


def test_a_case_is_closed_with_a_reason_and_opened_again(house, section, hands) -> None:
    case_id, closing = section.file.case.id, section.closing
    hands.click(closing.close_it)
    assert house.store.get(Case, case_id).closed is None
    assert "Something of the checklist is not done" in house.said[-1].text
    hands.click(next(b for b in closing.findChildren(QPushButton) if b.text() == "Done today"))
    hands.settle()
    assert house.store.get(Case, case_id).returned is not None
    hands.type(closing.reason, "the family moved")
    hands.click(closing.close_it)
    hands.settle()
    assert house.store.get(Case, case_id).closed_despite == "the family moved"
    assert "the family moved" in words(closing)
    assert not closing.close_it.isVisible()
    hands.click(closing.reopen)
    hands.settle()
    assert house.store.get(Case, case_id).closed is None


def test_the_details_lead_to_the_checklist_and_its_steps_to_their_cards(house, show, hands) -> None:
    case_id = house.case()
    set_hold(house.space.door, house.space.texts, case_id, date(2026, 12, 1), "Appeal")
    screen = show(case_id=case_id, part="details")
    hands.click(screen.details.to_closing)
    screen.opened(**house.gone[-1][1])
    hands.settle()
    assert screen.tabs.currentWidget().isAncestorOf(screen.retention)
    assert screen.retention.closing.isAncestorOf(screen.focusWidget())
    row = next(b for b in screen.retention.closing.findChildren(QPushButton) if "legal hold" in b.accessibleName())
    hands.click(row)
    assert screen.retention.holds.isAncestorOf(screen.focusWidget())


def test_it_is_read_when_its_tab_is_looked_at(house, show, hands) -> None:
    case_id, other = house.case(), house.case("Other 2")
    for one in (case_id, other):
        house.store.apply("film", [added(recording(house.meeting(one).id))])
    screen = show(case_id=case_id)
    assert screen.tabs.currentWidget().isAncestorOf(screen.details)
    assert "No day yet" not in words(screen.retention), "out of sight nothing is read"
    screen.show_section(screen.retention)
    hands.settle()
    assert "No day yet" in words(screen.retention)
    screen.show_section(screen.details)
    screen.opened(case_id=other)
    screen.show_section(screen.retention)
    hands.settle()
    assert screen.retention.file.case.id == other
    assert "No day yet" in words(screen.retention)
