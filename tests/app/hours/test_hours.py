"""Own hours from typing to a closed month, what is offered from meetings, and the files that leave."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.hours import papers
from app.hours.closing import ClosingEditor, closed, counted
from app.hours.due import HoursDue, hours_due, months_of_office
from app.hours.entries import HoursEditor, added_up, month_of, own_entries, periods, to_confirm
from app.hours.for_whom import customers, own_matters
from app.hours.products import OFFICE_WORK, called, catalogue, ordered_product, product_of, products
from app.hours.proposing import proposed
from app.hours.told_tables import told_parts
from app.hours.year_tables import HIDDEN, YearTables
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.feedback_form import FeedbackFrom
from app.model.hours import HoursState, Work, WorkEntry
from app.model.identity import new_id
from app.model.meeting import Delivery, Meeting, Outcome
from app.model.people import Worker
from app.model.sought import Side
from app.model.supervision import Attendance, Presence, SupervisionForm
from app.model.words import Words
from app.office.experience import ToldRow, YearTold
from app.services import templates
from app.services.feedback_forms import newest
from app.services.ordered import BY_TEMPLATE
from app.statistics.work_report import report
from tests.drivers import tag_tree
from tests.material import supervision
from tests.material import templates as made_templates
from tests.material.house import Home

DAY = date(2026, 3, 10)


@pytest.fixture
def home():
    return Home()


def editor(home, store=None, day=DAY) -> HoursEditor:
    return HoursEditor(store or home.a, home.texts, day)


def test_products_have_words_in_every_language_and_a_side():
    assert len({p.key for p in products()}) == len(products()) > 20
    assert all(p.name.fi and p.name.sv and p.name.en for p in products())
    assert product_of("supervision-group").side == product_of("training").side == Side.SUPERVISION
    assert product_of("mim").side == Side.CLIENTS
    assert called(Texts("fi"), "voikukkia") == "VOIKUKKIA-vertaistukiryhmä"
    assert called(Texts("fi"), "something-new") == "Something-new"
    assert all(product_of(key) in products() for key in BY_TEMPLATE)
    assert {t.counted_as for t in templates.shipped()} <= {p.key for p in products()}
    assert ordered_product("parenting") == "vanhemmuus"
    assert ordered_product("nothing of the list") == ""
    names = [p.name.fi.casefold() for p in products()]
    assert len(set(names)) == len(names)
    assert called(Texts("fi"), "mim-opintopolku") == "Koulutuspolku", "a template that is counted as something else"
    assert product_of("asiakaskonsultaatio").side == Side.CLIENTS, "and never across the wall"


def test_a_service_that_the_office_made_a_template_for_is_counted_by_its_name(home):
    plain = templates.template("vanhemmuus")
    own = replace(plain, id="own-1", name=Words("lauluryhmä", "sånggrupp", "singing group"), product="")
    other = replace(own, id="own-2", name=Words("x", "x", "x"), product="vanhemmuus")
    Door(home.a).write("own", [added(made_templates.content(made)) for made in (own, other)])
    found = catalogue(home.a)
    assert {p.key for p in found.products} - {p.key for p in products()} == {"own-1"}
    assert found.called(Texts("sv"), "own-1") == "Sånggrupp"
    assert found.called(Texts("fi"), "own-2") == called(Texts("fi"), "vanhemmuus")
    assert found.products[-1].key == OFFICE_WORK
    month = editor(home)
    assert month.add(DAY, 60, "own-1", Work.MEETING, customer="Esimerkkilä")
    assert month.confirm(month.entries[0].id)
    assert month.freeze()
    (period,) = periods(home.a)
    paper = papers.period_paper(home.a, Texts("fi"), period)
    assert any("Lauluryhmä" in row for row in paper.parts[0].cells)


def test_a_typed_entry_is_a_piece_of_work_of_its_own_unless_it_is_nobodys_matter(home):
    made = editor(home)
    assert made.add(DAY, 90, "consultation", Work.MEETING, customer="Kunta")
    assert made.add(DAY, 30, OFFICE_WORK, Work.OTHER)
    somebodys, nobodys = sorted(made.entries, key=lambda e: e.product)
    assert somebodys.whole_id == somebodys.id
    assert nobodys.whole_id == ""
    assert added_up(made.entries) == {Work.MEETING: 90, Work.OTHER: 30}
    assert made.undo()
    assert len(own_entries(home.a, *month_of(DAY))) == 1


def test_both_confirm_then_the_month_is_closed_and_corrected_later(home):
    made = editor(home)
    made.add(DAY, 90, "mim", Work.MEETING, partner_id=home.leena.id)
    made.add(DAY, 45, "mim", Work.TRAVEL, km=20)
    assert to_confirm(home.b) == ()
    assert made.confirm()
    assert not made.can_freeze
    (waiting,) = to_confirm(home.b)
    assert editor(home, home.b).confirm_theirs([waiting])
    again = editor(home)
    assert again.can_freeze
    assert again.freeze()
    assert {e.state for e in again.entries} == {HoursState.FROZEN}
    (period,) = periods(home.a)
    assert (period.minutes, sum(f.km for f in period.figures)) == (135, 20)
    refused = []
    again.refused.connect(refused.append)
    travel = next(e for e in again.entries if e.what == Work.TRAVEL)
    assert not again.edit(travel.id, minutes=60)
    assert [e.key for e in refused] == ["hours-frozen"]
    later = editor(home, day=date(2026, 4, 1))
    assert later.correct(travel, date(2026, 4, 2), -15, -5)
    (fixed,) = later.entries
    assert (fixed.minutes, fixed.km, fixed.corrects, fixed.state) == (-15, -5, travel.id, HoursState.DRAFT)


def test_who_was_met_in_a_closed_year_is_not_counted_again_in_the_year_of_its_corrections(home):
    december = date(2025, 12, 3)
    worked = [
        WorkEntry(
            new_id(), home.a.me, december, 60, "mim", Work.MEETING, whole_id=f"w{n}", children=1, adults=2,
            confirmed=now(),
        )
        for n in range(6)
    ]  # fmt: skip
    home.a.apply("x", [added(e) for e in worked])
    assert editor(home, day=december).freeze()
    later = editor(home, day=date(2026, 1, 3))
    for entry in home.a.find(WorkEntry, day=december):
        assert later.correct(entry, date(2026, 1, 3), -15)
    before, after = (report(home.a.year_of_work(year, Side.CLIENTS)) for year in (2025, 2026))
    assert (before.people.families, before.people.children, before.people.adults) == (6, 6, 12)
    assert (after.minutes, after.people.families, after.people.children, after.people.adults) == (-90, 0, 0, 0)


def test_what_waits_is_told_until_it_is_done_and_a_month_is_closed_when_it_is_over(home):
    april = date(2026, 4, 2)
    assert hours_due(home.a, april) == HoursDue()
    made = editor(home)
    made.add(DAY, 90, "mim", Work.MEETING, partner_id=home.leena.id)
    made.add(DAY, 45, "mim", Work.TRAVEL)
    editor(home, day=april).add(april, 30, "mim", Work.WRITING)
    assert hours_due(home.a, april) == HoursDue((), 3, date(2026, 3, 1))
    made.confirm()
    assert hours_due(home.a, april) == HoursDue((), 1, date(2026, 4, 1))
    (theirs,) = hours_due(home.b, april).theirs
    assert (theirs.name, theirs.entries, theirs.minutes, theirs.first) == ("Aino Esimerkki", 1, 90, DAY)
    assert theirs.due == date(2026, 3, 31)
    editor(home, home.b).confirm_theirs(to_confirm(home.b))
    assert hours_due(home.b, april) == HoursDue()
    assert hours_due(home.a, date(2026, 3, 31)).to_close == (), "the month is not over"
    assert hours_due(home.a, april).to_close == (date(2026, 3, 1),)
    assert [(m.first, m.minutes, m.confirmed, m.closed) for m in months_of_office(home.b, april)] == [
        (date(2026, 4, 1), 30, 0, 0), (date(2026, 3, 1), 135, 135, 0),
    ]  # fmt: skip
    editor(home).freeze()
    assert hours_due(home.a, april).to_close == ()
    assert [m.closed for m in months_of_office(home.a, april)] == [0, 1]


def test_an_edit_lets_what_was_confirmed_fall(home):
    made = editor(home)
    made.add(DAY, 90, "mim", Work.MEETING)
    (entry,) = made.entries
    made.confirm(entry.id)
    assert made.edit(entry.id, minutes=60)
    assert made.get(entry.id).state == HoursState.DRAFT
    assert made.waiting == made.entries


def test_meetings_are_offered_once_with_their_way_and_whom_they_were_with(home):
    case = CaseEditor(home.a, home.texts, home.case_id)
    case.edit(case.file.commission, commissioner="Tekaistu kunta", assessment="parenting")
    held = datetime.combine(today() - timedelta(days=1), datetime.min.time()).astimezone() + timedelta(hours=9)
    met = home.a.get(Meeting, home.meeting.id)
    on_way = replace(met, held=held, minutes=75, travel_minutes=40, travel_km=31, delivery=Delivery.HOME)
    Door(home.a).write("x", [Change(met, on_way)])
    first, last = month_of(held.date())
    meeting, travel = proposed(home.a, first, last, today())
    assert (meeting.what, meeting.minutes, meeting.customer, meeting.delivery) == (
        Work.MEETING, 75, "Tekaistu kunta", Delivery.HOME,
    )  # fmt: skip
    assert (travel.what, travel.minutes, travel.km) == (Work.TRAVEL, 40, 31)
    assert (meeting.product, meeting.whole_id, meeting.of_id) == ("mim", home.case_id, met.id)
    assert (meeting.partner_id, meeting.children, meeting.adults) == (home.leena.id, 1, 1)
    assert editor(home, day=held.date()).take((meeting, travel))
    assert proposed(home.a, first, last, today()) == ()
    assert len(proposed(home.b, first, last, today())) == 2
    missed = replace(on_way, outcome=Outcome.NO_SHOW)
    Door(home.a).write("x", [Change(on_way, missed)])
    (other,) = proposed(home.b, first, last, today())
    assert (other.what, other.minutes) == (Work.NO_SHOW, 0)


def test_sessions_of_supervision_are_offered_to_who_leads_them_behind_the_wall(home):
    held = datetime.combine(DAY, datetime.min.time()).astimezone() + timedelta(hours=13)
    draft = supervision.agreement(home.a.me, customer="Perhetyön tiimi")
    agreement = supervision.signed(draft)
    gone = supervision.session(agreement, at=held + timedelta(days=1), outcome=Outcome.NO_SHOW)
    there = (Attendance("o1", Presence.THERE), Attendance("o2", Presence.LATE))
    session = supervision.session(agreement, at=held, outcome=Outcome.HELD, attendance=there)
    still_open = replace(session, id=new_id(), outcome=Outcome.OPEN)
    home.a.apply("x", [added(draft)])
    home.a.apply("x", [Change(draft, agreement)])
    home.a.apply("x", [added(e) for e in (session, gone, still_open)])
    assert proposed(home.b, *month_of(DAY), today()) == ()
    one, missed = proposed(home.a, *month_of(DAY), today())
    assert (one.product, one.side, one.minutes, one.participants) == ("supervision-group", Side.SUPERVISION, 90, 2)
    assert (one.whole_id, one.customer, missed.what, missed.minutes) == (
        agreement.id, "Perhetyön tiimi", Work.NO_SHOW, 0,
    )  # fmt: skip
    assert all(product_of(f"supervision-{form}") in products() for form in SupervisionForm)
    assert editor(home).take((one, missed))
    assert proposed(home.a, *month_of(DAY), today()) == ()
    assert home.a.year_of_work(DAY.year, Side.CLIENTS).work == ()
    assert home.a.year_of_work(DAY.year, Side.SUPERVISION).work[0].minutes == 90


def test_own_cases_are_offered_by_code_name_with_what_follows_from_them(home):
    case = CaseEditor(home.a, home.texts, home.case_id)
    case.edit(case.file.commission, commissioner="Tekaistu kunta")
    (matter,) = own_matters(home.a)
    assert (matter.whole_id, matter.customer, matter.partner_id) == (home.case_id, "Tekaistu kunta", home.leena.id)
    assert customers(home.a, (matter,), today()) == ("Tekaistu kunta",)


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_worked_year(home):
    """Twelve cases of two services; a customer's name that a spreadsheet would take for a formula."""
    entries = [
        WorkEntry(
            new_id(), home.a.me, date(2026, 1 + n % 12, 5), 60 + n, ("mim", "parenting")[n % 2], Work.MEETING,
            customer=("=Kunta", "Satula")[n % 3 == 0], office="Etelä", whole_id=f"w{n}", children=1, adults=2,
            confirmed=now(),
        )
        for n in range(18)
    ]  # fmt: skip
    Door(home.a).write("x", [added(e) for e in entries])
    made = counted(home.a, 2026, Side.CLIENTS, date(2026, 12, 31), lambda: False)
    assert ClosingEditor(home.a, home.texts).close(made)
    found = closed(home.a, 2026, Side.CLIENTS)
    assert found.report == papers.year_report(home.a, 2026, Side.CLIENTS, lambda: False)  # kept as it was counted
    return found


