"""The film engine's doors for tests that need no film: each refuses to be used until a test puts its own there."""

from app.errors import Cancelled
from app.model.recording import DerivedKind
from app.ports.films import FilmTools
from tests.stand_ins.fake_player import FakePlayer

UNUSED = (
    "gate", "index", "read_waveform", "read_thumbnails", "sync", "same_pictures", "join", "recorder", "devices",
    "self_test", "coverer",
)  # fmt: skip


class Unused:
    """Stands where a test expects nobody to knock."""

    def __getattr__(self, name):
        raise AssertionError(f"nobody needs {name} here")

    def __call__(self, *_args):
        raise AssertionError("nobody needs this here")


class FakeMaker:
    """Makes copies that are a few words; `spans` says of which parts, none at first."""

    def __init__(self, **spans) -> None:
        self.spans = spans
        self.made: list[tuple[DerivedKind, tuple[int, int]]] = []
        self.errors: dict[DerivedKind, Exception] = {}
        self.before_end = lambda: None

    def parts(self, kind, index):
        return tuple(self.spans.get(kind.value, ()))

    def around(self, index, time):
        pieces = self.spans.get("pieces", ())
        return tuple(sorted(pieces, key=lambda span: abs(sum(span) / 2 - time)))[:3]

    def make(self, kind, source, index, span, out, progress, cancelled) -> bytes:
        with source() as film:
            assert film.read(1)
        out.write(f"{kind} {span}".encode())
        progress(0.5)
        self.before_end()
        if cancelled():
            raise Cancelled
        if kind in self.errors:
            raise self.errors[kind]
        progress(1.0)
        self.made.append((kind, span))
        return b"index" if kind is DerivedKind.SCRUB else b""


def film_tools(**doors) -> FilmTools:
    """All doors unused but for the player, a maker of copies that finds nothing to make, and those given."""
    unused = Unused()
    plain = dict.fromkeys(UNUSED, unused) | {"cut_within": lambda _before, _after: False}
    return FilmTools(**(plain | {"player": FakePlayer, "derived": FakeMaker()} | doors))
