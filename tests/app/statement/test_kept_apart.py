"""*Keep apart*: a statement is about one adult, and the other is nowhere in it, not in its file's name either."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.errors import AppError, NotAllowed
from app.model.change import Change, added
from app.model.checks import Lack
from app.model.circumstance import CircumstanceKind
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Role
from app.model.statement import ParagraphKind, Run
from app.statement.asked import Stand, standings
from app.statement.beginning import begin_statement, statement_to_print
from app.statement.editor import Draft, StatementEditor
from app.statement.evidence import offers
from app.statement.export import export_statement, file_name, statement_document
from app.statement.final import make_final
from tests.material.builders import A_DAY, recording
from tests.material.house import Home
from tests.material.written import whole


@pytest.fixture
def home(qapp) -> Home:
    """Two coded meetings, one with each adult."""
    made = Home("fi")
    people = CaseEditor(made.a, made.texts, made.case_id)
    people.edit(people.file.adults[0], called="äiti", name="Meri Malli")
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(father, name="Matti Virtanen")
    second = made.add_meeting(father.id, day=4)
    made.a.apply("film", [added(recording(second.id))])
    made.mark_tasks(second)
    made.compare()
    for store in (made.a, made.b):
        made.code(store, [("6", 0), ("q", 7), ("a", 9)], second)
    made.mother, made.father, made.second = people.file.adults[0].id, father.id, second
    people.edit(people.file.case, keep_apart=True)
    return made


def begun(home, adult: str) -> StatementEditor:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi", adult=adult)
    return StatementEditor(home.a, home.texts, statement.id)


def write(editor, section: str, text: str) -> None:
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section(section)]
    editor.write_section(section, [*held, Draft(new_id(), ParagraphKind.BODY, (Run(text),))])


def test_a_statement_is_about_one_adult_and_says_nothing_of_the_other(home, tmp_path) -> None:
    with pytest.raises(NotAllowed, match="kept-apart"):
        begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    editor = begun(home, home.mother)
    assert editor.statement.meetings == (home.meeting.id,)
    assert [m.id for m in editor.meetings()] == [home.meeting.id], "the other's meeting is not even offered"
    said = "\n".join(
        [p.text + p.about + str(p.cells) for p in editor.text.paragraphs]
        + [o.words + o.text + o.evidence.words for o in offers(home.a, editor.statement)]
        + [str(statement_document(Door(home.a), home.vault, editor.statement.id))]
        + [file_name(home.a, editor.statement)]
    ).casefold()
    for word in ("matti", "virtanen", " isä", "'isä", "isän", "4.11.2026", home.second.id):
        assert word not in said
    assert file_name(home.a, editor.statement) == "Lausunto Star 14 äiti v1.pdf"
    assert export_statement(Door(home.a), home.vault, editor.statement.id, tmp_path / "a.pdf")


def test_each_answers_the_questions_that_are_not_about_the_other_alone(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    asked = ("Miten isä vastaa?", "Miten äiti vastaa?", "Mikä auttaa?")
    people.edit(people.file.commission, questions=asked)
    of_mother, of_father = begun(home, home.mother), begun(home, home.father)
    assert (of_mother.to_answer(), of_father.to_answer()) == (asked[1:], (asked[0], asked[2]))
    for editor, said in ((of_mother, asked[1:]), (of_father, (asked[0], asked[2]))):
        headings = [p.text for p in editor.text.section("conclusions")]
        assert headings == [f"{n}. {question}" for n, question in enumerate(said, start=1)]
        whole(editor)
        assert not [f for f in editor.lacking() if f.lack in (Lack.QUESTION_UNANSWERED, Lack.OTHER_ADULT_NAMED)]
    stands = [s.stand for s in standings(home.a, people.file)]
    assert stands == [Stand.DRAFTED] * 3
    both = "Miten äiti ja isä sopivat?"
    people.edit(people.file.commission, questions=(both,))
    assert of_mother.to_answer() == (both,), "nobody else would answer it: it has to be asked apart"


@pytest.mark.parametrize(
    "text",
    [
        "Isän luona oli rauhallista.",
        "Hän mainitsi Matin.",
        "Virtasella oli sama toive.",
        "Virtasten luona.",
        "Isa\u0308n luona oli rauhallista.",
        "Virta\u00adnen oli paikalla.",
    ],
)
def test_words_that_name_the_other_adult_stop_final_and_export(home, tmp_path, text) -> None:
    editor = whole(begun(home, home.mother))
    write(editor, "parents-views", text)
    found = [(f.lack, f.section) for f in editor.lacking() if f.stops]
    assert found == [(Lack.OTHER_ADULT_NAMED, "parents-views")]
    with pytest.raises(NotAllowed, match="other-adult-named"):
        export_statement(Door(home.a), home.vault, editor.statement.id, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
    editor.ask_for_check()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    partner.approve()
    assert not make_final(partner, home.vault)


def test_a_command_must_say_whose_statement_and_takes_no_newest_one(home) -> None:
    hers = begun(home, home.mother).statement
    his = begun(home, home.father).statement
    for called, key in (("", "kept-apart-say-whose"), ("mummo", "adult-unknown")):
        with pytest.raises(AppError, match=key):
            statement_to_print(home.a, home.case_id, called)
    assert statement_to_print(home.a, home.case_id, "Äiti").id == hers.id
    assert statement_to_print(home.a, home.case_id, "matti virtanen").id == his.id
    assert statement_to_print(home.a, home.case_id, home.mother).id == hers.id
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.case, keep_apart=False)
    assert statement_to_print(home.a, home.case_id).id == his.id, "the newest of all"


def test_words_that_only_look_alike_stop_nothing(home) -> None:
    editor = whole(begun(home, home.mother))
    write(editor, "parents-views", "Isäntäväki oli poissa, ja lapsi istui. Äiti kertoi isosta matosta.")
    assert not any(f.stops for f in editor.lacking())


def test_one_begun_before_they_were_kept_apart_waits_for_the_choice(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.case, keep_apart=False)
    old = whole(StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "fi").id))
    assert set(old.statement.meetings) == {home.meeting.id, home.second.id}
    people.edit(people.file.case, keep_apart=True)
    assert [f.lack for f in old.lacking() if f.stops] == [Lack.ADULT_NOT_CHOSEN]
    assert old.choose_adult(home.father)
    assert old.statement.meetings == (home.second.id,)
    assert not any(f.stops for f in old.lacking())
    assert "Meri" not in str(old.text.paragraphs)
    assert old.undo()
    assert replace(old.statement, adult="") == old.statement


def test_a_place_that_may_not_be_told_is_on_no_page_and_stops_final_and_export(home, tmp_path) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(next(m for m in people.file.meetings if m.id == home.meeting.id), place="Koivukuja 5")
    child = people.file.child
    people.change_circumstance(child, CircumstanceKind.PLACEMENT, "Salokylän sijaiskoti", A_DAY.date())
    before = begun(home, home.mother)
    assert "Koivukuja" in str(before.text.paragraphs)
    people.change_circumstance(child, CircumstanceKind.NON_DISCLOSURE, "", A_DAY.date())
    assert Lack.PLACE_TOLD in {f.lack for f in before.lacking() if f.stops}, "it was told when that was allowed"
    editor = whole(begun(home, home.mother))
    said = str(editor.text.paragraphs) + str(statement_document(Door(home.a), home.vault, editor.statement.id))
    assert "Koivukuja" not in said
    assert "Salokyl" not in said
    assert not any(f.stops for f in editor.lacking())
    write(editor, "parents-views", "Äiti kertoi Salokylän sijaiskodista.")
    assert [f.lack for f in editor.lacking() if f.stops] == [Lack.PLACE_TOLD]
    # nothing here holds the error: with its frames the editors would go in whatever order the collector takes them
    with pytest.raises(NotAllowed, match="place-told"):
        export_statement(Door(home.a), home.vault, editor.statement.id, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_only_those_of_a_pair_are_parted_and_a_third_may_be_named(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.case, keep_apart=False)
    mother, father = (people.file.person(i) for i in (home.mother, home.father))
    aunt = people.add_person(Role.RELATIVE, "täti")
    people.edit(aunt, name="Leila Salo")
    third = home.add_meeting(aunt.id, day=5)
    people.keep_apart(father, mother, apart=True)
    with pytest.raises(NotAllowed, match="kept-apart"):
        begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    editor = whole(begun(home, home.mother))
    assert {m.id for m in editor.meetings()} == {home.meeting.id, third.id}
    write(editor, "parents-views", "Leila Salo oli paikalla.")
    assert not any(f.stops for f in editor.lacking())
    write(editor, "parents-views", "Virtanen oli paikalla.")
    assert [f.lack for f in editor.lacking() if f.stops] == [Lack.OTHER_ADULT_NAMED]
    hers = begun(home, aunt.id)
    assert [m.id for m in hers.meetings()] == [third.id], "no paper is about two who must not meet"
    people.reread()
    assert people.keep_apart(people.file.person(home.mother), people.file.person(home.father), apart=False)
    assert begin_statement(Door(home.a), home.texts, home.case_id, "fi").adult == ""


def test_a_person_of_the_network_may_be_kept_apart_and_is_then_not_named(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.case, keep_apart=False)
    friend = people.add_person(Role.OTHER_ADULT, "tuttava")
    people.edit(friend, name="Kalle Karhu", network_only=True)
    people.keep_apart(people.file.person(friend.id), people.file.person(home.mother), apart=True)
    editor = whole(begun(home, home.mother))
    write(editor, "parents-views", "Karhu kävi kotona.")
    assert [f.lack for f in editor.lacking() if f.stops] == [Lack.OTHER_ADULT_NAMED]


def test_a_line_of_what_a_sentence_rests_on_names_no_other_adult_and_no_hidden_place(home) -> None:
    """It says a rater's reason word for word, also where the writer wrote the sentence itself otherwise."""
    editor = begun(home, home.mother)
    rated = next(o for o in offers(home.a, editor.statement) if o.evidence.kind == "rating")
    item = rated.evidence.words.partition(":")[0]
    people = CaseEditor(home.a, home.texts, home.case_id)
    home.a.apply(
        "place", [Change(held := home.a.get(Meeting, home.meeting.id), replace(held, place="Koivulan toimisto"))]
    )
    people.change_circumstance(people.file.child, CircumstanceKind.NON_DISCLOSURE, "", A_DAY.date())
    for reason, is_told in (("katse haki aikuista", True), ("rauhoittui vasta isän sylissä", False),
                            ("Koivulan toimistolla oli hiljaista", False)):  # fmt: skip
        evidence = replace(rated.evidence, id=new_id(), words=f"{item}: {reason}")
        assert editor.add_evidence(evidence)
        said = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
        runs = (Run("Yhdessä oli rauhallista.", evidence=evidence.id),)
        assert editor.write_section("conclusions", [*said, Draft(new_id(), ParagraphKind.BODY, runs)])
        document = statement_document(Door(home.a), home.vault, editor.statement.id)
        assert (evidence.words in [r.words for r in document.references]) == is_told
        assert (reason in str(document)) == is_told
