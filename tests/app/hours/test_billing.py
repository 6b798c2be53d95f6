"""Prices, what is open, and bases on which everything stands once; what changed later is credited and written anew."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed
from app.hours.billing import BillingEditor, all_bases, customers_to_bill, new_basis, open_work, pending
from app.hours.entries import HoursEditor
from app.hours.invoices import basis_csv, price_called, save_basis
from app.i18n import Texts
from app.model.billing import USUAL_WORKS, InvoiceBasis, Price, half_away, line_of, standing
from app.model.change import added, removed
from app.model.hours import Work
from app.model.identity import new_id
from app.model.sought import Side
from app.model.supervision import PricePer
from app.model.worked import BillRow
from tests.material.house import Home

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
WHO = "=Tekaistu kunta"
ALL = tuple(Work)


@pytest.fixture
def home():
    return Home()


def price(product="mim", per=PricePer.HOUR, cents=9_555, first=date(2026, 1, 1), **fields):
    made = Price("p" + product, WHO, product, first, per, cents, 57, ALL, 255)
    return replace(made, **fields)


def test_half_a_cent_goes_away_from_nothing_so_that_a_credit_is_its_line_reversed():
    assert [half_away(n, 2) for n in (1, -1, 3, -3, 4, 0)] == [1, -1, 2, -2, 2, 0]
    line = line_of("k", "r", FIRST, "meeting", 50, price())
    assert (line.net, line.tax, line.gross) == (7963, 2031, 9994)  # 79.625 and 20.3057
    assert line.is_right
    assert line.reversed().is_right
    unit = line_of("k", "r", FIRST, "meeting", 90, price(per=PricePer.UNIT, cents=10_000, vat=0, exempt="x"))
    assert (unit.net, unit.tax) == (20_000, 0)


def test_a_meeting_costs_once_whatever_was_done_for_it_and_a_missed_one_where_the_price_is_of_these():
    def done(what, minutes=60, of_id="m"):
        return BillRow(what.value, FIRST, "mim", what, minutes, 0, of_id, "w", "", True)

    def net(per, *rows, **fields):
        return pending(rows, [price(per=per, cents=100, **fields)], {}, FIRST, LAST).net

    some = (done(Work.MEETING), done(Work.PREPARATION), done(Work.WRITING, of_id=""), done(Work.TRAVEL))
    assert (net(PricePer.SESSION, *some), net(PricePer.DAY, *some), net(PricePer.HOUR, *some)) == (100, 100, 400)
    for missed in (done(Work.NO_SHOW, 0), done(Work.CANCELLED, 0)):
        assert [net(per, missed) for per in PricePer] == [100, 0, 0, 100]
        assert net(PricePer.SESSION, missed, works=USUAL_WORKS) == 0
    assert net(PricePer.SESSION, done(Work.MEETING, 0)) == 0


def test_of_what_was_not_held_the_percent_of_its_agreement_is_invoiced_and_what_nobody_can_say_waits():
    def open_of(percent, stands=None):
        row = BillRow("e", FIRST, "mim", Work.CANCELLED, 0, 7, "m", "w", "", True, percent)
        one = replace(price("mim", PricePer.SESSION, 30_001), km_cents=50, works=ALL)
        return pending((row,), (one,), stands or {}, FIRST, FIRST)

    assert [(line.what, line.net) for line in open_of(50).lines] == [("cancelled", 15_001), ("km", 350)]
    assert [(line.what, line.net) for line in open_of(0).lines] == [("km", 350)]
    unknown = open_of(None)
    assert (unknown.lines, unknown.waiting, unknown.unsaid) == ((), 0, 1)
    stood = {line.key: line for line in open_of(50).lines}
    assert open_of(None, stood).lines == (), "what was invoiced stays when its session is erased"
    assert [line.net for line in open_of(0, stood).lines if line.what != "km"] == [-15_001]


# ── whatever is done, nothing stands twice and every sum is that of its rows ─────────────────────────────────────────

STEP = st.tuples(
    st.sampled_from(("add", "edit", "remove", "correct", "confirm", "price", "bill")),
    st.integers(0, 5), st.integers(0, 3), st.integers(-90, 120),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(steps=st.lists(STEP, max_size=30))
def test_whatever_is_written_and_corrected_every_row_is_invoiced_once_and_all_comes_to_what_is_so(steps):
    rows, prices, bases = {}, {}, []

    def bill(first, last):
        found = pending(tuple(rows.values()), prices.values(), stands(bases), first, last)
        if found.lines:
            number = len(bases) + 1
            when = datetime(2026, 5, 1, tzinfo=UTC)
            bases.append(InvoiceBasis(str(number), number, when, "w", Side.CLIENTS, WHO, first, last, found.lines))

    for number, (what, one, two, three) in enumerate(steps):
        some = list(rows)[one % len(rows)] if rows else ""
        if what == "add":
            made = BillRow(
                f"{number:03}", date(2026, 3 + two % 2, 1 + one), f"p{two % 2}", ALL[one], abs(three), one,
                ("", "m")[one % 2], "w", "", True, (100, 50, 0, None)[two],
            )  # fmt: skip
            rows[made.id] = made
        elif what == "edit" and some and not any(r.corrects == some for r in rows.values()):
            rows[some] = replace(rows[some], minutes=abs(three), confirmed=two > 0)
        elif what == "remove" and some and not any(r.corrects == some for r in rows.values()):
            del rows[some]
        elif what == "correct" and some:
            rows[f"{number:03}"] = replace(rows[some], id=f"{number:03}", minutes=three, corrects=some, of_id="")
        elif what == "confirm" and some:
            rows[some] = replace(rows[some], confirmed=True)
        elif what == "price":
            per = list(PricePer)[one % 4]
            prices[two % 2] = price(f"p{two % 2}", per, 1_000 + 7 * one, vat=0 if two > 1 else 255, exempt="x" * two)
            prices[two % 2] = replace(prices[two % 2], exempt="" if prices[two % 2].vat else "x")
        elif what == "bill":
            bill(date(2026, 3 + one % 2, 1), date(2026, 3 + one % 2, 30))
    bill(date(2026, 3, 1), date(2026, 4, 30))
    _each_stands_once(bases)
    # and again nothing is open; what stands is what is so
    again = pending(tuple(rows.values()), prices.values(), stands(bases), FIRST, date(2026, 4, 30))
    assert again.lines == ()
    fresh = pending(tuple(rows.values()), prices.values(), {}, FIRST, date(2026, 4, 30))
    held = stands(bases)
    assert {line.key: line.net for line in fresh.lines}.items() <= {k: v.net for k, v in held.items()}.items()
    assert sum(b.gross for b in bases) == sum(line.gross for line in held.values())


def stands(bases):
    return {key: line for (_, key), line in standing(bases).items()}


def _each_stands_once(bases):
    there = {}
    for basis in bases:
        for line in basis.lines:
            assert line.is_right
            if line.quantity < 0:
                assert there.pop(line.key) == line.reversed()
            else:
                assert line.key not in there
                there[line.key] = line
        assert basis.net == sum(line.net for line in basis.lines)
        assert basis.gross == basis.net + basis.tax == sum(line.gross for line in basis.lines)


# ── in the archive ───────────────────────────────────────────────────────────────────────────────────────────────────


def worked(home):
    made = HoursEditor(home.a, home.texts, FIRST)
    made.add(date(2026, 3, 10), 90, "mim", Work.MEETING, customer=WHO, whole_id=home.case_id)
    made.add(date(2026, 3, 11), 30, "mim", Work.TRAVEL, customer=WHO, km=21)
    made.add(date(2026, 3, 12), 45, "parenting", Work.MEETING, customer=WHO)
    made.confirm()
    return made


def test_what_is_open_goes_on_one_basis_and_a_later_correction_is_a_credit_and_a_new_row(home, tmp_path):
    hours = worked(home)
    office = BillingEditor(home.a, home.texts)
    wanted = Side.CLIENTS, WHO, FIRST, LAST
    assert (open_work(home.a, *wanted).new, open_work(home.a, *wanted).unpriced) == (0, 3)
    assert office.add(
        customer=WHO, product="mim", first=date(2026, 1, 1), per=PricePer.UNIT, cents=10_000, km_cents=57,
        exempt="Sosiaalipalvelu",
    )  # fmt: skip
    found = open_work(home.a, *wanted)
    assert (found.new, found.credits, found.unpriced, found.net) == (2, 0, 1, 20_000 + 21 * 57)
    basis = new_basis(home.a, *wanted)
    assert office.make(basis)
    assert new_basis(home.a, *wanted) is None
    with pytest.raises(NotAllowed, match="basis-twice"):
        home.a.apply("x", [added(replace(basis, id=new_id(), number=2))])
    with pytest.raises(NotAllowed, match="basis-number"):
        home.a.apply("x", [added(replace(basis, id=new_id()))])
    with pytest.raises(NotAllowed, match="basis-fixed"):
        home.a.apply("x", [removed(basis)])
    meeting = next(e for e in hours.entries if e.what == Work.MEETING and e.product == "mim")
    assert hours.edit(meeting.id, minutes=45)
    assert open_work(home.a, *wanted).lines == ()  # it waits to be confirmed again
    hours.confirm(meeting.id)
    later = new_basis(home.b, Side.CLIENTS, WHO, date(2026, 4, 1), date(2026, 4, 30))
    assert [line.net for line in later.lines] == [-20_000, 10_000]
    assert BillingEditor(home.b, home.texts).make(later)
    assert [b.number for b in all_bases(home.a, Side.CLIENTS)] == [2, 1]
    # what is another customer's by now can still be taken back
    for entry in hours.entries:
        assert hours.edit(entry.id, customer="Toinen")
    assert customers_to_bill(home.a, Side.CLIENTS, LAST) == (WHO, "Toinen")
    assert open_work(home.a, *wanted).net == -10_000 - 21 * 57
    assert all_bases(home.a, Side.SUPERVISION) == ()
    path = tmp_path / "l.csv"
    save_basis(home.a, Texts("fi"), later, path)
    assert "Star 14" not in path.read_text("utf-8-sig")
    assert "invoice-basis=2;rows=2" in home.a.audit_log()[-1].detail


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_file_opens_in_a_spreadsheet_with_its_sums_and_no_formula(language):
    t = Texts(language)
    lines = (
        line_of("a", "a", FIRST, "meeting", 50, price()),
        line_of("b", "b", FIRST, "km", 21, price(vat=0, exempt="@ground")),
        line_of("c", "c", FIRST, "meeting", 60, price()).reversed(),
    )
    basis = InvoiceBasis("i", 7, datetime(2026, 4, 1, tzinfo=UTC), "w", Side.CLIENTS, WHO, FIRST, LAST, lines)
    rows = list(csv.reader(io.StringIO(basis_csv(t, basis).decode("utf-8-sig")), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert not [c for c in cells if c[:1] in "=+@" and c]
    assert len({len(row) for row in rows[:7]}) == 1
    point = "." if language == "en" else ","
    assert rows[1][11:15] == [f"79{point}63", f"25{point}5", f"20{point}31", f"99{point}94"]
    assert rows[3][11] == f"-95{point}55"
    assert rows[6][11] == f"-3{point}95"  # 79.63 + 11.97 - 95.55
    assert rows[2][15] == "'@ground"
    assert "57" in price_called(t, price())


def test_of_two_prices_of_a_service_one_ends_before_the_other_begins(home):
    office = BillingEditor(home.a, home.texts)
    refusals = []
    office.refused.connect(refusals.append)
    fields = {"customer": WHO, "product": "mim", "cents": 100, "vat": 255}
    assert office.add(first=date(2026, 1, 1), **fields)
    assert not office.add(first=date(2026, 6, 1), **fields)
    (held,) = office.prices
    assert office.end(held.id, date(2026, 5, 31))
    assert office.add(first=date(2026, 6, 1), **fields)
    assert not office.add(first=date(2027, 1, 1), **{**fields, "product": "parenting", "vat": 0})  # no ground
    assert [e.key for e in refusals] == ["price-twice", "price-amount"]
    newest = office.prices[0]
    assert office.remove(newest.id)
    assert office.undo()
    assert len(office.prices) == 2
