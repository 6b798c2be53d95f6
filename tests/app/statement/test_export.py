"""From a case with two ready codings to the file on the disk, read back."""

import hashlib
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.coding import opening
from app.door import Door
from app.errors import AppError
from app.i18n import Texts
from app.model.change import Change, added
from app.model.coding import CodingState
from app.model.commission import Commission, DocumentKind
from app.model.consent import Consent, Purpose
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.observation import Observation
from app.model.people import Case, Person, Training, TrainingPurpose, Worker
from app.model.rating import Rating
from app.model.statement import ParagraphKind, Run, Statement
from app.model.timecode import SECOND
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from app.statement.evidence import offers
from app.statement.export import export_statement, statement_document, statement_pdf
from app.statement.final import make_final
from app.whole_file import write_whole
from tests.drivers import tag_tree
from tests.material.archives import Pair
from tests.material.builders import recording
from tests.material.house import MemoryVault
from tests.material.written import gone_through, whole
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))
TEXTS = Texts("fi")
VAULT = MemoryVault()


@pytest.fixture
def pair() -> Pair:
    archive = MemoryArchive()
    found = Pair(*(archive.open(i) for i in IDS))
    found.begin(IDS)
    aino = replace(
        found.workers[0],
        name="Aino Esimerkki",
        title="perheterapeutti",
        employer="Perhetyön palvelu Oy",
        trainings=(
            Training("MIM", TrainingPurpose.OTHER_CLIENT_WORK, "perustaso", "todistus", date(2024, 5, 3)),
            Training("VIG", TrainingPurpose.OTHER_CLIENT_WORK, "toinen"),
        ),
    )
    commission = Commission(
        new_id(), found.case.id, "Esimerkkilän hyvinvointialue", "lastensuojelu", decision="12/2026",
        questions=("Millaista vuorovaikutus on?",), document=DocumentKind.STATEMENT,
    )  # fmt: skip
    film = recording(found.meeting.id)
    segments = [Segment(new_id(), found.meeting.id, n, (n - 1) * 20 * SECOND, n * 20 * SECOND) for n in (1, 2, 3)]
    consents = [
        Consent(new_id(), found.case.id, person.id, Purpose.FILMING, date(2020, 1, 1))
        for person in (found.child, found.adult)
    ]
    everything = [added(e) for e in (commission, *consents, film, *segments)]
    found.a.apply("facts", [Change(found.workers[0], aino), *everything])
    for store, rated in ((found.a, 4), (found.b, 3)):
        code(store, found, rated)
    return found


def code(store, pair: Pair, rated: int) -> None:
    header = opening.begin(Door(store), TEXTS, pair.meeting.id)
    parts = [
        Observation(new_id(), header.id, "AS", "adult1", 5 * SECOND),
        Observation(new_id(), header.id, "AE", "adult1", 25 * SECOND),
        Observation(new_id(), header.id, "DS1", "dyad", 0, 50 * SECOND),
        Rating(new_id(), header.id, "guiding", rated, "syy"),
        Rating(new_id(), header.id, "joy", 2, "syy"),
    ]
    store.apply("coded", [added(p) for p in parts])
    ready = replace(header, state=CodingState.READY, covered=(Stretch(0, 60 * SECOND),), checksum="x")
    store.apply("ready", [Change(header, ready)], act="ready")


def made(pair: Pair, language: str = "fi") -> Statement:
    return begin_statement(Door(pair.a), TEXTS, pair.case.id, language)


def test_the_document_says_who_for_whom_and_what(pair: Pair) -> None:
    document = statement_document(Door(pair.a), VAULT, made(pair).id)
    assert document.title == "Lausunto · Kuusi"
    assert document.subtitle == "MIM-pohjainen vuorovaikutushavainnointi", "only one of the pair has the proof"
    assert ("Päätös tai asianumero", "12/2026") in document.facts
    assert ("Palvelunjärjestäjä", "Esimerkkilän hyvinvointialue") in document.facts
    aino, leena = document.signers
    assert (aino.name, aino.role) == ("Aino Esimerkki", "vastuutyöntekijä")
    assert aino.training == ("MIM perustaso (muu asiakastyö), 3.5.2024",)
    assert (leena.name, leena.role, leena.training) == ("Leena", "toinen arvioija", ())
    assert document.dimension("S") == "jäsentäminen"
    assert document.confidentiality[0] == "SALASSA PIDETTÄVÄ"
    assert [s.number for s in document.sections] == list(range(1, 18))
    assert not document.final


def test_the_statement_speaks_its_own_language(pair: Pair) -> None:
    document = statement_document(Door(pair.a), VAULT, made(pair, "sv").id)
    assert document.title.startswith("Utlåtande")
    assert document.sections[0].title == "Uppdrag"
    assert document.words.draft == "UTKAST"
    assert document.words.status == "Utkast"


