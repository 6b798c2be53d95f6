"""Erasing a film as a whole: what is said before, the act in its two parts, and what is told to the screens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.erasing.films import what_goes
from app.errors import ContainerError, NotAllowed
from app.model.change import Change, added
from app.model.erasure import Erasure, FilmOrder, Ground, MadeBackup
from app.model.identity import new_id
from app.model.observation import Bookmark
from app.model.recording import DerivedFile, DerivedKind, Origin, Recording
from app.model.stored import ExampleClip
from app.model.timecode import SECOND
from tests.material.builders import recording
from tests.material.house import Home, opened
from tests.material.pressing import press


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def room(home):
    with opened(home) as made:
        yield made


def order(film: Recording, **more) -> FilmOrder:
    return FilmOrder(film.id, Ground.MISTAKE, **more)


def bookmark(home: Home, second: float) -> Bookmark:
    return Bookmark(new_id(), home.editor().coding.id, round(second * SECOND), "word")


class Erased:
    """What an erasing ended with."""

    def __init__(self, room, qtbot, wish: FilmOrder) -> None:
        self.done: list[Erasure] = []
        self.failed: list[str] = []
        room.space.erasing.erase(wish, self.done.append, lambda error: self.failed.append(error.key))
        qtbot.waitUntil(lambda: bool(self.done or self.failed))


def test_nothing_but_the_film_itself_is_said_of_one_that_nobody_used(home, room) -> None:
    goes = what_goes(home.a, room.archive, home.film)
    assert (goes.copies, goes.clips, goes.bookmarks, goes.rests, goes.backups) == (0, 0, 0, False, 0)
    assert goes.has_original
    filmed = replace(home.film, origin=Origin.FILMED)
    assert not what_goes(home.a, room.archive, filmed).has_original


def test_what_goes_with_a_film_is_counted(home, room) -> None:
    film = home.film
    copy = DerivedFile(new_id(), film.id, DerivedKind.SCRUB, 0, 0, 9, f"{new_id()}.vau", "a" * 64, 9, 1)
    home.a.apply("parts", [added(copy), added(ExampleClip(new_id(), "oma", "AS", film.id, 1, 2))])
    now = datetime.now(UTC)
    backups = [MadeBackup("later", now, ""), MadeBackup("earlier", now - timedelta(days=1), ""),
               MadeBackup("gone", now, "", gone=now)]  # fmt: skip
    home.a.apply("backups", map(added, backups))
    home.a.apply("places", [added(bookmark(home, 5)), added(bookmark(home, 600))])
    goes = what_goes(home.a, room.archive, film)
    assert (goes.copies, goes.clips, goes.bookmarks, goes.rests, goes.backups) == (1, 1, 1, True, 1)


def test_a_place_that_another_film_shows_stays(home, room) -> None:
    home.a.apply("film", [added(replace(recording(home.meeting.id, 10 * SECOND), camera=2))])
    home.a.apply("places", [added(bookmark(home, 5)), added(bookmark(home, 30))])
    assert what_goes(home.a, room.archive, home.film).bookmarks == 1


def test_the_film_goes_and_every_screen_hears_it_before_its_files_go(home, room, qtbot) -> None:
    heard: list[bool] = []
    room.vault.files[home.film.container] = b"film"
    room.space.changed.connect(
        lambda written: heard.extend(
            home.film.container in room.vault.files for c in written.changes if isinstance(c.after, Recording)
        )
    )
    erased = Erased(room, qtbot, order(home.film))
    assert heard == [True]
    assert room.vault.files == {}
    (certificate,) = erased.done
    assert certificate.finished is not None
    assert certificate == home.a.find(Erasure)[0]
    assert home.a.get(Recording, home.film.id).is_erased
    assert not room.jobs.running


def test_own_bookmarks_go_and_observations_stay(home, room, qtbot) -> None:
    home.a.apply("places", [added(bookmark(home, 5)), added(bookmark(home, 600))])
    editor = home.editor()
    press(editor, "q", 4 * SECOND)
    erased = Erased(room, qtbot, order(home.film, words="typed"))
    assert erased.done
    assert [b.at for b in home.a.find(Bookmark)] == [600 * SECOND]
    assert len(home.editor().coding.observations) == 1


def test_what_is_refused_is_told_and_nothing_happened(home, room, qtbot, monkeypatch) -> None:
    home.editor()
    assert Erased(room, qtbot, order(home.film)).failed == ["erasure-needs-ground"]
    monkeypatch.setattr(type(room.space), "is_filming", property(lambda _: True))
    assert Erased(room, qtbot, order(home.film, words="x")).failed == ["erasing-while-filming"]
    assert home.a.get(Recording, home.film.id) == home.film


def test_a_file_that_will_not_go_is_told_and_goes_at_the_next_opening(home, room, qtbot, monkeypatch) -> None:
    def busy(_containers) -> None:
        raise ContainerError("file-busy")

    erase = room.archive.erasing.erase
    room.archive.erasing.erase = busy
    assert Erased(room, qtbot, order(home.film)).failed == ["file-busy"]
    assert home.a.get(Recording, home.film.id).is_erased
    room.archive.erasing.erase = erase
    room.space.finish_erasing()
    qtbot.waitUntil(lambda: not room.archive.erasing.is_unfinished())
    qtbot.waitUntil(lambda: not room.jobs.running)
    room.space.finish_erasing()
    assert not room.jobs.running, "there is nothing to do"


def test_an_erased_film_is_nowhere_in_use(home, room) -> None:
    from app.casework.meeting_file import meeting_file
    from app.films import intake
    from app.office.desk import Waiting, desk

    shell = home.erase(home.film)
    assert meeting_file(home.a, home.meeting.id).recordings == ()
    assert intake.next_camera(intake.films_of(home.a, home.meeting.id)) == 1
    now = desk(home.a, room.archive, 10**11, datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert now.for_erasure == ()
    assert Waiting.FILM in [item.what for item in now.items]
    assert [row.to_film for row in now.today] == [True]
    with pytest.raises(NotAllowed, match="film-erased"):
        home.a.apply("x", [Change(shell, replace(shell, offset=1))])
