"""The log as a person reads it: every act and kind in words, of a case alone, and as a page."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Cancelled
from app.i18n import Texts
from app.model.meeting import Meeting
from app.model.people import Case
from app.office.log_report import (
    ACTS,
    KINDS,
    PLAYED_THERE,
    LogLine,
    Wanted,
    act_in_words,
    chosen,
    log_lines,
    object_in_words,
    write_log_report,
)
from app.office.looking import Seen, Where
from storage.store.kinds import KINDS as KEPT
from storage.store.kinds import WRITTEN
from storage.store.logged_acts import LOGGED_AS
from tests.drivers.pages import body
from tests.material.house import Home

HERE = Path(__file__).parents[3]


@pytest.fixture
def home() -> Home:
    return Home()


def code_name(home: Home) -> str:
    return home.a.get(Case, home.case_id).code_name


SAID = re.compile(r"""(?:LoggedAct\(|\bnote\(|_note_if_room\(|\bact=)\s*"([a-z-]+)\"""")


def test_every_act_that_the_program_logs_has_its_words() -> None:
    said = set()
    for folder in ("app", "storage"):
        for path in (HERE / folder).rglob("*.py"):
            said |= set(SAID.findall(path.read_text("utf-8")))
    assert len(said) > 25
    assert said - set(ACTS) == set()


def test_every_kind_that_is_logged_as_itself_has_its_words() -> None:
    own = {kind.name for kind in KEPT if kind.entity not in LOGGED_AS and kind.entity not in WRITTEN}
    assert own - set(KINDS) == set()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_where_a_film_was_played_is_told_in_words_of_its_own(language) -> None:
    texts, at = Texts(language), datetime(2026, 11, 3, 9, tzinfo=UTC)
    seen = [Seen(((0, 1),)), *(Seen(((0, 1),), where, by_others=others) for where, others in PLAYED_THERE)]
    said = [act_in_words(texts, LogLine(at, "A", "played", "recording", seen=one)) for one in seen]
    assert len(set(said)) == len(said) == 7
    assert {where for where, _ in PLAYED_THERE} == {"", *Where}


def test_a_case_is_told_by_its_code_name_and_a_meeting_by_its_day(home: Home) -> None:
    texts = Texts("en")
    home.a.note("view", Meeting, home.meeting.id)
    home.a.note("export", Case, "gone")
    gone, seen = log_lines(home.a)[:2]
    day = texts.date(home.meeting.held.astimezone().date())
    assert (seen.worker, act_in_words(texts, seen)) == (home.a.worker.name, "Looked at")
    assert object_in_words(texts, seen) == f"Meeting · {day} · {code_name(home)}"
    assert object_in_words(texts, gone) == "Case · no longer in the archive"
    assert seen in chosen(log_lines(home.a), Wanted(home.case_id))
    assert gone not in chosen(log_lines(home.a), Wanted(home.case_id))


def test_reading_can_be_given_up(home: Home) -> None:
    with pytest.raises(Cancelled):
        log_lines(home.a, lambda: True)


def test_the_report_says_every_row_and_whom_to_ask(home: Home, tmp_path: Path) -> None:
    home.a.note("view", Meeting, home.meeting.id)
    lines = chosen(log_lines(home.a), Wanted(home.case_id))
    write_log_report(home.a, tmp_path / "log.pdf", lines, Wanted(home.case_id), Texts("fi"))
    text = body((tmp_path / "log.pdf").read_bytes())
    assert "Lokitiedot antaa rekisterinpitäjä." in text
    assert text.count(home.a.worker.name.split()[0]) >= len(lines)
    assert (home.a.audit_log()[-1].act, home.a.audit_log()[-1].object_id) == ("export", home.case_id)
