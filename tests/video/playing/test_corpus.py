"""Films of the real world: each is let in with the right facts or refused with a sentence, and shown exactly.

The number on the screen is read back after every kind of move. In the test run a few kinds stand for the others: each
container, codec and trouble of a clock is among them. HAVAINTO_CORPUS=all tries every one, as `make soak` does.
"""

import os
from pathlib import Path

import pytest

from app.error_texts import SENTENCES
from app.errors import FilmError
from tests.drivers.moves import MOVES, travelled
from tests.drivers.stage import reel, scrub_parts
from tests.drivers.taken_in import linear, taken_in
from tests.material.corpus import CORPUS, OPEN_AT_THE_GATE, OPEN_ON_THE_SCREEN, SMALL
from tests.material.corpus.kind import Kind
from video.open.probe import BROKEN, BROKEN_ON, examine

NAMES = tuple(CORPUS) if os.environ.get("HAVAINTO_CORPUS") == "all" else SMALL
LET_IN = tuple(name for name in NAMES if CORPUS[name].numbers)


def tried(names: tuple[str, ...], still_open: dict[str, str]) -> list[object]:
    """What is known not to be right yet says why, is tried all the same, and fails the run once it is right."""
    marks = {name: pytest.mark.xfail(reason=why, strict=True) for name, why in still_open.items()}
    return [pytest.param(name, marks=marks[name]) if name in marks else name for name in names]


@pytest.mark.parametrize("name", tried(NAMES, OPEN_AT_THE_GATE))
def test_what_the_gate_says_is_right(name: str, tmp_path: Path) -> None:
    kind = CORPUS[name]
    if kind.refused:
        with pytest.raises(FilmError, match=f"^{kind.refused}$"):
            examine(kind.film(tmp_path))
        assert kind.refused in SENTENCES
    if kind.numbers:
        found = taken_in(kind, tmp_path)
        told = {BROKEN if d.what == BROKEN_ON else d.what for d in found.facts.damage}
        frayed = {BROKEN} if kind.shorter else set()  # its last picture may be there in part
        assert kind.told <= told <= kind.told | frayed
        assert kind.shorter or found.facts.frames == len(kind.numbers)
        assert found.facts.frames >= len(found.kind.numbers)
        assert kind.sounds in (None, len(found.facts.sound_tracks))
        assert all(_is_told(found.kind, position, found.facts.damage) for position in kind.hurt)


def _is_told(kind: Kind, position: int, damage) -> bool:
    assert kind.times is not None
    return any(d.start <= kind.times[position] + kind.within and kind.times[position] < d.end for d in damage)


@pytest.mark.parametrize("name", tried(LET_IN, OPEN_ON_THE_SCREEN))
def test_the_right_picture_is_on_the_screen_after_every_move(
    players, monkeypatch, hurry, name: str, tmp_path: Path
) -> None:
    monkeypatch.setattr("video.playing.picture_reader.REST", 0.005)  # the same way, sooner
    hurry(20)
    found = taken_in(CORPUS[name], tmp_path)
    player, screen = players(reel(found.path))
    tally = travelled(player, screen, found.kind, lambda: scrub_parts(found.path))
    assert not tally.wrong
    few = {"begin and end"} if found.kind.shorter else MOVES if len(found.kind.numbers) < 4 else set()
    assert MOVES - set(tally.asked) <= few


@pytest.mark.parametrize("name", [name for name in LET_IN if CORPUS[name].is_plain])
def test_the_corpus_is_what_it_says(name: str, tmp_path: Path) -> None:
    """A decoder alone, from begin to end, gives the numbers in their order: the films are as they should be."""
    kind = CORPUS[name]
    assert [number for number, _ in linear(kind.film(tmp_path))] == list(kind.numbers)
