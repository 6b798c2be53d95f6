"""Two ready codings: figures in sentences, differences by weight, and nothing before both are ready."""

from dataclasses import replace

import pytest

from app.comparing.common_view.laying_out import laid_out
from app.comparing.comparison import Comparison, comparison
from app.comparing.decision_words import decision_line
from app.comparing.walk import walked
from app.comparing.words import dimension_lines, figure_lines, settings_sentence
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.decision import Decision, DisagreementKind
from app.model.timecode import SECOND
from tests.material.house import Home, cover_all
from tests.material.pressing import press


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def test_nothing_before_both_are_ready(home) -> None:
    home.code(home.a, [("q", 5)])
    for store in (home.a, home.b):
        with pytest.raises(NotAllowed) as told:
            comparison(store, home.meeting.id)
        assert told.value.key == "not-both-ready"


def test_a_is_coder_a_for_both(home) -> None:
    home.compare()
    for store in (home.a, home.b):
        found = comparison(store, home.meeting.id)
        assert (found.a.header.coder, found.b.header.coder) == (home.aino.id, home.leena.id)


def test_two_schemes_are_not_compared(home) -> None:
    from app.casework.meeting_file import meeting_file
    from app.coding.editor import CodingEditor
    from app.coding.opening import begin

    home.code(home.a, [("q", 5)])
    header = begin(Door(home.b), home.texts, home.meeting.id, "laaja-runko")
    editor = CodingEditor(home.b, home.texts, meeting_file(home.b, home.meeting.id), header)
    cover_all(editor)
    assert editor.mark_ready()
    with pytest.raises(NotAllowed) as told:
        comparison(home.a, home.meeting.id)
    assert told.value.key == "schemes-differ"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_figures_are_sentences_without_adjectives_or_signs(home, language) -> None:
    home.compare()
    found, texts = comparison(home.a, home.meeting.id), Texts(language)
    lines = (*figure_lines(texts, found), *dimension_lines(texts, found))
    assert len({line.title for line in lines}) == len(lines)
    for line in lines:
        assert line.figure
        assert line.detail
        assert "{" not in line.title + line.figure + line.detail
    assert "±1" in settings_sentence(texts, found)


def test_the_counts_are_those_of_the_codings(home) -> None:
    home.compare()
    found = comparison(home.a, home.meeting.id)
    by_title = {line.title: line.figure for line in figure_lines(Texts("en"), found)}
    assert by_title["Adult, events"] == "2 / 3"
    assert by_title["Child, events"] == "0 / 1"
    assert by_title["State of interaction"] == "92% of the time"


def rows_of(found: Comparison) -> tuple[Decision, ...]:
    """The differences as the room lists them before anything is decided."""
    return walked(found, laid_out(found, "").differences)


def test_differences_come_by_weight_and_say_both(home) -> None:
    home.code(home.a, [("6", 0), ("q", 5), ("7", 30)], value=5)
    home.code(home.b, [("6", 0), ("7", 36)], value=2)
    found = comparison(home.a, home.meeting.id)
    rows = rows_of(found)
    lines = [decision_line(Texts("en"), found, d) for d in rows]
    kinds = [d.kind for d in rows]
    assert lines[0].start is None
    assert (lines[0].a, lines[0].b) == ("5", "2")
    assert kinds.index(DisagreementKind.STATE) < len(kinds) - 1
    state = rows[kinds.index(DisagreementKind.STATE)]
    assert (state.start, state.end) == (30 * SECOND, 36 * SECOND)
    event = lines[-1]
    assert event.start == 5 * SECOND
    assert event.b == "no mark"
    assert all(line.a and line.b and line.a != line.b for line in lines)


def test_two_alike_have_no_differences(home) -> None:
    for store in (home.a, home.b):
        home.code(store, [("6", 0), ("q", 5), ("h", 8)])
    assert rows_of(comparison(home.a, home.meeting.id)) == ()


def test_two_empty_codings_say_why_there_is_no_figure(home) -> None:
    for store in (home.a, home.b):
        home.code(store, [])
    lines = figure_lines(Texts("en"), comparison(home.a, home.meeting.id))
    assert any("not computable" in line.detail for line in lines)


def test_a_later_pass_counts_only_where_both_made_it(home) -> None:
    """What one of them coded in a pass of its own is no disagreement with the other, who did not make that pass."""
    for store, starts in ((home.a, (0, 20)), (home.b, (0, 24))):
        editor = home.editor(store)
        press(editor, "6", 0)
        for segment in editor.file.segments:
            editor.cover(segment, on=True)
        layer = editor.scheme.layers[0].id
        first, second = editor.scheme.codes_of(layer)[:2]
        editor.code(first, starts[0] * SECOND)
        editor.code(second, starts[1] * SECOND)
        if store is home.a:
            for segment in editor.file.segments:
                editor.cover(segment, on=True, part=layer)
        else:
            editor.cover(editor.file.segments[1], on=True, part=layer)
        assert editor.mark_ready()
    found = comparison(home.a, home.meeting.id)
    groups = {row.group: row for row in found.agreement.time_based if row.person == "child1"}
    assert set(groups) == {"RC"}
    assert groups["RC"].units == 20
    assert {d.person for d in found.disagreements} == {"child1"}
    assert all(20 * SECOND <= d.start < 40 * SECOND for d in found.disagreements)


def test_a_pass_that_nobody_else_made_is_in_no_figure(home) -> None:
    for store in (home.a, home.b):
        editor = home.editor(store)
        press(editor, "6", 0)
        for segment in editor.file.segments:
            editor.cover(segment, on=True)
        if store is home.a:
            layer = editor.scheme.layers[0].id
            editor.code(editor.scheme.codes_of(layer)[0], SECOND)
            editor.cover(editor.file.segments[0], on=True, part=layer)
        assert editor.mark_ready()
    found = comparison(home.a, home.meeting.id)
    assert {row.person for row in found.agreement.time_based} == {"dyad"}
    assert found.disagreements == ()


def test_a_row_without_an_interval_says_why_where_others_have_one(home) -> None:
    home.compare()
    found, texts = comparison(home.a, home.meeting.id), Texts("en")
    assert not any("no interval" in line.detail for line in figure_lines(texts, found)), "three tasks: told once"
    six = replace(found, agreement=replace(found.agreement, tasks=6))
    told = [line.detail for line in figure_lines(texts, six) if line.detail.startswith("allowing for chance ")]
    assert told
    assert all("(no interval: fewer than five tasks tell of it)" in detail for detail in told)
