"""What the store says of a whole office at once is what its rows say one by one, and nothing of a draft."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.model.change import added
from app.model.coding import CodingState
from app.model.commission import Commission, CommissionState, CommissionStep
from app.model.identity import new_id
from app.model.meeting import Outcome
from app.model.people import Case
from app.model.statement import Statement, StatementStage
from app.ports.overviews import CaseOver, PairOver
from app.ports.pages import Days
from tests.contracts.test_store import IDS, header, make_ready
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, recording
from tests.material.finals import walked
from tests.stand_ins.fakes import MemoryArchive

A, B, C = IDS
THAT_WEEK = Days(A_DAY - timedelta(days=2), A_DAY + timedelta(days=5))
PAIR = min(A, B), max(A, B)


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    found = Pair(*stores)
    found.begin(IDS)
    yield found
    (held if request.param == "sqlcipher" else stores[0]).close()


def write(pair, *changes):
    pair.a.apply("x", changes)


def order(case_id, **more):
    return Commission(new_id(), case_id, **more)


def test_open_cases_come_by_the_day_on_which_they_are_due(pair):
    days = [date(2026, 12, n) for n in (1, 2, 3)]
    others = [Case(new_id(), f"Other {n}", C) for n in range(5)]
    late, refused, closed, delivered, nobody = others
    closed = replace(closed, closed=days[0])
    over = (CommissionStep(CommissionState.ENDED, days[0], C),)
    answer = Statement(
        new_id(), delivered.id, new_id(), 1, "fi", "mim", A_DAY, StatementStage.DELIVERED, finalized=A_DAY
    )
    write(pair, *map(added, (late, refused, closed, delivered, nobody)))
    walked(pair.c, answer)
    write(pair, added(order(pair.case.id, deadline=days[2])))
    write(
        pair,
        added(order(pair.case.id, deadline=days[2], law_deadline=days[0])),
        added(order(late.id, deadline=days[1])),
    )
    write(pair, added(order(refused.id, deadline=days[0], steps=over)), added(order(delivered.id, deadline=days[0])))
    found = pair.c.open_cases()
    assert found[:2] == (CaseOver(pair.case.id, A, B, days[0]), CaseOver(late.id, C, "", days[1]))
    assert found[2:] == tuple(CaseOver(key, C, "") for key in sorted((refused.id, delivered.id, nobody.id)))


def test_the_work_of_a_pair_is_counted_whoever_leads(pair):
    other = Case(new_id(), "Koivu", B, A)
    done = Case(new_id(), "Mänty", A, B, closed=date(2026, 1, 1))
    missed = replace(pair.meeting, id=new_id(), outcome=Outcome.NO_SHOW)
    later = replace(pair.meeting, id=new_id(), case_id=other.id, held=THAT_WEEK.end)
    text = Statement(new_id(), other.id, new_id(), 1, "fi", "mim", A_DAY, StatementStage.DRAFT)
    old = Statement(new_id(), done.id, new_id(), 1, "fi", "mim", A_DAY, StatementStage.DRAFT)
    write(pair, *map(added, (other, done, missed, later, text, old)))
    assert pair.c.work_of_pairs(THAT_WEEK) == (PairOver(*PAIR, cases=2, meetings=1, to_code=0, drafts=1),)
    films = [recording(pair.meeting.id), recording(pair.meeting.id), recording(later.id)]
    films[2] = replace(films[2], closed_from_use=A_DAY)
    write(pair, *map(added, films))
    assert pair.c.work_of_pairs(THAT_WEEK)[0].to_code == 1


def test_a_coding_that_is_begun_changes_no_overview_until_it_is_ready(pair):
    write(pair, added(recording(pair.meeting.id)))

    def told():
        return [(s.work_of_pairs(THAT_WEEK), s.open_cases(), s.films_over(None, None)) for s in (pair.b, pair.c)]

    before = told()
    mine, theirs = header(pair, 0), header(pair, 1)
    pair.a.apply("begun", [added(mine)])
    pair.b.apply("begun", [added(theirs)])
    make_ready(pair.a, mine)
    assert told() == before
    assert make_ready(pair.b, theirs).state == CodingState.READY
    assert [s.work_of_pairs(THAT_WEEK)[0].to_code for s in (pair.a, pair.b, pair.c)] == [0, 0, 0]


def test_a_newer_version_takes_the_older_ones_place_among_the_drafts(pair):
    series, none = new_id(), ()
    first = Statement(new_id(), pair.case.id, series, 1, "fi", "mim", A_DAY, StatementStage.FINAL, finalized=A_DAY)
    walked(pair.a, first)
    assert [p.drafts for p in pair.c.work_of_pairs(THAT_WEEK)] == [0]
    second = Statement(new_id(), pair.case.id, series, 2, "fi", "mim", A_DAY, StatementStage.DRAFT, none)
    write(pair, added(second))
    assert [p.drafts for p in pair.c.work_of_pairs(THAT_WEEK)] == [1]


def test_films_that_may_be_due_are_those_of_what_is_over(pair):
    own = replace(pair.meeting, id=new_id())
    ended = Case(new_id(), "Mänty", C, closed=date(2026, 5, 1))
    other = replace(pair.meeting, id=new_id(), case_id=ended.id)
    films = [recording(m) for m in (pair.meeting.id, own.id, other.id)]
    films[0] = replace(films[0], closed_from_use=A_DAY)
    write(pair, *map(added, (own, ended, other, *films)))

    def found(final_by=None, closed_by=None, *, store=pair.a, mine=False):
        return {f.meeting_id for f in store.films_over(final_by, closed_by, mine=mine)}

    assert found() == {pair.meeting.id}
    assert found(closed_by=date(2026, 4, 30)) == {pair.meeting.id}
    assert found(closed_by=date(2026, 5, 1)) == {pair.meeting.id, other.id}
    assert found(closed_by=date.max - timedelta(days=9), mine=True) == {pair.meeting.id}
    assert found(closed_by=date(2026, 5, 1), store=pair.c, mine=True) == {other.id}
    made = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    text = Statement(new_id(), pair.case.id, new_id(), 1, "fi", "mim", A_DAY, StatementStage.FINAL, finalized=made)
    walked(pair.a, text)
    assert own.id not in found(final_by=date(2026, 5, 20))
    assert own.id in found(final_by=date(2026, 6, 1))
    (first, *_) = pair.a.films_over(None, None)
    assert (first.case_id, first.closed_from_use) == (pair.case.id, A_DAY)
