"""How a child shows contact, distress and no: its versions, what both coders read, and which codes may mislead."""

from dataclasses import replace
from datetime import date

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.casework.showing import beside, kept_for, misleading, misleading_words, needs_of, newest, write_for
from app.coding.opening import begin
from app.door import Door
from app.errors import NotAllowed
from app.model.change import Change, added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.people import Interpreter
from app.model.showing import Showing
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from tests.material.house import Home
from tests.material.pressing import press

DAY = date(2026, 11, 1)


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


def shown(home) -> tuple[Showing, ...]:
    return home.a.find(Showing, case_id=home.case_id)


def people(home) -> CaseEditor:
    return CaseEditor(home.a, home.texts, home.case_id)


def test_what_is_written_before_the_first_coding_is_kept_as_both_read_it(home) -> None:
    editor = people(home)
    assert editor.write_showing(contact="koskee olkapäähän", no="")
    assert editor.write_showing(distress="hiljenee")
    (one,) = shown(home)
    assert (one.words, one.read_in) == (("koskee olkapäähän", "hiljenee", ""), ())

    begin(Door(home.a), home.texts, home.meeting.id)
    begin(Door(home.b), home.texts, home.meeting.id)
    (kept,) = shown(home)
    assert kept.read_in == (home.meeting.id,)
    assert people(home).write_showing(no="kääntää pään")
    first, second = sorted(shown(home), key=lambda s: s.id)
    assert first == kept
    assert (second.words, second.read_in) == (("koskee olkapäähän", "hiljenee", "kääntää pään"), ())
    for store in (home.a, home.b):
        found = beside(store, home.meeting, is_begun=False)
        assert (found.kept, found.newer, found.may_ask) == (kept, second, False)


def test_what_was_read_stays_word_for_word(home) -> None:
    assert people(home).write_showing(contact="katsoo ohi")
    begin(Door(home.a), home.texts, home.meeting.id)
    (kept,) = shown(home)
    for after in (replace(kept, contact="muuta"), replace(kept, read_in=()), None):
        with pytest.raises(NotAllowed, match="showing-was-read"):
            home.a.apply("x", [Change(kept, after)])
    home.a.apply("x", [Change(kept, replace(kept, read_in=(*kept.read_in, "another")))])


def test_it_is_asked_of_the_first_coder_alone_and_can_be_passed_over(home) -> None:
    coding = home.editor(home.a)
    assert beside(home.a, home.meeting, is_begun=coding.is_begun).may_ask
    press(coding, "q", 5)
    assert not beside(home.a, home.meeting, is_begun=coding.is_begun).may_ask
    home.editor(home.b)
    found = beside(home.b, home.meeting, is_begun=False)
    assert (found.may_ask, found.kept) == (False, None)


def test_what_the_first_coder_writes_beside_the_keys_is_kept_at_once(home) -> None:
    home.editor(home.a)
    write_for(Door(home.a), home.texts, home.meeting, "", " ", "")
    assert shown(home) == ()
    assert people(home).write_showing(contact="vanha")
    write_for(Door(home.a), home.texts, home.meeting, "vanha", "uusi", "")
    (one,) = shown(home)
    assert (one.words, one.read_in) == (("vanha", "uusi", ""), (home.meeting.id,))
    write_for(Door(home.a), home.texts, home.meeting, "vanha", "uusi", "")
    assert shown(home) == (one,)


def noted(home, *keys: str, person_id: str = "") -> None:
    rows = [
        Circumstance(new_id(), home.case_id, person_id or home.meeting.child_id, CircumstanceKind.SUPPORT, key, DAY)
        for key in keys
    ]
    home.a.apply("noted", [added(row) for row in rows])


def test_needs_on_the_day_say_which_codes_may_mislead(home) -> None:
    adult = next(p for p in case_file(home.a, home.case_id).adults if p.id == home.meeting.adult_id)
    home.a.apply("talks", [Change(adult, replace(adult, interpreter=Interpreter.REMOTE))])
    noted(home, "autism", "oma sana")
    home.a.apply("over", [added(replace(_row(home, "sight"), until=DAY))])
    needs = needs_of(case_file(home.a, home.case_id), home.meeting)
    assert set(needs) == {"autism", "oma sana", "interpreting"}
    assert misleading(needs) == ("gaze", "touch", "seconds", "turns", "speech")
    said = misleading_words("fi", needs, library.scheme("perusrunko"))
    assert "katse (vastaa aloitteeseen, hakee yhteyttä tai lohtua" in said
    assert "kolmen sekunnin säännöt (vastaa aloitteeseen)" in said
    assert said.endswith("Mitään merkintää ei lueta puutteeksi.")
    assert misleading_words("fi", ["oma sana"]) == ""
    assert "händerna" in misleading_words("sv", ["sign-language"])


def _row(home, key: str) -> Circumstance:
    return Circumstance(new_id(), home.case_id, home.meeting.child_id, CircumstanceKind.SUPPORT, key, date(2026, 1, 1))


@pytest.mark.parametrize("name", ["perusrunko", "laaja-runko"])
def test_every_feature_rests_on_codes_of_each_scheme(name) -> None:
    scheme = library.scheme(name)
    every = ["autism", "hearing", "sight", "wheelchair", "sign-language", "interpreting"]
    said = misleading_words("fi", every, scheme)
    for feature in (
        "katse",
        "kosketus",
        "kolmen sekunnin säännöt",
        "vuorottelu",
        "puhe ja ääni",
        "lähestyminen ja asento",
    ):
        assert f"{feature} (" in said, feature


def test_the_statement_tells_what_both_read_and_names_no_diagnosis(home) -> None:
    assert people(home).write_showing(contact="koskee olkapäähän")
    noted(home, "autism")
    home.compare()
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    said = " ".join(p.text for p in read_statement(home.a, made.id).section("methods"))
    assert "Yhteys: koskee olkapäähän." in said
    assert "Kummallakin koodaajalla oli se vierellään." in said
    assert "Voi johtaa harhaan: katse, kosketus, kolmen sekunnin säännöt, vuorottelu." in said
    assert "autism" not in said
    assert kept_for(shown(home), home.meeting.id) == newest(shown(home))


def test_words_are_in_each_language() -> None:
    for language in ("fi", "sv", "en"):
        assert misleading_words(language, ["wheelchair"]), language
