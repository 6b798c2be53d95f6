"""Sheets of numbers in three languages: they say what they rest on, nothing is a verdict, None is not computable."""

import re
from dataclasses import replace

import pytest

from app.charts.drawing import SMALL, Label, Pen
from app.i18n import Texts
from app.model.people import Interpreter
from app.model.timecode import SECOND
from app.numbers.numbers import NumberSettings, Series, numbers_of, point_of
from app.numbers.sheets import answers, counts, over_time, profile, sequences
from app.numbers.sheets.sheet import Sheet
from app.tables import Figures
from tests.material.house import Home

PRESSES = [("6", 0), ("h", 4), ("a", 6.5), ("q", 12), ("h", 25), ("8", 30), ("d", 29.5), ("6", 38), ("h", 50)]
MAKERS = (
    counts.counts,
    counts.states,
    answers.answers,
    answers.reconnections,
    sequences.transitions,
    sequences.follows,
)
#: what no sheet may say, in any language
VERDICTS = re.compile(
    r"normaal|normal|poikkea|avvik|deviant|hyvä|huono|heikko|bra\b|dålig|svag|good|poor|weak|kokonaispist|totalpoäng"
    r"|total score|merkitsevä|signifi",
    re.IGNORECASE,
)


@pytest.fixture
def home() -> Home:
    made = Home()
    made.code(made.a, PRESSES)
    return made


def numbers(home: Home, settings=None, heard=Interpreter.NONE):
    editor = home.editor()
    return numbers_of(editor.coding, editor.scheme, editor.file, heard, settings)


def sheets(home: Home, texts: Texts) -> list[Sheet]:
    found, editor = numbers(home), home.editor()
    series = (Series("a", "c", home.aino.id, found.scheme, (point_of(found),)),)
    return [
        *(make(texts, found, {}) for make in MAKERS),
        over_time.over_time(texts, series, found.settings, lambda _: "Aino", {}),
        profile.rating_profile(texts, editor.coding, editor.instrument, editor.scheme, {}, {}),
    ]


def drawn_words(sheet: Sheet) -> list[str]:
    pen = Pen(340, lambda text, size: 0.5 * size * len(text), SMALL)
    return [s.text for p in sheet.pictures for s in p.draw(pen).shapes if isinstance(s, Label)]


