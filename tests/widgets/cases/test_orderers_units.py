"""An orderer finds its units and its plans: each that the source names (source H) can be chosen in a commission."""

import pytest

from app.model.goal import GoalSource
from app.model.words import LANGUAGES
from app.vocabulary import StatementTexts
from widgets.cases.sources import PLANS

#: as the source names them
UNITS = (
    "lapsiperheiden palvelutarpeen arviointi ja tuki",
    "perhesosiaalityö",
    "lastensuojelun avohuollon sosiaalityö",
    "sijoituksen sosiaalityö",
    "lastensuojelun palvelut",
    "lastenkotitoiminta",
    "asumisharjoittelu",
    "Malmin lastenkoti",
    "Hyvösen lastenkoti",
    "Naulakallion lastenkoti",
    "Teinilän lastenkoti",
    "Outamon lastenkoti",
    "Lemmilän lastenkoti",
)
ORDERERS_PLANS = (
    "asiakassuunnitelma",
    "hoito- ja kasvatussuunnitelma",
    "kuukausiarviointi",
    "osaamisen kehittämisen suunnitelma",
)


@pytest.mark.parametrize("unit", UNITS)
def test_each_unit_of_the_source_can_be_chosen(unit) -> None:
    words = StatementTexts("fi")
    (key,) = (key for key in words.keys("units") if words.of("units", key) == unit)
    assert all(StatementTexts(language).of("units", key) for language in LANGUAGES)


@pytest.mark.parametrize("plan", ORDERERS_PLANS)
def test_each_plan_of_the_source_is_offered_where_a_commission_rests_on_it(plan) -> None:
    words = StatementTexts("fi")
    assert plan in [words.of("plans", key) for key in PLANS]


def test_a_goal_comes_from_the_plans_that_hold_goals() -> None:
    words = StatementTexts("fi")
    said = [words.of("plans", source) for source in GoalSource]
    assert said == ["asiakassuunnitelma", "hoito- ja kasvatussuunnitelma", "sovittu täällä"]


def test_every_unit_is_in_the_commissions_list_and_kept_by_its_key(house, show) -> None:
    case_id = house.case()
    section = show(case_id=case_id, part="commission").commission
    box = section.form.widgets["unit"]
    words = StatementTexts("en")
    assert [box.itemText(n) for n in range(box.count())] == [words.of("units", key) for key in words.keys("units")]
    box.setEditText("Outamo children's home")
    section.commit()
    commission = house.file(case_id).commission
    assert commission is not None
    assert commission.unit == "home-outamo"


def test_the_plans_are_offered_while_a_document_is_written(house, show) -> None:
    sources = show(case_id=house.case(), part="commission").commission.sources
    offered = sources.new.completer().model()
    words = StatementTexts("en")
    said = [offered.data(offered.index(n, 0)).lower() for n in range(offered.rowCount())]
    assert said == [words.of("plans", key) for key in PLANS]
