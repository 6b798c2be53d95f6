"""Where two adults are kept apart, no paper that the one may see says the other's name or what the other is called."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.casework import agenda, consent_paper, meeting_agenda, plan_papers
from app.casework.calendar import entries
from app.casework.case_editor import CaseEditor
from app.casework.consents import Signed
from app.casework.plans import PlanEditor
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.circumstance import CircumstanceKind
from app.model.commission import Commission
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.people import Case, Person, Role
from app.reports.small_cards import CardSize
from app.statement.apart import refuse_naming
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from app.statement.export import statement_pdf
from tests.app.reports.test_papers import words_of
from tests.material.house import LONG_AGO, Home

OTHER = re.compile(r"\b(?:Virta(?:nen|se)|Mat(?:ti|in)|isä(?:n|ä|lle)?)\b", re.IGNORECASE)


class Apart:
    """A case with a mother, and a father who must not meet her, with a meeting and consents of his own."""

    def __init__(self) -> None:
        home = self.home = Home("fi")
        editor = CaseEditor(home.a, home.texts, home.case_id)
        self.mother = editor.file.adults[0]
        father = editor.add_person(Role.BIRTH_PARENT, "isä")
        assert editor.edit(father, name="Matti Virtanen", guardian=True)
        self.father = editor.file.person(father.id)
        assert editor.record_form(self.father, Signed((Purpose.FILMING, Purpose.FEEDBACK), LONG_AGO), [])
        assert editor.keep_apart(self.mother, self.father, apart=True)
        self.his = home.add_meeting(self.father.id, day=5)
        home.compare()

    def plan(self, paper: plan_papers.Paper) -> bytes:
        meeting = self.home.add_meeting(self.mother.id, day=6)
        plan = PlanEditor(self.home.a, Texts("fi"), meeting.id)
        assert plan.add(plan.card("N01"))
        return plan_papers.made(plan, Texts("fi"), paper, CardSize.A6, date(2026, 1, 1))

    def agenda(self, path: Path, **more) -> bytes:
        meeting = self.home.add_meeting(self.mother.id, day=6)
        plan = PlanEditor(self.home.a, Texts("fi"), meeting.id)
        assert plan.add(plan.card("N01"))
        assert not more or plan.edit(**more)
        meeting_agenda.save(self.home.a, path, plan, Texts("fi"), date(2026, 1, 1))
        return path.read_bytes()

    def form(self, person: Person, path: Path) -> bytes:
        consent_paper.print_form(self.home.a, person, "fi", path)
        return path.read_bytes()

    def child(self, path: Path) -> bytes:
        file = CaseEditor(self.home.a, self.home.texts, self.home.case_id).file
        assert file.child is not None
        return self.form(file.child, path)

    def evidence(self, path: Path) -> bytes:
        home = self.home
        consent_paper.save_evidence(Door(home.a), home.vault, home.case_id, Texts("fi"), path, self.mother.id)
        return path.read_bytes()

    def statement(self) -> bytes:
        door = Door(self.home.a)
        made = begin_statement(door, Texts("fi"), self.home.case_id, "fi", adult=self.mother.id)
        assert self.his.id not in made.meetings
        return statement_pdf(door, self.home.vault, made.id)


@pytest.fixture
def apart(qapp) -> Apart:
    return Apart()


PAPERS: dict[str, Callable[[Apart, Path], bytes]] = {
    "the mother's consent form": lambda a, path: a.form(a.mother, path),
    "the child's consent form": lambda a, path: a.child(path),
    "task cards": lambda a, _: a.plan(plan_papers.Paper.CARDS),
    "envelopes": lambda a, _: a.plan(plan_papers.Paper.ENVELOPES),
    "checklist": lambda a, _: a.plan(plan_papers.Paper.CHECKLIST),
    "agenda of her meeting": lambda a, path: a.agenda(path),
    "consents of the mother": lambda a, path: a.evidence(path),
    "her statement": lambda a, _: a.statement(),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_the_one_says_nothing_of_the_other(apart, tmp_path, paper) -> None:
    said = words_of(PAPERS[paper](apart, tmp_path / "paper.pdf"))
    assert len(said) > 40, "there is something on it"
    assert OTHER.findall(said) == []


def test_calendar_and_agenda_name_nobody(apart, tmp_path) -> None:
    home = apart.home
    first = min(m.held for m in home.a.find(Meeting)).astimezone().date()
    found = entries(home.a, home.texts, first, first + timedelta(days=9), first)
    assert {e.meeting_id for e in found} >= {apart.his.id, home.meeting.id}
    agenda.save_agenda(home.a, home.texts, found, first, first + timedelta(days=9), tmp_path / "a.pdf")
    agenda.save_calendar(home.a, found, tmp_path / "c.ics")
    for said in (words_of((tmp_path / "a.pdf").read_bytes()), (tmp_path / "c.ics").read_text("utf-8")):
        assert OTHER.findall(said) == []


def test_an_agenda_leaves_out_the_fact_that_names_the_other_and_is_not_written_where_it_would(apart, tmp_path) -> None:
    home, path = apart.home, tmp_path / "a.pdf"
    editor = CaseEditor(home.a, home.texts, home.case_id)
    child = editor.file.child
    assert editor.change_circumstance(child, CircumstanceKind.RESTRICTION, "isää vain valvotusti", LONG_AGO)
    assert editor.change_circumstance(child, CircumstanceKind.SAFETY, "food", LONG_AGO)
    said = words_of(apart.agenda(path, place="Huone 2", by_role=("interpreter",)))
    assert OTHER.findall(said) == []
    assert all(
        there in said
        for there in ("Huone 2", "tulkki", "vanhempi, lapsi", "ruoka, allergiat", "lue se ohjelmasta", "1. ")
    )
    assert "Virtanen" not in meeting_agenda.file_name(Texts("fi"), apart.his)
    path.unlink()
    for named in ({"place": "Virtasen luona"}, {"by_role": ("isän tukihenkilö",)}):
        with pytest.raises(NotAllowed, match="paper-names-other"):
            apart.agenda(path, **named)
        assert not path.exists()
    home.a.apply("n", [Change(home.a.get(Meeting, apart.his.id), replace(apart.his, place="Matin työpaikka"))])
    plan = PlanEditor(home.a, Texts("fi"), apart.his.id)
    assert "isä" in meeting_agenda.meeting_agenda(home.a, plan, Texts("fi"), date(2026, 1, 1)).facts[5][1], "it is his"


def test_what_stands_around_a_statement_is_held_to_the_same(apart) -> None:
    home, door = apart.home, Door(apart.home.a)
    made = begin_statement(door, Texts("fi"), home.case_id, "fi", adult=apart.mother.id)
    refuse_naming(home.a, read_statement(home.a, made.id))
    case = home.a.get(Case, home.case_id)
    (order,) = home.a.find(Commission, case_id=case.id)
    for entity, field in ((case, "code_name"), (order, "decision"), (made, "corrects")):
        named = replace(home.a.get(type(entity), entity.id), **{field: "Virtasen asia 4"})
        home.held.entities = {**home.held.entities, entity.id: named}
        with pytest.raises(NotAllowed, match="other-adult-around"):
            refuse_naming(home.a, read_statement(home.a, made.id))
        home.held.entities = {**home.held.entities, entity.id: entity}


def test_a_code_name_says_nobodys_name(apart) -> None:
    home = apart.home
    editor, refused = CaseEditor(home.a, home.texts, home.case_id), []
    editor.refused.connect(lambda error: refused.append(error.key))
    for told in ("Virtasen asia", "Matti 4", "Virtanen"):
        assert not editor.edit(editor.file.case, code_name=told)
    assert editor.edit(editor.file.case, code_name="Kuusi 4")
    assert not editor.edit(editor.file.child, name="Kuusi Keksitty")
    assert editor.edit(editor.file.child, name="Oona Keksitty")
    assert refused == ["code-name-says-name"] * 3 + ["name-in-code-name"]
