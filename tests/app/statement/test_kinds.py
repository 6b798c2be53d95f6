"""Five kinds of document from one text model: each with its own sections, words and checks."""

from dataclasses import replace
from itertools import product

import pytest

import resources
from app.casework.case_editor import CaseEditor
from app.door import Door
from app.errors import InputError, NotAllowed
from app.i18n import now
from app.model.change import Change
from app.model.checks import Lack
from app.model.commission import ORDERED, Commission, DocumentKind
from app.model.document_form import read_form
from app.model.identity import new_id
from app.model.statement import ParagraphKind, Run, Statement
from app.model.statement_stages import StatementAct
from app.office.desk import Waiting, desk
from app.services.documents import form
from app.services.library import first
from app.statement import final
from app.statement.beginning import begin_statement, document_with, documents, newest_statement
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor, read_statement
from app.statement.export import file_name
from app.statement.passages import passages
from app.vocabulary import StatementTexts
from tests.material.house import Home, QuietArchive
from tests.material.written import whole

NOTES = tuple(kind for kind in DocumentKind if kind not in ORDERED)


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


def begun(home: Home, kind: DocumentKind, language: str = "fi") -> StatementEditor:
    made = begin_statement(Door(home.a), home.texts, home.case_id, language, kind=kind)
    return StatementEditor(home.a, home.texts, made.id)


def lacks(editor: StatementEditor) -> set[Lack]:
    return {f.lack for f in editor.findings()}


def write(editor: StatementEditor, section: str, words: str) -> None:
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section(section)]
    assert editor.write_section(section, [*held, Draft(new_id(), ParagraphKind.BODY, (Run(words),))])


# the data


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_has_words_in_three_languages_and_its_sections_in_order(kind) -> None:
    made = form(first(), kind)
    words = [made.status, made.about, *(s.title for s in made.sections)]
    assert all(w.fi and w.sv and w.en for w in words)
    assert bool(made.lead.fi) == bool(made.lead.sv) == bool(made.lead.en)
    assert [s.number for s in made.sections] == list(range(1, len(made.sections) + 1))
    assert len({s.key for s in made.sections}) == len(made.sections)
    assert set(made.required) <= {s.key for s in made.sections}
    assert made.has_section("signatures")
    assert made.has_section("comments"), "what a reader says has its place in every kind"
    assert all(StatementTexts(language).document_kind(kind) for language in ("fi", "sv", "en"))


def test_what_differs_is_what_practice_says() -> None:
    keys = {kind: [s.key for s in form(first(), kind).sections] for kind in DocumentKind}
    whole = [s.key for s in first().sections]
    assert keys[DocumentKind.STATEMENT] == keys[DocumentKind.RECOMMENDATION] == whole
    assert set(whole) - set(keys[DocumentKind.SUMMARY]) == {"conclusions", "recommendation"}
    assert [kind for kind in DocumentKind if form(first(), kind).answers] == [
        DocumentKind.RECOMMENDATION,
        DocumentKind.STATEMENT,
    ]
    for note in NOTES:
        assert {"conclusions", "observations", "recommendation"}.isdisjoint(keys[note])
        assert len(keys[note]) < 10


def test_a_service_that_lacks_a_section_has_a_document_without_it() -> None:
    small = replace(first(), sections=tuple(s for s in first().sections if s.key != "parents-views"))
    made = form(small, DocumentKind.SUMMARY)
    assert not made.has_section("parents-views")
    assert [s.number for s in made.sections] == list(range(1, len(made.sections) + 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "interim"', 'kind = "other"'),
        ('required = ["standing"', 'required = ["concerns"'),
        ("status =", "more ="),
    ],
)
def test_what_is_wrong_in_a_file_is_said(old, new) -> None:
    text = (resources.folder() / "documents" / "interim.toml").read_text("utf-8")
    read_form(text)
    with pytest.raises(InputError):
        read_form(text.replace(old, new))


