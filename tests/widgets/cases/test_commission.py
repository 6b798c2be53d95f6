"""The commission on the screen: its card with where each question stands, and its way."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from app.i18n import Texts, now, today
from app.model.commission import CommissionState
from app.statement.asked import Stand, Standing, standings
from widgets.cases.commission_card import standing_words


@pytest.fixture
def case_id(house) -> str:
    return house.case()


def test_the_card_tells_where_each_question_stands_and_what_observation_cannot_answer(house, show, case_id) -> None:
    house.editor(case_id).fill_commission(questions=("One?", "Two?"))
    section = show(case_id=case_id, part="commission").commission
    assert [s.text() for s in section.card.stands] == ["waits for filming"] * 2
    section.card.ticks[1].click()
    assert house.file(case_id).commission.beyond == ("Two?",)
    assert section.card.stands[1].text() == "cannot be answered by observation alone"
    house.editor(case_id).undo()
    assert [s.text() for s in section.card.stands] == ["waits for filming"] * 2
    assert not section.card.ticks[1].isChecked()


def test_the_next_filming_is_told(house, case_id) -> None:
    house.editor(case_id).fill_commission(questions=("One?",))
    meeting = house.meeting(case_id, today() + timedelta(5))
    (standing,) = standings(house.store, house.file(case_id))
    assert (standing.stand, standing.at) == (Stand.TO_FILM, meeting.held)


def test_its_way_is_recorded_step_by_step(house, show, qtbot, case_id) -> None:
    steps = show(case_id=case_id, part="commission").commission.steps
    steps.state.set_value(CommissionState.REFUSED)
    steps.record.click()
    assert house.said, "why it was refused is asked"
    assert house.file(case_id).commission.steps == ()
    steps.state.set_value(CommissionState.ACCEPTED)
    steps.day.line.setText("6.10.2026")
    qtbot.keyClick(steps.day.line, Qt.Key.Key_Return)
    steps.record.click()
    (step,) = house.file(case_id).commission.steps
    assert (step.state, step.day, step.by) == (CommissionState.ACCEPTED, date(2026, 10, 6), house.me.id)
    assert [steps.state.itemText(n) for n in range(steps.state.count())] == ["Ended"]
    steps.record.click()
    assert house.file(case_id).commission.state == CommissionState.ENDED
    assert not steps.form.isVisible()
    steps.again.click()
    file = house.file(case_id)
    assert (len(file.earlier), file.commission.steps, file.commission.ordered) == (1, (), today())
    assert not steps.again.isVisible()
    assert steps.form.isVisible()
    house.editor(case_id).undo()
    assert house.editor(case_id).file.commission.state == CommissionState.ENDED
    assert house.editor(case_id).file == house.file(case_id)
    assert steps.again.isVisible()


@pytest.mark.parametrize("stand", list(Stand))
def test_each_standing_has_words_in_each_language(stand) -> None:
    said = {standing_words(Texts(code), Standing(stand, 12, 2, now())) for code in ("fi", "sv", "en")}
    assert len(said) == 3
