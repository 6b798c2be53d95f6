"""What is looked at is in the log, with how long, and what was played of a film; nobody waits for it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from app.errors import StoreError
from app.films.reels import reels
from app.i18n import Texts
from app.model.meeting import Stretch
from app.model.people import Case
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.office import looking
from app.office.log_report import act_in_words, case_lines, moment_in_words, object_in_words
from app.office.looking import Looking, PlayedFilms, Seen, Where, joined, seen_in
from tests.drivers.log_lines import played_lines
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


class Showing:
    """A film in a player, and who counts what is seen of it."""

    def __init__(self, home: Home, film: Recording, where: Where | None = None, within=None) -> None:
        self.home, self.owner, self.player = home, QObject(), FakePlayer()
        self.eyes = Looking(home.a, pytest.fail, self.owner)
        self.player.open(reels(home.a, home.vault, [film]))
        self.seen = PlayedFilms(self.eyes, [film], self.player, self.owner, where, within)

    def play(self, start: int, seconds: float) -> None:
        """From a second of the player on, and a pause."""
        self.player.seek(start * SECOND)
        self.player.play()
        self.player.advance(round(seconds * SECOND))
        self.player.pause()

    def told(self) -> list[str]:
        """What the log says of the film, once it is let go of."""
        self.seen.close()
        self.eyes.close()
        return [detail for act, detail in rows(self.home) if act == "played"]


def test_what_is_played_is_told_in_seconds_of_the_film_and_a_jump_is_not(home) -> None:
    showing = Showing(home, home.film)
    showing.play(0, 5)
    showing.play(40, 3)
    assert showing.told() == ["played=0-5", "played=40-43"]
    assert rows(home)[0] == ("view", ""), "in a room of its meeting to open it is a look"
    line = next(one for one in case_lines(home.a, home.case_id) if one.act == "played")
    said = act_in_words(Texts("fi"), line), object_in_words(Texts("fi"), line)
    assert (line.seen, *said) == (Seen(((40, 43),)), "Toisti", "Tallenne 00:40–00:43 · 3.11.2026")


def test_what_is_leapt_over_while_it_plays_was_not_seen(home) -> None:
    showing = Showing(home, home.film)
    showing.player.play()
    showing.player.advance(3 * SECOND)
    showing.player.seek(15 * SECOND)  # it plays on from there
    showing.player.advance(2 * SECOND)
    showing.player.seek(4 * SECOND)
    showing.player.advance(1 * SECOND)
    showing.player.pause()
    assert showing.told() == ["played=0-5,15-17"]


def test_a_picture_that_stays_on_for_long_in_a_film_that_plays_is_no_leap(home, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    showing = Showing(home, home.film)
    showing.player.play()
    now[0] += 6
    showing.player.seek(6 * SECOND)  # the next picture of a film of few pictures
    showing.player.pause()
    assert showing.told() == ["played=0-6"]


def test_what_plays_on_beneath_the_cover_was_not_seen(home) -> None:
    showing = Showing(home, home.film)
    showing.player.play()
    showing.player.advance(3 * SECOND)
    showing.eyes.cover(True)
    showing.player.advance(20 * SECOND)
    showing.eyes.cover(False)
    showing.player.advance(4 * SECOND)
    showing.player.pause()
    assert showing.told() == ["played=0-3,23-27"]


@pytest.mark.parametrize("where", [None, *Where])
def test_a_film_that_stands_or_stops_at_its_first_picture_was_not_played(home, where) -> None:
    showing = Showing(home, home.film, where)
    showing.player.seek(10 * SECOND)
    showing.player.step(3)
    showing.player.play()
    showing.player.pause()
    assert showing.told() == []
    assert [act for act, _ in rows(home)] == (["view"] if where is None else [])


def test_a_row_says_where_it_was_and_whether_others_saw_it(home) -> None:
    showing = Showing(home, home.film, Where.FEEDBACK, (10 * SECOND, 20 * SECOND))
    showing.play(10, 2)
    showing.seen.show_to(others=True)
    showing.play(15, 9)  # four of them after the last picture of the moment
    assert showing.told() == ["played=10-12;where=feedback", "played=15-20;where=feedback;to=others"]
    assert played_lines(home.a, home.case_id, home.film, home.aino) == [
        "Toisti itselleen palautteessa: Tallenne 00:10–00:12",
        "Näytti perheelle palautteessa: Tallenne 00:15–00:20",
    ]


def test_one_picture_is_seen_when_it_was_on_for_a_moment_and_nothing_covered_it(home, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    showing = Showing(home, home.film, Where.FEEDBACK)
    showing.player.seek(12 * SECOND)
    showing.seen.stand(on=True)
    showing.seen.stand(on=False)  # at once
    showing.seen.stand(on=True)
    showing.eyes.cover(True)
    now[0] += 60
    showing.seen.stand(on=False)
    assert rows(home) == []
    showing.eyes.cover(False)
    showing.seen.stand(on=True)
    now[0] += 3
    showing.eyes.cover(True)
    assert showing.told() == ["played=12-13;where=feedback"]


def test_a_long_film_of_many_stretches_is_told_in_rows_that_the_log_takes_as_they_are(home) -> None:
    film = replace(home.film, offset=-50_000 * SECOND, facts=replace(home.film.facts, duration=50_100 * SECOND))
    showing = Showing(home, film, Where.SUPERVISION)
    showing.player.open(reels(home.a, home.vault, [replace(home.film, offset=0)]))
    showing.seen.show_to(others=True)
    showing.player.play()
    for n in range(14):
        showing.player.seek(4 * n * SECOND)
        showing.player.advance(SECOND)
    showing.player.pause()
    told = showing.told()
    assert [len(seen_in(detail).stretches) for detail in told] == [10, 4]
    assert seen_in(told[0]).stretches[1] == (50_004, 50_005)
    assert all((seen_in(detail).where, seen_in(detail).by_others) == ("supervision", True) for detail in told)


def test_stretches_that_nearly_meet_are_one_and_odd_details_are_none() -> None:
    parts = [Stretch(0, 5 * SECOND), Stretch(6 * SECOND, 9 * SECOND), Stretch(20 * SECOND, 21 * SECOND)]
    assert joined(parts) == [Stretch(0, 9 * SECOND), Stretch(20 * SECOND, 21 * SECOND)]
    assert seen_in("played=0-9,20-21") == Seen(((0, 9), (20, 21)))
    assert seen_in("played=0-9;where=example") == Seen(((0, 9),), "example")
    assert seen_in("hash=12") == seen_in("") == seen_in("played=x-1,3") == seen_in("where=example") == Seen()