def test_the_export_is_the_file_and_the_log_knows(pair: Pair, tmp_path: Path) -> None:
    statement, path = made(pair), tmp_path / "lausunto.pdf"
    digest = export_statement(Door(pair.a), VAULT, statement.id, path)
    content = path.read_bytes()
    assert digest == hashlib.sha256(content).hexdigest()
    assert [p.name for p in tmp_path.iterdir()] == ["lausunto.pdf"]
    last = pair.a.audit_log(statement.id)[-1]
    assert (last.act, last.object_kind, last.object_id) == ("export", "statement", statement.id)
    assert export_statement(Door(pair.a), VAULT, statement.id, tmp_path / "again.pdf") == digest, (
        "the same version, the same bytes"
    )
    said = " ".join(tag_tree.read(content).tree.text(figures=False).split())
    assert "1. Millaista vuorovaikutus on?" in said
    assert "ohjaaminen 4 3 jäsentäminen" in said, "the adult's ratings stand in their table"
    figure = tag_tree.read(content).tree.all("Figure")[0]
    assert "ohjaaminen: Aino Esimerkki 4, Leena 3" in figure.alt


def test_no_rating_of_the_child_is_a_number(pair: Pair) -> None:
    document = statement_document(Door(pair.a), VAULT, made(pair).id)
    rows = [row for s in document.sections for p in s.paragraphs for row in p.cells if row[0] == "ilo"]
    assert rows == [("ilo", "harvoin")]
    charts = [p for s in document.sections for p in s.paragraphs if p.kind == ParagraphKind.CHART]
    assert len(charts) == 1
    assert not any(row[0] == "ilo" for row in charts[0].cells)


def test_the_watermark_goes_when_it_is_final(pair: Pair, tmp_path: Path) -> None:
    statement = made(pair)
    assert whole(StatementEditor(pair.a, TEXTS, statement.id)).ask_for_check()
    partner = StatementEditor(pair.b, TEXTS, statement.id)
    assert partner.approve()
    partner = gone_through(partner, pair.a)
    assert make_final(partner, VAULT)
    export_statement(Door(pair.a), VAULT, statement.id, tmp_path / "s.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "s.pdf")
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    assert not any("LUONNOS" in text for text in texts)
    day = TEXTS.date(partner.statement.finalized.astimezone().date())
    assert all(f"Versio 1 · Lopullinen · {day}" in text for text in texts)
    assert all("SALASSA PIDETTÄVÄ" in text for text in texts)


def test_what_cannot_be_written_is_said_and_not_logged(pair: Pair, tmp_path: Path) -> None:
    statement = made(pair)
    with pytest.raises(AppError) as caught:
        export_statement(Door(pair.a), VAULT, statement.id, tmp_path / "nowhere" / "s.pdf")
    assert caught.value.key == "cannot-write"
    assert all(entry.act != "export" for entry in pair.a.audit_log(statement.id))


def test_a_case_without_commission_or_partner_can_be_printed(tmp_path: Path) -> None:
    store = MemoryArchive().open(IDS[0])
    case = Case(new_id(), "Mänty", IDS[0])
    store.apply("begin", [added(Worker(IDS[0], "Aino")), added(case)], act="create")
    statement = begin_statement(Door(store), TEXTS, case.id, "en")
    assert len(export_statement(Door(store), VAULT, statement.id, tmp_path / "s.pdf")) == 64
    assert statement_document(Door(store), VAULT, statement.id).title == "Statement · Mänty"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_only_a_file_is_written_over(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "s.pdf"
    place.mkdir() if kind == "folder" or sys.platform == "win32" else os.mkfifo(place)
    with pytest.raises(AppError) as caught:
        write_whole(place, b"%PDF")
    assert caught.value.key == "cannot-write"
    assert not place.is_file()
    assert [p.name for p in tmp_path.iterdir()] == ["s.pdf"]


def test_an_interrupted_writing_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.pdf").write_bytes(b"older")

    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.whole_file.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "s.pdf", b"newer")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("s.pdf", b"older")]


def test_a_folder_that_refuses_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows Python's own temporary files would try others without end (CPython gh-66305)."""
    asked = []

    def refuse(path: str, *_: object) -> int:
        asked.append(path)
        raise PermissionError(13, "no")

    monkeypatch.setattr("app.whole_file.os.open", refuse)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        with pytest.raises(AppError) as caught:
            write_whole(tmp_path / "s.pdf", b"%PDF")
    assert caught.value.key == "cannot-write"
    assert len(asked) == 1


