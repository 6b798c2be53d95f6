"""What reaches the family's screen of a real film: from the first picture of the moment to its last, and no other.

The numbers are read back from the pixels that the screen was given.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from app.casework.case_editor import CaseEditor
from app.model.change import added
from app.model.consent import Purpose
from app.model.feedback import Clip
from app.model.identity import new_id
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.office.log_report import case_lines
from app.office.looking import Seen
from tests.drivers.stage import until
from tests.material.builders import recording
from tests.material.films import KINDS, build, read_number
from tests.material.house import LONG_AGO, Home, opened
from video.open.frame_index import build_index
from video.playing.player import FilmPlayer
from widgets.feedback.held_clip import ToPerson
from widgets.feedback.stage import ClipStage

FIRST, LAST = 17, 31


class Television(QObject):
    """The second screen, which is on: the numbers of the pictures that it was given, −1 for black."""

    turned = Signal(bool)
    is_on = True
    is_on_trial = False

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []

    def pixels(self) -> tuple[int, int]:
        return 1920, 1080

    def show_picture(self, picture) -> None:
        self.numbers.append(-1 if picture is None else read_number(picture.pixels))

    def blacken(self) -> None:
        self.numbers.append(-1)

    def show_second(self, picture, *, within: bool = False) -> None:
        assert picture is None

    def paint_now(self) -> None:
        """It paints by itself."""

    def show_pointer(self, place) -> None:
        """Nobody points."""


class Films:
    """The vault: each film lies in a file of its own."""

    def __init__(self) -> None:
        self.paths: dict[str, Path] = {}

    def open(self, film: Recording):
        return self.paths[film.id].open("rb")


def shown_of(home: Home, vault: Films, path: Path, name: str) -> Clip:
    """A moment of a film, chosen; nothing of it is shown yet."""
    index = build_index(path)
    film = recording(home.meeting.id)
    facts = replace(film.facts, frames=len(index.times), duration=int(index.times[-1]) + 40_000)
    film = replace(film, facts=facts, index=index.pack())
    vault.paths[film.id] = path
    clip = Clip(new_id(), film.id, film.meeting_id, home.aino.id, int(index.times[FIRST]), int(index.times[LAST]))
    home.a.apply(name, [added(film), added(clip)])
    return clip


def staged(home: Home, room, television: Television) -> ClipStage:
    doors = ToPerson(room.space, home.meeting.adult_id)
    return ClipStage(room.space, television, partial(FilmPlayer, open_output=lambda: None), doors, room.space)


@pytest.fixture
def house(qapp):
    home = Home()
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FEEDBACK, LONG_AGO)
    with opened(home) as room:
        vault = Films()
        room.space.opened = replace(room.space.opened, media=vault)
        yield home, room, vault


@pytest.mark.parametrize("kind", ["h264-b", "one-keyframe", "variable-mp4", "starts-late", "h264-open-gop"])
def test_a_moment_is_shown_from_its_first_to_its_last_picture_and_then_it_is_black(house, tmp_path, kind) -> None:
    home, room, vault = house
    clip = shown_of(home, vault, build(tmp_path, KINDS[kind]), kind)
    television = Television()
    stage = staged(home, room, television)
    over = []
    stage.ended.connect(lambda: over.append(True))
    assert stage.show_clip(clip)
    until(lambda: over)
    stage.close()
    seen = [n for n in television.numbers if n >= 0]
    numbers = KINDS[kind].numbers
    assert (seen[0], seen[-1]) == (numbers[FIRST], numbers[LAST])
    assert set(seen) <= set(numbers[FIRST : LAST + 1])
    assert television.numbers[-1] == -1
    room.space.looking.write()
    (line,) = (line for line in case_lines(home.a, home.case_id) if line.act == "played")
    begun, over = clip.first // SECOND, -(-clip.last // SECOND)
    assert (line.seen, line.about) == (Seen(((begun, over),), "feedback", by_others=True), clip.recording_id)


def test_the_next_one_of_another_film_follows_without_black(house, tmp_path) -> None:
    home, room, vault = house
    one = shown_of(home, vault, build(tmp_path, KINDS["h264"], "one"), "one")
    other = shown_of(home, vault, build(tmp_path, KINDS["h264-b"], "other"), "other")
    television = Television()
    stage = staged(home, room, television)
    stage.show_clip(one)
    stage.make_ready(other)
    until(lambda: stage.ready_picture() is not None and len(television.numbers) > 3)
    at = len(television.numbers)
    assert stage.show_clip(other)
    assert television.numbers[at:][0] == KINDS["h264-b"].numbers[FIRST], "it is there when the press returns"
    assert -1 not in television.numbers
    stage.close()


def test_a_loop_and_a_pause_stay_within_the_moment(house, tmp_path) -> None:
    home, room, vault = house
    clip = shown_of(home, vault, build(tmp_path, KINDS["h264-b"]), "film")
    television = Television()
    stage = staged(home, room, television)
    stage.show_clip(clip)
    stage.loop()
    until(lambda: television.numbers.count(FIRST) > 1, 20)
    stage.loop()
    stage.toggle()
    stage.toggle()
    until(lambda: television.numbers[-1] == -1)
    stage.close()
    assert {n for n in television.numbers if n >= 0} <= set(range(FIRST, LAST + 1))
