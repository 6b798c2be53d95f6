"""The checks of a statement: each rule by itself, what it finds and what it leaves alone."""

import re

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.model.checks import Finding, Lack, Weight
from app.model.commission import Source
from app.model.identity import new_id
from app.model.people import Role
from app.model.statement import Evidence, ParagraphKind, Run
from app.statement.beginning import begin_statement
from app.statement.checking import CHECKS
from app.statement.editor import Draft, StatementEditor
from tests.material.house import Home
from tests.material.written import whole


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    made = Home("fi")
    people = CaseEditor(made.a, made.texts, made.case_id)
    people.edit(people.file.adults[0], called="äiti", name="Meri Malli")
    people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(people.file.adults[1], name="Ville Malli")
    people.edit(people.file.child, name="Otto Virtanen")
    people.edit(people.file.commission, sources=(Source("Perheneuvolan lausunto"),))
    return made


def editor_of(home, language: str = "fi") -> StatementEditor:
    made = begin_statement(Door(home.a), home.texts, home.case_id, language)
    return StatementEditor(home.a, home.texts, made.id)


def found(home, lack: Lack, text: str, language: str = "fi", section: str = "observations") -> list[Finding]:
    """What is told of one paragraph that a hand wrote at the end of a section."""
    editor = editor_of(home, language)
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section(section)]
    mine = Draft(new_id(), ParagraphKind.BODY, (Run(text),))
    assert editor.write_section(section, [*held, mine])
    rows = [f for f in editor.findings() if f.lack == lack]
    assert {(f.section, f.paragraph) for f in rows} <= {(section, mine.paragraph_id)}
    return rows


def test_every_lack_is_told_by_one_check() -> None:
    told = [lack for check in CHECKS for lack in check.tells]
    assert sorted(told) == sorted(Lack)


def test_the_heaviest_come_first_and_nothing_tells_what_its_check_does_not(home) -> None:
    editor = editor_of(home)
    editor.write_section("strengths", [Draft(new_id(), ParagraphKind.BODY, (Run("Kallella on ADHD, ____."),))])
    weights = [f.weight for f in editor.findings()]
    assert weights == sorted(weights)
    assert set(weights) == set(Weight)
    assert {*editor.lacking()} | {*editor.remarks()} == {*editor.findings()}


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Lapsi {nimi} leikki [pvm].", "fi", ("{nimi}", "[pvm]")),
        ("Äiti ____ ja XX.", "fi", ("____", "XX")),
        ("Äiti [täydennä tähän] sanoi??", "fi", ("[täydennä tähän]", "??")),
        ("”Hän [äiti] tuli kotiin” [12:35–12:50].", "fi", ()),
        ("Miksi? Mitä tapahtui?", "fi", ()),
        ("Barnet [namn] lekte.", "sv", ("[namn]",)),
        ("[Fill in] {}", "en", ("[Fill in]", "{}")),
    ],
)
def test_a_blank_that_nobody_filled_stops_the_final_version(home, text, language, words) -> None:
    rows = found(home, Lack.PLACEHOLDER, text, language)
    assert [f.words for f in rows] == ([words] if words else [])
    assert all(f.stops for f in rows)


@pytest.mark.parametrize(
    ("text", "language", "is_told"),
    [
        ("Lapsi vetäytyi ja kääntyi pois.", "fi", True),
        ("Lapsi kääntyi pois [12:35].", "fi", False),
        ("Äidin mukaan lapsi kääntyi pois.", "fi", False),
        ("Näkemyksemme mukaan lapsi kääntyi pois.", "fi", True),
        ("Perheneuvolan lausunto kertoo samaa.", "fi", False),
        ("Barnet vände sig bort.", "sv", True),
        ("Enligt Meri vände sig barnet bort.", "sv", False),
        ("Meri said that the child turned away.", "en", False),
    ],
)
def test_an_observation_says_where_it_is_from(home, text, language, is_told) -> None:
    assert bool(found(home, Lack.OBSERVATION_WITHOUT_SOURCE, text, language)) == is_told


