"""What holds of a person from a day on: a change ends what held, and no earlier day says anything else than it did."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.care import care_for, care_words
from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile, with_change
from app.casework.circumstances import CHECKS, changed, checks_of, died, ended, holding, unchecked
from app.casework.places import hidden_words, place_of, placement_words, places_hidden
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import added
from app.model.circumstance import ONE_AT_A_TIME, CircumstanceKind
from app.model.people import Case, Interpreter, Person, Role
from app.vocabulary import StatementTexts
from tests.material.house import Home

KIND = CircumstanceKind
CHILD = Person("c", "case", Role.CHILD, "lapsi")
ADULT = Person("a", "case", Role.BIRTH_PARENT, "äiti")
DAY = date(2026, 3, 1)


def bare() -> CaseFile:
    return CaseFile(Case("case", "Tähti 1", "w"), (CHILD, ADULT))


def after(case: CaseFile, changes) -> CaseFile:
    for change in changes:
        case = with_change(case, change)
    return case


steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(set(KIND) - {KIND.DEATH})),  # which is corrected, and does not change
        st.sampled_from((CHILD, ADULT)),
        st.integers(0, 40),
        st.sampled_from(("x", "y", "z")),
    ),
    max_size=9,
)


@settings(max_examples=60)
@given(steps)
def test_what_held_on_earlier_days_is_never_lost_and_one_holds_at_a_time(made) -> None:
    case = bare()
    for kind, person, n, value in made:
        since = DAY + timedelta(days=n)
        before = case
        case = after(case, changed(case, person, kind, value, since))
        assert {r.id for r in before.circumstances} < {r.id for r in case.circumstances}, "no row is gone"
        for day in (DAY + timedelta(days=k) for k in range(42)):
            told = {r.value for r in holding(case, day, kind, person_id=person.id)}
            if day < since:
                assert told == {r.value for r in holding(before, day, kind, person_id=person.id)}
            if kind in ONE_AT_A_TIME:
                assert len(holding(case, day, kind, person_id=person.id)) <= 1
        assert value in {r.value for r in holding(case, since, kind, person_id=person.id)}
        others = [r for r in case.circumstances if (r.kind, r.person_id) != (kind, person.id)]
        assert others == [r for r in before.circumstances if (r.kind, r.person_id) != (kind, person.id)]


def test_one_written_afterward_holds_until_the_later_one_begins() -> None:
    case = after(bare(), changed(bare(), CHILD, KIND.PLACEMENT, "foster-family", DAY))
    case = after(case, changed(case, CHILD, KIND.PLACEMENT, "with-kin", DAY - timedelta(days=30)))
    assert [r.value for r in holding(case, DAY - timedelta(days=1))] == ["with-kin"]
    assert [r.value for r in holding(case, DAY)] == ["foster-family"]


def test_an_end_is_a_day_and_never_before_the_beginning() -> None:
    case = after(bare(), changed(bare(), ADULT, KIND.RESTRICTION, "supervised", DAY))
    (row,) = case.circumstances
    with pytest.raises(NotAllowed, match="circumstance-ends-before"):
        ended(row, DAY - timedelta(days=1))
    case = after(case, [ended(row, DAY + timedelta(days=9))])
    assert holding(case, DAY + timedelta(days=8))
    assert not holding(case, DAY + timedelta(days=9))
    with pytest.raises(NotAllowed, match="circumstance-empty"):
        changed(case, ADULT, KIND.CUSTODY, "  ", DAY)
    assert changed(case, ADULT, KIND.NON_DISCLOSURE, "", DAY)


def test_an_emergency_placement_asks_what_else_changed_until_each_was_looked_at() -> None:
    home = Home("fi")
    people = CaseEditor(home.a, home.texts, home.case_id)
    child = people.file.child
    people.change_circumstance(child, KIND.STATUS, "open-care", DAY)
    assert checks_of(people.file, people.file.circumstances[0]) == (), "the first of a case is no change"
    people.change_circumstance(child, KIND.STATUS, "emergency-placement", DAY + timedelta(days=5))
    row = next(r for r in people.file.circumstances if r.value == "emergency-placement")
    assert unchecked(people.file, row) == CHECKS[KIND.STATUS]
    people.check_circumstance(row, "consents", done=True)
    row = next(r for r in people.file.circumstances if r.id == row.id)
    assert "consents" not in unchecked(people.file, row)
    people.check_circumstance(row, "consents", done=False)
    assert people.undo()
    assert people.undo()
    row = next(r for r in people.file.circumstances if r.id == row.id)
    assert unchecked(people.file, row) == CHECKS[KIND.STATUS]
    words = StatementTexts("sv")
    assert all(words.of("circumstance_checks", key) for keys in CHECKS.values() for key in keys)
    assert all(words.of("circumstances", kind) for kind in KIND)
    assert not people.end_circumstance(row, DAY)
    assert not people.remove_person(child)


# ── where it matters ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_strip_tells_what_holds_of_those_who_meet_and_names_nobody_who_is_kept_apart() -> None:
    home = Home("fi")
    people = CaseEditor(home.a, home.texts, home.case_id)
    mother = people.file.adults[0]
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.change_circumstance(father, KIND.RESTRICTION, "supervised", DAY)
    people.change_circumstance(people.file.child, KIND.SAFETY, "pähkinäallergia", DAY)
    people.keep_apart(mother, father, apart=True)
    interpreted = {"interpreter": Interpreter.EARPIECE, "interpreter_language": "arabia"}
    people.edit(people.file.person(father.id), **interpreted)
    hers = care_for(people.file, [mother.id], DAY)
    assert care_words(home.texts, people.file, hers) == (
        "Pidetään erillään: omat ajat ja odotustilat.",
        "Turvallisuus (lapsi): pähkinäallergia",
    )
    his = care_words(home.texts, people.file, care_for(people.file, [father.id], DAY))
    assert "Yhteydenpidon rajoitus (isä): vain valvotusti" in his
    assert "Isä: tulkki korvakuulokkeessa (arabia)" in his
    assert not care_for(bare(), ["a"], DAY)


def test_under_turvakielto_no_place_is_told_and_it_comes_back_afterward() -> None:
    home = Home("fi")
    people = CaseEditor(home.a, home.texts, home.case_id)
    meeting = replace(people.file.meetings[0], place="Koivukuja 5")
    people.edit(people.file.meetings[0], place="Koivukuja 5")
    people.change_circumstance(people.file.child, KIND.PLACEMENT, "Salokylän sijaiskoti", DAY)
    words = StatementTexts("fi")
    assert place_of(people.file, meeting, DAY) == "Koivukuja 5"
    assert placement_words(people.file, words, "Salokylän sijaiskoti", DAY) == "Salokylän sijaiskoti"
    people.change_circumstance(people.file.adults[0], KIND.NON_DISCLOSURE, "", DAY)
    assert places_hidden(people.file, DAY)
    assert place_of(people.file, meeting, DAY) == ""
    assert placement_words(people.file, words, "Salokylän sijaiskoti", DAY) == ""
    assert placement_words(people.file, words, "foster-family", DAY) == "sijaisperheessä"
    assert hidden_words(people.file, DAY) == ("Koivukuja 5", "Salokylän sijaiskoti")
    row = next(r for r in people.file.circumstances if r.kind == KIND.NON_DISCLOSURE)
    people.end_circumstance(row, DAY + timedelta(days=1))
    assert place_of(people.file, meeting, DAY + timedelta(days=1)) == "Koivukuja 5"
    assert hidden_words(people.file, DAY + timedelta(days=1)) == ()
    assert Texts("fi").tr("Non-disclosure of address: no place is shown or printed.").startswith("Turvakielto")
    assert added(meeting).after == meeting


def test_of_a_death_the_last_word_holds_and_what_was_taken_back_counts_for_nothing() -> None:
    case = after(bare(), changed(bare(), ADULT, KIND.DEATH, "no words", DAY))
    assert died(case.circumstances, ADULT.id) == DAY
    assert case.circumstances[0].value == ""
    assert unchecked(case, case.circumstances[0]) == CHECKS[KIND.DEATH]
    case = after(case, changed(case, ADULT, KIND.DEATH, "", DAY - timedelta(days=2)))
    assert died(case.circumstances, ADULT.id) == DAY - timedelta(days=2)
    assert len(holding(case, DAY, KIND.DEATH)) == 1
    case = after(case, [ended(row, DAY) for row in holding(case, DAY, KIND.DEATH)])
    assert died(case.circumstances, ADULT.id) is None
    with pytest.raises(NotAllowed, match="death-to-come"):
        changed(case, ADULT, KIND.DEATH, "", today() + timedelta(days=1))
