"""A redacted copy is rendered anew of the kept document, says what was covered and why, and is searched whole."""

import hashlib
import io
import re
from dataclasses import replace

import pikepdf
import pytest

from app.door import Door
from app.error_texts import sentence
from app.errors import InputError, NotAllowed
from app.model.apart import kept_apart
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.people import Person, Role
from app.model.redaction import CoveredPassage, RedactedCopy, Redaction
from app.model.statement_document import PageHead, Reference
from app.reports.file_words import words_of_file
from app.statement import redacting
from app.statement.beginning import begin_statement
from app.statement.covering import covered, pieces
from app.statement.final import prepared
from tests.app.statement.test_signing import finished, sign
from tests.drivers import verapdf
from tests.material.house import Home

GROUND = "other-client"


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


@pytest.fixture(scope="module")
def final_id(home) -> str:
    statement_id = finished(home)
    sign(home, statement_id, home.a)
    sign(home, statement_id, home.b)
    return statement_id


@pytest.fixture
def editor(home, final_id) -> redacting.RedactionEditor:
    begun = redacting.begin_redaction(Door(home.a), home.texts, final_id)
    made = redacting.RedactionEditor(home.a, home.texts, begun)
    assert made.read_by("", "Esimerkkilän käräjäoikeus")
    return made


def piece(editor, words: str):
    return next(p for p in editor.pieces if words in p.words)


def passage(editor, words: str, ground: str = GROUND) -> CoveredPassage:
    found = piece(editor, words)
    start = found.words.index(words)
    return CoveredPassage(found.key, start, start + len(words), ground)


def text_of(data: bytes) -> str:
    return "\n".join(w.text for w in words_of_file(data))


def test_a_copy_says_what_it_is_of_and_on_which_ground(home, final_id, editor) -> None:
    assert editor.cover([passage(editor, "An answer."), passage(editor, "The child's view.", "child")])
    assert editor.cover_word("Torni", "oma peruste")
    made = redacting.make_copy(Door(home.a), home.vault, editor.redaction.id)
    data = redacting.pages_of_copy(home.vault, made)
    assert hashlib.sha256(data).hexdigest() == made.sha256
    said = " ".join(text_of(data).split())
    for words in (
        "PEITETTY KOPIO", "Kopion saaja: Esimerkkilän käräjäoikeus.", "Valmisteltu rekisterinpitäjän päätettäväksi.",
        made.original_sha256, "24 § 1 mom. 25 k.", "Lapsen etu", "oma peruste", "[kohta peitetty", "[peitetty",
        "Allekirjoitti alkuperäisen sähköisesti",
    ):  # fmt: skip
        assert words in said, words
    for words in ("The child's view", "Torni", "orni"):
        assert words not in said, words
    assert said.count("An answer.") == 2, "below the other question, and in short on page one"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
    *_, last = home.a.audit_log(final_id)
    assert (last.act, last.detail.split(";")[-1]) == ("redacted-copy", f"sha256={made.sha256}")
    assert home.a.find(RedactedCopy, statement_id=final_id)[-1].passages == editor.redaction.passages


def test_its_file_is_archival_and_accessible(editor, tmp_path) -> None:
    assert editor.cover([passage(editor, "An answer."), passage(editor, "Piirros")])
    table = next(p for p in editor.pieces if p.kind == "table")
    chart = next(p for p in editor.pieces if p.kind == "chart")
    assert editor.cover([CoveredPassage(table.key, 0, len(table.words), GROUND), CoveredPassage(chart.key, 3, 5, "x")])
    assert editor.cover_word("lapsi", "child")
    path = tmp_path / "copy.pdf"
    path.write_bytes(redacting.rendered(editor.store, editor.redaction))
    with verapdf.running() as validator:
        assert [(v.profile, v.failed) for v in validator.check(path)] == [(p, ()) for p in verapdf.PROFILES]


def test_a_word_goes_with_its_endings_and_each_step_can_be_undone(editor) -> None:
    assert editor.cover_word("vanhempi", GROUND)
    said = "\n".join(editor.covered().left)
    assert not re.search(r"\bvanhem", said, re.IGNORECASE)
    assert editor.undo()
    assert editor.redaction.words == ()
    assert "vanhempi" in "\n".join(editor.covered().left).casefold()


def test_what_is_covered_says_nothing_of_its_length(editor) -> None:
    short, long = passage(editor, "An"), passage(editor, "An answer")
    assert piece(editor, "An answer").words == "An answer."
    one = covered(editor.final.document, replace(editor.redaction, passages=(short,)))
    other = covered(editor.final.document, replace(editor.redaction, passages=(long,)))
    assert "[peitetty 1] answer." in one.left
    assert "[peitetty 1]." in other.left


def test_marks_that_touch_become_one_and_go_by_a_touch(editor) -> None:
    key = piece(editor, "An answer.").key
    assert editor.cover([CoveredPassage(key, 0, 2, GROUND)])
    assert editor.cover([CoveredPassage(key, 1, 5, "child")])
    assert editor.redaction.passages == (CoveredPassage(key, 0, 5, "child"),)
    assert editor.uncover(CoveredPassage(key, 4, 4, ""))
    assert editor.redaction.passages == ()


def test_a_copy_that_would_cover_nothing_or_has_no_reader_is_not_made(home, final_id, editor) -> None:
    with pytest.raises(NotAllowed, match="copy-covers-nothing"):
        redacting.make_copy(Door(home.a), home.vault, editor.redaction.id)
    nobodys = redacting.begin_redaction(Door(home.a), home.texts, final_id)
    with pytest.raises(NotAllowed, match="copy-no-reader"):
        redacting.make_copy(Door(home.a), home.vault, nobodys.id)


