"""Erasing a whole case: what is said before, what may not go yet and why, the act, and what is left open after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.casework import requests, retention
from app.casework.case_file import case_file
from app.casework.closing import close
from app.casework.holds import set_hold
from app.door import Door
from app.erasing.cases import what_goes_of_case, why_case_kept
from app.erasing.erased import erased_lines
from app.erasing.films import Second
from app.i18n import Texts, today
from app.jobs import JobLane
from app.model.change import Change, added
from app.model.commission import Commission
from app.model.erasure import CaseOrder, Erasure, Ground, MadeBackup, Original
from app.model.identity import new_id
from app.model.people import Case
from app.model.recording import Origin, Recording
from app.model.request import RequestKind
from app.model.retention import BACKUPS_KEPT, CaseRule, Material, Since, months_after
from tests.material.house import Home, opened


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def room(home):
    with opened(home) as made:
        yield made


def close_case(home) -> None:
    close(Door(home.a), Texts("en"), case_file(home.a, home.case_id), today(), "the family moved")


def order(home, ground: Ground = Ground.OTHER, words: str = "decided") -> CaseOrder:
    return CaseOrder(home.case_id, ground, words)


class Erased:
    """What an erasing ended with."""

    def __init__(self, room, qtbot, wish: CaseOrder, second: Second | None = None) -> None:
        self.done: list[Erasure] = []
        self.failed: list[str] = []
        told = room.space.case_erasing
        told.erase(wish, self.done.append, lambda error: self.failed.append(error.key), second)
        qtbot.waitUntil(lambda: bool(self.done or self.failed))
        qtbot.waitUntil(lambda: not room.jobs.running)


def rule(home, material: Material, since: Since, months: int = 0) -> None:
    made = CaseRule("", home.case_id, material, since, months, "agreement")
    retention.set_case_rule(Door(home.a), Texts("en"), made)


def test_what_goes_and_what_lies_outside_is_counted(home, room) -> None:
    home.editor()
    now = datetime.now(UTC)
    backups = [MadeBackup("later", now, ""), MadeBackup("before", now - timedelta(days=9), ""),
               MadeBackup("gone", now, "", gone=now)]  # fmt: skip
    home.a.apply("backups", map(added, backups))
    room.archive.names = [(home.aino.id, "Aino"), (home.leena.id, "Leena")]
    goes = what_goes_of_case(home.a, room.archive, home.case_id)
    assert (len(goes.films), goes.meetings, goes.people, goes.codings, goes.statements) == (1, 1, 2, 1, 0)
    assert (goes.backups, goes.last_expires) == (1, months_after(now.astimezone().date(), BACKUPS_KEPT))
    assert goes.others == ((home.leena.id, "Leena Malli"),)
    assert goes.has_original
    home.a.apply("origin", [Change(home.film, replace(home.film, origin=Origin.FILMED))])
    assert not what_goes_of_case(home.a, room.archive, home.case_id).has_original


def test_an_open_case_and_what_is_held_are_not_erased_on_any_ground(home, room, qtbot) -> None:
    assert Erased(room, qtbot, order(home)).failed == ["case-not-closed"]
    close_case(home)
    assert why_case_kept(home.a, home.case_id) == ""
    set_hold(Door(home.a), Texts("en"), home.case_id, today(), "appeal")
    assert why_case_kept(home.a, home.case_id) == "held-by-hold"
    assert Erased(room, qtbot, order(home)).failed == ["held-by-hold"]
    (hold,) = case_file(home.a, home.case_id).holds
    asked = requests.asked(home.case_id, RequestKind.FILM, today(), asked_by="isä")
    home.a.apply("asked", [requests.ended(hold, today()), added(asked)])
    assert Erased(room, qtbot, order(home)).failed == ["held-by-request"]
    assert home.a.find(Case, id=home.case_id)


def test_by_rule_it_goes_when_its_time_is_over_and_no_film_is_to_be_kept_longer(home, room, qtbot) -> None:
    close_case(home)
    (commission,) = home.a.find(Commission, case_id=home.case_id)
    home.a.apply("returns", [Change(commission, replace(commission, return_rule="all-back"))])
    case = home.a.get(Case, home.case_id)
    home.a.apply("returned", [Change(case, replace(case, returned=today()))])
    by_rule = order(home, Ground.RETENTION)
    assert Erased(room, qtbot, by_rule).failed == ["case-not-due-yet"]
    rule(home, Material.CASE, Since.CLOSED)
    rule(home, Material.FILMS, Since.FOREVER)
    goes = what_goes_of_case(home.a, room.archive, home.case_id)
    assert goes.kept.is_due
    assert [k.film for k in goes.kept_longer] == [home.film]
    assert not goes.is_due
    assert Erased(room, qtbot, by_rule).failed == ["case-not-due-yet"]
    rule(home, Material.FILMS, Since.CLOSED, 1)
    assert not what_goes_of_case(home.a, room.archive, home.case_id).is_due
    rule(home, Material.FILMS, Since.CLOSED)
    assert what_goes_of_case(home.a, room.archive, home.case_id).is_due
    assert Erased(room, qtbot, by_rule).done


def test_it_goes_whole_and_nothing_of_it_stays_open(home, room, qtbot) -> None:
    close_case(home)
    room.vault.files[home.film.container] = b"film"
    space, left = room.space, []
    editor = space.films_editor(home.meeting.id)
    space.case_gone.connect(lambda: left.append(bool(home.a.find(Case, id=home.case_id))))
    erased = Erased(room, qtbot, replace(order(home), original=Original.PHONE))
    assert erased.failed == []
    (certificate,) = home.a.find(Erasure)
    assert (certificate.is_of_case, certificate.finished is not None) == (True, True)
    assert [f.original for f in certificate.films] == [Original.PHONE]
    assert left == [False]
    assert space.films_editor(home.meeting.id) is not editor
    assert home.a.find(Case, id=home.case_id) == home.a.find(Recording) == ()
    assert room.vault.files == {}
    (line,) = erased_lines(home.a)
    assert line.workers == ("Aino Esimerkki",)


def test_two_confirm_it_and_a_wrong_passphrase_leaves_all(home, room, qtbot) -> None:
    close_case(home)
    room.archive.erasing.others = True
    room.archive.secrets = {home.leena.id: "leenan"}
    assert Erased(room, qtbot, order(home)).failed == ["erasure-needs-second"]
    assert Erased(room, qtbot, order(home), Second(home.leena.id, "väärä")).failed == ["wrong-passphrase"]
    assert home.a.find(Case, id=home.case_id)
    assert Erased(room, qtbot, order(home), Second(home.leena.id, "leenan")).done
    assert erased_lines(home.a)[0].workers == ("Aino Esimerkki", "Leena Malli")


def test_not_while_a_film_is_taken_in_or_filmed(home, room, qtbot, monkeypatch) -> None:
    close_case(home)
    with monkeypatch.context() as patched:
        patched.setattr(type(room.jobs), "is_busy", lambda _jobs, lane: lane == JobLane.INTAKE)
        assert Erased(room, qtbot, order(home)).failed == ["erasing-while-taking-in"]
    monkeypatch.setattr(type(room.space), "is_filming", property(lambda _: True))
    assert Erased(room, qtbot, order(home)).failed == ["erasing-while-filming"]
    assert home.a.find(Case, id=home.case_id)


def test_the_newest_erasing_stands_first(home) -> None:
    now = datetime.now(UTC)
    made = [Erasure(new_id(), now - timedelta(days=n), home.aino.id, Ground.OTHER, "x", "c") for n in (3, 1, 2)]
    home.held.entities = {**home.held.entities, **{e.id: e for e in made}}  # no step writes one
    assert [line.erasure for line in erased_lines(home.a)] == [made[1], made[2], made[0]]
