"""A statement of one of two parents who are kept apart, until everybody has what is theirs.

Read by the mother, who differs in one thing and corrects another; a second version, signed by both; a copy for the
father, in which nothing is of her; handed over; and a third version, which tells who has the second.
"""

import io
from pathlib import Path

import pikepdf
import pytest

from app.bootstrap import Program
from app.casework.case_editor import CaseEditor
from app.model.checks import Lack
from app.model.commission import Commission
from app.model.people import Case, Role
from app.model.reading import Treatment
from app.model.statement import StatementStage
from app.model.statement_delivery import StatementDelivery
from app.reports.file_words import words_of_file
from app.reports.signature_check import signatures_of
from tests.drivers.archive_steps import SECRETS, lock, sign_in
from tests.drivers.hands import Hands
from tests.drivers.leaving_steps import copy_for, deliver, read_with, sign_with_file, treat
from tests.drivers.pages import body, page_words
from tests.drivers.pdfsig import pdfsig
from tests.drivers.statement_steps import Writer
from tests.journeys.test_parents_apart import OF_THE_OTHER, QUESTIONS
from tests.material.golden import AINO, LEENA, PASSPHRASE, golden

MOTHER, FATHER = "Saara Esimerkki", "Omar Keksitty"
VIEW = "En ole samaa mieltä: hän hakee kyllä syliin, kun olemme kahden."
FACT = "Tapaaminen oli Sinisen huoneen sijaan Keltaisessa huoneessa."
COUNTY = "Maija Malli"
HER_WORDS = (*OF_THE_OTHER, "samaa mieltä", "Keltaisessa")


@pytest.fixture
def family(tmp_path) -> Path:
    """Both coded the mother's meeting; her name, the father who must not meet her, the order and its questions."""
    return golden("ready", tmp_path / "archive")


