"""After an hour of 1080p30 was opened: until the small copy around the playhead is there and answers the keys."""

import random
import statistics
import sys
import time
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.door import Door
from app.films.copies import FilmCopies
from app.films.near_copies import NearCopies
from app.i18n import Texts
from app.jobs import Jobs
from app.model.change import added
from app.ports.player import Reel
from tests.benchmarks.figures import row
from tests.benchmarks.long_film import contained, long_film, number_shown
from tests.benchmarks.seeking import tell
from tests.material.house import Home
from video.open.frame_index import unpack
from video.playing.player import FilmPlayer
from video.playing.scrub_source import ScrubSource
from video.tools import film_tools

OPENINGS, LIMIT = 7, 60.0


def main() -> None:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    with contained(long_film()) as (vault, recording):
        home = Home()
        recording = replace(recording, meeting_id=home.meeting.id)
        home.a.apply("film", [added(recording)])
        jobs = Jobs()
        copies = FilmCopies(Door(home.a), vault, film_tools(None, None).derived, lambda: Texts("en"), jobs)
        copies.want([recording])  # what is made for good is under way
        chance, waited, steps = random.Random(7), [], []
        for _ in range(OPENINGS):
            player, parent = FilmPlayer(open_output=lambda: None), QObject()
            near = NearCopies(player, copies, lambda: [recording], parent)
            at = chance.randrange(20, 55) * 60_000_000
            begun = time.perf_counter()
            player.open([Reel(recording.id, recording.camera, partial(vault.open, recording), recording.index)])
            player.seek(at)
            pieces: list = []
            original = player.add_scrub
            player.add_scrub = lambda reel, part: (pieces.append(part), original(reel, part))  # noqa: B023  at once
            while not any(part.start <= at < part.end for part in pieces):
                app.processEvents()
                time.sleep(0.005)
                assert time.perf_counter() - begun < LIMIT
            waited.append(time.perf_counter() - begun)
            steps += _steps(vault, recording, pieces, at)
            near.close()
            player.close()
        row("opened and moved to, until the piece is there (<= 5)", waited)
        tell("one picture on in the piece", steps, "p95 <= 16 ms")
        jobs.close()


def _steps(vault, recording, pieces, at: int) -> list[float]:
    index = unpack(recording.index)
    source = ScrubSource(partial(vault.open, recording), index, pieces)
    first, seconds = index.position_at(at), []
    source.picture(first)
    for position in range(first, min(first + 30, index.position_at(pieces[0].end - 1))):
        start = time.perf_counter()
        picture = source.picture(position)
        seconds.append(time.perf_counter() - start)
        assert number_shown(picture.pixels) == position % 3600
    assert statistics.median(seconds) > 0
    assert not source.is_open  # the film was not asked
    source.close()
    return seconds


if __name__ == "__main__":
    main()
