"""Participants' experience in a year's statistics: each side of the wall its own, and few are never told of."""

from datetime import date

import pytest

from app.door import Door
from app.hours import closing
from app.hours.closing import ClosingEditor, closed, counted
from app.hours.participants_told import told_on
from app.hours.told_tables import told_parts
from app.hours.year_tables import HIDDEN
from app.i18n import Texts
from app.model.change import added
from app.model.feedback_form import FeedbackFrom
from app.model.identity import new_id
from app.model.participant_told import told_row
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.model.sought import Side
from app.works.beginning import begin
from tests.material.house import Home

YEAR = 2025


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    """Six peer groups of two, a training group and a consultation; a form of another year and an unfinished one."""
    made = Home("fi")
    for _ in range(6):
        tell(made, "voikukkia", "fully", "fully")
    tell(made, "pride-valmennusryhma", "no", "mostly")
    tell(made, "konsultaatio", *["fully"] * 7)
    tell(made, "voikukkia", "no", day=date(YEAR - 1, 5, 5))
    tell(made, "voikukkia", "no", done=False)
    return made


def tell(home, template_id, *choices, day=date(YEAR, 5, 5), done=True) -> None:
    work = begin(Door(home.a), home.texts, template_id)
    forms = [
        ServiceFeedback(
            new_id(), "", "participant", 1, FeedbackFrom.PARTICIPANT, "", day, "fi", FeedbackWay.PAPER, "",
            answers=(FormGiven("heard", choice), FormGiven("words", words="Kiitos")), done=done,
        )
        for choice in choices
    ]  # fmt: skip
    home.a.apply("told", [added(told_row(form, work.id)) for form in forms])


def test_products_of_few_works_stand_together_and_each_side_has_its_own(home) -> None:
    (clients,) = told_on(home.a, YEAR, Side.CLIENTS)
    assert clients.products == ("pride-valmennusryhma", "voikukkia"), "one group alone would tell of that group"
    ((row,), counts) = clients.rows, clients.rows[0].counts
    assert row.question.key == "heard"
    assert all(n is None or n == 0 or n >= 5 for n in counts)
    (others,) = told_on(home.a, YEAR, Side.SUPERVISION)
    assert (others.products, others.rows[0].counts, others.rows[0].total) == (("konsultaatio",), (7, 0, 0, 0, 0), 7)
    assert told_on(home.a, YEAR - 2, Side.CLIENTS) == ()


@pytest.mark.parametrize("side", Side)
def test_a_closed_year_keeps_what_was_told_and_the_table_shows_no_few(home, side) -> None:
    made = counted(home.a, YEAR, side, date(YEAR, 12, 31), lambda: False)
    assert ClosingEditor(home.a, home.texts).close(made)
    kept = closed(home.a, YEAR, side).told
    assert kept == told_on(home.a, YEAR, side)
    tell(home, "voikukkia" if side == Side.CLIENTS else "konsultaatio", *["no"] * 9)
    assert closing.closed(home.a, YEAR, side).told == kept, "what was counted once is not counted again"
    (part,) = told_parts(Texts("fi"), kept)
    assert part.key == "told-participant-1"
    assert {row[2].shown for row in part.table.rows} <= {"0", "7", "12", HIDDEN}
