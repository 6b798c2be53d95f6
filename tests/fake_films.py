"""The film engine's doors for tests that need no film: each refuses to be used until a test puts its own there."""

from app.ports.films import FilmTools
from tests.fake_player import FakePlayer

UNUSED = ("gate", "index", "derived", "read_waveform", "read_thumbnails", "sync", "join", "recorder", "devices")


class Unused:
    """Stands where a test expects nobody to knock."""

    def __getattr__(self, name):
        raise AssertionError(f"nobody needs {name} here")

    def __call__(self, *_args):
        raise AssertionError("nobody needs this here")


def film_tools(**doors) -> FilmTools:
    """All doors unused but for the player and those given."""
    unused = Unused()
    plain = dict.fromkeys(UNUSED, unused)
    return FilmTools(**(plain | {"player": FakePlayer} | doors))
