"""Numbered films are made once for the whole run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.films import KINDS, Clip, build
from tests.media import CAMERA_A
from video.demo_film import make_demo_film


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


@pytest.fixture(scope="session")
def meeting_film(tmp_path_factory) -> tuple[Path, int]:
    """A film of minutes at 25 pictures a second and how many they are: the made-up meeting's, else the demo's own."""
    if CAMERA_A.exists():
        return CAMERA_A, 9250
    path = tmp_path_factory.mktemp("film") / "demo.mp4"
    make_demo_film(path, lambda _: None, lambda: False)
    return path, 3000