def test_what_an_answer_cites_leads_to_the_sentence_that_tells_it(pair: Pair) -> None:
    editor = StatementEditor(pair.a, TEXTS, made(pair).id)
    moment = next(o for o in offers(pair.a, editor.statement) if o.evidence.kind == "observation")
    rating = next(o for o in offers(pair.a, editor.statement) if o.evidence.kind == "rating")
    for offer in (moment, rating):
        editor.add_evidence(offer.evidence)
    runs = tuple(Run(o.text, evidence=o.evidence.id) for o in (moment, rating))
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
    editor.write_section("conclusions", [*held, Draft(new_id(), ParagraphKind.BODY, runs)])
    document = statement_document(Door(pair.a), VAULT, editor.statement.id)
    sources = {p.id: p.source for s in document.sections for p in s.paragraphs}
    first, second = document.references
    assert (first.words, sources[first.target].partition("/")[0]) == (moment.evidence.words, "seen")
    assert sources[second.target].startswith("chart/profile/")
    editor.leave_out(f"profile/{pair.meeting.id}")
    assert statement_document(Door(pair.a), VAULT, editor.statement.id).references == (first,), "only what is printed"


# ── who, for whom, on what ground ─────────────────────────────────────────────────────────────────────────────────────


def test_the_head_and_every_page_name_the_child_where_the_commissioner_needs_it(pair: Pair) -> None:
    child = next(p for p in pair.a.find(Person, case_id=pair.case.id) if p.is_child)
    pair.a.apply("x", [Change(child, replace(child, name="Otto Esimerkki", born=date(2020, 6, 1)))])
    statement = made(pair)
    document = statement_document(Door(pair.a), VAULT, statement.id)
    assert ("Asiakas", "Kuusi") in document.facts
    assert "Otto" not in document.title + str(document.facts) + document.about
    editor = StatementEditor(pair.a, TEXTS, statement.id)
    assert editor.name_child(on=True)
    document = statement_document(Door(pair.a), VAULT, statement.id)
    named = "Otto Esimerkki, s. 1.6.2020"
    assert (document.title, dict(document.facts)["Asiakas"]) == (f"Lausunto · {named}", named)
    assert "Otto" not in document.about, "what files are found by names nobody"
    pdf = pypdfium2.PdfDocument(statement_pdf(Door(pair.a), VAULT, statement.id))
    assert all(named in page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert editor.undo()
    assert statement_document(Door(pair.a), VAULT, statement.id).title == "Lausunto · Kuusi"


def test_the_head_says_who_organizes_who_produces_and_on_what_ground_each_once(pair: Pair) -> None:
    (commission,) = pair.a.find(Commission, case_id=pair.case.id)
    wholly = replace(commission, organiser="Toinen alue", controller="Toinen alue", basis="lastensuojelulaki 417/2007")
    pair.a.apply("x", [Change(commission, wholly)])
    facts = dict(statement_document(Door(pair.a), VAULT, made(pair).id).facts)
    assert facts["Tilaaja"] == "Esimerkkilän hyvinvointialue, lastensuojelu"
    assert facts["Palvelunjärjestäjä, rekisterinpitäjä"] == "Toinen alue"
    assert facts["Palveluntuottaja"] == "Perhetyön palvelu Oy"
    assert facts["Käsittelyperuste"] == "lastensuojelulaki 417/2007"
    swedish = dict(statement_document(Door(pair.a), VAULT, made(pair, "sv").id).facts)
    assert swedish["Tjänsteanordnare, personuppgiftsansvarig"] == "Toinen alue"
    assert swedish["Grund för behandlingen"] == "lastensuojelulaki 417/2007"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Tässä on työntekijöiden tulkinta. Osiossa 8 kerrotaan, mitä nähtiin."),
        ("sv", "Här står medarbetarnas tolkning. I avsnitt 8 berättas vad som sågs."),
        ("en", "This is the workers' interpretation. Section 8 tells what was seen."),
    ],
)
def test_what_is_interpreted_is_told_apart_from_what_was_seen(pair: Pair, language: str, words: str) -> None:
    statement = begin_statement(Door(pair.a), TEXTS, pair.case.id, language)
    document = statement_document(Door(pair.a), VAULT, statement.id)
    assert {s.number: s.note for s in document.sections if s.note} == dict.fromkeys((9, 10, 12), words)


def test_the_second_signer_is_the_other_assessor_in_each_language(pair: Pair) -> None:
    roles = [
        [s.role for s in statement_document(Door(pair.a), VAULT, made(pair, lang).id).signers]
        for lang in ("fi", "sv", "en")
    ]
    assert roles == [
        ["vastuutyöntekijä", "toinen arvioija"],
        ["ansvarig medarbetare", "medbedömare"],
        ["lead assessor", "co-assessor"],
    ]
