"""A plan's papers: cards in the parent's language, every task on its own, nobody named; the checklist tells all."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from app.casework.case_editor import CaseEditor
from app.casework.own_tasks import OwnTasks
from app.casework.plan_papers import Paper, made, save
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.change import Change, added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.people import Role
from app.reports.small_cards import CardSize
from tests.drivers import tag_tree
from tests.material.house import Home

DAY = date(2026, 11, 25)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def plan_of(home: Home, language: str = "sv") -> PlanEditor:
    meeting = home.add_meeting(home.meeting.adult_id, day=4)
    home.a.apply("place", [Change(meeting, replace(meeting, place="Kotipolku 5"))])
    plan = PlanEditor(home.a, Texts("fi"), meeting.id)
    adult = plan.case().person(meeting.adult_id)
    home.a.apply("language", [Change(adult, replace(adult, called="Pontus-pappa", language=language))])
    assert plan.add(plan.card("N01"))
    assert plan.add(plan.card("E04"))
    return plan


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    said = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return said


@pytest.mark.parametrize("paper", [Paper.CARDS, Paper.ENVELOPES])
def test_cards_and_envelopes_are_in_the_parent_s_language_and_name_nobody(home: Home, paper: Paper) -> None:
    plan = plan_of(home)
    small = pages_of(made(plan, Texts("fi"), paper, CardSize.A6, DAY))
    large = pages_of(made(plan, Texts("fi"), paper, CardSize.A4, DAY))
    assert (len(small), len(large)) == (5, 2)
    for number, (task, page) in enumerate(zip(plan.meeting.plan, small, strict=True), start=1):
        assert page.startswith(str(number))
        assert task.name.sv in page
        assert ("".join(task.text.sv.split()) in "".join(page.split())) is (paper == Paper.CARDS)
    for page in small + large:
        assert "Pontus" not in page
        assert "Kotipolku" not in page


def test_a_card_is_a_quarter_of_a_page(home: Home) -> None:
    plan = plan_of(home)
    with pikepdf.open(io.BytesIO(made(plan, Texts("fi"), Paper.CARDS, CardSize.A6, DAY))) as pdf:
        box = [float(x) for x in pdf.pages[0].MediaBox]
    assert box[2:] == pytest.approx([297.6, 420.9], abs=1)


def test_a_parent_of_another_language_gets_the_worker_s(home: Home) -> None:
    plan = plan_of(home, "so")
    assert plan.meeting.plan[0].name.fi in pages_of(made(plan, Texts("fi"), Paper.CARDS, CardSize.A6, DAY))[0]


def test_a_long_own_task_loses_nothing(home: Home) -> None:
    plan = plan_of(home)
    words = " ".join(f"sana{n}" for n in range(400))
    assert OwnTasks(home.a, Texts("fi")).add(name="Pitkä", text=words, ages=(plan.meeting.age_group,))
    assert plan.add(plan.available()[0])
    said = tag_tree.read(made(plan, Texts("fi"), Paper.CARDS, CardSize.A6, DAY)).tree.text().split()
    assert [word for word in said if word.startswith("sana")] == words.split()


def test_the_checklist_tells_what_must_be_known_and_is_logged(home: Home, tmp_path) -> None:
    plan = plan_of(home)
    for tag in ("food", "fear of dogs"):
        row = Circumstance(
            new_id(), home.case_id, plan.meeting.child_id, CircumstanceKind.SAFETY, tag, date(2020, 1, 1)
        )
        home.a.apply("told", [added(row)])
    assert plan.arrange(seating="corner", leading_hand="left", cameras=("edessä", "oven luona"))
    path = tmp_path / "list.pdf"
    save(home.a, path, plan, Texts("fi"), Paper.CHECKLIST, CardSize.A4, DAY)
    said = " ".join(pages_of(path.read_bytes()))
    for task in plan.meeting.plan:
        assert task.name.fi in said
    for words in ("pöydän kulmassa", "oven luona", "fear of dogs", "ruoka, allergiat", "SALASSA"):
        assert words in said
    assert plan.card("N03").name.fi in said, "what is left out is told"
    assert "Kotipolku" not in said
    assert [e.detail.split(";")[0] for e in home.a.audit_log(plan.meeting.id, acts=["export"])] == ["checklist"]


@pytest.mark.parametrize("paper", Paper)
def test_no_paper_names_who_is_kept_apart_or_a_place_that_is_hidden(home: Home, paper: Paper) -> None:
    plan, editor = plan_of(home), CaseEditor(home.a, home.texts, home.case_id)
    first, other = editor.file.person(plan.meeting.adult_id), editor.add_person(Role.FOSTER_PARENT, "Bertil")
    assert editor.edit(other, name="Bertil Keksitty")
    editor.keep_apart(first, editor.file.person(other.id), apart=True)
    child = editor.file.child
    assert editor.change_circumstance(other, CircumstanceKind.RESTRICTION, "ei tavata", date(2020, 1, 1))
    assert editor.change_circumstance(child, CircumstanceKind.PLACEMENT, "Salokujan sijaiskoti", date(2020, 1, 1))
    assert editor.change_circumstance(child, CircumstanceKind.NON_DISCLOSURE, "", date(2020, 1, 1))
    said = " ".join(
        pages_of(made(PlanEditor(home.a, Texts("fi"), plan.meeting.id), Texts("fi"), paper, CardSize.A4, DAY))
    )
    for word in ("Bertil", "Keksitty", "ei tavata", "Kotipolku", "Salokuja"):
        assert word not in said
    assert ("omat ajat" in said) is (paper == Paper.CHECKLIST)
