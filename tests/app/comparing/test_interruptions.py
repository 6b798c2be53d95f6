"""What happened to the archive between two codings stands in the comparison and in the statement, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.casework.pair import own_headers
from app.comparing.comparison import comparison
from app.comparing.interruptions import (
    Interrupted,
    Interruption,
    interruption_sentences,
    interruptions,
)
from app.door import Door
from app.i18n import Texts
from app.model.identity import made_at, new_id
from app.model.people import Worker
from app.ports import AuditEntry
from app.statement.beginning import begin_statement
from app.statement.passages import passages
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.house import Home

RESTORED = "made=2026-11-03t09:15:00+02:00;head=00ff00ff00ff00ff"
NAME, SECRET = "Aino Kivi", "kettu lampaat ruiskukka"


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def log(home: Home, act: str, object_id: str, detail: str = "", *, later: timedelta = timedelta(0)) -> AuditEntry:
    """A row of the archive's log, as a recovery, a restoring or a release writes it."""
    home.a.note("export", Worker, object_id)  # its time is now
    coding_id, now = home.held.audit.pop()
    row = replace(now, act=act, detail=detail, at=now.at + later)
    home.held.audit.append((coding_id, row))
    return row


def code_with(home: Home, *acts) -> None:
    """Both codings, and between the beginning of the first and the end of the last what is named."""
    home.code(home.a, [("q", 5)])
    for act in acts:
        act()
    home.code(home.b, [("q", 5)])


def found(home: Home) -> tuple[Interruption, ...]:
    return comparison(home.a, home.meeting.id).interrupted


def test_two_codings_with_nothing_between_say_nothing(home) -> None:
    code_with(home)
    assert found(home) == ()


def test_a_recovery_and_a_restoring_between_are_found_in_their_order(home) -> None:
    rows: list[AuditEntry] = []
    code_with(
        home,
        lambda: rows.append(log(home, "recovered", home.leena.id)),
        lambda: rows.append(log(home, "restored", new_id(), RESTORED)),
    )
    assert found(home) == (
        Interruption(Interrupted.RECOVERED, rows[0].at),
        Interruption(Interrupted.RESTORED, rows[1].at, date(2026, 11, 3)),
    )
    assert comparison(home.b, home.meeting.id).interrupted == found(home)


def test_what_came_before_or_after_or_is_anothers_is_not_told(home) -> None:
    log(home, "restored", new_id(), RESTORED)
    log(home, "recovered", home.aino.id)
    code_with(home, lambda: log(home, "recovered", new_id()), lambda: log(home, "backup", new_id()))
    log(home, "recovered", home.aino.id)
    assert found(home) == ()


def test_a_coding_that_was_released_later_ends_later(home) -> None:
    code_with(home)
    headers = tuple(own_headers(home.a, home.meeting.id).values())
    log(home, "recovered", home.aino.id, later=timedelta(seconds=1))
    assert interruptions(home.a, headers) == ()
    log(home, "released", headers[0].id, later=timedelta(seconds=2))
    assert [one.what for one in interruptions(home.a, headers)] == [Interrupted.RECOVERED]


def test_codings_that_are_not_ready_have_no_end_yet(home) -> None:
    editor = home.editor()
    log(home, "restored", new_id(), later=timedelta(hours=1))
    assert [one.backup_of for one in interruptions(home.a, (editor.coding.header,))] == [None]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Koodausten välillä arkisto palautettiin 5.11.2026 varmuuskopiosta, joka oli tehty 3.11.2026."),
        ("sv", "Mellan kodningarna återställdes arkivet 5.11.2026 från en säkerhetskopia som gjorts 3.11.2026."),
        ("en", "Between the codings the archive was restored on"),
    ],
)
def test_a_restoring_in_words(home, language, words) -> None:
    row = log(home, "restored", new_id(), RESTORED)
    at = row.at.replace(year=2026, month=11, day=5, hour=12)
    one = Interruption(Interrupted.RESTORED, at, date(2026, 11, 3))
    (said,) = interruption_sentences(Texts(language), (one, one))
    assert said.startswith(words)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_kind_has_a_sentence_of_its_own_in_each_language(home, language) -> None:
    at = log(home, "recovered", home.aino.id).at
    kinds = [Interruption(what, at, day) for what in Interrupted for day in (None, date(2026, 11, 3))]
    said = interruption_sentences(Texts(language), kinds)
    assert len(said) == 4
    assert all("{" not in one and one.endswith(".") for one in said)
    if language != "en":
        assert not set(said) & set(interruption_sentences(Texts("en"), kinds))


def test_the_statement_says_it_among_the_methods_and_only_then(home) -> None:
    code_with(home, lambda: log(home, "restored", new_id(), RESTORED))
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    told = [p for p in passages(home.a, statement) if p.source == f"interrupted/{home.meeting.id}"]
    assert [p.section for p in told] == ["methods"]
    assert "varmuuskopiosta, joka oli tehty 3.11.2026." in told[0].runs[0].text


def test_the_statement_of_quiet_codings_says_nothing(home) -> None:
    code_with(home)
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert not [p for p in passages(home.a, statement) if p.source.startswith("interrupted/")]


def test_an_id_says_when_it_was_made(home) -> None:
    before = log(home, "recovered", home.aino.id).at
    made = made_at(new_id())
    after = log(home, "recovered", home.aino.id).at
    assert before - timedelta(microseconds=1) <= made <= after
    with pytest.raises(ValueError):
        made_at("0d5f3a52-7f2e-4a5e-9a7b-0a6b7a0b7a0b")


def test_a_real_restoring_says_the_day_of_its_backup(tmp_path) -> None:
    door, usb = ArchiveDoorway(KdfCost.FLOOR), tmp_path / "usb"
    usb.mkdir()
    opened = door.create(tmp_path / "archive", NAME, SECRET)
    name = opened.archive.backup(usb, lambda _: None, lambda: False)
    opened.archive.close()
    door.restore(usb / name, tmp_path / "again", SECRET, lambda _: None, lambda: False)
    again = door.unlock(tmp_path / "again", NAME, SECRET)
    try:
        (row,) = again.store.audit_log(acts=("restored",))
        day = row.at.astimezone().date()
        from app.comparing.interruptions import _backup_of

        assert _backup_of(row) == day
    finally:
        again.archive.close()
