"""A lost film in the window: its line says so and leads to another file, taken once it was read how it fits."""

import hashlib
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.errors import ContainerError, FilmError
from app.films.intake import Wish
from app.model.recording import NOT_FILMED, SEAM, Again, Damage, Recording
from app.model.timecode import SECOND
from app.notices import Tone
from app.ports import Inspected
from app.ports.films import PicturesFound
from tests.material.builders import facts
from tests.material.house import MINUTE
from tests.stand_ins.fake_films import film_tools
from widgets.cases.films_panel import FilmsPanel
from widgets.films import fetch_again
from widgets.films.fetch_again import FetchAgain
from widgets.look import look as looks

FITS = PicturesFound(12 * SECOND, 0.0, 240, 33_334, 2_500)


class Compares:
    """The gate and the comparing of pictures, as they are told."""

    def __init__(self) -> None:
        self.facts = replace(facts(MINUTE - 12 * SECOND), width=320, height=180)
        self.found: PicturesFound | FilmError = FITS

    def inspect(self, _path, progress, _cancelled, _stretch=None) -> Inspected:
        progress(1.0)
        return Inspected(self.facts, b"other index")

    def find(self, _before, _other, progress, _cancelled) -> PicturesFound:
        progress(1.0)
        if isinstance(self.found, FilmError):
            raise self.found
        return self.found


@pytest.fixture
def compares(home, room):
    """The film of camera 1 is lost."""
    home.vault.lost.add(home.film.container)
    made = Compares()
    tools = film_tools(gate=made, same_pictures=made)
    room.space.again = replace(room.space.again, films=tools, media=home.vault)
    return made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "copy.mp4"
    path.write_bytes(b"another file of the film")
    return path


@pytest.fixture
def dialog(home, room, compares, page, on_page):
    made = on_page(FetchAgain(room.space, home.film, page))
    yield made
    made.reject()


def words(widget) -> str:
    return " ".join(part.text() for part in widget.findChildren(fetch_again.QWidget) if hasattr(part, "text"))


def held(home) -> Recording:
    return home.a.get(Recording, home.film.id)


def test_another_file_is_read_before_it_is_taken(dialog, home, room, file, qtbot, compares) -> None:
    assert not dialog.accept_button.isVisible()
    dialog.look_at(file)
    assert not dialog.choose.isEnabled()
    qtbot.waitUntil(dialog.accept_button.isVisible)
    told = dialog.told.text()
    for part in (
        "The pictures fit within 34 ms (median 3 ms, 240 places).", "The first 00:00:12 are not in it.",
        "Its picture is smaller: 320 × 180, before 640 × 360.",
    ):  # fmt: skip
        assert part in told
    assert held(home) == home.film, "nothing changes before it is taken into use"
    assert not dialog.accept_button.isDefault(), "no stray Enter takes another film"
    assert dialog.leave.isDefault()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: held(home) != home.film)
    after = held(home)
    assert (after.sha256, after.index) == (hashlib.sha256(file.read_bytes()).hexdigest(), b"other index")
    assert after.offset == home.film.offset + 12 * SECOND
    assert (after.replaced[0].how, after.replaced[0].worst) == (Again.PICTURES, FITS.worst)
    assert "is here again" in room.space.notices.standing[-1].text


def test_what_does_not_fit_is_told_and_another_can_be_chosen(dialog, home, file, qtbot, compares) -> None:
    compares.found = FilmError("again-differs", start=60 * SECOND, end=90 * SECOND)
    dialog.look_at(file)
    qtbot.waitUntil(lambda: bool(dialog.told.text()))
    assert "from 00:01:00 to 00:01:30" in dialog.told.text()
    assert dialog.choose.isEnabled()
    assert not dialog.accept_button.isVisible()
    assert held(home) == home.film


def test_the_same_file_is_taken_at_once(dialog, home, file, qtbot, compares) -> None:
    film = held(home)
    same = replace(film, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), size=file.stat().st_size)
    home.lose(film)
    home.held.entities[film.id] = same
    compares.found = FilmError("again-other-pictures")
    dialog.look_at(file)
    qtbot.waitUntil(lambda: held(home) != same)
    assert held(home).replaced[0].how == Again.BYTES
    assert not dialog.isVisible()


def test_closing_stops_the_comparing(dialog, home, file, qtbot, room) -> None:
    dialog.look_at(file)
    dialog.reject()
    qtbot.waitUntil(lambda: not room.space.jobs.running)
    assert held(home) == home.film


