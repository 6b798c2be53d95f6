"""The demo's film, drawn once per run: it is the same each time, and to draw it takes seconds."""

import json
import shutil
from pathlib import Path

from app.ports import Cancelled, Progress
from tests.material.once import once
from video.demo.film import DemoScript, demo_script, make_demo_film


def drawn_once(path: Path, progress: Progress, _cancelled: Cancelled) -> DemoScript:
    """Stands where `make_demo_film` stands, for tests that ask about something else than the drawing.

    The progress is that of the drawing, told in one go.
    """
    made = once("demo-film", _drawn)
    shutil.copyfile(made / "film.mp4", path)
    for share in json.loads((made / "progress.json").read_text()):
        progress(share)
    return demo_script()


def _drawn(folder: Path) -> None:
    folder.mkdir()
    told: list[float] = []
    assert make_demo_film(folder / "film.mp4", told.append, lambda: False) == demo_script()
    (folder / "progress.json").write_text(json.dumps(told))
