"""The quiet lines at 12, 15 and 18."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.ages import AFTER, BEFORE, AgeLine, age_line, age_lines, age_words, birth_dates, turns
from app.casework.case_editor import CaseEditor
from app.casework.closing import close
from app.door import Door
from app.i18n import Texts
from app.model.circumstance import CircumstanceKind
from app.model.people import Person, Role
from tests.material.house import Home

DAY = date(2026, 11, 3)


@given(st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_search_finds_exactly_those_of_whom_something_is_told(born, day) -> None:
    child = Person("c", "case", Role.CHILD, "lapsi", born=born)
    assert (age_line(child, day) is not None) == (born in birth_dates(day))


@pytest.mark.parametrize("age", [12, 15, 18])
def test_it_is_told_from_a_month_before_to_two_weeks_after(age) -> None:
    child = Person("c", "case", Role.CHILD, "lapsi", born=date(2010, 2, 28))
    on = turns(child.born, age)
    for day, told in ((on - BEFORE, True), (on + AFTER, True), (on - BEFORE - timedelta(1), False)):
        assert (age_line(child, day) == AgeLine("case", "c", age, on)) == told
    assert age_line(replace(child, role=Role.SIBLING), on) is None
    assert turns(date(2012, 2, 29), 15) == date(2027, 3, 1)


def test_only_children_of_open_cases_are_told_of(qapp) -> None:
    home = Home("fi")
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.child, born=date(2014, 11, 20))
    people.edit(people.file.adults[0], born=date(2008, 11, 10))
    (line,) = age_lines(home.a, DAY)
    assert (line.age, line.on, line.case_id) == (12, date(2026, 11, 20), home.case_id)
    assert age_words(Texts("fi"), line, DAY).startswith("Lapsi täyttää 12 vuotta 20.11.2026.")
    assert "täytti" in age_words(Texts("fi"), line, date(2026, 11, 21))
    assert "Jälkihuolto" in age_words(Texts("fi"), replace(line, age=18), DAY)
    people.change_circumstance(people.file.child, CircumstanceKind.DEATH, "", DAY)
    assert age_lines(home.a, DAY) == (), "who has died comes to no age"
    assert people.undo()
    assert age_lines(home.a, DAY)
    close(Door(home.a), home.texts, people.file, DAY, "syy")
    assert age_lines(home.a, DAY) == ()
