"""As a new user would: film nine tasks, pull the plug in the sixth, start again, go on, and code the rescued film."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from app.bootstrap import Program
from app.casework.case_editor import CaseEditor, new_case
from app.casework.meeting_file import films_in_use, read_filmed
from app.door import Door
from app.filming.stages import FilmingStage
from app.i18n import now
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.filming import Happening, OpenRecording, Talk
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import How
from app.model.people import Worker
from app.model.plan import planned
from app.model.recording import Origin
from app.model.timecode import SECOND
from app.schemes import library
from tests.drivers.archive_steps import AINO, SECRETS, lock, make_archive, sign_in
from tests.drivers.coding_steps import Coder
from tests.drivers.hands import Hands, Key
from tests.drivers.journey_child import ROOM
from video.recording.recording_clock import SystemClock
from widgets.filming.filming_room import FilmingRoom
from widgets.filming.filming_screen import FilmingScreen
from widgets.notice_bar import NoticeBar

TASKS = 9
ROOT = Path(__file__).parents[2]
#: what may be lost at most when the program is killed (the issue's figure)
MOST_LOST = SECOND // 2


def plan_a_meeting(program: Program) -> Meeting:
    """A case with a pair, and a meeting of today with nine tasks; for one consent the controller decided."""
    store, t = program.workspace.store, program.texts
    partner = Worker(new_id(), "Leena Salo")
    store.apply("partner", [added(partner)])
    case = new_case(Door(store), t, "Tähti 14")
    editor = CaseEditor(store, t, case.id)
    editor.edit(editor.file.case, partner=partner.id)
    adult, child = editor.file.adults[0], editor.file.child
    assert editor.give_consent(child, Purpose.FILMING, now().date())
    assert editor.decide_despite(adult, Purpose.FILMING, now().date(), "Maakunnan johtava", "tavoittamatta 3 kertaa")
    made = editor.add_meeting(adult, now())
    full = replace(made, plan=tuple(planned(c, "of any age") for c in library.task_cards()[:TASKS]))
    store.apply("plan", [Change(made, full)])
    return full


def pull_the_plug(place: Path, meeting_id: str) -> None:
    """Another process films up to the sixth task; it is killed there."""
    command = [sys.executable, "-m", "tests.drivers.journey_child"]
    command += [str(place / "Havainto"), AINO, SECRETS[AINO], meeting_id]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as run:
        assert run.stdout.readline() == b"sixth\n"
        run.kill()


class Lid:
    """The lid of the laptop: while it was closed only one of the two clocks went on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept = 0
        now = SystemClock.now
        monkeypatch.setattr(SystemClock, "now", lambda clock: now(clock) + self.slept)

    def close_for(self, seconds: int) -> None:
        self.slept += seconds * SECOND