def test_a_year_leaves_as_a_finnish_excel_opens_it_and_no_cell_is_a_formula(home, tmp_path):
    found = a_worked_year(home)
    path = tmp_path / "v.csv"
    papers.save_year_csv(home.a, Texts("fi"), found, path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "\r\n" in text
    cells = [cell for line in text.splitlines() for cell in line.split(";")]
    assert "'=Kunta" in cells
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)
    whole = sum(60 + n for n in range(18)) / 60
    assert f"{whole:.2f}".replace(".", ",") in cells
    assert HIDDEN in text
    assert home.a.worker.name in cells
    papers.save_year_csv(home.a, Texts("fi"), found, path, workers=False)
    assert home.a.worker.name not in path.read_text("utf-8-sig")
    assert home.a.audit_log(home.a.me, acts=("export",))[-1].detail == "statistics=2026;side=clients;until=2026-12-31"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_year_on_paper_is_tagged_and_names_no_case(home, tmp_path, language):
    found = a_worked_year(home)
    path = tmp_path / "v.pdf"
    papers.save_year_pdf(home.a, Texts(language), found, path)
    tree = tag_tree.read(path.read_bytes()).tree
    words = tree.text()
    assert "Satula" in words
    assert "Star 14" not in words
    parts = YearTables(Texts(language), found.report, {}).parts()
    assert all(part.title in words for part in parts)


