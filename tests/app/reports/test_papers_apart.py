"""Where two adults are kept apart, no paper that the one may see says the other's name or what the other is called."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.casework import agenda, consent_paper, plan_papers
from app.casework.calendar import entries
from app.casework.case_editor import CaseEditor
from app.casework.consents import Signed
from app.casework.plans import PlanEditor
from app.door import Door
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.people import Person, Role
from app.reports.small_cards import CardSize
from app.statement.beginning import begin_statement
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
