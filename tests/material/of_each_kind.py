"""A document of each kind from an archive: written, with a letterhead, and with what a made document must show."""

from dataclasses import replace

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.model.change import Change
from app.model.checks import is_question
from app.model.commission import DocumentKind
from app.model.identity import new_id
from app.model.people import Worker
from app.model.statement import ParagraphKind, Run
from app.model.statement_document import StatementDocument
from app.office.letterheads import LetterheadEditor
from app.office.logo import read_logo
from app.services.documents import form_of
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor
from tests.material.house import Home
from tests.material.logos import png

OFFICE = "Perhetyön palvelu Esimerkki Oy"
ADDRESS = ("Esimerkkikatu 1", "00100 Helsinki")
SAID = "Äiti nimeää lapsen tunteen [00:05]. Lapsi rauhoittuu."
CANNOT = "Kysymykseen ei voida vastata, koska isää ei ole tavattu. Aikaa ei saatu."


def office(language: str = "fi") -> Home:
    """The pair of an employer with a letterhead, and a case whose commission says everything."""
    home = Home(language)
    for worker in (home.aino, home.leena):
        before = home.a.get(Worker, worker.id)
        home.a.apply("employer", [Change(before, replace(before, employer=OFFICE))])
    case = CaseEditor(home.a, home.texts, home.case_id)
    assert case.edit(
        case.file.commission,
        commissioner="Esimerkkilän hyvinvointialue",
        controller="Esimerkkilän hyvinvointialue",
        basis="commissioned",
        service_task="child-welfare",
        questions=("Miten he kohtaavat?", "Voiko isä hoitaa lasta?"),
    )
    editor = LetterheadEditor(home.a, home.texts)
    assert editor.add(OFFICE)
    assert editor.edit(editor.letterheads[0].id, address=ADDRESS, logo=read_logo(png()))
    return home


def document(home: Home, kind: DocumentKind, language: str = "fi") -> StatementDocument:
    """Something written in every section that it must fill, and under each question."""
    made = begin_statement(Door(home.a), home.texts, home.case_id, language, kind=kind)
    editor = StatementEditor(home.a, home.texts, made.id)
    for key in form_of(made).required:
        assert editor.write_section(key, [Draft(new_id(), ParagraphKind.BODY, (Run(SAID),))])
    if form_of(made).answers:
        rows: list[Draft] = []
        for p, said in zip(filter(is_question, editor.text.section("conclusions")), (SAID, CANNOT), strict=True):
            rows += [Draft(p.id, p.kind, p.runs), Draft(new_id(), ParagraphKind.BODY, (Run(said),))]
        assert editor.write_section("conclusions", rows)
    return document_of(home.a, editor.statement)
