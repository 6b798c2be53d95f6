"""Find and replace over a statement's sections: what is found, what may be changed, what stays."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.checks import QUESTION_SOURCE
from app.model.statement import Paragraph, ParagraphKind, Run, Statement, StatementText
from app.statement.seeking import Place, Sought, counted, places, replaced, words_in

SECTIONS = ("family", "observations")
STATEMENT = Statement("s", "c", "s", 1, "fi", "mim", datetime(2026, 1, 1, tzinfo=UTC))


def text(*paragraphs: Paragraph) -> StatementText:
    return StatementText(STATEMENT, paragraphs)


def paragraph(*runs: Run | str, at: str = "a", section: str = "observations", **more) -> Paragraph:
    made = tuple(r if isinstance(r, Run) else Run(r) for r in runs)
    return Paragraph(f"{section}/{at}", "s", section, at, made, **more)


def after(held: StatementText, found, words: str) -> dict[str, str | None]:
    return {c.id: c.after.text if isinstance(c.after, Paragraph) else None for c in replaced(held, found, words)}


def test_found_in_the_order_of_the_document_whatever_the_case() -> None:
    held = text(paragraph("Äiti ja äiti"), paragraph("äitinsä", section="family"))
    found = places(held, SECTIONS, Sought("ÄITI"))
    assert [(p.section, p.start, p.end) for p in found] == [
        ("family", 0, 4), ("observations", 0, 4), ("observations", 8, 12),
    ]  # fmt: skip
    assert len(places(held, SECTIONS, Sought("äiti", whole=True))) == 2
    assert len(places(held, SECTIONS, Sought("Äiti", exact=True))) == 1
    assert places(held, SECTIONS, Sought("")) == ()


def test_what_is_sought_is_no_pattern() -> None:
    assert [p.start for p in places(text(paragraph("a.b a?b [01:17]")), SECTIONS, Sought("a?b"))] == [4]


def test_evidence_and_questions_are_found_and_stay() -> None:
    cited = paragraph("katse ja ", Run("katse [01:17]", evidence="e"), " katse")
    asked = paragraph("katse?", at="b", kind=ParagraphKind.HEADING, source=f"{QUESTION_SOURCE}1")
    held = text(cited, asked)
    found = places(held, SECTIONS, Sought("katse"))
    assert [p.can_change for p in found] == [True, False, True, False]
    assert after(held, found, "ilme") == {cited.id: "ilme ja katse [01:17] ilme"}


def test_what_reaches_into_evidence_stays_too() -> None:
    held = text(paragraph("lapsi ", Run("nauraa", evidence="e")))
    (found,) = places(held, SECTIONS, Sought("lapsi nau"))
    assert not found.can_change


def test_replaced_words_have_the_style_of_the_first_letter() -> None:
    held = text(paragraph("on ", Run("hyvin ", bold=True), "rauhallinen"))
    (change,) = replaced(held, places(held, SECTIONS, Sought("hyvin rau")), "oikein rau")
    assert change.after is not None
    assert [(r.text, r.bold) for r in change.after.runs] == [("on ", False), ("oikein rau", True), ("hallinen", False)]


def test_a_generated_passage_is_a_hands_from_then_on_and_an_empty_paragraph_goes() -> None:
    held = text(paragraph("vanha", source="methods/x"), paragraph("vanha", at="b"))
    (first, _) = replaced(held, places(held, SECTIONS, Sought("vanha")), "uusi")
    assert first.after is not None
    assert first.after.by_hand
    assert after(held, places(held, SECTIONS, Sought("vanha")), "") == {p.id: None for p in held.paragraphs}


def test_tables_are_neither_found_nor_counted() -> None:
    table = paragraph(kind=ParagraphKind.TABLE, cells=(("katse", "1"),), source="marks/m")
    held = text(table, paragraph("Katse – ja 2 hymyä.", at="b"))
    assert len(places(held, SECTIONS, Sought("katse"))) == 1
    assert counted(held, SECTIONS) == {"family": 0, "observations": 4}


@pytest.mark.parametrize(("words", "n"), [("", 0), ("–", 0), ("äiti", 1), ("2.11. klo 9–10", 3), ("a\nb  c", 3)])
def test_words_are_counted_as_a_word_processor_counts(words, n) -> None:
    assert words_in(words) == n


@given(
    st.lists(st.text("abä ", max_size=6), max_size=5), st.text("abä", min_size=1, max_size=2), st.text("xy", max_size=3)
)
def test_what_is_replaced_everywhere_is_as_python_replaces_it(parts, wanted, words) -> None:
    made = paragraph(*(Run(p, bold=bool(n % 2)) for n, p in enumerate(parts)))
    held = text(made)
    changes = replaced(held, places(held, SECTIONS, Sought(wanted, exact=True)), words)
    wished = made.text.replace(wanted, words)
    if not changes:
        assert wished == made.text or not made.text.strip()
    else:
        (change,) = changes
        assert (change.after.text if isinstance(change.after, Paragraph) else "") == (wished if wished.strip() else "")


def test_a_place_names_its_paragraph() -> None:
    held = text(paragraph("x"))
    assert places(held, SECTIONS, Sought("x")) == (Place("observations", held.paragraphs[0].id, 0, 1, can_change=True),)
    assert places(text(replace(held.paragraphs[0], section="other")), SECTIONS, Sought("x")) == ()
