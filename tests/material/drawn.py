"""The demo's film, drawn once per run: it is the same each time, and to draw it takes seconds."""

import shutil
from pathlib import Path

from app.ports import Cancelled, Progress
from tests.material.once import once
from video.demo.film import DemoScript, demo_script, make_demo_film


def drawn_once(path: Path, progress: Progress, _cancelled: Cancelled) -> DemoScript:
    """Stands where `make_demo_film` stands, for tests that ask about something else than the drawing."""
    shutil.copyfile(once("demo-film.mp4", lambda at: make_demo_film(at, lambda _: None, lambda: False)), path)
    progress(1.0)
    return demo_script()