def test_the_line_of_a_lost_film_leads_to_it_and_tells_afterward_that_it_was_replaced(
    home, room, compares, file, qtbot, monkeypatch
) -> None:
    panel = FilmsPanel(room.space, looks.Look(looks.LIGHT))
    qtbot.addWidget(panel)
    panel.show_films(home.meeting.id)
    panel.show()
    assert "Its codings are safe." in words(panel)
    asked = []
    monkeypatch.setattr("widgets.cases.films_panel.ask", lambda _space, film, _parent: asked.append(film))
    (button,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Fetch the film again…"]
    button.click()
    assert asked == [home.film]
    found = []
    room.space.again.look(home.film.id, [file], found.append, lambda error: pytest.fail(error.key))
    qtbot.waitUntil(lambda: bool(found))
    room.space.again.fetch(found[0], found.append, lambda error: pytest.fail(error.key))
    qtbot.waitUntil(lambda: len(found) == 2)
    panel.show_films(home.meeting.id)
    said = words(panel)
    assert "by another file of the same film. The pictures fit within 34 ms" in said
    assert "Aino Esimerkki" in said
    assert "Its codings are safe." not in said


def test_in_a_room_a_film_that_cannot_be_opened_is_told_with_the_way_on(
    place, watching, home, room, monkeypatch
) -> None:
    home.vault.lost.add(home.film.container)
    watching.player.trouble.emit(ContainerError("container-missing"))
    notice = room.space.notices.standing[-1]
    assert (notice.tone, notice.action_label) == (Tone.TROUBLE, "Fetch the film again…")
    asked = []
    monkeypatch.setattr(FetchAgain, "exec", lambda made: asked.append(made.parent()))
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)  # as where an assistive program pressed it
    notice.action()
    assert asked == [place.window()]
    watching.player.trouble.emit(FilmError("film-damaged"))
    assert room.space.notices.standing[-1].action_label != "Fetch the film again…"


def test_a_film_that_is_fetched_again_is_open_in_the_room_at_once(watching, home, room, compares, file, qtbot) -> None:
    watching.player.trouble.emit(ContainerError("container-missing"))
    found = []
    room.space.again.look(home.film.id, [file], found.append, lambda error: pytest.fail(error.key))
    qtbot.waitUntil(lambda: bool(found))
    fetch_again.fetch(room.space, found[0])
    qtbot.waitUntil(lambda: held(home) != home.film)
    qtbot.waitUntil(lambda: [n.tone for n in room.space.notices.standing] == [Tone.DONE])
    assert watching.player.reels[home.film.id].index == b"other index"
    assert watching.session.films[home.film.id] == held(home)


def test_a_film_of_another_meeting_is_asked_about_before_it_is_copied(home, room, file, qtbot, monkeypatch) -> None:
    from app.films import intake
    from widgets.cases.taking_in import take_in_cards

    tried = []

    def known(_store, wish: Wish, *_more) -> None:
        tried.append(wish.anyway)
        raise FilmError("film-in-other-meeting" if not wish.anyway else "film-here-already", day=None, camera=1)

    monkeypatch.setattr(intake, "demand_new", known)
    card = type("File", (), {"path": file})()
    take_in_cards(room.space, looks.Look(looks.LIGHT), Wish((), home.meeting.id), ((card,),))
    qtbot.waitUntil(lambda: bool(room.space.notices.standing))
    notice = room.space.notices.standing[-1]
    assert (notice.tone, notice.action_label) == (Tone.WARNING, "Take it in all the same")
    notice.action()
    qtbot.waitUntil(lambda: tried == [False, True])
    # taken in twice is no fault: it is told, and no report of a problem is offered
    qtbot.waitUntil(lambda: "as camera 1" in room.space.notices.standing[-1].text)
    told = room.space.notices.standing[-1]
    assert (told.tone, told.action_label, told.stays) == (Tone.WARNING, "", True)


@pytest.fixture
def told(home, room, monkeypatch):
    """What is said when films with such damage were taken in."""
    from app.films.intake_queue import TakenFilm
    from widgets.cases.taking_in import take_in_cards

    def say(*damage: tuple[Damage, ...]):
        films = tuple(replace(home.film, facts=replace(home.film.facts, damage=row)) for row in damage)
        taken = TakenFilm(films, as_filmed=True, empty_the_card=False, can_be_aligned=False)
        monkeypatch.setattr(
            type(room.space.taking_in), "take_in", lambda _self, _wish, _cards, watch: watch.done(taken)
        )
        take_in_cards(room.space, looks.Look(looks.LIGHT), Wish((), home.meeting.id), ())
        return room.space.notices.standing[-1]

    return say


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (Damage(SECOND, 2 * SECOND, NOT_FILMED), "Some of its time was not filmed"),
        (Damage(SECOND, SECOND, SEAM, -5 * SECOND), "Its clock jumps on the way"),
    ],
)
def test_only_time_that_is_known_not_to_be_filmed_is_called_so(damage, said, told) -> None:
    notice = told((damage,))
    assert notice.tone == Tone.DONE
    assert said in notice.text
    assert ("not filmed" in notice.text) == (damage.what == NOT_FILMED)


def test_a_damaged_film_of_a_card_is_told_also_when_a_whole_one_came_after_it(told) -> None:
    notice = told((Damage(SECOND, 2 * SECOND, "broken"),), ())
    assert notice.tone == Tone.WARNING
    assert notice.text.startswith("2 films are in the archive")
    assert "Some of it is damaged" in notice.text
    assert "damaged" not in told((), ()).text