def test_an_observation_that_rests_on_evidence_needs_no_words_for_it(home) -> None:
    editor = editor_of(home)
    seen = Evidence(new_id(), editor.statement.id, "observation", "katse 0:10", home.meeting.id, start=10_000_000)
    editor.add_evidence(seen)
    editor.write_section(
        "observations", [Draft(new_id(), ParagraphKind.BODY, (Run("Lapsi katsoo. "), Run("katse", evidence=seen.id)))]
    )
    assert Lack.OBSERVATION_WITHOUT_SOURCE not in {f.lack for f in editor.findings()}


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Äiti kiitti 12 kertaa. Isä kiitti 3 kertaa.", True),
        ("Äiti kiitti 12 kertaa ja isä 3 kertaa.", True),
        ("Merillä oli 40 % ajasta yhteys. Villellä sitä oli 20 %.", True),
        ("Äiti kiitti 12 kertaa. Isä kiitti lasta usein.", False),
        ("Äiti ja isä tekivät 7 tehtävää.", False),
        ("Äiti (35 v) tuli 3.11.2026 klo 12.30. Isä on 38-vuotias ja tuli vuonna 2026.", False),
        ("Äiti katsoi lasta [12:35]. Isä katsoi lasta [13:10].", False),
        ("Äiti kiitti 12 kertaa ja auttoi 3 kertaa.", False),
    ],
)
def test_two_adults_do_not_stand_beside_each_other_in_numbers(home, text, is_told) -> None:
    assert bool(found(home, Lack.ADULTS_IN_NUMBERS, text)) == is_told


@pytest.mark.parametrize(
    ("text", "language", "is_told"),
    [
        ("Lapsi sai 3/5 yhteydestä.", "fi", True),
        ("Otto oli asteikolla 1–5 keskitasoa.", "fi", True),
        ("Yhteyden hakeminen: 4.", "fi", True),
        ("Ilo näkyi 3 kertaa.", "fi", False),
        ("Lapsi seurasi ohjausta enimmäkseen.", "fi", False),
        ("Lapsi pyysi apua 3 kertaa.", "fi", False),
        ("Äiti sai 3/5 ohjaamisesta.", "fi", False),
        ("Barnet fick 3 poäng.", "sv", True),
        ("The child scored 4.", "en", True),
    ],
)
def test_a_child_is_rated_in_words(home, text, language, is_told) -> None:
    assert bool(found(home, Lack.CHILD_IN_NUMBERS, text, language)) == is_told


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Äiti oli tunkeileva ja vihamielinen.", "fi", ("tunkeileva", "vihamielinen")),
        ("Äiti sanoi, että ”isä on vihamielinen”.", "fi", ()),
        ("Mamman var påträngande.", "sv", ("påträngande",)),
        ("The parent was intrusive and hostile.", "en", ("intrusive", "hostile")),
    ],
)
def test_a_word_of_the_theory_is_no_observation(home, text, language, words) -> None:
    assert [f.words for f in found(home, Lack.THEORY_ONLY, text, language)] == ([words] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Isovanhempi 131052-308T, puhelin 040 123 4567.", ("131052-308T", "040 123 4567")),
        ("Asuu Koivukatu 12 ja posti on a.b@example.org.", ("Koivukatu 12", "a.b@example.org")),
        ("Tili FI21 1234 5600 0007 85.", ("FI21 1234 5600 0007 85",)),
        ("Kuvattiin 3.11.2026 klo 12.30, 12 tehtävää, 86 % ajasta, 2026/1234.", ()),
    ],
)
def test_private_data_are_marked(home, text, words) -> None:
    assert [f.words for f in found(home, Lack.PRIVATE_DATA, text)] == ([words] if words else [])


def test_an_answer_that_rests_on_agreement_alone_rests_on_no_observation(home) -> None:
    editor = editor_of(home)
    about = Evidence(new_id(), editor.statement.id, "agreement", "Sama merkintä 86 % ajasta.", home.meeting.id)
    editor.add_evidence(about)
    first, *rest = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
    answer = Draft(new_id(), ParagraphKind.BODY, (Run("Kyllä. "), Run("86 %", evidence=about.id)))
    editor.write_section("conclusions", [first, answer, *rest])
    (told,) = [f for f in editor.findings() if f.lack == Lack.CONCLUSION_WITHOUT_OBSERVATION]
    assert (told.number, told.paragraph) == (1, answer.paragraph_id)


def test_a_conclusion_above_the_questions_is_looked_at_too(home) -> None:
    editor = whole(editor_of(home))
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
    mine = Draft(new_id(), ParagraphKind.BODY, (Run("Kaiken kaikkiaan."),))
    editor.write_section("conclusions", [mine, *held])
    told = [f for f in editor.findings() if f.lack == Lack.CONCLUSION_WITHOUT_OBSERVATION]
    assert (0, mine.paragraph_id) in [(f.number, f.paragraph) for f in told]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_check_finds_anything_in_what_the_program_wrote(home, language) -> None:
    editor = editor_of(home, language)
    told = {f.lack for f in editor.findings() if f.paragraph}
    assert told == set()


def test_the_checks_change_no_word(home) -> None:
    editor = whole(editor_of(home))
    before = editor.text
    assert editor.findings()
    assert editor.text == before
    assert not re.search(r"{|_{3}", "".join(p.text for p in editor.text.paragraphs))
