"""Numbered films are made once for the whole run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.films import KINDS, Clip, build


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str | Clip], tuple[Path, Clip]]:
    """The numbered film of a kind of `KINDS`, or of a clip."""
    folder = tmp_path_factory.mktemp("films")
    made: dict[str, Path] = {}

    def get(kind: str | Clip) -> tuple[Path, Clip]:
        clip = KINDS[kind] if isinstance(kind, str) else kind
        name = kind if isinstance(kind, str) else f"clip-{len(made)}"
        key = kind if isinstance(kind, str) else repr(kind)
        if key not in made:
            made[key] = build(folder, clip, name)
        return made[key], clip

    return get