def test_film_pull_the_plug_go_on_and_code(
    program: Program, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lid = Lid(monkeypatch)
    make_archive(hands, program, tmp_path)
    meeting = plan_a_meeting(program)
    program.preferences.remember(last_room=ROOM)
    lock(hands, program)
    pull_the_plug(tmp_path, meeting.id)

    sign_in(hands, program, AINO)
    space = program.workspace
    hands.until(lambda: not space.store.find(OpenRecording))
    told = program.window.findChild(NoticeBar)
    hands.until(told.isVisible)
    assert "pelastettiin" in told.accessibleName()
    what_was_rescued(program, meeting.id)

    go_on_filming(hands, program, meeting.id, lid)
    write_the_talk(hands, program)
    code_the_rescued_film(hands, program, meeting.id)


def what_was_rescued(program: Program, meeting_id: str) -> None:
    """Both films are there, the second one rescued; the tasks done are ticked and end where the film ends."""
    filmed = read_filmed(program.workspace.store, meeting_id)
    first, second = filmed.films
    assert (first.origin, second.origin) == (Origin.FILMED, Origin.RESCUED)
    assert first.offset == 0
    assert first.end < second.offset
    assert [s.number for s in filmed.segments] == [1, 2, 3, 5, 5, 1, 6]
    assert not any(s.open for s in filmed.segments)
    assert filmed.skipped == {4: "material-missing"}
    sixth = filmed.segments[-1]
    assert sixth.end == second.end
    # it filmed its sixth task for a second and a half when it was killed
    assert sixth.end - sixth.start >= round(1.5 * SECOND) - MOST_LOST
    (away,) = filmed.of(Happening.INTERRUPTION)
    assert away.end is not None
    assert filmed.lasting(Happening.RESCUED).start == second.end


def go_on_filming(hands: Hands, program: Program, meeting_id: str, lid: Lid) -> None:
    """From the desk; the sixth task goes on, then the last three, by PgDn. In the ninth somebody closes the lid."""
    window = program.window
    window.go("desk")
    hands.settle()
    assert "Kuvaus on kesken" in hands.words(window)
    hands.press(window, "Jatka")
    screen = hands.one(window, FilmingScreen)
    room = screen.room
    assert room.capture.stage == FilmingStage.RESCUED
    assert "Kuvaus jatkuu tehtävästä 6" in hands.words(room.prepare)
    hands.until(lambda: room.large.gives_pictures)
    hands.press(room.prepare, "Lapsi sanoo kyllä")
    hands.press(room.prepare, "Jatka kuvausta")
    assert room.capture.stage == FilmingStage.RECORDING
    assert room.capture.filmed.running.number == 6
    rows = room.tasks.rows
    for number in (7, 8, 9):
        film_for(hands, room.capture, 0.7)
        hands.key(rows, Key.Key_PageDown)
        assert room.capture.filmed.running.number == number
    film_for(hands, room.capture, 0.7)
    close_the_lid(hands, room, lid)
    assert "Viimeinen tehtävä päättyy" in hands.words(room.tasks)
    hands.key(rows, Key.Key_PageDown)
    film_for(hands, room.capture, 0.3)
    hands.press(room.tasks, "Lopeta kuvaus…") if room.tasks.main.text() != "Lopeta kuvaus…" else room.tasks.main.click()
    hands.until(lambda: room.capture.stage == FilmingStage.KEPT)
    filmed = read_filmed(program.workspace.store, meeting_id)
    assert [s.number for s in filmed.segments] == [1, 2, 3, 5, 5, 1, 6, 6, 7, 8, 9, 9]
    assert len(filmed.films) == 4
    (slept,) = filmed.of(Happening.SLEPT)
    assert filmed.films[2].end == slept.start
    assert slept.end < filmed.films[3].offset
    ends = [(f.offset, f.end) for f in filmed.films]
    assert all(a[1] < b[0] for a, b in pairwise(ends)), "gaps in real time lie between the films"
    despite = filmed.of(Happening.STARTED_DESPITE)[-1].reason
    assert "consent-decided" in despite
    assert "child-not-asked" not in despite


def close_the_lid(hands: Hands, room: FilmingRoom, lid: Lid) -> None:
    """For a minute: then the line says from when to when, and another film goes on."""
    films = len(room.capture.filmed.films)
    lid.close_for(60)
    hands.until(lambda: len(room.capture.filmed.films) == films + 1 and room.capture.is_recording)
    assert "Tietokone oli lepotilassa" in room.line.accessibleName()
    assert "Kuvaus jatkuu uutena tallenteena" in room.line.accessibleName()
    hands.until(lambda: room.capture.is_growing(1))
    film_for(hands, room.capture, 0.7)


def film_for(hands: Hands, capture, seconds: float) -> None:
    end = capture.now() + round(seconds * SECOND)
    hands.until(lambda: capture.now() >= end)


def write_the_talk(hands: Hands, program: Program) -> None:
    page = hands.one(program.window, FilmingScreen).after
    hands.until(page.isVisible)
    where = hands.named(page, "Missä lapsi on?", QLineEdit)
    hands.fill(where, "pihalla")
    (talk,) = program.workspace.store.find(Talk)
    assert talk.child_where == "pihalla"


def code_the_rescued_film(hands: Hands, program: Program, meeting_id: str) -> None:
    """A coding begins with the interruption; a code is put on a picture that the rescued film really has."""
    from video.open.frame_index import unpack
    from video.open.frames import FrameSource

    space = program.workspace
    editor = space.coding_editor(meeting_id)
    own = sorted((o.start, o.end) for o in editor.coding.observations.values() if o.how == How.FILMING)
    films = films_in_use(space.store, meeting_id)
    gaps = [(a.end, b.offset) for a, b in pairwise(films)]
    assert len(own) == 1
    assert [(s.start, s.end) for s in editor.file.not_filmed] == gaps
    rescued = next(f for f in films if f.origin == Origin.RESCUED)
    sixth = next(s for s in editor.file.segments if s.number == 6)
    at = (sixth.start + sixth.end) // 2
    assert rescued.offset <= at < rescued.end
    with space.media.open(rescued) as file:
        source = FrameSource(file, unpack(rescued.index))
        picture = source.picture_at(rescued.to_film(at))
        source.close()
    assert (picture.width, picture.height) == (1280, 720)
    assert picture.pixels.std() > 10, "it shows the room, not a blank"
    press_a_code(hands, program, meeting_id, at, rescued.to_meeting(picture.time))
    assert [m.number for m in editor.missing() if m.kind == "task-time"] == []


def press_a_code(hands: Hands, program: Program, meeting_id: str, at: int, shown: int) -> None:
    """In the coding room: the playhead to a moment, and a code's own key on the picture that is shown."""
    coder = Coder(hands, program, meeting_id)
    coder.room.seek(at)
    hands.until(lambda: coder.room.player.shown_at() == shown)
    code = next(c for c in coder.room.editor.scheme.codes if c.key and not c.modifiers)
    held = set(coder.observations)
    hands.key(coder.screen, code.key)
    (made,) = (o for key, o in coder.observations.items() if key not in held)
    assert (made.code, made.start) == (code.id, shown)
