"""What is looked at is in the log, with how long, and what was played of a film; nobody waits for it."""

import pytest
from PySide6.QtCore import QObject

from app.errors import StoreError
from app.i18n import Texts
from app.model.meeting import Stretch
from app.model.people import Case
from app.model.timecode import SECOND
from app.office import looking
from app.office.log_report import act_in_words, case_lines, moment_in_words
from app.office.looking import Looking, PlayedFilms, joined, stretches_in
from tests.material.house import Home
from tests.stand_ins.fake_player import FakePlayer

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def home() -> Home:
    return Home()


def rows(home: Home) -> list[tuple[str, str]]:
    return [(e.act, e.detail) for e in home.a.audit_of_case(home.case_id) if e.act in ("view", "view-ended", "played")]


def test_a_look_is_written_soon_and_its_end_when_it_lasted(home, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    eyes = Looking(home.a, pytest.fail)
    eyes.at(Case, home.case_id)
    eyes.at(Case, home.case_id)
    assert rows(home) == []
    eyes.write()
    assert rows(home) == [("view", "")]
    now[0] += 59
    eyes.left()
    now[0] += 600
    eyes.at(Case, home.case_id)
    now[0] += 1200
    eyes.close()
    assert rows(home) == [("view", ""), ("view", ""), ("view-ended", "seconds=1200")]
    newest, oldest = case_lines(home.a, home.case_id)[:2]
    assert (newest.act, oldest.act, oldest.until) == ("view", "view", None)
    assert newest.until is not None
    assert "–" in moment_in_words(Texts("fi"), newest)


def test_a_log_that_cannot_be_written_is_told_once_and_tried_again(home, monkeypatch) -> None:
    told: list[object] = []
    eyes, note = Looking(home.a, told.append), home.a.note

    def full(*_said: object) -> None:
        raise StoreError("disk-full")

    monkeypatch.setattr(home.a, "note", full)
    eyes.at(Case, home.case_id)
    eyes.write()
    eyes.write()
    assert [str(e) for e in told] == ["disk-full"]
    monkeypatch.setattr(home.a, "note", note)
    eyes.close()
    assert rows(home) == [("view", "")]


def test_what_is_played_is_told_in_seconds_of_the_film_and_a_jump_is_not(home) -> None:
    owner, player = QObject(), FakePlayer()
    eyes = Looking(home.a, pytest.fail, owner)
    from app.films.reels import reels

    player.open(reels(home.a, home.vault, [home.film]))
    watched = PlayedFilms(eyes, [home.film], player, owner)
    player.play()
    player.advance(5 * SECOND)
    player.pause()
    player.seek(40 * SECOND)
    player.play()
    player.advance(3 * SECOND)
    watched.close()
    eyes.close()
    assert rows(home) == [("view", ""), ("played", "played=0-5"), ("played", "played=40-43")]
    line = next(one for one in case_lines(home.a, home.case_id) if one.act == "played")
    assert (line.stretches, act_in_words(Texts("fi"), line)) == (((40, 43),), "Toisti 00:40–00:43")


def test_stretches_that_nearly_meet_are_one_and_odd_details_are_none() -> None:
    parts = [Stretch(0, 5 * SECOND), Stretch(6 * SECOND, 9 * SECOND), Stretch(20 * SECOND, 21 * SECOND)]
    assert joined(parts) == [Stretch(0, 9 * SECOND), Stretch(20 * SECOND, 21 * SECOND)]
    assert stretches_in("played=0-9,20-21") == ((0, 9), (20, 21))
    assert stretches_in("hash=12") == stretches_in("") == stretches_in("played=x-1,3") == ()
