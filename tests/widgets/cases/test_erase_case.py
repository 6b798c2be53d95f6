"""*Hävitä…* of a whole case: what its dialog says and asks, who may press it, and what is left in the settings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.casework.retention import Kept, Why, default_rule
from app.erasing.cases import WhatGoesOfCase
from app.erasing.erased import ErasedLine
from app.i18n import Texts
from app.model.erasure import CaseOrder, ErasedRows, Erasure, Ground, Original, SentPackage
from app.model.people import Case
from app.model.recording import Origin
from app.model.retention import Material
from tests.drivers.hands import Hands
from tests.material.builders import A_DAY, meeting, recording
from tests.material.house import Home, opened
from widgets.look import look as looks
from widgets.retention.erase_case import EraseCase
from widgets.retention.erased_card import PAGE, ErasedCard

LOOK = looks.look_for("light", films=False)
CASE = Case("case", "Star 14", "aino", closed=date(2026, 11, 1))
WHOLE = Kept(CASE, default_rule(Material.CASE), Why.DUE, date(2026, 11, 1))


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


def film(why: Why, **more) -> Kept:
    made = meeting("case", "adult", "child", ("a", "b"))
    return Kept(CASE, default_rule(Material.FILMS), why, date(2027, 1, 1), made, replace(recording(made.id), **more))


def dialog(qtbot, **more) -> EraseCase:
    goes = WhatGoesOfCase(CASE, WHOLE, (), 3, 4, 0, 0, 0, 0, 0, None, (), ())
    made = EraseCase(Texts("en"), replace(goes, **more), None)
    qtbot.addWidget(made)
    made.show()
    return made


def words(within) -> str:
    return "\n".join(part.text() for part in within.findChildren(QLabel) if part.isVisibleTo(within))


def test_it_says_what_goes_and_what_lies_outside(qtbot) -> None:
    least = words(dialog(qtbot))
    assert "Erase the whole case Star 14?" in least
    assert "4 people, 3 meetings" in least
    for absent in ("film", "coding", "backup", "may not go yet", "photograph"):
        assert absent not in least.replace("taken in", ""), absent
    went = (SentPackage("p", A_DAY, "Leena Malli"),)
    most = words(
        dialog(
            qtbot, films=(film(Why.DUE),), codings=2, statements=3, finals=1, photographs=5, backups=2,
            last_expires=date(2027, 2, 1), packages=went,
        )
    )  # fmt: skip
    for there in (
        "1 film, with all", "2 codings", "3 versions of statements, 1 of them final", "5 photographs",
        "2 backups hold it", Texts("en").date(date(2027, 2, 1)), "Leena Malli", "stay where they are",
    ):  # fmt: skip
        assert there in most, there


def test_by_rule_nothing_goes_that_is_to_be_kept_longer(qtbot, hands) -> None:
    made = dialog(qtbot, films=(film(Why.NOT_YET), film(Why.DUE)))
    assert words(made).count("Camera 1: Kept until") == 1
    hands.type(made.words, "decided")
    hands.choose(made.ground, "The time of keeping is over")
    assert not made.erase.isEnabled()
    assert "some films are not yet" in words(made)
    hands.choose(made.ground, "Other ground")
    assert made.erase.isEnabled()
    late = dialog(qtbot, kept=replace(WHOLE, why=Why.NOT_YET))
    hands.type(late.words, "decided")
    hands.choose(late.ground, "The time of keeping is over")
    assert not late.erase.isEnabled()


def test_the_ground_is_always_typed_and_two_confirm(qtbot, hands) -> None:
    made = dialog(qtbot, others=(("b", "Leena Malli"),), films=(film(Why.DUE),))
    assert (made.erase.isEnabled(), made.second_id) == (False, "b")
    hands.choose(made.ground, "Opened by mistake")
    assert not made.erase.isEnabled()
    hands.type(made.words, "two of one family")
    hands.choose(made.original, "On a phone")
    assert made.erase.isEnabled()
    assert made.order == CaseOrder("case", Ground.MISTAKE, "two of one family", Original.PHONE)
    filmed = dialog(qtbot, films=(film(Why.DUE, origin=Origin.FILMED),))
    assert not filmed.original.isVisibleTo(filmed)
    known = dialog(qtbot, films=(film(Why.DUE, original=Original.CARD),))
    assert not known.original.isVisibleTo(known), "it was noted already"
    assert "stay where they are" in words(known)
    assert "no other worker in this archive" in words(filmed)


def test_only_a_closed_case_has_the_button(house, show, hands) -> None:
    case_id = house.case()
    screen = show(case_id=case_id, part="retention")
    assert erasers(screen.retention) == []
    hands.type(screen.retention.closing.reason, "the family moved")
    hands.click(screen.retention.closing.close_it)
    hands.settle()
    assert erasers(screen.retention) == ["Erase…: The whole case"]


def erasers(section) -> list[str]:
    return [b.accessibleName() for b in section.kept.findChildren(QPushButton)]


def test_the_settings_list_what_was_erased_a_page_at_a_time(qtbot, hands, monkeypatch) -> None:
    home = Home()
    rows = (ErasedRows("client_case", 1, ("c",)),)
    made = [
        Erasure(
            f"e{n}", datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=n), "a", Ground.MISTAKE, "x", "c", rows=rows
        )
        for n in range(PAGE + 3)
    ]
    lines = tuple(ErasedLine(e, ("Aino", "Leena")) for e in reversed(made))
    monkeypatch.setattr("widgets.retention.erased_card.erased_lines", lambda _store: lines)
    with opened(home) as room:
        card = ErasedCard(room.space, LOOK)
        qtbot.addWidget(card)
        card.show()
        hands.until(lambda: len(card.findChildren(QPushButton)) == PAGE + 1)
        hands.until(lambda: "A whole case" in words(card))
        assert "Opened by mistake: x · Aino, Leena" in words(card)
        hands.click(card.older)
        hands.until(lambda: len(card.findChildren(QPushButton)) == PAGE + 4)
        assert not card.older.isVisible()
        hands.until(lambda: not room.jobs.running)
