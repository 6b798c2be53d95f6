"""Right pictures of those asked for, over the whole corpus and after every move, beside other programs' players.

Ours is read from the screen: also every picture that passes while films play, and those on the way to where one goes.
A film that a program does not open, or dies of, counts with all that was asked of it.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus_peers import PEERS
from tests.material import once
from tests.material.corpus import CORPUS

#: films with pictures: what is right of the others is a sentence
KINDS = tuple(name for name, kind in CORPUS.items() if kind.numbers)
TOLD = {"QtPlayer": "QMediaPlayer", "OpenCv": "OpenCV", "Mpv": "mpv"}
#: seconds that a peer may take for one film before it is given up
LIMIT = 60.0


class _Sum:
    """What one program had right."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.not_opened: list[str] = []
        self.wrong: list[str] = []

    def add(self, kind: str, asked: dict[str, int], right: dict[str, int]) -> None:
        self.asked.update(asked)
        self.right.update(right)
        if sum(right.values()) < sum(asked.values()):
            self.wrong.append(kind)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with once.run():
        sums = {"ours": ours(KINDS)} | {TOLD[name]: _peer(name) for name in PEERS}
    moves = [move for move in sums["ours"].asked if move in sums["OpenCV"].asked]
    moves += [move for move in sums["ours"].asked if move not in moves]
    print(f"  {len(KINDS)} films, right of asked" + "".join(f"{name:>18}" for name in sums), flush=True)
    for move in moves:
        print(f"    {move:<24}" + "".join(f"{_share(s.right[move], s.asked[move]):>18}" for s in sums.values()))
    print(f"    {'all':<24}" + "".join(f"{_share(s.right.total(), s.asked.total()):>18}" for s in sums.values()))
    print(f"    {'films wholly right':<24}" + "".join(f"{len(KINDS) - len(s.wrong):>18}" for s in sums.values()))
    for name, held in sums.items():
        print(f"  not opened by {name}: {', '.join(held.not_opened) or 'none'}", flush=True)
    print(f"  not wholly right, ours: {', '.join(sums['ours'].wrong) or 'none'}", flush=True)


def _share(right: int, asked: int) -> str:
    return f"{right} of {asked}" if asked else "-"


def ours(kinds: tuple[str, ...]) -> _Sum:
    """The player of this program, before and with the small copy."""
    from PySide6.QtWidgets import QApplication

    from app.errors import AppError
    from tests.drivers.moves import travelled
    from tests.drivers.stage import Screen, hurried, reel, scrub_parts, until
    from tests.drivers.taken_in import taken_in
    from video.playing import picture_reader, playing
    from video.playing.player import FilmPlayer

    app = QApplication.instance() or QApplication([])
    picture_reader.REST, playing.PlainClock = 0.005, hurried(20)  # type: ignore[misc]  # as in the tests: sooner
    held = _Sum()
    with tempfile.TemporaryDirectory() as folder:
        for name in kinds:
            player, screen = FilmPlayer(open_output=lambda: None), Screen()
            player.set_sink(1, screen)
            try:
                found = taken_in(CORPUS[name], Path(folder))
                player.open([reel(found.path)])
                until(lambda screen=screen: screen.on is not None)
                tally = travelled(player, screen, found.kind, lambda path=found.path: scrub_parts(path))
                held.add(name, tally.asked, tally.right)
            except (AppError, AssertionError):
                held.not_opened.append(name)
                held.add(name, {"jump": 1}, {})
            player.close()
            app.processEvents()
    return held


def _peer(name: str) -> _Sum:
    """A player of its own process; where that ends, the film counts as not opened, and the next one goes on anew."""
    held, left = _Sum(), list(KINDS)
    while left:
        for answer in _answers(name, list(left)):
            held.add(answer["kind"], answer["asked"], answer["right"])
            if not answer["opened"]:
                held.not_opened.append(answer["kind"])
            left.remove(answer["kind"])
        if left:
            held.not_opened.append(left[0])
            held.add(left.pop(0), {"jump": 1}, {})
    return held


def _answers(name: str, kinds: list[str]) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.benchmarks.corpus_peers", name, *kinds]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    silence = threading.Timer(LIMIT, process.kill)
    silence.start()
    for line in process.stdout:
        silence.cancel()
        silence = threading.Timer(LIMIT, process.kill)
        silence.start()
        yield json.loads(line)
    silence.cancel()
    process.wait()
    process.stdout.close()


if __name__ == "__main__":
    main()
