"""A led playhead on the second computer: from the leader's picture to the follower's, a relay adding 20 ms each way.

Both are programs of their own with a film of their own in an encrypted container; they speak over the real line.
"""

import random
import subprocess
import sys
import threading
import time
from collections import deque
from functools import partial

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from app.comparing.led.film import FilmTogether
from app.comparing.led.messages import Seen, packed
from app.ports.player import Reel
from system.line.tcp_line import TcpLine
from tests.benchmarks.figures import percentile, ratio
from tests.benchmarks.long_film import base_film, contained
from tests.benchmarks.seeking import copied, tell
from tests.material.media import CAMERA_A
from video.open.frame_index import FrameIndex, unpack
from video.playing.player import FilmPlayer

SEEKS, DRAGS, DELAY, LIMIT = 200, 200, 0.020, 10.0
GOAL_MS = 45


class Follower:
    """The other program, and when its playhead was where."""

    def __init__(self, film: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.led_child", film],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.shown: deque[tuple[int, float]] = deque(maxlen=50)
        self.is_joined = False
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready"
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for row in self.process.stdout:
            if row.strip() == "joined":
                self.is_joined = True
            else:
                place, at = row.split()
                self.shown.append((int(place), float(at)))

    def join(self, port: int, code: str) -> None:
        assert self.process.stdin is not None
        print(port, code, file=self.process.stdin, flush=True)

    def when(self, place: int) -> float | None:
        return next((at for where, at in self.shown if where == place), None)

    def close(self) -> None:
        self.process.wait(10)
        self._reader.join(5)


class Leader:
    """A player whose every picture is told, as the room does it."""

    def __init__(self, app: QCoreApplication, reel: Reel, film: object) -> None:
        self.app, self.player, self.line = app, FilmPlayer(open_output=lambda: None), TcpLine()
        self._alarm = QTimer(interval=5)  # the follower tells by a pipe, which wakes nobody here
        self._alarm.start()
        self._together = FilmTogether(self.player, lambda: (film,))
        self.codes: list[str] = []
        self.line.code_shown.connect(self.codes.append)
        self.player.set_sink(1, lambda _picture: None)
        self.player.set_box(1, 960, 540)
        self.player.open([reel])
        self.player.shown.connect(self._tell)
        self.told: dict[int, float] = {}

    def _tell(self, _camera: int, _picture: object) -> None:
        self.told.setdefault(self.player.position(), time.monotonic())
        self.line.send(packed(Seen(self._together.view("", None))))

    def wait(self, holds) -> None:
        until = time.monotonic() + LIMIT
        while not holds():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > until:
                raise TimeoutError

    def close(self) -> None:
        self._alarm.stop()
        self.line.close()
        self.player.close()


def main() -> None:
    film = CAMERA_A if CAMERA_A.exists() else base_film()
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    follower = Follower(str(film))
    with contained(film) as (vault, recording), copied(vault, recording, unpack(recording.index)) as copy:
        index, chance = unpack(recording.index), random.Random(7)
        reel = Reel(recording.id, 1, partial(vault.open, recording), recording.index, scrub=tuple(copy))
        leader = Leader(app, reel, recording)
        leader.line.wait()
        relay = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.led_relay", str(leader.line.port), str(DELAY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert relay.stdout is not None
        follower.join(int(relay.stdout.readline()), leader.codes[-1])
        leader.wait(lambda: follower.is_joined)
        jumps = [chance.randrange(len(index)) for _ in range(SEEKS)]
        seconds = tell("a jump on the other computer", _led(leader, follower, index, jumps), f"p95 <= {GOAL_MS} ms")
        at = len(index) // 3
        tell("an arrow from picture to picture", _led(leader, follower, index, range(at, at + DRAGS)), "")
        ratio("p95 of a led playhead, 20 ms each way, in ms", percentile(seconds, 0.95) * 1000, f"<= {GOAL_MS}")
        leader.close()
        follower.close()
        assert relay.stdin is not None
        relay.stdin.close()
        relay.wait(10)


def _led(leader: Leader, follower: Follower, index: FrameIndex, places) -> list[float]:
    """From the moment the leader's picture is on until the follower's is, one after the other."""
    seconds = []
    for place in places:
        wanted = int(index.times[place])
        leader.told.clear()
        follower.shown.clear()
        leader.player.seek(wanted)
        leader.wait(lambda wanted=wanted: wanted in leader.told and follower.when(wanted) is not None)
        there = follower.when(wanted)
        assert there is not None
        seconds.append(there - leader.told[wanted])
    return seconds


if __name__ == "__main__":
    main()
