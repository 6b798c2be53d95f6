"""The process that looks at untrusted films: started without keys, with little memory, allowed to write nothing.

Requests come line by line on standard input as JSON {"files", "cpu", "stretch", "copies"}: the film and those behind
it; or with "salvages" instead of the last two, an unfinished film and its references. Where the system lets a process
hand over open files "files" says how many come so, and this process can open none itself; else it tells their paths.
Answers go line by line to standard output:
{"progress"} and, where copies are wished, {"copy", "part"} with "piece", "end" or "dropped"; then {"index", "damage"},
of a salvaged one also {"pieces", "sha256", "reference"}; or {"error"}. Loads neither Qt nor the archive.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from app.errors import FilmError
from app.model.recording import FilmFacts
from app.model.units import ByteCount, ItemPlace, Position
from app.ports.file_part import FilePart, FileRow, Stretch
from video.confinement.kernel import close_in, possible
from video.open.frame_index import FrameIndex
from video.open.handed_file import Openable, Way, take_over, way_by
from video.open.layout import layout_of
from video.open.probe import Taking, examine

if TYPE_CHECKING:
    import av
    from av.audio.frame import AudioFrame

#: of address space; a 4K film decoded with threads needs about a third of it
MEMORY = 3 * 2**30
OPEN_FILES = 256


class Along(Protocol):
    """Makes copies beside the one complete decode: a `Taker` that is ended, or stopped where the film is refused."""

    def picture(self, position: Position, frame: av.VideoFrame) -> None: ...
    def sound(self, track: ItemPlace, frame: AudioFrame) -> None: ...
    def end(self) -> None: ...
    def stop(self) -> None: ...


#: begins copies of a film with this index and so many sound tracks; they are told by the answers
Begin = Callable[["Answers", FrameIndex, int], Along]


class Answers:
    """What is told to the parent, a line at a time, by whichever thread."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._lock = out, threading.Lock()

    def tell(self, message: dict[str, Any]) -> None:
        left = memoryview(json.dumps(message).encode("ascii") + b"\n")
        with self._lock:
            while left:  # a raw pipe may take less than all
                left = left[self._out.write(left) or 0 :]

    def copy(self, kind: str, part: ItemPlace, word: dict[str, Any]) -> None:
        """A piece of a copy, its end, or that it is of no use; bytes are told in base64."""
        plain = {key: _text(value) if isinstance(value, bytes) else value for key, value in word.items()}
        self.tell({"copy": kind, "part": part} | plain)


def main(begin: Begin | None = None, also: Callable[[], None] = lambda: None) -> None:
    """Serve films until standard input ends; `begin` begins copies of those for which they are wished.

    `also` loads what that needs, which may begin threads: none may be there before this process is closed in.
    """
    answers = Answers(os.fdopen(os.dup(1), "wb", buffering=0))
    os.dup2(2, 1)  # whatever a library prints goes nowhere, never into an answer
    giver = way_by(int(sys.argv[2])) if len(sys.argv) > 2 else None
    confine(int(sys.argv[1]) if len(sys.argv) > 1 else MEMORY)
    load()
    also()
    answers.tell({"ready": True})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit_cpu(request["cpu"])
        with _files(request["files"], giver) as files:
            answers.tell(_done(request, files, answers, begin))


def _done(request: dict[str, Any], files: Sequence[Openable], answers: Answers, begin: Begin | None) -> dict[str, Any]:
    if "salvages" in request:
        return _salvaged(files[0], files[1:], answers)
    stretch = request["stretch"]
    film = _Asked(files[0], files[1:], None if stretch is None else tuple(stretch))
    return _answer(film, answers, begin if request["copies"] else None)


