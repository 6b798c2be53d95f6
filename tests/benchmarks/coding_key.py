"""A key press in the coding room with 5 000 observations: until it is committed, and until it is repainted."""

import os
import random
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.i18n import Texts
from app.jobs import Jobs
from app.model.change import added
from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.people import Case, Person, Role
from app.model.presses import PERSON_OF
from app.model.stored import StoredContent
from app.model.timecode import SECOND
from app.notices import Notices
from app.schemes import library
from app.settings.preferences import Preferences
from app.workspace import Workspace
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.benchmarks.figures import percentile
from tests.material.builders import meeting, recording
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FakePlayer
from widgets.coding.coding_screen import CodingScreen
from widgets.look import look as looks

OBSERVATIONS, PRESSES, LENGTH = 5000, 200, 3600 * SECOND


def filled_workspace(folder: Path, count: int, length: int = LENGTH) -> tuple[Workspace, str]:
    """A real archive with one meeting coded by its worker with `count` points over `length` µs."""
    opened = ArchiveDoorway(KdfCost.FLOOR).create(folder, "Aino Esimerkki", "viisi sanaa")
    store, me = opened.store, opened.store.me
    case = Case(new_id(), "Kuusi", me, new_id())
    child, adult = Person(new_id(), case.id, Role.CHILD, "lapsi"), Person(new_id(), case.id, Role.BIRTH_PARENT, "isä")
    met = meeting(case.id, adult.id, child.id, (me, case.partner))
    film = recording(met.id, length)
    scheme, instrument = library.scheme("perusrunko"), library.instruments()[0]
    header = CodingHeader(new_id(), met.id, me, scheme.id, 1, instrument.id, 1)
    kept = [
        StoredContent("scheme/perusrunko/1", "scheme", "perusrunko", 1, library.scheme_text("perusrunko")),
        StoredContent(
            f"instrument/{instrument.id}/1", "instrument", instrument.id, 1, library.instrument_text(instrument.id)
        ),
    ]
    store.apply("begin", [added(e) for e in (case, child, adult, met, film, *kept)])
    store.apply("coding", [added(header)])
    chance = random.Random(5)
    points = [c for c in scheme.codes_of("") if c.kind == "point"]
    coded = [
        Observation(new_id(), header.id, c.id, PERSON_OF[c.actor], chance.randrange(length))
        for c in chance.choices(points, k=count)
    ]
    store.apply("coded", [added(o) for o in coded])
    texts = Texts("fi")
    return Workspace(opened, film_tools(), texts, Jobs(), Notices(texts), Preferences()), met.id


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # drawn in full, shown nowhere: no display is needed
    app = QApplication.instance() or QApplication(sys.argv[:1])
    looks.load_fonts()
    look = looks.Look(looks.DARK)
    looks.apply(app, look)
    with tempfile.TemporaryDirectory() as place:
        space, meeting_id = filled_workspace(Path(place) / "archive", OBSERVATIONS)
        start = time.perf_counter()
        player = FakePlayer(LENGTH)
        with patch.object(space.media, "open"):
            screen = CodingScreen(space, look, lambda *_a, **_k: None, lambda: player)
            looks.dress(screen, look)
            screen.resize(1274, 712)
            screen.show()
            screen.opened(meeting_id=meeting_id)
        app.processEvents()
        print(f"  open the coding room: {(time.perf_counter() - start) * 1000:.0f} ms")
        committed, painted = press_many(app, screen, player, LENGTH)
        for name, values in (("committed", committed), ("repainted", painted)):
            middle, high = (percentile(values, p) * 1000 for p in (0.5, 0.95))
            print(f"  key press to {name:<10} p50 {middle:5.1f} ms   p95 {high:5.1f} ms   goal p95 <= 16 ms")
        screen.close_film()
        screen.close()
        space.close()


def press_many(
    app: QApplication, screen: CodingScreen, player: FakePlayer, length: int
) -> tuple[list[float], list[float]]:
    """Seconds from a press at a random moment until it is committed, and until it is repainted."""
    room = screen.room
    assert room is not None
    screen.take_focus()  # as the window does when the place opens: letters code where the film has the keys
    app.processEvents()
    committed, painted, chance = [], [], random.Random(7)
    keys = "qadz1fhmuos"
    saved: list[float] = []
    room.editor.saved.connect(lambda _: saved.append(time.perf_counter()))
    for _ in range(PRESSES):
        player.seek(chance.randrange(length))
        app.processEvents()
        start = time.perf_counter()
        QTest.keyClick(screen, chance.choice(keys))
        committed.append(saved[-1] - start)
        room.timeline.repaint()
        room.pad.repaint()
        app.processEvents()
        painted.append(time.perf_counter() - start)
    return committed, painted
