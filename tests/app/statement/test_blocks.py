"""Text blocks of the office: offered by section and language, their places found, one left empty stops *final*."""

import pytest

from app.door import Door
from app.model.checks import Lack
from app.model.identity import new_id
from app.model.statement import ParagraphKind
from app.statement.beginning import begin_statement
from app.statement.blocks import PLACE, TextBlocks, as_paragraphs, offered
from app.statement.editor import Draft, StatementEditor
from app.statement.evidence import offers
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


@pytest.fixture
def blocks(home) -> TextBlocks:
    return TextBlocks(home.a, home.texts)


def test_those_of_the_section_come_first_and_those_of_another_language_or_section_not_at_all(home, blocks) -> None:
    blocks.add(name="Yleinen", language="fi", words="a")
    blocks.add(name="Ääni", language="fi", words="b", section="observations")
    blocks.add(name="Toinen", language="fi", words="c", section="family")
    blocks.add(name="Andra", language="sv", words="d", section="observations")
    assert [b.name for b in offered(home.b, "fi", "observations")] == ["Ääni", "Yleinen"]


def test_a_block_needs_a_name_and_words_and_is_undone_as_everything(blocks) -> None:
    said = []
    blocks.refused.connect(said.append)
    assert not blocks.add(name=" ", language="fi", words="x")
    assert not blocks.add(name="x", language="fi", words=" ")
    assert len(said) == 2
    assert blocks.add(name="x", language="fi", words="y")
    assert blocks.edit(blocks.blocks()[0], words="z")
    assert blocks.remove(blocks.blocks()[0])
    assert blocks.undo()
    assert blocks.undo()
    assert [b.words for b in blocks.blocks()] == ["y"]


def test_lines_are_paragraphs_and_places_are_found_in_turn(blocks) -> None:
    blocks.add(name="x", language="fi", words="{lapsen nimi} tuli.\n- katse {pvm}")
    rows = as_paragraphs(blocks.blocks()[0])
    assert [(r.kind, r.text) for r in rows] == [
        (ParagraphKind.BODY, "{lapsen nimi} tuli."),
        (ParagraphKind.ITEM, "katse {pvm}"),
    ]
    assert [PLACE.findall(r.text) for r in rows] == [["{lapsen nimi}"], ["{pvm}"]]


def test_a_place_that_nobody_filled_stops_final(home, blocks) -> None:
    home.compare()
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    editor = StatementEditor(home.a, home.texts, made.id)
    blocks.add(name="x", language="fi", words="{lapsen nimi} tuli.")
    runs = as_paragraphs(blocks.blocks()[0])[0].runs
    editor.write_section("parents-views", [Draft(new_id(), ParagraphKind.BODY, runs)])
    (found,) = [f for f in editor.findings() if f.lack == Lack.PLACEHOLDER]
    assert found.words == ("{lapsen nimi}",)
    assert found.stops


def test_meetings_are_offered_as_evidence_too(home) -> None:
    home.compare()
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    found = [o for o in offers(home.a, made) if o.evidence.kind == "meeting"]
    assert [o.evidence.meeting_id for o in found] == [home.meeting.id]
    assert found[0].words.startswith("Tapaaminen 3.11.")
