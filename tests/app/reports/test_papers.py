"""Every paper that the program makes, and of each whether it is made for another: then it shows on whose behalf.

A client document made on behalf of another shows the ground for processing, the organiser and the
producer (domain 4.5).
"""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.casework import consent_paper, plan_papers
from app.casework.case_editor import CaseEditor
from app.casework.feedback_papers import save_empty
from app.casework.plans import PlanEditor
from app.clips.feedback import FeedbackEditor
from app.clips.note import save_note
from app.comparing.comparison import comparison
from app.comparing.figures.paper import save_agreement
from app.door import Door
from app.erasing.certificate import write_certificate
from app.erasing.films import kept_under
from app.i18n import Texts, today
from app.model.change import Change
from app.model.commission import Commission
from app.model.erasure import FilmOrder, Ground
from app.model.feedback_form import FeedbackFrom
from app.model.people import Person
from app.model.recording import Recording
from app.model.retention import Material
from app.office.client_log import LogRequest, write_client_log
from app.office.goals_paper import goals_paper
from app.office.goals_paper import save as save_goals
from app.reports.key_card import key_card
from app.reports.small_cards import CardSize
from app.schemes import library
from app.services.feedback_forms import newest
from app.statement.beginning import begin_statement
from app.statement.export import statement_pdf
from app.works.beginning import begin
from app.works.papers import output_of, save_paper
from app.works.work_file import work_file
from tests.material.house import Home, opened
from tests.stand_ins.fake_erasing import MemoryErasing

CODE = Path(__file__).parents[3]
SHOWN = ("Keksitty hyvinvointialue", "Esimerkki ry", "palvelunjärjestäjän lukuun toimeksiantosopimuksen perusteella")

#: where each paper is made and by which maker of pages: whether it must, and why it need not
PAPERS: dict[tuple[str, str], str] = {
    ("app/statement/export.py", "render_statement"): "must",
    ("app/statement/final.py", "render_statement"): "must",
    ("app/statement/export.py", "marked"): "must",  # the statement's kept pages with a line over them
    ("app/statement/signing.py", "signed"): "must",  # the statement's kept pages with a signature
    ("app/statement/redacting.py", "render_statement"): "the final document once more, whose head is as it was",
    ("app/statement/difference_paper.py", "difference_pdf"): "what changed between two versions, for the pair alone",
    ("app/casework/consent_paper.py", "consent_form"): "must",
    ("app/casework/consent_paper.py", "consent_evidence"): "must",
    ("app/casework/plan_papers.py", "agreement_pdf"): "must",  # the checklist of a meeting
    ("app/casework/meeting_agenda.py", "agreement_pdf"): "must",
    ("app/comparing/figures/paper.py", "agreement_pdf"): "must",
    ("app/clips/note.py", "feedback_note"): "must",
    ("app/office/goals_paper.py", "goals_pdf"): "must",
    ("app/works/papers.py", "service_paper"): "must",  # of a case
    ("app/hours/papers.py", "hours_pdf"): "the office's own hours and sums; no client is in it",
    ("app/office/client_log.py", "log_report"): "must",
    ("app/erasing/certificate.py", "erasure_certificate"): "must",
    ("app/casework/plan_papers.py", "cards_pdf"): "cards and envelopes lie before the family and tell of no client",
    ("app/casework/agenda.py", "agenda"): "a worker's own days, by code names, over cases of several organisers",
    ("app/casework/feedback_papers.py", "feedback_form_pdf"): "an empty form; no client is in it",
    ("app/office/log_report.py", "log_report"): "the office's own look at all of its archive",
    ("app/comparing/quality/paper.py", "agreement_pdf"): "about the office's pairs; no client is in it",
    (
        "app/supervising/papers.py",
        "supervision_pdf",
    ): "of professionals; no client is in it",
    ("widgets/coding/code_book.py", "write_key_card"): "keys of a scheme; no client is in it",
    ("widgets/recovery.py", "write_recovery_sheet"): "a worker's recovery code",
    ("app/bootstrap.py", "write_recovery_sheet"): "a worker's recovery code",
}


def makers() -> set[str]:
    """Every function of the reports that gives finished pages, or writes them."""
    found = set()
    for path in (CODE / "app" / "reports").glob("*.py"):
        for part in ast.parse(path.read_text("utf-8")).body:
            if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                gives = ast.unparse(part.returns) if part.returns else ""
                if gives == "bytes" or part.name.startswith("write_"):
                    found.add(part.name)
    return found - {"made_into_pages", "finished"}


def test_every_paper_is_listed() -> None:
    found, known = set(), makers()
    for folder in ("app", "widgets"):
        for path in (CODE / folder).rglob("*.py"):
            if "app/reports/" in path.as_posix():
                continue
            source = path.read_text("utf-8")
            for part in ast.walk(ast.parse(source if "app.reports." in source else "")):
                if isinstance(part, ast.ImportFrom) and (part.module or "").startswith("app.reports."):
                    names = {alias.name for alias in part.names} & known
                    found |= {(path.relative_to(CODE).as_posix(), name) for name in names}
    assert found == set(PAPERS)


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    (was,) = made.a.find(Commission, case_id=made.case_id)
    said = replace(was, organiser=SHOWN[0], producer=SHOWN[1], controller="Keksitty rekisteri", basis="commissioned")
    made.a.apply("said", [Change(was, said)])
    return made