def test_only_the_pair_marks_and_a_finished_copy_stays(home, final_id, editor) -> None:
    assert editor.cover([passage(editor, "An answer.")])
    made = redacting.make_copy(Door(home.a), home.vault, editor.redaction.id)
    for change in (Change(made, None), Change(made, replace(made, reader="x")), Change(editor.redaction, None)):
        with pytest.raises(NotAllowed, match="copy-stays"):
            home.a.apply("x", [change])
    assert editor.cover([passage(editor, "The child's view.")])
    with pytest.raises(NotAllowed, match="copy-of-other-marks"):
        home.a.apply("x", [added(replace(made, id=new_id()))])
    stranger = Redaction(new_id(), final_id, home.leena.id, made.made)
    with pytest.raises(NotAllowed, match="moved"):
        home.a.apply("x", [added(stranger)])
    with pytest.raises(NotAllowed, match="reader-unknown"):
        home.a.apply("x", [Change(editor.redaction, replace(editor.redaction, person_id=new_id(), reader=""))])


def test_a_copy_for_one_who_must_not_meet_another_proposes_all_that_names_or_quotes_that_one(
    home, final_id, editor
) -> None:
    other = Person(new_id(), home.case_id, Role.BIRTH_PARENT, "isä", "Esko Keksitty")
    parent = home.meeting.adult_id
    home.a.apply("x", [added(other), added(pair := kept_apart(home.case_id, other.id, parent))])
    try:
        assert editor.read_by(other.id, "")
        assert editor.cover([passage(editor, "An answer.")])
        with pytest.raises(NotAllowed, match="copy-names-kept-apart"):
            redacting.rendered(home.a, editor.redaction)
        proposed = editor.proposed(GROUND)
        naming = {p.key for p in editor.pieces if "anhemp" in p.words}
        assert naming <= {p.piece for p in proposed}
        assert editor.cover(proposed)
        assert not re.search(r"\bvanhempi\b", text_of(redacting.rendered(home.a, editor.redaction)), re.IGNORECASE)
        copy = redacting.make_copy(Door(home.a), home.vault, editor.redaction.id)
        named = replace(editor.statement, adult=parent)
        day = copy.made.astimezone().date().isoformat()
        called = redacting.copy_file_name(home.a, named, copy)
        assert called == f"Lausunto Star 14 v1 peitetty kopio {day}.pdf", "not whose the version is"
    finally:
        home.a.apply("x", [Change(pair, None)])


def test_a_line_of_what_a_sentence_rests_on_never_tells_what_is_covered_in_part(editor) -> None:
    """The line says again what the other passage tells, and nobody can put a mark on it."""
    told, hand = piece(editor, "An answer."), piece(editor, "The child's view.")
    line = Reference(hand.key, told.key, "An answer of Koivula")
    document = replace(editor.final.document, references=(line,))
    whole = replace(editor.redaction, passages=())
    assert covered(document, whole).document.references == (line,)
    for mark in (CoveredPassage(told.key, 3, 9, GROUND), CoveredPassage(hand.key, 4, 9, GROUND)):
        made = covered(document, replace(whole, passages=(mark,)))
        assert made.document.references == ()
        assert "Koivula" not in "\n".join(made.left)


def test_a_covered_name_takes_the_picture_with_it_that_may_draw_it(editor) -> None:
    head = PageHead("Palvelu Koivula", ("Katu 1",), "aGk=", "Palvelun merkki")
    document = replace(editor.final.document, letterhead=head)
    assert covered(document, editor.redaction).document.letterhead == head
    for word in ("Koivula", "merkki"):
        made = covered(document, editor.redaction.with_word(word, GROUND)).document.letterhead
        assert (made.logo, made.logo_words) == ("", "")
        assert made.address == head.address


def test_forms_of_a_name_that_stay_are_told(editor) -> None:
    assert editor.cover([passage(editor, "Torni [00:05]")])
    assert all(word != "An" for word, _ in editor.left_standing())


def test_pieces_are_the_same_each_time(editor) -> None:
    assert pieces(editor.final.document) == editor.pieces


def test_a_copy_whose_hidden_words_are_found_is_refused(home, editor, monkeypatch) -> None:
    """As if a layer of the renderer told them: it is searched as it lies, whatever made it."""
    import app.reports.statement_pdf as pages

    assert editor.cover([passage(editor, "The child's view.")])
    real = pages.render_statement

    def telling(document, copy=None):
        return real(replace(document, about="The child's view."), copy)

    monkeypatch.setattr(pages, "render_statement", telling)
    with pytest.raises(InputError, match="copy-tells-hidden") as told:
        redacting.rendered(home.a, editor.redaction)
    assert told.value.values["hidden"] == "about"


def test_pages_that_lack_something_are_neither_final_nor_a_copy(home, editor, monkeypatch) -> None:
    import app.reports.structure_check as check

    draft = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert editor.cover([passage(editor, "An answer.")])
    monkeypatch.setattr(check, "lacks", lambda *_: ("fonts", "tags"))
    files = len(home.vault.files)
    for act in (lambda: redacting.rendered(home.a, editor.redaction), lambda: prepared(home.a, home.vault, draft.id)):
        with pytest.raises(InputError, match="pages-unfit") as told:
            act()
        assert told.value.values["lacks"] == "fonts, tags"
    assert len(home.vault.files) == files
    assert "kirjasin, lukemisjärjestys" in sentence(home.texts, told.value)