def words_of(sheet: Sheet) -> list[str]:
    cells = [c.shown for row in sheet.table.rows for c in row] if sheet.table else []
    heads = [c.name for c in sheet.table.columns] if sheet.table else []
    told = [w for p in sheet.pictures for w in (p.title, p.told)]
    chosen = [w for c in sheet.choices for _, w in c.options]
    return [sheet.title, sheet.about, *sheet.notes, *cells, *heads, *told, *chosen, *drawn_words(sheet)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_sheet_has_its_picture_its_table_and_no_verdict(home, language) -> None:
    made = sheets(home, Texts(language))
    assert len({s.id for s in made}) == len({s.title for s in made}) == 8
    for sheet in made:
        assert sheet.pictures, sheet.id
        assert all(p.told for p in sheet.pictures)
        assert sheet.table is not None
        assert sheet.table.rows
        assert all(len(row) == len(sheet.table.columns) for row in sheet.table.rows)
        said = [w for w in words_of(sheet) if VERDICTS.search(w)]
        assert not said, said


def test_windows_are_printed_with_the_figures_that_depend_on_them(home) -> None:
    found = numbers(home, NumberSettings(answer=7 * SECOND, follow=2 * SECOND))
    t = Texts("fi")
    sheet = answers.answers(t, found, {})
    assert "7\u00a0s" in " ".join(sheet.notes)
    assert "3\u00a0s" in " ".join(sheet.notes)
    assert [d.seconds for d in sheet.dials] == [7]
    assert "2\u00a0s" in " ".join(sequences.follows(t, found, {}).notes)


def test_every_count_says_the_time_it_is_of(home) -> None:
    t = Texts("en")
    for make in MAKERS:
        assert any("01:00 of 01:00" in note for note in make(t, numbers(home), {}).notes)


def test_off_with_an_interpreter(home) -> None:
    sheet = answers.answers(Texts("fi"), numbers(home, heard=Interpreter.REMOTE), {})
    assert (sheet.pictures, sheet.table) == ((), None)
    assert "tulkki" in sheet.empty


def test_what_cannot_be_computed_says_so_and_is_empty_in_a_spreadsheet(home) -> None:
    t = Texts("fi")
    assert Figures(t).seconds(None).shown == "ei laskettavissa"
    assert Figures(t).seconds(None).exported == ""
    table = answers.answers(t, numbers(home), {}).table
    third = table.rows[3]
    assert [c.shown for c in third][1:6] == ["1", "0", "1", "0", "ei laskettavissa"]


def test_a_spreadsheet_gets_plain_figures_with_the_decimal_mark_of_the_language(home) -> None:
    rows = counts.states(Texts("fi"), numbers(home), {}).table.exported()
    assert rows[0] == ("Tehtävä", "Kuka", "Tila", "Määrä", "Minuutissa", "Aika (s)", "Osuus (%)", "Keston mediaani (s)")
    assert rows[1] == ("Koko tallenne", "Vuorovaikutus", "Yhdessä", "2", "2,0000", "52,000", "86,67", "26,000")
    assert counts.states(Texts("en"), numbers(home), {}).table.exported()[1][6] == "86.67"


def test_an_antecedent_is_chosen_and_has_every_target(home) -> None:
    t, found = Texts("en"), numbers(home)
    first = sequences.follows(t, found, {})
    after = next(c for c in first.choices if c.id == sequences.AFTER)
    words = ["Adult · structure", "Adult · engagement", "Child · engagement", "All"]
    assert [said for _, said in after.options] == words
    child = sequences.follows(t, found, {sequences.AFTER: "child1/E"})
    second = [cell.shown for cell in child.table.rows[1]]
    assert second == ["Child · engagement", "Adult · engagement", "3", "2", "67%", "18%"]
    assert len(sequences.follows(t, found, {sequences.AFTER: "all"}).table.rows) == 9
    coded = sequences.follows(t, found, {sequences.LEVEL: "code", sequences.AFTER: "child1/CE"})
    assert len(coded.table.rows) == 4
    gone = sequences.follows(t, found, {sequences.LEVEL: "code", sequences.AFTER: "child1/E"})
    assert gone.choices[0].chosen == "adult1/AS", "what is no longer there is not kept"


def test_a_task_is_chosen_for_transitions(home) -> None:
    t, found = Texts("en"), numbers(home)
    whole, second = (sequences.transitions(t, found, {sequences.TASK: task}) for task in ("all", "0"))
    assert [r[2].shown for r in whole.table.rows] == ["0", "1", "0", "0", "1", "0"]
    assert {r[2].shown for r in second.table.rows} == {"0"}
    assert second.pictures == ()


def test_child_codes_and_marks_of_adults_are_counted_one_by_one(home) -> None:
    """No sheet sums supporting and harder moments, or a person's dimensions."""
    t = Texts("en")
    found = numbers(home)
    table = counts.counts(t, found, {counts.PERSON: "adult1"}).table
    whole = [[c.shown for c in row] for row in table.rows if row[0].shown == "Whole film"]
    assert [row[1:4] for row in whole] == [
        ["Structure", "all of the dimension", "1"],
        ["Structure", "Leads clearly", "1"],
        ["Engagement", "all of the dimension", "2"],
        ["Engagement", "Answers initiative", "1"],
        ["Engagement", "Puts child's experience into words", "1"],
    ]


def test_an_unrated_item_is_not_zero(home) -> None:
    editor = home.editor()
    coding = replace(editor.coding, ratings={})
    sheet = profile.rating_profile(Texts("en"), coding, editor.instrument, editor.scheme, {}, {})
    assert (sheet.table, sheet.empty) == (None, "Nothing is rated yet.")
    some = dict(list(editor.coding.ratings.items())[:1])
    rows = profile.rating_profile(
        Texts("en"), replace(editor.coding, ratings=some), editor.instrument, editor.scheme, {}, {}
    ).table.rows  # fmt: skip
    assert [r[2].shown for r in rows].count("–") == len(rows) - 1
    assert [r[3].shown for r in rows].count("not rated") == len(rows) - 1


def test_each_scheme_has_a_chart_of_its_own_over_time(home) -> None:
    found = numbers(home)
    other = replace(found.scheme, version=2)
    series = tuple(Series("a", "c", home.aino.id, s, (point_of(found),)) for s in (found.scheme, other))
    sheet = over_time.over_time(Texts("fi"), series, found.settings, lambda _: "Aino", {})
    assert len(sheet.pictures) == 2
    assert {c.id for c in sheet.choices} == {over_time.WHAT}
    times = over_time.over_time(Texts("fi"), series, found.settings, lambda _: "Aino", {over_time.WHAT: "times/"})
    assert {r[2].shown for r in times.table.rows} == {"Yhteyden hakemisesta vastaukseen", "Yhteyden paluuseen"}


def test_nothing_coded_says_so_on_every_sheet() -> None:
    bare = Home()
    editor = bare.editor()
    found = numbers_of(editor.coding, editor.scheme, editor.file)
    for make in MAKERS:
        sheet = make(Texts("fi"), found, {})
        assert (sheet.table, sheet.pictures) == (None, ())
        assert sheet.empty
    assert over_time.over_time(Texts("fi"), (), found.settings, str, {}).empty
