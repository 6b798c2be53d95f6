"""What a player is given: every film that may be shown, in its place on the meeting's clock."""

from dataclasses import replace

from app.errors import ContainerError
from app.films import reels
from app.model.change import added
from app.model.filming import FilmingEvent, Happening
from app.model.identity import new_id
from app.model.recording import NOT_FILMED, Damage, DerivedFile, DerivedKind, Origin, Viewing
from tests.material.builders import A_DAY, recording
from tests.material.house import Home


class NoVault:
    """Holds no copies."""

    def open(self, film):
        return ("opened", film.id)

    def open_file(self, film, container):
        raise ContainerError("container-missing")


def test_a_reel_says_what_its_recording_says() -> None:
    home = Home()
    film = replace(
        recording(home.meeting.id), camera=2, offset=1_370_000, drift_ppm=-40.0, viewing=Viewing(90, 0.5, 2.0, True, 1)
    )
    row = DerivedFile(new_id(), film.id, DerivedKind.SCRUB, 0, 0, 9, "c.vau", "0" * 64, 1, 1)
    home.a.apply("film", [added(film), added(row)])
    (reel,) = reels.reels(home.a, NoVault(), [film])
    assert (reel.id, reel.camera, reel.index, reel.offset, reel.drift_ppm, reel.viewing) == (
        film.id, 2, film.index, 1_370_000, -40.0, film.viewing,
    )  # fmt: skip
    assert reel.source() == ("opened", film.id)
    assert reel.scrub == ()


def test_a_film_closed_from_use_is_not_shown() -> None:
    home = Home()
    closed = replace(recording(home.meeting.id), closed_from_use=A_DAY)
    assert reels.reels(home.a, NoVault(), [closed, home.film])[0].id == home.film.id
    assert len(reels.reels(home.a, NoVault(), [closed, home.film])) == 1


def test_where_the_computer_that_filmed_slept_there_is_no_picture() -> None:
    """The last one would stand there as if it were of that time; a film of another camera has its own."""
    home = Home()
    hole = Damage(4_000_000, 6_000_000, NOT_FILMED)
    filmed = replace(recording(home.meeting.id), offset=1_000_000, origin=Origin.FILMED)
    filmed = replace(filmed, facts=replace(filmed.facts, damage=(hole,)))
    slept = FilmingEvent(new_id(), home.meeting.id, Happening.SLEPT, 6_500_000, 9_000_000)
    before = FilmingEvent(new_id(), home.meeting.id, Happening.SLEPT, 200_000, 1_500_000)
    home.a.apply("slept", [added(slept), added(before)])
    assert reels.reel(home.a, NoVault(), filmed).holes == ((0, 500_000), (4_000_000, 8_000_000))
    other = replace(filmed, origin=Origin.TAKEN_IN)
    assert reels.reel(home.a, NoVault(), other).holes == ((4_000_000, 6_000_000),)
