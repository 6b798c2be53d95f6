"""The second computer of `led`: joins by the code, follows on its own film, and says when its playhead was there.

Reads from its input `port code` once; prints `joined`, then for each place its time on the film and when it was shown.
"""

import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.comparing.led.film import FilmTogether
from app.comparing.led.messages import Seen, unpacked
from app.ports.player import Reel
from system.line.tcp_line import TcpLine
from tests.benchmarks.long_film import contained
from tests.benchmarks.seeking import copied
from video.open.frame_index import unpack
from video.playing.player import FilmPlayer


def main(film: Path) -> None:
    app = QCoreApplication(sys.argv[:1])
    with contained(film) as (vault, recording), copied(vault, recording, unpack(recording.index)) as copy:
        player, line = FilmPlayer(open_output=lambda: None), TcpLine()
        reel = Reel(recording.id, 1, partial(vault.open, recording), recording.index, scrub=tuple(copy))
        player.set_sink(1, lambda _picture: None)
        player.set_box(1, 960, 540)
        player.open([reel])
        together = FilmTogether(player, lambda: (recording,))

        def follow(data: bytes) -> None:
            message = unpacked(bytes(data))
            assert isinstance(message, Seen)
            together.follow(message.view)

        def shown(_camera: int, _picture: object) -> None:
            print(player.position(), time.monotonic(), flush=True)

        line.received.connect(follow)
        line.joined.connect(lambda _waited: print("joined", flush=True))
        line.ended.connect(lambda _error: app.quit())
        player.shown.connect(shown)
        print("ready", flush=True)
        port, code = sys.stdin.readline().split()
        line.join(f"127.0.0.1:{port}", code)
        app.exec()
        player.close()
        line.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
