"""The access log in the settings: its rows by case, worker, kind and day, and the report that a client asks for."""

from datetime import timedelta

import pytest

from app.i18n import today
from app.model.people import Case
from tests.drivers.hands import Hands
from widgets.forms.date_field import show_day
from widgets.settings import log_card
from widgets.settings.log_card import LogCard


@pytest.fixture
def card(settings_page, room, hands: Hands) -> LogCard:
    case = room.store.find(Case)[0]
    room.store.note("view", Case, case.id)
    settings_page.opened(part="log")
    card = settings_page.findChild(LogCard)
    hands.until(lambda: card.table.model().rowCount() > 0)
    return card


def choose(box, words: str) -> None:
    box.setCurrentIndex(box.findText(words))


def shown(card: LogCard) -> set[tuple[str, ...]]:
    model = card.table.model()
    return {tuple(model.index(r, c).data() for c in (1, 2, 3)) for r in range(model.rowCount())}


def test_rows_are_chosen_by_worker_kind_and_day(card) -> None:
    everything = shown(card)
    choose(card.kind, "Case")
    assert shown(card) == {row for row in everything if row[2].startswith("Case")}
    assert any(row[1] == "Looked at" for row in shown(card))
    choose(card.worker, "Aino Esimerkki")
    assert {row[0] for row in shown(card)} == {"Aino Esimerkki"}
    card.begin.line.setText(show_day(today() + timedelta(days=1)))
    card.begin.line.editingFinished.emit()
    assert shown(card) == set()


def test_a_clients_report_is_asked_for_the_case_that_is_chosen(card, room, hands: Hands, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(log_card.LogReportDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()))
    assert not card.asked.isEnabled()
    assert card.asked.accessibleDescription()
    choose(card.case, room.store.find(Case)[0].code_name)
    hands.press(card, "A client's log report…")
    assert asked == ["Who has seen"]
