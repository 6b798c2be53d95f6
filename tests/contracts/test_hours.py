"""Working hours: each one's own, confirmed by both of a pair, frozen for good; of the office nothing but sums."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Cancelled, NotAllowed, StoreError
from app.model.change import Change, added, removed
from app.model.hours import SESSION, HoursState, Period, Work, WorkEntry, figures_of
from app.model.identity import new_id
from app.model.meeting import Delivery
from app.model.sought import Side
from app.model.supervision import Outcome, SupervisionAgreement, SupervisionSession
from app.model.worked import MonthRow, WorkRow
from tests.material.archives import Pair, SqlArchive
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))
A_DAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 16, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    archive = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    held = Pair(*(archive.open(i) for i in IDS))
    held.begin(IDS)
    yield held
    (held.a if request.param == "memory" else archive).close()


def entry(worker_id=IDS[0], **fields):
    made = WorkEntry(new_id(), worker_id, A_DAY, 90, "mim", Work.MEETING, customer="Kunta", whole_id="w")
    return replace(made, **fields)


def put(store, *entries):
    store.apply("hours", [added(e) for e in entries])
    return entries


def refused(store, key, *changes):
    with pytest.raises(NotAllowed, match=f"^{key}$"):
        store.apply("x", changes)


def both(pair, held):
    """The worker confirms, and then the partner."""
    mine = replace(held, confirmed=NOW)
    pair.a.apply("mine", [Change(held, mine)])
    theirs = replace(mine, partner_confirmed=NOW)
    pair.b.apply("theirs", [Change(mine, theirs)])
    return theirs


def freeze(store, *entries, first=date(2026, 11, 1), last=date(2026, 11, 30)):
    period = Period(new_id(), store.me, first, last, NOW, figures_of(entries))
    frozen = [replace(e, period_id=period.id) for e in entries]
    store.apply("frozen", [added(period), *(Change(e, f) for e, f in zip(entries, frozen, strict=True))])
    return period, frozen


def test_hours_are_read_by_the_worker_and_the_partner_who_confirms_them(pair):
    alone, shared = put(pair.a, entry(), entry(partner_id=IDS[1]))
    assert pair.a.find(WorkEntry) == (alone, shared)
    assert pair.b.find(WorkEntry) == (shared,)
    assert pair.c.find(WorkEntry) == () == pair.c.find(WorkEntry, worker_id=IDS[0])
    with pytest.raises(StoreError):
        pair.c.get(WorkEntry, shared.id)
    assert not pair.c.has(WorkEntry, worker_id=IDS[0])
    assert pair.a.history(shared.id)
    assert pair.b.history(shared.id) == () == pair.c.history(shared.id)
    period, _ = freeze(pair.a, both(pair, shared), replace_confirmed(pair, alone))
    assert pair.a.find(Period) == (period,)
    assert pair.b.find(Period) == ()


def replace_confirmed(pair, held):
    mine = replace(held, confirmed=NOW)
    pair.a.apply("mine", [Change(held, mine)])
    return mine


def test_nobody_writes_anothers_hours(pair):
    (shared,) = put(pair.a, entry(partner_id=IDS[1]))
    for store in (pair.b, pair.c):
        refused(store, "hours-not-yours", added(entry()))
        refused(store, "hours-not-yours", removed(shared))
        refused(store, "hours-not-yours", Change(shared, replace(shared, minutes=60)))
    refused(pair.c, "hours-not-yours", Change(shared, replace(shared, partner_confirmed=NOW)))
    refused(pair.a, "hours-of-partner", Change(shared, replace(shared, partner_confirmed=NOW)))
    refused(pair.a, "hours-of-partner", added(entry(partner_id=IDS[1], partner_confirmed=NOW)))


def test_both_confirm_and_an_edit_lets_both_fall(pair):
    (held,) = put(pair.a, entry(partner_id=IDS[1]))
    refused(pair.b, "hours-not-confirmed", Change(held, replace(held, partner_confirmed=NOW)))
    done = both(pair, held)
    assert done.state == HoursState.CONFIRMED
    for kept in ({"confirmed": NOW}, {"partner_confirmed": NOW}):
        with pytest.raises(NotAllowed):
            pair.a.apply("x", [Change(done, replace(done.edited(minutes=60), **kept))])
    again = done.edited(minutes=60)
    assert again.state == HoursState.DRAFT
    pair.a.apply("edited", [Change(done, again)])
    assert pair.b.get(WorkEntry, held.id) == again


def test_what_is_frozen_stays_and_is_corrected_by_an_entry_of_an_open_day(pair):
    shared, alone = put(pair.a, entry(partner_id=IDS[1]), entry(what=Work.TRAVEL, minutes=30, km=12))
    period, (one, other) = freeze(pair.a, both(pair, shared), replace_confirmed(pair, alone))
    assert pair.a.get(Period, period.id).minutes == 120
    assert one.state == HoursState.FROZEN
    refused(pair.a, "hours-frozen", Change(one, replace(one, minutes=60)))
    refused(pair.a, "hours-frozen", Change(one, replace(one, period_id="")))
    refused(pair.a, "hours-frozen", removed(other))
    refused(pair.b, "hours-frozen", Change(one, replace(one, partner_confirmed=None)))
    refused(pair.a, "hours-frozen", added(entry(day=date(2026, 11, 30))))
    refused(pair.a, "hours-frozen", removed(period))
    refused(pair.a, "hours-frozen", Change(period, replace(period, figures=())))
    later = entry(day=date(2026, 12, 1), minutes=-15, what=Work.TRAVEL, corrects=other.id)
    refused(pair.a, "hours-amount", added(replace(later, corrects="")))
    put(pair.a, later)
    refused(pair.a, "hours-correct-frozen", added(replace(later, id=new_id(), corrects=later.id)))
    refused(pair.b, "hours-correct-frozen", added(entry(IDS[1], day=date(2026, 12, 1), corrects=other.id)))


def test_a_period_takes_every_confirmed_entry_of_its_days_and_no_other(pair):
    first, second, outside = put(pair.a, entry(), entry(), entry(day=date(2026, 12, 1)))
    mine, draft, after = replace_confirmed(pair, first), second, replace_confirmed(pair, outside)
    period = Period(new_id(), IDS[0], date(2026, 11, 1), date(2026, 11, 30), NOW, figures_of([mine]))
    frozen = Change(mine, replace(mine, period_id=period.id))
    refused(pair.a, "hours-not-confirmed", added(period), frozen)
    with_draft = replace(period, figures=figures_of([mine, draft]))
    refused(pair.a, "hours-not-confirmed", added(with_draft), frozen, _in(period, draft))
    pair.a.apply("gone", [removed(draft)])
    refused(pair.a, "hours-frozen", frozen)
    refused(pair.a, "hours-amount", added(replace(period, figures=())), frozen)
    refused(pair.a, "hours-frozen", added(period), frozen, Change(after, replace(after, period_id=period.id)))
    pair.a.apply("frozen", [added(period), frozen])
    refused(pair.a, "hours-frozen", added(replace(period, id=new_id(), figures=())))
    refused(pair.b, "hours-not-yours", added(replace(period, id=new_id(), figures=())))


def _in(period, held):
    return Change(held, replace(held, period_id=period.id))


def test_amounts_that_cannot_be_are_refused(pair):
    for fields in ({"minutes": -1}, {"minutes": 1441}, {"km": -1}, {"children": -1}, {"partner_id": IDS[0]}):
        refused(pair.a, "hours-amount", added(entry(**fields)))


# ── sums ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_years_sums_are_of_everybody_and_of_one_side_of_the_wall(pair):
    shared = entry(partner_id=IDS[1], of_id="m", children=2, adults=1)
    put(pair.a, shared, entry(what=Work.TRAVEL, minutes=30, km=40), entry(day=date(2025, 5, 5)))
    put(pair.b, entry(IDS[1], of_id="m", children=1, adults=2, delivery=Delivery.ROOM))
    put(pair.b, entry(IDS[1], product="supervision-group", side=Side.SUPERVISION, whole_id="s", participants=6))
    for store in (pair.a, pair.b, pair.c):
        year = store.year_of_work(2026, Side.CLIENTS)
        assert year.work == (WorkRow("mim", "Kunta", "", Delivery.ROOM, "w", 210, 30, 40, 2, 2, 0),)
        assert {w.worker_id: w.minutes for w in year.workers} == {IDS[0]: 120, IDS[1]: 90}
        assert [(o.what, o.number) for o in year.occasions] == [(Work.MEETING, 1)]
        other = store.year_of_work(2026, Side.SUPERVISION)
        assert [row.participants for row in other.work] == [6]
        assert store.years_of_work() == (2026, 2025)
    with pytest.raises(Cancelled):
        pair.a.year_of_work(2026, Side.CLIENTS, lambda: True)


def test_months_tell_how_far_everybodys_hours_are_and_nobodys_name(pair):
    mine = both(pair, *put(pair.a, entry(partner_id=IDS[1])))
    freeze(pair.a, mine)
    put(pair.b, entry(IDS[1], minutes=30, confirmed=NOW, partner_id=IDS[0]), entry(IDS[1], day=date(2026, 10, 31)))
    put(pair.b, entry(IDS[1], minutes=20, side=Side.SUPERVISION, confirmed=NOW), entry(IDS[1], day=date(2026, 8, 1)))
    for store in (pair.a, pair.b, pair.c):
        assert store.months_of_work(date(2026, 9, 1), date(2026, 11, 30)) == (
            MonthRow(date(2026, 10, 1), 90, 0, 1, 0),
            MonthRow(date(2026, 11, 1), 140, 110, 2, 1),
        )
        assert store.months_of_work(date(2026, 12, 1), date(2026, 12, 31)) == ()


def test_of_a_session_that_was_not_held_so_much_is_invoiced_as_its_agreement_says(pair):
    agreement = SupervisionAgreement(new_id(), IDS[0], customer="Kunta")
    off = {"outcome": Outcome.CANCELLED, "cancelled_on": NOW.date(), "cancelled_by": "x"}
    late, early = (SupervisionSession(new_id(), agreement.id, NOW, invoiced=percent, **off) for percent in (50, 0))
    pair.a.apply("x", [added(agreement), added(late), added(early)])
    of = {"side": Side.SUPERVISION, "of_kind": SESSION, "minutes": 0, "what": Work.CANCELLED}
    put(pair.a, *(entry(of_id=one.id, **of) for one in (late, early)), entry(of_id=new_id(), **of))
    put(pair.a, entry(of_id=early.id, **of | {"what": Work.MEETING, "minutes": 90}))
    told = {(row.of_id, row.what): row.percent for row in pair.a.billable(Side.SUPERVISION, "Kunta")}
    assert told.pop((late.id, Work.CANCELLED)) == 50
    assert told.pop((early.id, Work.CANCELLED)) == 0
    assert told.pop((early.id, Work.MEETING)) == 100
    assert list(told.values()) == [None], "its session is gone, and nobody can say it"


def test_what_is_invoiced_of_a_customer_is_told_to_all_without_whose_it_is(pair):
    shared, _ = put(pair.a, entry(partner_id=IDS[1], of_id="m", km=10), entry(customer="Muu"))
    (row,) = pair.c.billable(Side.CLIENTS, "Kunta")
    assert (row.minutes, row.km, row.of_id, row.whole_id, row.confirmed) == (90, 10, "m", "w", False)
    both(pair, shared)
    (row,) = pair.c.billable(Side.CLIENTS, "Kunta")
    assert row.confirmed
    assert pair.c.billable(Side.SUPERVISION, "Kunta") == ()
    assert pair.c.customers_of_year(2026, Side.CLIENTS) == ("Kunta", "Muu")
    assert pair.c.customers_of_year(2025, Side.CLIENTS) == pair.c.customers_of_year(2026, Side.SUPERVISION) == ()


_FEW = st.integers(0, 2)
STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "edit", "remove", "confirm", "partner")), st.integers(0, 1), _FEW, _FEW, _FEW),
    max_size=14,
)
_numbers = itertools.count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_sums_kept_beside_the_entries_are_those_added_up_anew(tmp_path, steps):
    """Whatever is written, edited and taken away: the memory store adds every entry up at each question."""
    real, memory = SqlArchive(_folder(tmp_path)), MemoryArchive()
    pairs = [Pair(*(archive.open(i) for i in IDS)) for archive in (real, memory)]
    for held in pairs:
        held.begin(IDS)
    entries: dict[str, WorkEntry] = {}
    for step in steps:
        if (found := _change(entries, step)) is None:
            continue
        actor, change = found
        for held in pairs:
            (held.a, held.b)[actor].apply("x", [change])
        entries.pop(change.id, None)
        if change.after is not None:
            entries[change.id] = change.after
    for side in Side:
        for year in (2025, 2026):
            assert pairs[0].c.year_of_work(year, side) == pairs[1].c.year_of_work(year, side)
    assert pairs[0].c.years_of_work() == pairs[1].c.years_of_work()
    real.close()


def _folder(within):
    made = within / str(next(_numbers))
    made.mkdir()
    return made


def _change(entries, step):
    what, who, one, two, three = step
    if what == "add":
        made = WorkEntry(
            new_id(), IDS[who], date(2025 + who * (one > 0), 3, 1), 30 * one, f"p{two}", list(Work)[two * 3 % 7],
            tuple(Side)[three == 2], f"c{one}", f"o{three}", of_id=("", "m1", "m2")[two],
            whole_id=("", "w1", "w2")[one], partner_id=IDS[1 - who] if three else "", km=two, children=one,
            participants=three,
        )  # fmt: skip
        return who, added(made)
    held = list(entries.values())
    if not held:
        return None
    some = held[(one + 3 * two) % len(held)]
    actor = IDS.index(some.worker_id)
    if what == "remove":
        return actor, removed(some)
    if what == "edit":
        return actor, Change(some, some.edited(minutes=15 * three, product=f"p{one}", day=date(2026, 1, 1 + two)))
    if what == "confirm" or some.confirmed is None or not some.partner_id:
        return actor, Change(some, replace(some, confirmed=NOW))
    return 1 - actor, Change(some, replace(some, partner_confirmed=NOW))