@contextlib.contextmanager
def _files(told: int | list[str], giver: Way | None) -> Iterator[Sequence[Openable]]:
    """The files of a request, by what was told of them."""
    if not isinstance(told, int):
        yield [Path(os.fsdecode(bytes.fromhex(name))) for name in told]
        return
    assert giver is not None
    taken = take_over(giver, told)
    try:
        yield taken
    finally:
        for one in taken:
            one.close()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A film in a file, that may go on in the files behind it, or is a stretch of it or of all of them."""

    first: Openable
    behind: Sequence[Openable]
    stretch: Stretch | None

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Raises FilmError(`film-missing`)."""
        try:
            with contextlib.ExitStack() as files:
                row = [files.enter_context(one.open("rb")) for one in (self.first, *self.behind)]
                film = cast("BinaryIO", FileRow(row)) if self.behind else row[0]
                yield film if self.stretch is None else cast("BinaryIO", FilePart(film, self.stretch))
        except OSError as error:
            raise FilmError("film-missing") from error


def _salvaged(film: Openable, references: Sequence[Openable], answers: Answers) -> dict[str, Any]:
    from video.open.salvage.salvage import salvage

    try:
        made = salvage(film, references, lambda share: answers.tell({"progress": share}))
    except FilmError as error:
        return {"error": error.key}
    pieces = [_text(p) if isinstance(p, bytes) else [*p] for p in made.pieces]
    found = _found(made.facts, made.index)
    return found | {"pieces": pieces, "sha256": made.sha256, "reference": made.reference}


def _answer(film: _Asked, answers: Answers, begin: Begin | None) -> dict[str, Any]:
    made: list[Along] = []

    def taking(index: FrameIndex, tracks: int) -> Sequence[Along]:
        made.extend(() if begin is None else (begin(answers, index, tracks),))
        return made

    try:
        facts, index = _examined(film, lambda share: answers.tell({"progress": share}), taking)
        for one in made:
            one.end()
    except FilmError as error:
        where = {name: error.values.get(name, ()) for name in ("begins", "jumps")}
        return {"error": _refusal(film.first, error.key), "layout": layout_of(film.first), **where}
    finally:
        for one in made:
            one.stop()
    return _found(facts, index)


def _refusal(film: Openable, key: str) -> str:
    """The key, or `film-headless` for a film that can be read from a later place."""
    from video.open.salvage.beginnings import begins_later

    if key not in ("film-not-a-film", "film-damaged", "film-clock-restarts"):
        return key
    with film.open("rb") as file:
        return "film-headless" if begins_later(file) else key


def _found(facts: FilmFacts, index: FrameIndex) -> dict[str, Any]:
    return {"index": _text(index.pack()), "damage": [[d.start, d.end, d.what] for d in facts.damage]}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _examined(film: _Asked, progress: Callable[[float], None], taking: Taking) -> tuple[FilmFacts, FrameIndex]:
    with film.opened() as file:
        return examine(file, progress, taking=taking)


def load() -> None:
    """Everything heavy, before the first film: what comes later would be loaded under a film's influence."""
    import av
    import av.error
    import av.sidedata.sidedata
    import av.stream
    import numpy as np

    import video.open.salvage.salvage

    assert video.open.salvage.salvage.__name__
    assert av.__version__
    assert np.__version__


def confine(memory: ByteCount) -> None:
    """Give up what decoding does not need, before a thread was begun.

    On Linux the kernel holds it against native code too; elsewhere only the interpreter does, and on Windows without
    the limits: there the parent's watch alone holds. What the settings say of this computer holds, or no film is read:
    then it raises RuntimeError.
    """
    told = possible()
    if close_in() != told:
        raise RuntimeError("this process is less closed in than is told of this computer")
    sys.addaudithook(_refuse_network)
    with contextlib.suppress(ImportError):
        import resource

        _lower(resource.RLIMIT_AS, memory)
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_NOFILE, OPEN_FILES)


def _limit_cpu(seconds: int) -> None:
    """`seconds` of processor time from now on; then the system ends this process."""
    with contextlib.suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _lower(limit: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit keeps its own
        resource.setrlimit(limit, (value, value))


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.fork")):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
