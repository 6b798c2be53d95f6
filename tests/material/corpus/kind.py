"""What a kind of film is: how it is made, and what is right of it."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.material.films import Clip, write
from tests.material.once import once


@dataclass(frozen=True)
class Kind:
    """A film of the corpus.

    `numbers` are what its pictures show, in the order in which they are seen; `times` when each is shown, µs from the
    first, at most `within` µs from what its container can say, or None where the container itself puts them elsewhere
    than its maker wanted. `hurt` are the positions of pictures that are not whole in the file: there, and only there,
    another picture may stand, and the film must be told as damaged. `told` are the words that the damage has.
    Where the film is `shorter`, its pictures are some of the numbers, in a row: how many the cut left is not known.
    `turned` is by how many degrees a player must turn it, `by_matrix` that another matrix says how it is made upright.
    `refused` is the sentence by which it is not let in; with numbers, only as one recording: its parts are joined.
    """

    name: str
    ending: str
    make: Callable[[Path], object]
    numbers: tuple[int, ...] = ()
    times: tuple[int, ...] | None = ()
    within: int = 1_000
    turned: int = 0
    hurt: frozenset[int] = frozenset()
    told: frozenset[str] = frozenset()
    shorter: bool = False
    refused: str = ""
    sounds: int | None = None
    by_matrix: bool = False

    @property
    def is_plain(self) -> bool:
        """True when its pixels are stored as they are seen, and one decoder reads all from begin to end."""
        return bool(self.numbers) and not (self.turned or self.hurt or self.shorter or self.refused or self.by_matrix)

    def film(self, folder: Path) -> Path:
        """Its film, as a file of its own in a folder; made once per run."""
        path = folder / f"{self.name}.{self.ending}"
        shutil.copyfile(once(f"corpus-{self.name}.{self.ending}", self.make), path)
        return path

    def content(self) -> bytes:
        """The film's bytes."""
        return once(f"corpus-{self.name}.{self.ending}", self.make).read_bytes()

    def at(self, time: int) -> int:
        """Position of the picture that is right at a time: the last one that was shown by then."""
        assert self.times is not None
        return max(sum(t <= time for t in self.times) - 1, 0)


def of_clip(name: str, clip: Clip, ending: str = "", *, own_times: bool = False, within: int = 1_000) -> Kind:
    """A film as a clip describes it, under the ending that a device gives it."""

    def make(path: Path) -> None:
        made = path.with_name(f"made.{clip.container}")
        write(made, clip)
        made.rename(path)

    return Kind(
        name, ending or clip.container, make, tuple(clip.numbers), None if own_times else tuple(clip.times), within,
        clip.turned, sounds=1 if clip.sound else 0,
    )  # fmt: skip


def even(count: int, fps: float = 25.0, first: int = 0) -> tuple[int, ...]:
    """Times of `count` pictures at a constant rate, µs."""
    return tuple(int((first + n) * 1_000_000 / fps) for n in range(count))


def listed(*kinds: Kind | Sequence[Kind]) -> tuple[Kind, ...]:
    """Kinds and rows of kinds as one row."""
    return tuple(k for kind in kinds for k in ((kind,) if isinstance(kind, Kind) else kind))
