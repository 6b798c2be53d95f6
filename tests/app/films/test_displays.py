"""The screen for others to look at is never one on which the own window is seen."""

from app.films.displays import Display, apart_from

OWN = Display("own", 0, 0, 1366, 768)
TELEVISION = Display("television", 1366, -200, 3840, 2160)
SMALL = Display("small", 0, 768, 800, 480)


def test_the_largest_of_the_others_comes_first() -> None:
    assert apart_from(OWN, [OWN, SMALL, TELEVISION]) == (TELEVISION, SMALL)
    assert apart_from(TELEVISION, [OWN, SMALL, TELEVISION]) == (OWN, SMALL)


def test_one_screen_and_screens_that_mirror_it_are_none() -> None:
    assert apart_from(OWN, [OWN]) == ()
    assert apart_from(OWN, [OWN, Display("mirror", 0, 0, 1366, 768)]) == ()
    assert apart_from(OWN, [OWN, Display("mirror of a part", 1300, 700, 1920, 1080)]) == ()
