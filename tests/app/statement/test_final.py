"""A final statement is fixed: printed again after anything around it changed, it is that very file, byte for byte."""

import hashlib
from dataclasses import replace

import pypdfium2
import pytest

from app import containers
from app.door import Door
from app.errors import ContainerError, StoreError
from app.model.change import Change
from app.model.commission import Commission
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Training, TrainingPurpose, Worker
from app.model.reading import Treatment
from app.model.statement import Run, Statement, StatementStage
from app.office.workers import ProfileEditor
from app.services import library
from app.statement import final
from app.statement.beginning import begin_statement, new_version
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor
from app.statement.export import export_statement, statement_document, statement_pdf
from app.statement.going_through import answer, collect, go_through
from storage.migrations import migrate
from storage.vault.film_vault import FilmVault
from tests.drivers.pages import page_words
from tests.material.archives import store_on
from tests.material.builders import words
from tests.material.house import Home
from tests.material.older import older_database, rows_of
from tests.material.written import gone_through, read_by, whole


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


def approved(home: Home) -> StatementEditor:
    """A statement that both have approved, as the partner has it open."""
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, statement.id)
    assert partner.approve()
    return gone_through(partner, home.a)


def printed(home: Home, statement_id: str) -> bytes:
    return statement_pdf(Door(home.a), home.vault, statement_id)


def edit(home: Home, kind, **fields) -> None:
    before = home.a.find(kind)[0]
    home.a.apply("x", [Change(before, replace(before, **fields))])


def another_profile(home: Home, _monkeypatch) -> None:
    profile = ProfileEditor(home.a, home.texts)
    proof = Training("MIM", TrainingPurpose.OTHER_CLIENT_WORK, "perustaso", "todistus")
    assert profile.edit(name="Aino Toinen", title="psykologi", employer="Toinen Oy", trainings=(proof,))


def another_case(home: Home, _monkeypatch) -> None:
    edit(home, Case, code_name="Kuu 3", purpose=TrainingPurpose.THERAPLAY_PROCESS, lead=home.leena.id)
    edit(home, Commission, commissioner="Toinen alue", decision="99/2027", questions=("Toinen?",))


def another_scheme(_home: Home, monkeypatch) -> None:
    """A newer program's scheme and service call their dimensions and sections otherwise."""
    (service, *more) = library.services()
    titled = tuple(replace(s, title=words(f"Toinen {s.key}")) for s in service.sections)
    newer = replace(service, sections=titled, title_unproven=words("Toinen nimi"))
    monkeypatch.setattr("app.services.library.services", lambda: (newer, *more))
    monkeypatch.setattr("app.statement.document._dimensions", lambda _material: (("S", "toinen"),))


def another_layout(_home: Home, monkeypatch) -> None:
    """A newer program draws its pages otherwise; what it is asked to draw is not asked for at all."""

    def newer(_document) -> bytes:
        raise AssertionError("a final version is never drawn again")

    monkeypatch.setattr("app.reports.statement_pdf.render_statement", newer)


def another_meeting(home: Home, _monkeypatch) -> None:
    home.add_meeting(home.meeting.adult_id, day=9)
    edit(home, Meeting, place="toinen huone")


