"""What the writers are asked to look at once more: it is told quietly, and it stops nothing."""

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.model.checks import Lack
from app.model.commission import Source
from app.model.identity import new_id
from app.model.statement import ParagraphKind, Run
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from tests.material.house import Home
from tests.material.written import whole


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    made = Home("fi")
    people = CaseEditor(made.a, made.texts, made.case_id)
    people.edit(people.file.adults[0], called="äiti", name="Meri Malli")
    people.edit(people.file.child, name="Otto Virtanen")
    people.edit(people.file.commission, sources=(Source("Perheneuvolan lausunto"),), social_worker="Maija Mallikas")
    return made


def told(home, text: str, language: str = "fi") -> list[tuple[Lack, tuple[str, ...]]]:
    made = begin_statement(Door(home.a), home.texts, home.case_id, language)
    editor = StatementEditor(home.a, home.texts, made.id)
    editor.write_section("strengths", [Draft(new_id(), ParagraphKind.BODY, (Run(text),))])
    found = editor.remarks()
    assert {r.section for r in found} <= {"strengths"}
    return [(r.lack, r.words) for r in found]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Lapsella on ADHD ja kiintymyssuhdehäiriö.", "fi", ("ADHD", "kiintymyssuhdehäiriö")),
        ("Äiti on masennuksesta toipuva.", "fi", ("masennuksesta",)),
        ("Tallenteessa oli häiriö, ja lapsi oli häiriintymättä.", "fi", ()),
        ("Perheneuvolan lausunto: ”lapsella on ADHD”.", "fi", ()),
        ("Äidin mukaan ”lapsella on ADHD”.", "fi", ("ADHD",)),
        ("Perheneuvolan lausunto kertoo ADHD:sta.", "fi", ("ADHD",)),
        ("Barnet har en anknytningsstörning.", "sv", ("anknytningsstörning",)),
        ("Det fanns en störning i ljudet.", "sv", ()),
        ("The parent shows signs of depression.", "en", ("depression",)),
    ],
)
def test_a_diagnosis_is_told_unless_it_is_quoted_from_a_paper_that_is_named(home, text, language, words) -> None:
    assert told(home, text, language) == ([(Lack.DIAGNOSIS, words)] if words else [])


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Lapsi kertoi, että Liisa ja Liisan isä tulivat.", "fi", ("Liisa", "Liisan")),
        ("Otolla oli hauskaa, ja Meri Malli odotti Ottoa.", "fi", ()),
        ("Virtasen perheen luona kävi Maija Mallikas Countyn puolesta.", "fi", ()),
        ("Aino näki sen. Sitten Leena: Hän odotti.", "fi", ()),
        ("Perhe muutti Tampereelta Espooseen ja Seinäjoelle, Turussa asui Kalle.", "fi", ("Kalle",)),
        (
            "Isä asuu Keski-Suomessa, ja Anna Salo ja Keski-Korpela Lahdessa.",
            "fi",
            ("Anna", "Salo", "Keski-Korpela", "Lahdessa"),
        ),
        ("Familjen flyttade från Tammerfors till Åbo med Kalle.", "sv", ("Kalle",)),
        ("MIM-kuvaus oli Theraplay-huoneessa.", "fi", ()),
        ("Barnet ville gå till Kalle och Meris syster.", "sv", ("Kalle",)),
        ("On Monday Meri's sister Anna came.", "en", ("Anna",)),
    ],
)
def test_a_name_that_is_nobodys_of_the_statement_is_asked_about(home, text, language, words) -> None:
    assert told(home, text, language) == ([(Lack.OTHERS_NAME, words)] if words else [])


def test_nothing_of_it_stops_a_final_version(home) -> None:
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    editor = whole(StatementEditor(home.a, home.texts, made.id))
    before = [f.lack for f in editor.lacking()]
    editor.write_section(
        "strengths", [Draft(new_id(), ParagraphKind.BODY, (Run("Kalle sanoi, että Ville on autisti."),))]
    )
    assert {r.lack for r in editor.remarks()} == {Lack.DIAGNOSIS, Lack.OTHERS_NAME}
    assert [f.lack for f in editor.lacking()] == before
