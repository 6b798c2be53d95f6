"""Letterheads: whose a document has, and that what is final keeps its own."""

import base64
from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.errors import InputError
from app.model.change import Change
from app.model.commission import DocumentKind
from app.model.letterhead import Letterhead
from app.model.people import Worker
from app.office.letterheads import LetterheadEditor, letterheads
from app.statement import final
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import StatementEditor
from app.statement.export import statement_document, statement_pdf
from tests.material.house import Home
from tests.material.logos import jpeg, png
from tests.material.written import gone_through, whole

OFFICE, OTHER = "Perhetyön palvelu Esimerkki Oy", "Toinen Esimerkki ry"


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    for worker in (made.aino, made.leena):
        before = made.a.get(Worker, worker.id)
        made.a.apply("employer", [Change(before, replace(before, employer=OFFICE))])
    return made


@pytest.fixture
def editor(home) -> LetterheadEditor:
    return LetterheadEditor(home.a, home.texts)


def with_one(editor: LetterheadEditor, employer: str = OFFICE, content: bytes = b"") -> Letterhead:
    assert editor.add(employer)
    made = next(one for one in editor.letterheads if one.employer == employer)
    assert editor.edit(made.id, address=("Esimerkkikatu 1", "00100 Helsinki"), logo=content)
    return next(one for one in editor.letterheads if one.id == made.id)


def head_of(home, kind: DocumentKind = DocumentKind.STATEMENT, language: str = "fi"):
    statement = begin_statement(Door(home.a), home.texts, home.case_id, language, kind=kind)
    return document_of(home.a, statement).letterhead


def test_it_is_edited_undone_and_kept(home, editor, tmp_path) -> None:
    made = with_one(editor)
    path = tmp_path / "logo.jpg"
    path.write_bytes(jpeg())
    assert editor.take_logo(made.id, path)
    (held,) = letterheads(home.b)
    assert held.logo.startswith(b"\x89PNG")
    assert held.address == ("Esimerkkikatu 1", "00100 Helsinki")
    editor.undo()
    assert letterheads(home.b)[0].logo == b""
    assert editor.remove(made.id)
    assert letterheads(home.b) == ()


def test_a_bad_file_is_a_sentence_and_changes_nothing(editor, tmp_path) -> None:
    made = with_one(editor, content=png())
    for name, content in (("missing.png", None), ("words.png", b"words")):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputError) as caught:
            editor.take_logo(made.id, path)
        assert caught.value.key == "logo-unreadable"
    assert editor.letterheads == (made,)


def test_an_employer_has_one_and_those_without_are_known(home, editor) -> None:
    assert editor.employers_without() == (OFFICE,)
    with_one(editor)
    assert editor.employers_without() == ()
    other = with_one(editor, OTHER)
    with pytest.raises(InputError) as caught:
        editor.edit(other.id, employer=f" {OFFICE.upper()}")
    assert caught.value.key == "letterhead-exists"


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_has_that_of_the_workers_employer(home, editor, kind) -> None:
    assert head_of(home, kind) is None
    with_one(editor, content=png())
    head = head_of(home, kind, "sv")
    assert (head.name, head.address) == (OFFICE, ("Esimerkkikatu 1", "00100 Helsinki"))
    assert base64.b64decode(head.logo).startswith(b"\x89PNG")
    assert head.logo_words == f"{OFFICE}, logotyp"


def test_the_producer_of_the_commission_comes_before_the_employers(home, editor) -> None:
    with_one(editor)
    with_one(editor, OTHER)
    case = CaseEditor(home.a, home.texts, home.case_id)
    assert case.edit(case.file.commission, producer=f"{OTHER.lower()} ")
    assert head_of(home).address
    assert head_of(home).name.strip() == OTHER.lower()
    assert case.edit(case.file.commission, producer="Kolmas")
    assert head_of(home) is None


def test_what_is_final_never_changes_with_a_letterhead(home, editor) -> None:
    made = with_one(editor, content=png())
    begun = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert whole(StatementEditor(home.a, home.texts, begun.id)).ask_for_check()
    statement = StatementEditor(home.b, home.texts, begun.id)
    assert statement.approve()
    assert final.make_final(gone_through(statement, home.a), home.vault)
    before = statement_pdf(Door(home.a), home.vault, statement.statement.id)
    shown = statement_document(Door(home.a), home.vault, statement.statement.id)
    assert shown.letterhead is not None
    assert editor.edit(made.id, logo=b"", address=(), logo_words="toinen")
    assert editor.remove(made.id)
    assert statement_pdf(Door(home.a), home.vault, statement.statement.id) == before
    assert statement_document(Door(home.a), home.vault, statement.statement.id) == shown