@pytest.mark.parametrize(
    "change", [another_profile, another_case, another_scheme, another_layout, another_meeting], ids=lambda f: f.__name__
)
def test_version_1_printed_again_is_that_very_file(home, monkeypatch, tmp_path, change) -> None:
    editor = approved(home)
    assert final.make_final(editor, home.vault)
    before = printed(home, editor.statement.id)
    change(home, monkeypatch)
    assert printed(home, editor.statement.id) == before
    digest = export_statement(Door(home.b), home.vault, editor.statement.id, tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes() == before
    (kept,) = home.a.find(FinalStatement)
    assert digest == kept.sha256 == hashlib.sha256(before).hexdigest()
    assert home.b.audit_log(editor.statement.id)[-1].detail == f"sha256={digest}"


def test_the_change_would_have_been_seen(home, monkeypatch) -> None:
    """What the tests above change does change the document of an open version."""
    editor = approved(home)
    before = document_of(home.a, editor.statement)
    for change in (another_profile, another_case, another_scheme, another_meeting):
        change(home, monkeypatch)
        after = document_of(home.a, editor.statement)
        if change is not another_meeting:  # passages stay as they were filled
            assert after != before, change.__name__
        before = after


def test_the_whole_document_is_kept_as_a_value(home) -> None:
    editor = approved(home)
    shown = document_of(
        home.a, replace(editor.statement, stage=StatementStage.FINAL, finalized=editor.statement.created)
    )
    assert final.make_final(editor, home.vault)
    (kept,) = home.b.find(FinalStatement, statement_id=editor.statement.id)
    assert (kept.document, kept.afterwards) == (shown, False)
    assert kept.fixed == editor.statement.finalized
    another_profile(home, None)
    assert statement_document(Door(home.a), home.vault, editor.statement.id) == kept.document


def test_a_new_version_says_what_is_true_then(home) -> None:
    editor = approved(home)
    assert final.make_final(editor, home.vault)
    another_profile(home, None)
    second = new_version(Door(home.a), home.texts, editor.statement.id)
    document = statement_document(Door(home.a), home.vault, second.id)
    assert document.signers[0].name == "Aino Toinen"
    assert not document.final


def test_a_final_version_is_printed_as_superseded_once_a_newer_one_is_final(home, tmp_path) -> None:
    first = approved(home)
    assert final.make_final(first, home.vault)
    (kept,) = home.a.find(FinalStatement, statement_id=first.statement.id)
    second = new_version(Door(home.a), home.texts, first.statement.id)
    pages = final.pages_of(home.vault, kept)
    assert statement_pdf(Door(home.a), home.vault, first.statement.id) == pages, "a draft supersedes nothing yet"
    assert ("Tila", "Luonnos, versio 2, korvaa version 1") in document_of(home.a, second).facts
    assert whole(StatementEditor(home.a, home.texts, second.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, second.id)
    assert partner.approve()
    partner = gone_through(partner, home.a)
    assert final.make_final(partner, home.vault)
    digest = export_statement(Door(home.a), home.vault, first.statement.id, tmp_path / "v1.pdf")
    printed = [" ".join(page.split()) for page in page_words((tmp_path / "v1.pdf").read_bytes())]
    assert all("Korvattu versiolla 2" in page for page in printed)
    assert len(printed) == len(page_words(pages))
    assert digest != kept.sha256
    assert final.pages_of(home.vault, kept) == pages, "the kept file is what it was"
    assert not any("Korvattu" in p for p in page_words(statement_pdf(Door(home.a), home.vault, second.id)))


# ── one act ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_both_approvals_nothing_is_made(home) -> None:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert not final.make_final(StatementEditor(home.a, home.texts, statement.id), home.vault)
    assert home.vault.files == {}


def test_a_failing_disk_leaves_a_draft_and_nothing_else(home, monkeypatch) -> None:
    editor = approved(home)

    def full(*_args, **_more):
        raise StoreError("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(home.b, "apply", full)
        assert not final.make_final(editor, home.vault)
    assert home.a.get(Statement, editor.statement.id).stage == StatementStage.COMMENTS
    assert home.a.find(FinalStatement) == ()
    assert home.vault.files == {}
    assert final.make_final(editor, home.vault), "and the next try goes through"


def test_what_the_disk_gave_back_otherwise_is_not_taken(home, monkeypatch) -> None:
    editor = approved(home)
    monkeypatch.setattr(containers, "read", lambda _media, _owner: b"other")
    with pytest.raises(ContainerError):
        final.make_final(editor, home.vault)
    assert home.vault.files == {}
    assert not editor.statement.is_final


def test_a_crash_before_the_step_leaves_the_draft_and_the_next_try_goes_through(home) -> None:
    editor = approved(home)
    lost = final.prepared(home.b, home.vault, editor.statement.id)
    # here the program ends: its container stays behind, its key is in no book
    assert not home.a.get(Statement, editor.statement.id).is_final
    again = StatementEditor(home.b, home.texts, editor.statement.id)
    assert final.make_final(again, home.vault)
    (kept,) = home.a.find(FinalStatement)
    assert kept.container != lost.container
    assert set(home.vault.files) == {kept.container, lost.container}


def test_text_that_changed_while_its_pages_were_made_is_not_made_final(home) -> None:
    editor = approved(home)
    made, other_made = (final.prepared(home.b, home.vault, editor.statement.id) for _ in range(2))
    assert go_through(editor)
    read_by(editor, home.meeting.adult_id, ("observations", "Late words."))
    assert collect(editor)
    assert not final.put_final(editor, home.vault, made)
    reading = next(r for r in editor.readings.values() if r.comments)
    assert answer(editor, reading.id, 0, Treatment.VIEW, "")
    assert editor.approve()
    other = StatementEditor(home.a, home.texts, editor.statement.id)
    assert other.approve()
    assert not final.put_final(other, home.vault, other_made), "approved anew: but of another text"
    assert home.vault.files == {}


def test_a_damaged_file_is_said_and_never_made_anew(home) -> None:
    editor = approved(home)
    assert final.make_final(editor, home.vault)
    (name,) = home.vault.files
    home.vault.files[name] = home.vault.files[name][:-1] + b"x"
    with pytest.raises(ContainerError) as caught:
        printed(home, editor.statement.id)
    assert caught.value.key == "container-damaged"


# ── versions that an older program made final ─────────────────────────────────────────────────────────────────────────


class Quiet:
    """A job that nobody looks at."""

    def progress(self, share: float) -> None:
        assert 0 <= share <= 1


@pytest.fixture
def older(qapp, tmp_path):
    """An archive of the time before final documents were kept, opened by this program with a real vault."""
    database = older_database(tmp_path)
    with database.write() as connection:
        migrate(connection)
    (tmp_path / "media").mkdir()
    vault = FilmVault(tmp_path / "media", bytes(32))
    yield store_on(database, rows_of("worker")[0]["id"]), vault
    vault.close()
    database.close()


def test_earlier_final_versions_are_fixed_as_they_are_now_and_say_so(older) -> None:
    store, vault = older
    door, texts = Door(store), Home("fi").texts
    assert len(store.finals_without_document()) == 1
    assert final.has_finals(store)
    assert final.fix_earlier(door, vault, texts, Quiet()) == 1
    assert final.fix_earlier(door, vault, texts, Quiet()) == 0, "once"
    assert store.finals_without_document() == ()
    (kept,) = store.find(FinalStatement)
    statement = store.get(Statement, kept.statement_id)
    assert statement.is_final
    assert kept.afterwards
    assert kept.fixed > statement.finalized
    assert kept.document.day == statement.finalized.astimezone().date(), "the document's day is that of *final*"
    assert [e.act for e in store.audit_log(statement.id)] == ["final-fixed"]
    assert kept.container in vault.names()
    pages = statement_pdf(door, vault, statement.id)
    worker = store.find(Worker)[0]
    store.apply("x", [Change(worker, replace(worker, employer="Toinen Oy"))])
    assert statement_pdf(door, vault, statement.id) == pages


def test_the_fixed_pages_say_what_the_older_programs_did(older) -> None:
    store, vault = older
    (statement,) = [s for s in store.find(Statement) if s.is_final]
    pdf = pypdfium2.PdfDocument(statement_pdf(Door(store), vault, statement.id))
    words = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    said = " ".join(words.split())
    for heading in ("1. Toimeksianto", "8. Havainnot", "12. Johtopäätökset", "15. Allekirjoitukset", "17. Liitteet"):
        assert heading in said
    assert said.index("1. Toimeksianto") < said.index("8. Havainnot") < said.index("17. Liitteet")
    assert "Versio 1 · Lopullinen" in said
    assert "Lausunto · Tähti 14" in said


def test_printing_before_the_opening_job_came_to_it_fixes_it_first(older) -> None:
    store, vault = older
    (statement,) = [s for s in store.find(Statement) if s.is_final]
    first = statement_pdf(Door(store), vault, statement.id)
    assert len(store.find(FinalStatement)) == 1
    assert statement_pdf(Door(store), vault, statement.id) == first


# ── what no final version may lack ────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_final_with_a_question_that_nobody_answered(home) -> None:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    lead = StatementEditor(home.a, home.texts, statement.id)
    first, second = (Draft(p.id, p.kind, p.runs) for p in lead.text.section("conclusions"))
    said = [Draft(new_id(), first.kind.BODY, (Run(x),)) for x in ("Lämpimästi.", lead.cannot_answer, "Lapsi kertoi.")]
    lead.write_section("childs-view", [said[2]])
    lead.write_section("conclusions", [first, said[0], second, said[1]])
    assert not lead.is_answered(2), "a beginning without its reason is no answer"
    for reason, is_final in (("…", False), (" kuvausta ei voitu tehdä.", True)):
        lead.write_section(
            "conclusions", [first, said[0], second, replace(said[1], runs=(Run(lead.cannot_answer + reason),))]
        )
        lead.ask_for_check()
        partner = StatementEditor(home.b, home.texts, statement.id)
        partner.approve()
        assert partner.is_approved()
        if is_final:
            assert final.make_final(gone_through(partner, home.a), home.vault)
        else:
            assert not go_through(partner), "who reads it now could only be given another version"
        lead = StatementEditor(home.a, home.texts, statement.id)
    assert len(home.a.find(FinalStatement, statement_id=statement.id)) == 1