def test_a_closed_month_on_paper_has_its_figures_and_lines_to_sign(home, tmp_path):
    made = editor(home)
    made.add(DAY, 90, "mim", Work.MEETING, partner_id=home.leena.id)
    made.confirm()
    editor(home, home.b).confirm_theirs(to_confirm(home.b))
    again = editor(home)
    again.freeze()
    before = home.a.get(Worker, home.a.me)
    home.a.apply("x", [Change(before, replace(before, office="Etelä"))])
    path = tmp_path / "p.pdf"
    papers.save_period(home.a, home.texts, periods(home.a)[0], path)
    words = tag_tree.read(path.read_bytes()).tree.text()
    for said in ("MIM observation", "1.5", "2.0", "Etelä", home.a.worker.name, home.b.worker.name, "Superior"):
        assert said in words


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_parents_told_stands_in_the_year_without_names_and_few_are_hidden(language):
    (question,) = [q for q in newest(FeedbackFrom.PARENT).questions if q.answers][:1]
    counts = tuple([7, None, None, *([0] * len(question.answers))][: len(question.answers)])
    child = YearTold(2026, FeedbackFrom.CHILD, ())
    found = (child, YearTold(2026, FeedbackFrom.PARENT, (ToldRow(question, counts, None),)))
    (part,) = told_parts(Texts(language), found)
    assert [row[2].shown for row in part.table.rows] == [HIDDEN if n is None else str(n) for n in counts]
    assert [row[1].shown for row in part.table.rows] == [Texts(language).words(a.words) for a in question.answers]
    assert part.key == "told-parent"
