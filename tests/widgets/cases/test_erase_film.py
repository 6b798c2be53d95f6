"""*Hävitä…* on a film's row: what is asked, what is refused, and what the row says afterward."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from app.casework.holds import set_hold
from app.erasing.films import Second, WhatGoes
from app.i18n import Texts
from app.model.change import added
from app.model.erasure import Erasure, Ground, Original, SentPackage
from app.model.identity import new_id
from app.model.recording import Recording
from tests.drivers.hands import Hands, Key
from tests.material.builders import A_DAY, recording
from tests.material.house import Home, opened
from widgets.cases.films_panel import FilmsPanel
from widgets.look import look as looks
from widgets.retention import erasing_act
from widgets.retention.erase_film import EraseFilm

LOOK = looks.look_for("light", films=False)


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


def dialog(qtbot, **more) -> EraseFilm:
    goes = WhatGoes(recording("m"), 0, 0, 0, rests=False, backups=0, has_original=True)
    made = EraseFilm(Texts("en"), replace(goes, **more), None)
    qtbot.addWidget(made)
    made.show()
    return made


def words(within) -> str:
    return "\n".join(part.text() for part in within.findChildren(QLabel) if part.isVisibleTo(within))


def test_nothing_is_erased_without_a_chosen_ground(qtbot, hands) -> None:
    made = dialog(qtbot)
    assert not made.erase.isEnabled()
    assert "Choose the ground" in words(made)
    hands.choose(made.ground, "Taken in by mistake")
    assert made.erase.isEnabled()
    assert made.order.ground == Ground.MISTAKE
    assert (made.order.words, made.order.original) == ("", Original.UNKNOWN)


def test_another_ground_and_what_others_rest_on_are_typed(qtbot, hands) -> None:
    for made in (dialog(qtbot), dialog(qtbot, rests=True)):
        hands.choose(made.ground, "Other ground")
        assert not made.erase.isEnabled()
        assert "Write the ground in words" in words(made)
        hands.type(made.words, "  ")
        assert not made.erase.isEnabled()
        hands.type(made.words, "decided")
        assert made.erase.isEnabled()
        assert made.order.words == "decided"
    hands.choose(made.ground, "Consent withdrawn")
    made.words.clear()
    assert not made.erase.isEnabled()


def test_it_says_what_goes_what_stays_and_what_lies_elsewhere(qtbot) -> None:
    least = words(dialog(qtbot, has_original=False))
    assert "This cannot be undone." in least
    assert "small pictures" in least
    for absent in ("example", "bookmark", "rest on", "backup", "taken in from"):
        assert absent not in least
    assert "package" not in least
    went = tuple(SentPackage(f"p{n}", A_DAY + timedelta(days=n), "Leena Malli") for n in (0, 2))
    most = words(dialog(qtbot, clips=2, bookmarks=1, lines=4, rests=True, backups=3, packages=went))
    for there in (
        "2 example clips",
        "4 lines of what was said",
        "1 bookmark of yours",
        "rest on this meeting",
        "3 backups",
        "does not erase it there: Leena Malli",
        f"Leena Malli {Texts('en').date(went[0].at)}, Leena Malli {Texts('en').date(went[1].at)}. Ask",
        "stays where it is",
    ):
        assert there in most


def test_where_the_original_lies_is_asked_of_what_was_taken_in(qtbot, hands) -> None:
    made = dialog(qtbot)
    hands.choose(made.original, "On a phone")
    hands.choose(made.ground, "Taken in by mistake")
    assert made.order.original == Original.PHONE
    assert dialog(qtbot, original=Original.VIDEO_LINK).order.original == Original.VIDEO_LINK
    filmed = dialog(qtbot, has_original=False)
    assert not filmed.original.isVisibleTo(filmed)


def test_two_look_at_it_but_for_a_film_taken_in_by_mistake(qtbot, hands) -> None:
    others = (("b", "Leena Malli"), ("c", "Kaarina Malli"))
    made = dialog(qtbot, others=others)
    hands.choose(made.ground, "Taken in by mistake")
    assert (made.second_id, made.second.isVisibleTo(made), made.erase.isEnabled()) == ("", False, True)
    hands.choose(made.ground, "Consent withdrawn")
    assert (made.second_id, made.second.isVisibleTo(made), made.erase.isEnabled()) == ("b", True, True)
    hands.choose(made.second, "Kaarina Malli")
    assert made.second_id == "c"
    resting = dialog(qtbot, others=others, rests=True)
    hands.choose(resting.ground, "Taken in by mistake")
    assert resting.second_id == "b"


def test_who_is_alone_is_told_so_and_writes_why(qtbot, hands) -> None:
    made = dialog(qtbot)
    hands.choose(made.ground, "The time of keeping is over")
    assert "no other worker in this archive" in words(made)
    assert not made.erase.isEnabled()
    hands.type(made.words, "the agreement's time")
    assert (made.erase.isEnabled(), made.second_id) == (True, "")


def test_what_a_hold_keeps_is_not_even_asked(panel, home, room, hands) -> None:
    set_hold(room.space.door, home.texts, home.case_id, A_DAY.date(), "appeal")
    hands.click(first(panel, "Erase…"))
    assert "A legal hold keeps this material" in room.said[-1].text
    assert not home.a.get(Recording, home.film.id).is_erased


def test_the_other_worker_confirms_with_the_own_passphrase(panel, home, room, hands, monkeypatch) -> None:
    room.archive.names = [(home.aino.id, "Aino"), (home.leena.id, "Leena")]
    room.archive.erasing.others = True
    room.archive.secrets = {home.leena.id: "leenan"}

    typed: list[str] = []
    monkeypatch.setattr(erasing_act, "_confirmed_by", lambda _space, asked, _about: Second(asked.second_id, typed[-1]))

    def answer(asked) -> None:
        hands.choose(asked.ground, "Consent withdrawn")
        hands.press(asked, "Erase")

    for passphrase, is_erased in (("väärä", False), ("leenan", True)):
        typed.append(passphrase)
        hands.answering(answer, lambda: hands.click(first(panel, "Erase…")))
        hands.until(lambda: not room.jobs.running)
        assert home.a.get(Recording, home.film.id).is_erased == is_erased
    (certificate,) = home.a.find(Erasure)
    assert (certificate.worker_id, certificate.second_id) == (home.aino.id, home.leena.id)


def test_enter_and_escape_erase_nothing(qtbot, hands) -> None:
    for key in (Key.Key_Return, Key.Key_Escape):
        made = dialog(qtbot)
        hands.choose(made.ground, "Taken in by mistake")
        hands.key(made, key)
        assert made.result() == EraseFilm.DialogCode.Rejected
        assert not made.isVisible()


@pytest.fixture
def home(qapp) -> Home:
    return Home("en")


@pytest.fixture
def room(home):
    with opened(home) as made:
        yield made


@pytest.fixture
def panel(qtbot, room, home):
    made = FilmsPanel(room.space, LOOK)
    qtbot.addWidget(made)
    made.show_films(home.meeting.id)
    room.space.changed.connect(lambda _written: made.show_films(home.meeting.id))
    made.show()
    return made


def buttons(panel) -> list[str]:
    return [b.text() for b in panel.findChildren(QPushButton) if b.text() in ("Erase…", "Certificate…")]


def test_a_film_taken_in_by_mistake_is_erased_from_its_row(panel, home, room, hands, tmp_path, monkeypatch) -> None:
    home.a.apply("film", [added(replace(recording(home.meeting.id), id=new_id(), camera=2))])
    panel.show_films(home.meeting.id)
    hands.settle()
    assert buttons(panel) == ["Erase…", "Erase…"]

    def answer(asked) -> None:
        hands.choose(asked.ground, "Taken in by mistake")
        hands.press(asked, "Erase")

    hands.answering(answer, lambda: hands.click(first(panel, "Erase…")))
    hands.until(lambda: not room.jobs.running)
    assert home.a.get(Recording, home.film.id).is_erased
    hands.settle()
    assert buttons(panel) == ["Certificate…", "Erase…"]
    assert "The film was erased" in words(panel)
    assert "The film was erased. Its certificate" in room.said[-1].text
    path = tmp_path / "certificate.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    hands.click(first(panel, "Certificate…"))
    hands.until(path.exists)
    hands.until(lambda: not room.jobs.running)
    assert path.read_bytes().startswith(b"%PDF")


def first(panel, text: str) -> QPushButton:
    return next(b for b in panel.findChildren(QPushButton) if b.text() == text)


def test_cancelled_nothing_happens_and_what_is_refused_is_said(panel, home, room, hands, monkeypatch) -> None:
    hands.answering(lambda asked: hands.press(asked, "Cancel"), lambda: hands.click(first(panel, "Erase…")))
    assert home.a.find(Erasure) == ()

    def answer(asked) -> None:
        hands.choose(asked.ground, "Taken in by mistake")
        monkeypatch.setattr(type(room.space), "is_filming", property(lambda _: True))
        hands.press(asked, "Erase")

    hands.answering(answer, lambda: hands.click(first(panel, "Erase…")))
    assert "being filmed" in room.said[-1].text
    assert home.a.find(Erasure) == ()


def test_a_certificate_that_is_not_wanted_is_not_written(panel, home, room, hands, monkeypatch) -> None:
    home.erase(home.film)
    panel.show_films(home.meeting.id)
    hands.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    hands.click(first(panel, "Certificate…"))
    assert not room.jobs.running
