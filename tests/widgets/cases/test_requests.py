"""Requests about a case on the screen: recorded, answered and handed over; what is missing is said and gone to."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from app.casework.request_words import due_words, in_order, state_words
from app.casework.requests import kept
from app.i18n import Texts, today
from app.model.hold import Held
from app.model.people import Role
from app.model.request import Reply, Request, RequestKind
from app.vocabulary import StatementTexts

DAY = date(2026, 11, 30)


@pytest.fixture
def case_id(house) -> str:
    return house.case()


def pick(choice, value) -> None:
    choice.set_value(value)
    choice.activated.emit(choice.currentIndex())


def test_a_request_goes_from_its_arrival_to_what_was_handed_over(house, show, qtbot, case_id) -> None:
    screen = show(case_id=case_id, part="requests")
    section = screen.requests
    assert not section.card.isVisible()
    section.record.click()
    form = section.form
    pick(form.kind, RequestKind.FILM)
    form.arrived.line.setText("30.10.2026")
    form.save.click()
    assert house.said, "nobody is said to ask"
    assert house.file(case_id).requests == ()
    form.asker.setEditText("parent")
    form.ground.setPlainText("wants to see it")
    form.save.click()
    (request,) = house.file(case_id).requests
    adult = house.file(case_id).adults[0]
    assert (request.kind, request.person_id, request.asked_by) == (RequestKind.FILM, adult.id, "")
    assert (request.due, request.ground) == (date(2026, 11, 30), "wants to see it")
    assert kept(house.file(case_id)) == Held.BY_REQUEST
    row = section.rows[request.id]
    assert row.answer.isVisible()
    assert not row.hand.isVisible()
    row.answer.click()
    answering = row.answering
    pick(answering.answer, Reply.IN_PART)
    answering.day.line.setText("2.11.2026")
    qtbot.keyClicks(answering.who, "leading social worker")
    answering.save.click()
    assert screen.window().focusWidget() is answering.left_out, "what is left out is told"
    answering.left_out.setPlainText("the other parent's meeting, section 11")
    qtbot.keyClicks(answering.whom, "the court")
    answering.save.click()
    assert not answering.isVisible()
    assert row.hand.isVisible()
    assert kept(house.file(case_id)) == Held.BY_REQUEST, "what was granted is not handed over yet"
    row.hand.click()
    qtbot.keyClicks(row.handing.what, "seen together at the office")
    row.handing.save.click()
    assert kept(house.file(case_id)) == Held.NO
    assert "seen together at the office" in row.state.text()
    assert not row.answer.isVisible()
    assert not row.hand.isVisible()
    screen.undo()
    assert kept(house.file(case_id)) == Held.BY_REQUEST
    assert section.rows[request.id].hand.isVisible()


def test_details_are_corrected_and_a_cleared_due_day_comes_back(house, show, qtbot, case_id) -> None:
    house.editor(case_id).record_request(RequestKind.POLICE, DAY, asked_by="police of a town")
    section = show(case_id=case_id, part="requests").requests
    (row,) = section.rows.values()
    assert row.title.text().endswith("police of a town")
    row.details_button.click()
    widgets = row.details.widgets
    widgets["ground"].setPlainText("as they wrote it")
    section.commit()
    line = widgets["due"].line
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    (request,) = house.file(case_id).requests
    assert request.ground == "as they wrote it"
    assert request.due == date(2026, 12, 30)
    assert line.text() == "30.12.2026"


def test_who_asks_stays_in_the_case(house, case_id) -> None:
    editor = house.editor(case_id)
    child = editor.file.child
    assert editor.record_request(RequestKind.LOG, today(), child.id)
    assert not editor.remove_person(child)
    kept_one, gone = editor.file.adults[0], editor.add_person(Role.STEP_PARENT, "man")
    assert editor.record_request(RequestKind.LOG, today(), gone.id)
    assert editor.merge(kept_one, gone)
    assert {r.person_id for r in house.file(case_id).requests} == {child.id, kept_one.id}


def asked(arrived: date, due: date, **fields) -> Request:
    return Request(str(arrived), "c", RequestKind.LOG, arrived, due, asked_by="x", **fields)


def test_the_open_ones_come_first_by_their_due_day() -> None:
    a = asked(date(2026, 9, 1), date(2026, 12, 9))
    b = asked(date(2026, 10, 1), date(2026, 11, 1))
    c = asked(date(2026, 11, 1), date(2026, 12, 1), answer=Reply.REFUSED)
    assert in_order([c, a, b]) == (b, a, c)


@pytest.mark.parametrize(
    ("left", "words"), [(3, "3 days left"), (1, "1 day left"), (0, "last day"), (-2, "2 days late")]
)
def test_the_days_left_are_told(left, words) -> None:
    assert words in due_words(Texts("en"), asked(DAY, DAY + timedelta(left)), DAY)


def test_a_refusal_tells_why_and_whom_to_turn_to_in_each_language() -> None:
    refused = asked(DAY, DAY, answer=Reply.REFUSED, decided=DAY, decided_by="A", left_out="B", to_turn_to="C")
    for language, reply in (("fi", "ei anneta"), ("sv", "lämnas inte ut"), ("en", "not granted")):
        said = state_words(Texts(language), StatementTexts(language), refused, DAY)
        assert reply in said
        assert all(word in said for word in "ABC")
