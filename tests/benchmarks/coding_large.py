"""A coding of 20 000 observations over four hours: opened, coded, zoomed and panned, shifted, undone; and its memory.

The film stands: the player is the one without films, so that the figures are the coding room's own.
"""

import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication

from app.model.timecode import SECOND
from tests.benchmarks.coding_key import filled_workspace, press_many
from tests.benchmarks.figures import percentile
from tests.stand_ins.fake_player import FakePlayer
from widgets.coding.coding_room import CodingRoom
from widgets.coding.coding_screen import CodingScreen
from widgets.look import look as looks

OBSERVATIONS, LENGTH, PAINTS, SHIFTED = 20_000, 4 * 3600 * SECOND, 120, 5000


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # drawn in full, shown nowhere: no display is needed
    app = QApplication.instance() or QApplication(sys.argv[:1])
    looks.load_fonts()
    look = looks.Look(looks.DARK)
    looks.apply(app, look)
    with tempfile.TemporaryDirectory() as place:
        space, meeting_id = filled_workspace(Path(place) / "archive", OBSERVATIONS, LENGTH)
        player = FakePlayer(LENGTH)
        start = time.perf_counter()
        with patch.object(space.media, "open"):
            screen = CodingScreen(space, look, lambda *_a, **_k: None, lambda: player)
            looks.dress(screen, look)
            screen.resize(1920, 1080)
            screen.show()
            screen.opened(meeting_id=meeting_id)
        app.processEvents()
        print(f"  open the coding: {(time.perf_counter() - start) * 1000:.0f} ms   goal <= 300 ms")
        room = screen.room
        assert room is not None
        committed, painted = press_many(app, screen, player, LENGTH)
        tell("key press to committed", committed, 16)
        tell("key press to repainted", painted, 16)
        _paints(room)
        _shift(app, room)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"  memory at its highest: {peak} MB   goal <= 600 MB with a film playing")
        screen.close_film()
        screen.close()
        space.close()


def tell(name: str, values: list[float], goal: int) -> None:
    middle, high = (percentile(values, p) * 1000 for p in (0.5, 0.95))
    print(f"  {name:<34} p50 {middle:5.1f} ms   p95 {high:5.1f} ms   goal p95 <= {goal} ms")


def _paints(room: CodingRoom) -> None:
    """Zoomed so that seconds, minutes and everything are in sight, then moved by a little each time."""
    view, chance = room.timeline, random.Random(3)
    whole = view.scale.zoomed(1e-9, 0)
    for name, seconds in (("30 s in sight", 30), ("10 min in sight", 600), ("4 h in sight", 4 * 3600)):
        view.scale = whole.zoomed(LENGTH / (seconds * SECOND), 0)
        times = []
        for _ in range(PAINTS):
            if seconds == 4 * 3600:
                view.scale = whole.zoomed(1 + chance.random() * 0.1, 400)
            else:
                view.show_around(chance.randrange(LENGTH))
            view.redraw()
            start = time.perf_counter()
            view.repaint()
            times.append(time.perf_counter() - start)
        tell(f"timeline paint, {name}", times, 8)


def _shift(app: QApplication, room: CodingRoom) -> None:
    editor = room.editor
    chosen = list(editor.coding.observations.values())[:SHIFTED]
    for name, act in (
        ("shift", lambda: editor.shift(chosen, SECOND)),
        ("undo", editor.undo),
        ("redo", editor.redo),
    ):
        start = time.perf_counter()
        act()
        app.processEvents()
        print(f"  {name} of {SHIFTED} observations: {(time.perf_counter() - start) * 1000:.0f} ms   goal <= 200 ms")


if __name__ == "__main__":
    main()