def test_from_a_draft_to_who_has_which_copy(program, hands, family, tmp_path: Path, monkeypatch) -> None:
    for name in (AINO, LEENA):
        monkeypatch.setitem(SECRETS, name, PASSPHRASE)
    program.unlock(family, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    case_id = parents_apart(program)
    written_of_the_mother(hands, program, case_id)

    as_worker(hands, program, LEENA)
    read_and_commented(hands, program, case_id)
    corrected_in_version_two(hands, program, case_id)

    as_worker(hands, program, AINO)
    writer = Writer(hands, program, case_id, "äiti")
    gone_through_without_a_word(hands, writer)
    made_final(hands, writer)
    signed = signed_by_both(hands, program, writer, tmp_path, monkeypatch)
    the_differing_view_is_whole(signed)

    writer = Writer(hands, program, case_id, "äiti")
    copied_for_the_father(writer, tmp_path, monkeypatch)
    handed_over(hands, writer, tmp_path, monkeypatch)
    a_third_version_tells_who_has_the_second(hands, program, writer)


def parents_apart(program: Program) -> str:
    """The family as it is: through the case's own door."""
    space = program.workspace
    (case,) = space.store.find(Case)
    editor = CaseEditor(space.store, space.texts, case.id)
    child = next(p for p in editor.file.persons if p.is_child)
    (mother,) = editor.file.adults
    editor.edit(child, called="lapsi", name="Eelis Esimerkki")
    editor.edit(mother, called="äiti", name=MOTHER)
    father = editor.add_person(Role.BIRTH_PARENT, "isä")
    editor.edit(editor.file.person(father.id), name=FATHER)
    editor.keep_apart(editor.file.person(mother.id), editor.file.person(father.id), apart=True)
    (order,) = space.store.find(Commission)
    editor.edit(order, commissioner="Esimerkkilän hyvinvointialue", social_worker=COUNTY, questions=QUESTIONS)
    return case.id


def as_worker(hands: Hands, program: Program, name: str) -> None:
    lock(hands, program)
    sign_in(hands, program, name)


def written_of_the_mother(hands: Hands, program: Program, case_id: str) -> None:
    """Of the two questions it asks hers alone, and nothing of the father is in it."""
    writer = Writer(hands, program, case_id, "äiti")
    writer.begin()
    assert writer.room.editor.to_answer() == QUESTIONS[:1]
    writer.tell_childs_view()
    writer.answer_question(1)
    assert [f.lack for f in writer.room.editor.lacking() if f.stops and f.lack != Lack.APPROVAL_MISSING] == []
    writer.ask_for_check()


def read_and_commented(hands: Hands, program: Program, case_id: str) -> None:
    """She differs in one thing and corrects another; a fact leads to a new version."""
    writer = Writer(hands, program, case_id, "äiti")
    hands.press(writer.screen, "Hyväksy")
    hands.press(writer.screen, "Käy läpi asiakkaan kanssa")
    shown = read_with(writer, "äiti", {"conclusions": VIEW, "how-done": FACT})
    assert FATHER not in shown
    assert "isä" not in shown.casefold().split()
    hands.press(writer.screen, "Kommentit asiakirjaan")
    treat(writer, "conclusions", Treatment.VIEW)
    treat(writer, "how-done", Treatment.FACT)


def corrected_in_version_two(hands: Hands, program: Program, case_id: str) -> None:
    writer = Writer(hands, program, case_id, "äiti")
    hands.press(writer.screen, "Korjaa uutena versiona")
    statement = writer.room.editor.statement
    assert (statement.version, statement.stage) == (2, StatementStage.DRAFT)
    writer.ask_for_check()


def gone_through_without_a_word(hands: Hands, writer: Writer) -> None:
    """What the mother said of the first version stands in the second, so its approvals stay."""
    hands.press(writer.screen, "Hyväksy")
    hands.press(writer.screen, "Käy läpi asiakkaan kanssa")
    hands.press(writer.screen, "Kommentit asiakirjaan")


def made_final(hands: Hands, writer: Writer) -> None:
    hands.confirming("Tee lopulliseksi", lambda: hands.press(writer.screen, "Tee lopulliseksi"))
    hands.until(lambda: writer.room.editor.statement.is_final)


def signed_by_both(hands: Hands, program: Program, writer: Writer, folder: Path, monkeypatch) -> bytes:
    """Each with a file of one's own; both validators say whose."""
    sign_with_file(writer, AINO, folder, monkeypatch)
    as_worker(hands, program, LEENA)
    writer = Writer(hands, program, writer.case_id, "äiti")
    sign_with_file(writer, LEENA, folder, monkeypatch)
    hands.until(lambda: "2 / 2" in hands.words(writer.room.panel))
    path = folder / "signed.pdf"
    file = writer.export(path, monkeypatch)
    assert [(s.subject, s.holds) for s in signatures_of(file)] == [(AINO, True), (LEENA, True)]
    assert {(t.subject, t.is_valid) for t in pdfsig(path)} == {(AINO, True), (LEENA, True)}
    return file


def the_differing_view_is_whole(signed: bytes) -> None:
    words = body(signed)
    fourteenth = words.rpartition(" 14. ")[2].partition(" 15. ")[0]
    assert VIEW in fourteenth
    assert FACT in fourteenth
    assert "Tosiasia korjattiin versioon 2." in fourteenth
    assert FATHER not in words


def copied_for_the_father(writer: Writer, folder: Path, monkeypatch) -> None:
    """What is proposed alone is enough: she is in no layer of the file, nor is anything that she said."""
    data = copy_for(writer, "isä", folder / "copy.pdf", monkeypatch)
    said = " ".join(" ".join(w.text.split()) for w in words_of_file(data))
    assert [word for word in HER_WORDS if word in said] == []
    assert "Valmisteltu rekisterinpitäjän päätettäväksi" in said
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root


def handed_over(hands: Hands, writer: Writer, folder: Path, monkeypatch) -> None:
    """The county has the original, the father his copy, and the list says so."""
    deliver(hands, writer, COUNTY, "Alkuperäinen", folder / "county", monkeypatch)
    deliver(hands, writer, FATHER, "Peitetty kopio", folder / "father", monkeypatch)
    told = hands.words(writer.room.panel)
    for words in (COUNTY, FATHER, "alkuperäinen · suojattu sähköposti", "peitetty kopio · suojattu sähköposti"):
        assert words in told, words
    assert writer.room.editor.statement.stage == StatementStage.DELIVERED
    for path in (folder / "father").iterdir():
        assert not [name for name in HER_WORDS if name in path.name]
    assert any(AINO in page for page in page_words(next((folder / "county").glob("*.pdf")).read_bytes()))
    assert len(writer.program.workspace.store.find(StatementDelivery)) == 2


def a_third_version_tells_who_has_the_second(hands: Hands, program: Program, writer: Writer) -> None:
    """Read and approved as the first was; its pages name the second, and its list says who is to get it."""
    hands.press(writer.screen, "Uusi versio")
    hands.fill(writer.room.options.corrects, "Tapaamisen paikka.")
    writer.ask_for_check()
    as_worker(hands, program, AINO)
    writer = Writer(hands, program, writer.case_id, "äiti")
    hands.press(writer.screen, "Hyväksy")
    hands.press(writer.screen, "Käy läpi asiakkaan kanssa")
    read_with(writer, "äiti", {})
    hands.press(writer.screen, "Kommentit asiakirjaan")
    hands.press(writer.screen, "Hyväksy")
    as_worker(hands, program, LEENA)
    writer = Writer(hands, program, writer.case_id, "äiti")
    hands.press(writer.screen, "Hyväksy")
    made_final(hands, writer)
    hands.until(lambda: "0 / 2" in hands.words(writer.room.panel))
    told = hands.words(writer.room.panel)
    assert told.count("Sai version 2 ") == 2, "the county and the father"
    assert COUNTY in told
    assert FATHER in told
