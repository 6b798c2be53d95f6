"""The client's log report: what it needs, that every row is counted once, and what stands on the paper."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.case_file import case_file
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.consent import Consent, Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.office.client_log import LogRequest, demand_whole, free_since, grouped, needs_reason, write_client_log
from app.office.log_report import LogLine, case_lines
from app.office.looking import Seen
from tests.drivers.pages import body
from tests.material.house import Home

DAY = date(2026, 11, 3)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def asked(home: Home, **more) -> LogRequest:
    return LogRequest(home.case_id, today() - timedelta(days=30), today(), **more)


@pytest.mark.parametrize(
    ("begin", "end", "reason", "key"),
    [
        (DAY, DAY - timedelta(days=1), "", "log-period-backward"),
        (DAY + timedelta(days=1), DAY + timedelta(days=2), "", "log-period-to-come"),
        (date(2024, 11, 2), DAY, "", "log-period-without-reason"),
        (date(2024, 11, 2), DAY, "   ", "log-period-without-reason"),
    ],
)
def test_a_period_that_is_none_makes_nothing(begin, end, reason, key) -> None:
    with pytest.raises(NotAllowed) as caught:
        demand_whole(LogRequest("c", begin, end, reason=reason), DAY)
    assert caught.value.key == key


def test_two_years_need_no_reason_and_a_day_more_does() -> None:
    demand_whole(LogRequest("c", date(2024, 11, 3), DAY), DAY)
    demand_whole(LogRequest("c", date(2020, 1, 1), DAY, reason="a court case"), DAY)
    assert not needs_reason(free_since(DAY), DAY)
    assert needs_reason(free_since(DAY) - timedelta(days=1), DAY)
    assert free_since(date(2028, 2, 29)) == date(2026, 3, 1)


LINES = st.builds(
    lambda minute, who, act, about: LogLine(
        datetime(2026, 11, 3, tzinfo=UTC) + timedelta(minutes=minute), who, act, "meeting", about=about
    ),
    st.integers(0, 5000),
    st.sampled_from("AB"),
    st.sampled_from(("view", "edit")),
    st.sampled_from(("m1", "m2")),
)


@given(st.lists(LINES, max_size=40))
def test_every_row_is_in_one_group_of_its_day_worker_act_and_object(lines) -> None:
    groups = grouped(lines)
    assert sum(g.times for g in groups) == len(lines)
    assert list(groups) == sorted(groups, key=lambda g: g.last, reverse=True)
    keys = [(g.first.astimezone().date(), g.line.worker, g.line.act, g.line.about) for g in groups]
    assert len(set(keys)) == len(keys)
    for group, key in zip(groups, keys, strict=True):
        of_it = [x.at for x in lines if (x.at.astimezone().date(), x.worker, x.act, x.about) == key]
        assert (min(of_it), max(of_it), len(of_it)) == (group.first, group.last, group.times)


def test_what_was_played_in_different_places_or_to_others_is_not_told_as_one() -> None:
    at, film = datetime(2026, 11, 3, 9, tzinfo=UTC), "f1"
    seen = (
        Seen(((0, 20),)),
        Seen(((10, 14),), "feedback", by_others=True),
        Seen(((12, 16),), "feedback", by_others=True),
        Seen(((10, 12),), "feedback"),
        Seen(((10, 12),), "supervision", by_others=True),
    )
    lines = [LogLine(at, "A", "played", "recording", about=film, seen=one) for one in seen]
    groups = {(g.line.seen, g.times) for g in grouped(lines)}
    assert groups == {
        (seen[0], 1),
        (Seen(((10, 16),), "feedback", by_others=True), 2),
        (seen[3], 1),
        (seen[4], 1),
    }


def test_the_days_of_a_period_are_whole_local_days() -> None:
    days = LogRequest("c", DAY, DAY).days
    assert days.end - days.begin == timedelta(days=1)
    assert days.begin.astimezone().date() == DAY
    assert days.begin.astimezone().hour == 0


def test_what_is_gone_stays_in_the_log_of_its_case(home: Home) -> None:
    child = case_file(home.a, home.case_id).child
    gone = Consent(new_id(), home.case_id, child.id, Purpose.RESEARCH, DAY)
    home.a.apply("x", [added(gone)])
    home.b.apply("x", [removed(gone)])
    other = Case(new_id(), "Other 1", home.aino.id)
    home.a.apply("x", [added(other)])
    lines = case_lines(home.a, home.case_id)
    of_it = [line for line in lines if line.about == gone.id]
    assert [(line.act, line.is_gone) for line in of_it] == [("delete", True), ("edit", True)] or {
        line.act for line in of_it
    } == {"create", "delete"}
    assert all(line.is_gone for line in of_it)
    assert other.id not in {line.about for line in lines}
    assert {line.case_id for line in lines} == {home.case_id}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_paper_says_what_the_form_asks_and_every_row(home: Home, tmp_path: Path, language) -> None:
    texts = Texts(language)
    home.a.note("view", Meeting, home.meeting.id)
    request = asked(home, name="Maija Malli", identity_code="010190-999X", contact="040 000", services="MIM",
                    units="Unit 3")  # fmt: skip
    lines = write_client_log(home.a, tmp_path / "log.pdf", request, texts)
    text = body((tmp_path / "log.pdf").read_bytes())
    for said in ("Maija Malli", "010190-999X", "040 000", "Unit 3", texts.date(request.begin), "Star 14"):
        assert said in text
    assert texts.tr("Use and disclosures of this archive. Log data are given out by the controller.") in re.sub(
        r"\s+", " ", text
    )
    assert len(lines) > 3
    last = home.a.audit_log()[-1]
    assert (last.act, last.object_id, last.detail) == ("export", home.case_id, f"log={len(lines)}")


def test_who_asks_is_nowhere_in_the_archive(home: Home, tmp_path: Path) -> None:
    request = asked(home, name="CANARY", identity_code="CANARY", contact="CANARY", reason="CANARY", units="CANARY")
    write_client_log(home.a, tmp_path / "log.pdf", request, Texts("fi"))
    assert "CANARY" not in repr(home.held.entities) + repr(home.held.history) + repr(home.held.audit)


def test_a_period_before_anything_was_done_gives_an_empty_report(home: Home, tmp_path: Path) -> None:
    request = replace(asked(home), begin=today() - timedelta(days=90), end=today() - timedelta(days=60))
    assert write_client_log(home.a, tmp_path / "log.pdf", request, Texts("fi")) == ()
    assert (tmp_path / "log.pdf").stat().st_size > 0


def test_real_names_of_the_case_are_not_told_by_the_rows(home: Home, tmp_path: Path) -> None:
    child = home.a.find(Person, case_id=home.case_id)[0]
    home.a.apply("name", [Change(child, replace(child, name="Canaria Nimi"))])
    write_client_log(home.a, tmp_path / "log.pdf", asked(home), Texts("fi"))
    assert "Canaria" not in body((tmp_path / "log.pdf").read_bytes())