# a document of a kind


@pytest.mark.parametrize(("kind", "language"), list(product(DocumentKind, ("fi", "sv"))))
def test_its_title_words_and_sections_are_everywhere_the_kinds(home, kind, language) -> None:
    editor = begun(home, kind, language)
    made, words = form(first(), kind), StatementTexts(language)
    document = document_of(home.a, editor.statement)
    title = words.document_kind(kind)
    assert document.title.startswith(f"{title} · ")
    assert document.about.endswith(f" {title}, {words.word('version', version=1).lower()}.")
    assert file_name(home.a, editor.statement).startswith(f"{title} ")
    assert [s.key for s in document.sections] == [s.key for s in made.sections]
    assert document.status_line == made.status.text(language)
    assert document.lead == (made.lead.text(language) if made.lead.fi else "")
    assert document.answers_in == ("conclusions" if made.answers else "")
    held = {p.section for p in editor.text.paragraphs}
    assert held <= {s.key for s in made.sections}
    assert {p.section for p in passages(home.a, editor.statement)} == held


def test_the_kind_is_the_commissions_until_another_is_said(home) -> None:
    commission = home.a.find(Commission, case_id=home.case_id)[0]
    home.a.apply("asked", [Change(commission, replace(commission, document=DocumentKind.RECOMMENDATION))])
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert made.kind == DocumentKind.RECOMMENDATION
    home.a.apply("asked", [Change(replace(commission, document=DocumentKind.RECOMMENDATION), commission)])


def test_a_kind_never_changes_and_a_new_version_is_of_the_same(home) -> None:
    editor = begun(home, DocumentKind.SUMMARY)
    with pytest.raises(NotAllowed):
        home.a.apply("x", [Change(editor.statement, replace(editor.statement, kind=DocumentKind.STATEMENT))])
    assert home.a.get(Statement, editor.statement.id).kind == DocumentKind.SUMMARY


# checks


def test_checks_ask_only_what_the_kind_has(home) -> None:
    of_answers = {Lack.QUESTION_UNANSWERED, Lack.CONCLUSION_WITHOUT_OBSERVATION}
    found = {kind: lacks(begun(home, kind)) for kind in DocumentKind}
    for kind in (DocumentKind.STATEMENT, DocumentKind.RECOMMENDATION):
        assert {Lack.QUESTION_UNANSWERED, Lack.CHILDS_VIEW_MISSING} <= found[kind]
    assert Lack.CHILDS_VIEW_MISSING in found[DocumentKind.SUMMARY]
    assert not found[DocumentKind.SUMMARY] & of_answers
    for note in NOTES:
        assert not found[note] & (of_answers | {Lack.CHILDS_VIEW_MISSING, Lack.OBSERVATION_WITHOUT_SOURCE})


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_section_that_the_kind_must_fill_stops_it_until_it_is_written(home, kind) -> None:
    editor, made = begun(home, kind), form(first(), kind)
    wanted = [key for key in made.required if key != "childs-view"]
    found = [f for f in editor.findings() if f.lack == Lack.SECTION_EMPTY]
    assert [f.section for f in found] == wanted
    assert all(f.stops for f in found)
    for key in wanted:
        write(editor, key, "Sovittiin seuraavasta kerrasta.")
    assert Lack.SECTION_EMPTY not in lacks(editor)


def test_what_a_document_for_another_must_show_is_missed_and_then_shown(home) -> None:
    editor = begun(home, DocumentKind.FEEDBACK)
    (missing,) = (f for f in editor.findings() if f.lack == Lack.MANDATE_UNSAID)
    assert missing.words == ("Palveluntuottaja", "Rekisterinpitäjä", "Käsittelyperuste", "Palvelutehtävä")
    assert not missing.stops
    case = CaseEditor(home.a, home.texts, home.case_id)
    assert case.edit(
        case.file.commission,
        producer="Perhetyön palvelu Esimerkki Oy",
        controller="County",
        basis="commissioned",
        service_task="child-welfare",
    )
    assert Lack.MANDATE_UNSAID not in lacks(editor)
    facts = dict(document_of(home.a, editor.statement).facts)
    assert facts["Palveluntuottaja"] == "Perhetyön palvelu Esimerkki Oy"
    assert facts["Palvelutehtävä"] == "lastensuojelu"
    assert any("Käsittelyperuste" in name for name in facts)


