"""The program's own content: schemes, instruments and task cards from `resources/`, read once when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import resources
from app.model.instrument import Instrument
from app.model.plan import TaskCard
from app.model.scheme import Scheme
from app.model.scheme_file import read_instrument, read_scheme, read_tasks

#: Perusrunko is what a worker meets at the first run
SCHEMES = ("perusrunko", "laaja-runko")
INSTRUMENTS = ("ulottuvuuskooste-5",)


def _text(folder: str, name: str) -> str:
    path: Path = resources.folder() / folder / f"{name}.toml"
    return path.read_text("utf-8")


def scheme_text(scheme_id: str) -> str:
    """The scheme's file as it is kept with a coding."""
    return _text("schemes", scheme_id)


@cache
def scheme(scheme_id: str) -> Scheme:
    return read_scheme(scheme_text(scheme_id))


def schemes() -> tuple[Scheme, ...]:
    return tuple(scheme(name) for name in SCHEMES)


def instrument_text(instrument_id: str) -> str:
    return _text("instruments", instrument_id)


@cache
def instrument(instrument_id: str) -> Instrument:
    return read_instrument(instrument_text(instrument_id))


def instruments() -> tuple[Instrument, ...]:
    return tuple(instrument(name) for name in INSTRUMENTS)


@cache
def task_cards() -> tuple[TaskCard, ...]:
    return read_tasks(_text("tasks", "tasks"))
