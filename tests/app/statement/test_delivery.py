"""Handing over: the files that go, what is noted, and who is still to get a correction."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.door import Door
from app.errors import InputError, NotAllowed
from app.i18n import today
from app.model.apart import kept_apart
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from app.model.receiving_key import PREFIX, encoded
from app.model.statement import Statement, StatementStage
from app.model.statement_delivery import DeliveryWay, Sealing, StatementDelivery
from app.statement import delivery, redacting
from app.statement.beginning import new_version
from app.statement.delivery import Handing, Recipient
from app.statement.delivery_words import given_in_words
from app.statement.editor import StatementEditor
from app.statement.export import statement_pdf
from app.statement.going_through import say_what_is_corrected
from app.statement.shown_form import xhtml_of
from app.statement.signing import final_document
from app.vocabulary import StatementTexts
from tests.app.statement.test_signing import final_from, finished, sign
from tests.material.documents import a_statement
from tests.material.house import Home
from tests.material.written import whole

PERSON = Recipient("Maija Malli", "Esimerkkilän hyvinvointialue", "tilaaja")


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


@pytest.fixture(scope="module")
def signed_id(home) -> str:
    statement_id = finished(home)
    sign(home, statement_id, home.a)
    sign(home, statement_id, home.b)
    return statement_id


def handing(**more) -> Handing:
    return Handing(more.pop("recipient", PERSON), DeliveryWay.SECURE_MAIL, more.pop("day", today()), **more)


def give(home, statement_id: str, folder, **more) -> StatementDelivery:
    return delivery.hand_over(Door(home.a), home.vault, statement_id, handing(**more), folder)


def test_an_envelope_opens_with_the_passphrase_alone_and_tells_how(home, signed_id, tmp_path) -> None:
    secret = delivery.passphrase_made()
    made = give(home, signed_id, tmp_path, sealing=Sealing.PASSPHRASE, secret=secret)
    pages = statement_pdf(Door(home.a), home.vault, signed_id)
    assert made.sha256 == hashlib.sha256(pages).hexdigest()
    names = {p.suffixes[-1]: p for p in tmp_path.iterdir()}
    files = sorted(p.name for p in tmp_path.iterdir())
    assert [f.split(".", 1)[1] for f in files] == ["json.age", "pdf.age", "txt", "xhtml.age"]
    sealed = next(p for p in tmp_path.iterdir() if p.name.endswith(".pdf.age"))
    assert pyrage.passphrase.decrypt(sealed.read_bytes(), secret) == pages
    how = names[".txt"].read_text("utf-8-sig")
    assert "age --decrypt" in how
    assert sealed.name in how
    assert secret not in "".join(p.read_bytes().decode("latin-1") for p in tmp_path.iterdir())
    assert home.a.get(Statement, signed_id).stage == StatementStage.DELIVERED
    (row,) = delivery.given_of_case(home.a, home.case_id)
    line = given_in_words(home.texts, StatementTexts("fi"), row)
    assert line.split(" · ", 1)[1] == (
        "Maija Malli, Esimerkkilän hyvinvointialue · versio 1 · alkuperäinen · suojattu sähköposti · salattu "
        "salalauseella"
    )
    *_, last = home.a.audit_log(signed_id)
    assert (last.act, last.detail.split(";")[-1]) == ("deliver", f"sha256={made.sha256}")


def test_a_sealed_file_opens_with_the_recipients_key(home, signed_id, tmp_path) -> None:
    identity = pyrage.x25519.Identity.generate()
    give(home, signed_id, tmp_path, sealing=Sealing.KEY, secret=f"Avaimeni: {identity.to_public()}")
    told = next(p for p in tmp_path.iterdir() if p.name.endswith(".json.age"))
    about = json.loads(pyrage.decrypt(told.read_bytes(), [identity]))
    assert about["note"] == "Ei Kanta-asiakirja."
    assert about["kind"] == "Lausunto"
    assert [s["way"] for s in about["signed_by"]] == ["electronic", "electronic"]
    assert about["file"]["sha256"] == about["original_sha256"]


def test_the_other_form_shows_the_same_and_holds_the_same_facts(home, signed_id, tmp_path) -> None:
    give(home, signed_id, tmp_path, sealing=Sealing.NOTHING)
    (page,) = tmp_path.glob("*.xhtml")
    (told,) = tmp_path.glob("*.json")
    root = ET.fromstring(page.read_bytes())
    space = "{http://www.w3.org/1999/xhtml}"
    assert root.tag == f"{space}html"
    assert json.loads(root.find(f".//{space}script").text) == json.loads(told.read_bytes())
    shown = "".join("".join(root.find(f"{space}body").itertext()).split())
    document = final_document(home.a, home.a.get(Statement, signed_id)).document
    for section in document.sections:
        for paragraph in section.paragraphs:
            for words in (paragraph.text, *(cell for row in paragraph.cells for cell in row)):
                assert "".join(words.split()) in shown
    assert "EiKanta-asiakirja." in shown


@given(st.text(), st.text())
def test_no_word_breaks_the_other_form(title, words) -> None:
    document = a_statement()
    page = xhtml_of(replace(document, title=title, lead=words), {"title": title, "words": words}, "note")
    script = ET.fromstring(page).find(".//{http://www.w3.org/1999/xhtml}script").text
    assert json.loads(script) == {"title": title, "words": words}
    assert "<" not in script


def test_what_does_not_do_writes_and_notes_nothing(home, signed_id, tmp_path) -> None:
    before = home.a.find(StatementDelivery)
    for kind, key, more in (
        (InputError, "delivery-no-passphrase", {"sealing": Sealing.PASSPHRASE, "secret": "lyhyt"}),
        (InputError, "receiving-key-missing", {"sealing": Sealing.KEY, "secret": "age1"}),
        (NotAllowed, "delivery-day", {"day": today() + timedelta(days=1)}),
        (NotAllowed, "delivery-unsaid", {"recipient": Recipient(" ")}),
    ):
        with pytest.raises(kind, match=f"^{key}$"):
            give(home, signed_id, tmp_path, **more)
    assert list(tmp_path.iterdir()) == []
    assert home.a.find(StatementDelivery) == before
    assert encoded(PREFIX, b"x" * 32).startswith("age1")


def test_a_redacted_copy_goes_with_nothing_that_it_covers(home, signed_id, tmp_path) -> None:
    held = redacting.begin_redaction(Door(home.a), home.texts, signed_id)
    editor = redacting.RedactionEditor(home.a, home.texts, held)
    editor.read_by("", "Käräjäoikeus")
    editor.cover_word("County", "child")
    copy = redacting.make_copy(Door(home.a), home.vault, held.id)
    made = give(home, signed_id, tmp_path, copy_id=copy.id)
    assert made.sha256 == copy.sha256
    told = next(p for p in tmp_path.iterdir() if p.suffix == ".json").read_text("utf-8")
    assert json.loads(told)["copy"] == "redacted"
    assert "County" not in told


def test_what_one_reader_gets_never_takes_the_place_of_what_another_gets(home, signed_id, tmp_path) -> None:
    """Two copies of one day are called alike, and both go into the folder that was chosen last."""
    made = []
    for reader, word in (("Maija Malli", "Torni"), ("Esko Malli", "County")):
        held = redacting.begin_redaction(Door(home.a), home.texts, signed_id)
        editor = redacting.RedactionEditor(home.a, home.texts, held)
        editor.read_by("", reader)
        editor.cover_word(word, "child")
        copy = redacting.make_copy(Door(home.a), home.vault, held.id)
        made.append(give(home, signed_id, tmp_path, copy_id=copy.id, recipient=Recipient(reader)))
    there = {hashlib.sha256(p.read_bytes()).hexdigest() for p in tmp_path.glob("*.pdf")}
    assert there == {row.sha256 for row in made}
    secrets = [delivery.passphrase_made() for _ in range(2)]
    for secret in secrets:
        give(home, signed_id, tmp_path, sealing=Sealing.PASSPHRASE, secret=secret)
    sealed = sorted(tmp_path.glob("*.pdf.age"), key=lambda p: len(p.name))
    assert [bool(pyrage.passphrase.decrypt(p.read_bytes(), s)) for p, s in zip(sealed, secrets, strict=True)] == [1, 1]
    how = sealed[1].with_name(sealed[1].name.replace(".pdf.age", ".txt")).read_text("utf-8-sig")
    assert sealed[1].name in how


def test_a_code_name_that_no_file_can_be_called_is_written_otherwise(home, signed_id, tmp_path) -> None:
    case = home.a.get(Case, home.case_id)
    home.a.apply("x", [Change(case, named := replace(case, code_name='A/12: "tähti"'))])
    try:
        give(home, signed_id, tmp_path)
        assert "Lausunto A-12- -tähti- v1.pdf" in {p.name for p in tmp_path.iterdir()}
    finally:
        home.a.apply("x", [Change(named, case)])


def test_no_file_goes_to_one_who_must_not_meet_whom_it_is_about_but_the_own_copy(home, signed_id, tmp_path) -> None:
    other = Person(new_id(), home.case_id, Role.BIRTH_PARENT, "isä", "Esko Keksitty")
    home.a.apply("x", [added(other), added(pair := kept_apart(home.case_id, other.id, home.meeting.adult_id))])
    try:
        statement = home.a.get(Statement, signed_id)
        assert not {"Esko Keksitty", "isä"} & {r.name for r in delivery.recipients(home.a, statement)}
        for name in ("Esko Keksitty", " esko keksitty", "Isä"):
            with pytest.raises(NotAllowed, match="delivery-kept-apart"):
                give(home, signed_id, tmp_path, recipient=Recipient(name))
        assert list(tmp_path.iterdir()) == []
        assert give(home, signed_id, None, recipient=Recipient("Esko Keksitty")).counts, "what was done is noted"
        held = redacting.begin_redaction(Door(home.a), home.texts, signed_id)
        editor = redacting.RedactionEditor(home.a, home.texts, held)
        editor.read_by(other.id, "")
        editor.cover(editor.proposed("other-client"))
        copy = redacting.make_copy(Door(home.a), home.vault, held.id)
        assert "Esko Keksitty" in {r.name for r in delivery.recipients(home.a, statement)}
        assert (
            give(home, signed_id, tmp_path, copy_id=copy.id, recipient=Recipient("Esko Keksitty")).sha256 == copy.sha256
        )
    finally:
        home.a.apply("x", [Change(pair, None)])


def test_who_received_the_old_version_is_to_get_the_new(home, signed_id) -> None:
    give(home, signed_id, None, recipient=Recipient("Esko Malli"))
    version = new_version(Door(home.a), home.texts, signed_id)
    editor = whole(StatementEditor(home.a, home.texts, version.id))
    assert say_what_is_corrected(editor, "Päivämäärä.")
    final_from(home, editor)
    sign(home, version.id, home.a)
    sign(home, version.id, home.b)
    statement = home.a.get(Statement, version.id)
    owed = {g.row.recipient for g in delivery.without_the_newest(home.a, statement)}
    assert {"Esko Malli", "Maija Malli"} <= owed
    old = home.a.get(Statement, signed_id)
    assert "versio 2" in delivery.replaced_words(home.texts, home.a, old)
    assert delivery.replaced_words(home.texts, home.a, statement) == ""
    row = give(home, version.id, None, recipient=Recipient("Esko Malli"))
    assert "Esko Malli" not in {g.row.recipient for g in delivery.without_the_newest(home.a, statement)}
    delivery.strike(Door(home.a), home.texts, row, "väärä päivä")
    assert "Esko Malli" in {g.row.recipient for g in delivery.without_the_newest(home.a, statement)}
    about = delivery.about_file(home.a, statement, redacting.final_document(home.a, statement), handing(), b"x")
    assert [s["version"] for s in about["supersedes"]] == [1]