# several documents of one case


def test_a_note_is_beside_the_statement_and_never_in_its_place(qapp) -> None:
    home = Home("fi")
    statement = begun(home, DocumentKind.STATEMENT).statement
    note = begun(home, DocumentKind.INTERIM).statement
    assert newest_statement(home.a, home.case_id) == statement
    assert documents(home.a, home.case_id) == (note, statement)
    assert read_statement(home.a, note.id).section("commission")


def test_what_is_counted_from_a_final_statement_is_not_counted_from_a_note(qapp) -> None:
    from app.casework.retention import finals_of
    from app.model.statement import StatementStage
    from tests.material.builders import A_DAY

    done = {"stage": StatementStage.FINAL, "finalized": A_DAY, "meetings": ("m",)}
    made = Statement("s", "c", "s", 1, "fi", first().id, A_DAY, **done)
    assert set(finals_of([made])) == {"m"}
    assert all(not finals_of([replace(made, kind=kind)]) for kind in NOTES)
    assert set(finals_of([made, replace(made, id="n", series="n", kind=NOTES[0], finalized=None)])) == {"m"}


# the way of a note


@pytest.mark.parametrize("kind", NOTES)
def test_a_note_is_final_once_both_approved_it_without_a_reading(qapp, kind) -> None:
    home = Home("fi")
    editor = begun(home, kind)
    for key in form(first(), kind).required:
        write(editor, key, "Sovittiin seuraavasta kerrasta.")
    assert not lacks(editor) & {Lack.READING_MISSING, Lack.CHILD_NOT_TOLD}
    assert editor.ask_for_check()
    assert not editor.can_finalize()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    assert partner.approve()
    assert final.make_final(partner, home.vault)
    assert home.a.get(Statement, editor.statement.id).is_final


def test_a_statement_is_still_gone_through_first(qapp) -> None:
    home = Home("fi")
    editor = whole(begun(home, DocumentKind.STATEMENT))
    assert editor.ask_for_check()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    assert partner.approve()
    assert partner.why_not(StatementAct.FINALIZE) == "stage-not-now"
    assert not final.make_final(partner, home.vault)


def test_an_empty_note_is_never_final(qapp) -> None:
    home = Home("fi")
    editor = begun(home, DocumentKind.FEEDBACK)
    assert editor.ask_for_check()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    assert partner.approve()
    assert not final.make_final(partner, home.vault)


def test_what_is_found_is_opened_in_its_own_document(qapp) -> None:
    home = Home("fi")
    begun(home, DocumentKind.STATEMENT)
    note = begun(home, DocumentKind.INTERIM)
    write(note, "standing", "Kuvattu kerran.")
    (held,) = note.text.section("standing")
    assert document_with(home.a, held.id) == note.statement.id
    assert document_with(home.a, "gone") == ""


def test_the_desk_tells_of_a_note_beside_the_statement(qapp) -> None:
    home = Home("fi")
    home.compare()
    begun(home, DocumentKind.STATEMENT)
    note = begun(home, DocumentKind.FEEDBACK)
    assert note.ask_for_check()
    items = [i for i in desk(home.b, QuietArchive(), 10**11, now()).items if i.statement is not None]
    assert {(i.statement.kind, i.what) for i in items} == {
        (DocumentKind.STATEMENT, Waiting.WRITE),
        (DocumentKind.FEEDBACK, Waiting.APPROVE),
    }