def statement(home: Home, _path: Path) -> bytes:
    home.compare()
    door = Door(home.a)
    return statement_pdf(door, home.vault, begin_statement(door, Texts("fi"), home.case_id, "fi").id)


def form(home: Home, path: Path) -> bytes:
    child = next(p for p in home.a.find(Person, case_id=home.case_id) if p.is_child)
    consent_paper.print_form(home.a, child, "fi", path)
    return path.read_bytes()


def evidence(home: Home, path: Path) -> bytes:
    consent_paper.save_evidence(Door(home.a), home.vault, home.case_id, Texts("fi"), path)
    return path.read_bytes()


def checklist(home: Home, _path: Path) -> bytes:
    return of_plan(home, plan_papers.Paper.CHECKLIST)


def of_plan(home: Home, paper: plan_papers.Paper) -> bytes:
    meeting = home.add_meeting(home.meeting.adult_id, day=4)
    plan = PlanEditor(home.a, Texts("fi"), meeting.id)
    assert plan.add(plan.card("N01"))
    return plan_papers.made(plan, Texts("fi"), paper, CardSize.A6, date(2026, 1, 1))


def agreement(home: Home, path: Path) -> bytes:
    home.compare()
    save_agreement(home.a, Texts("fi"), comparison(home.a, home.meeting.id), path)
    return path.read_bytes()


def log(home: Home, path: Path) -> bytes:
    write_client_log(home.a, path, LogRequest(home.case_id, today(), today()), Texts("fi"))
    return path.read_bytes()


def certificate(home: Home, path: Path) -> bytes:
    film = home.a.get(Recording, home.film.id)
    order = FilmOrder(film.id, Ground.MISTAKE, "sanottu", under=kept_under(home.a, home.case_id, Material.FILMS))
    with opened(home) as room:
        MemoryErasing(home.a, home.vault.erase).film(order, lambda: False)
        erasure_id = home.a.get(Recording, film.id).erasure_id
        write_certificate(Door(home.a), room.archive, erasure_id, Texts("fi"), path)
    return path.read_bytes()


def note(home: Home, path: Path) -> bytes:
    editor = FeedbackEditor(home.a, Texts("fi"), home.case_id)
    talk = editor.begin(home.meeting.adult_id)
    assert talk is not None
    save_note(home.a, Texts("fi"), talk, path)
    return path.read_bytes()


def goals(home: Home, path: Path) -> bytes:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    assert editor.set_goal("Nukun omassa sängyssä")
    paper = goals_paper(home.a, editor.file, home.texts, today())
    save_goals(home.a, path, paper, editor.file.case, home.texts)
    return path.read_bytes()


def service(home: Home, path: Path) -> bytes:
    work = begin(Door(home.a), Texts("fi"), "laheisneuvonpito", case_id=home.case_id)
    file = work_file(home.a, work.id)
    save_paper(home.a, file, output_of(file, "plan"), path)
    return path.read_bytes()


MUST: dict[str, Callable[[Home, Path], bytes]] = {
    "statement": statement,
    "consent form": form,
    "consent evidence": evidence,
    "checklist": checklist,
    "agreement": agreement,
    "feedback note": note,
    "goals": goals,
    "log report": log,
    "certificate": certificate,
    "plan of a family group conference": service,
}


def feedback_paper(path: Path) -> bytes:
    save_empty(path, newest(FeedbackFrom.PARENT), "", "fi", date(2026, 1, 1))
    return path.read_bytes()


NEED_NOT: dict[str, Callable[[Home, Path], bytes]] = {
    "task cards": lambda home, _: of_plan(home, plan_papers.Paper.CARDS),
    "envelopes": lambda home, _: of_plan(home, plan_papers.Paper.ENVELOPES),
    "feedback form": lambda _h, path: feedback_paper(path),
    "key card": lambda _h, _p: key_card(library.scheme("perusrunko"), Texts("fi"), date(2026, 1, 1)),
}


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


@pytest.mark.parametrize("paper", MUST)
def test_a_paper_made_for_another_says_for_whom_by_whom_and_on_what_ground(home, tmp_path, paper) -> None:
    said = words_of(MUST[paper](home, tmp_path / "paper.pdf"))
    for words in SHOWN:
        assert words in said, words


@pytest.mark.parametrize("paper", NEED_NOT)
def test_a_paper_of_no_client_names_no_organisation(home, tmp_path, paper) -> None:
    said = words_of(NEED_NOT[paper](home, tmp_path / "paper.pdf"))
    assert not [words for words in SHOWN if words in said]
