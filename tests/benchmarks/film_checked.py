"""What a film costs until it is checked and lacks nothing: verdict and copies, beside a decode that does nothing else.

Processor time is that of this process and its children, which others on the machine do not change much; the other is
what a clock shows. Runs in the code of 3c39fbb too, where the copies are made one by one once the film is checked.
"""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av

from app.model.recording import DerivedKind
from tests.benchmarks.long_film import BASE_MINUTES, FOLDER, base_film

try:
    from video.copies.checking_gate import CopyingFilmGate
    from video.copies.derived import make, parts
    from video.open.film_gate import ChildFilmGate
except ImportError:  # as it was at 3c39fbb
    from video.derived import make, parts
    from video.film_gate import ChildFilmGate

    CopyingFilmGate = None

#: what does nothing but decode, as FFmpeg's own tool does without an output
BARE = """
import sys, av
with av.open(sys.argv[1]) as film:
    pictures = film.streams.video[0]
    pictures.thread_type, pictures.thread_count = "AUTO", 2
    for packet in film.demux(pictures, *film.streams.audio):
        packet.decode()
"""
UHD_SECONDS, UHD_FPS = 4, 60


class Sink:
    """A container, or a place for copies, that counts bytes and keeps none."""

    def __init__(self) -> None:
        self.bytes: dict[DerivedKind, int] = {}
        self.finished: set[tuple[DerivedKind, int]] = set()
        self.kind = DerivedKind.SCRUB

    def write(self, *content: object) -> int:
        kind = content[0] if isinstance(content[0], DerivedKind) else self.kind
        data = content[-1]
        assert isinstance(data, bytes | bytearray)
        self.bytes[kind] = self.bytes.get(kind, 0) + len(data)
        return len(data)

    def drop(self, *_: object) -> None:
        return

    def finish(self, kind: DerivedKind, part: int, *_: object) -> None:
        self.finished.add((kind, part))


def main() -> None:
    films = ((base_film(), BASE_MINUTES, "1080p30 H.264"), (uhd_film(), UHD_SECONDS / 60, "4K60 HEVC"))
    for path, minutes, name in films:
        print(f"  {name}, {minutes * 60:.0f} s of film")
        bare = spent(lambda path=path: subprocess.run([sys.executable, "-c", BARE, str(path)], check=True))
        told(f"{name}: bare decode by PyAV", bare)
        verdict = spent(lambda path=path: checked(path, None))
        told(f"{name}: verdict alone", verdict, bare)
        sink = Sink()
        whole = spent(lambda path=path, sink=sink: complete(path, sink))
        told(f"{name}: verdict, copy, waveform and thumbnails", whole, bare)
        print(f"    {sink.bytes[DerivedKind.SCRUB] / 1e6 / minutes:.1f} MB of small copy per minute   goal <= 30")
        index = checked(path, None)
        told(f"{name}: small copy alone", spent(lambda path=path, index=index: copied(path, index, Sink())))
    print("  goals: verdict <= 1.1 x bare, sum >= 1.5 x faster than 3c39fbb, small copy >= 1.25 x (see `beside`)")


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor and of the clock."""
    cpu, start = processor(), time.perf_counter()
    work()
    return processor() - cpu, time.perf_counter() - start


def processor() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def told(name: str, now: tuple[float, float], beside: tuple[float, float] | None = None) -> None:
    ratios = [f"   {mine / other:.2f} x" if beside else "" for mine, other in zip(now, beside or now, strict=True)]
    print(f"  {name}, processor: {now[0]:.2f} s{ratios[0]}", flush=True)
    print(f"  {name}, clock: {now[1]:.2f} s{ratios[1]}", flush=True)


def checked(path: Path, sink: Sink | None) -> bytes:
    """The packed index, from the gate."""
    gate = (ChildFilmGate if sink is None else CopyingFilmGate)()
    more = {} if sink is None else {"copies": sink}
    found = gate.inspect(path, lambda _: None, lambda: False, **more)
    gate.close()
    return found.index


def complete(path: Path, sink: Sink) -> None:
    """Until nothing is lacking: what the gate did not make is made after it."""
    index = checked(path, sink if CopyingFilmGate else None)
    for kind in DerivedKind:
        for number, span in enumerate(parts(kind, index)):
            if (kind, number) not in sink.finished:
                sink.kind = kind
                make(kind, lambda: path.open("rb"), index, span, sink, lambda _: None, lambda: False)


def copied(path: Path, index: bytes, sink: Sink) -> None:
    for span in parts(DerivedKind.SCRUB, index):
        make(DerivedKind.SCRUB, lambda: path.open("rb"), index, span, sink, lambda _: None, lambda: False)


def uhd_film() -> Path:
    """The first seconds of the base film, larger and faster; made when first asked for (some minutes)."""
    path = FOLDER / "uhd-1.mp4"
    if not path.exists():
        made = io.BytesIO()
        with av.open(str(base_film())) as read, av.open(made, "w", format="mp4") as out:
            pictures = out.add_stream("libx265", rate=UHD_FPS)
            pictures.width, pictures.height, pictures.pix_fmt = 3840, 2160, "yuv420p"
            pictures.bit_rate = 40_000_000
            rhythm = f"log-level=none:keyint={UHD_FPS}:bframes=0"
            pictures.codec_context.options = {"preset": "ultrafast", "x265-params": rhythm}
            for number, frame in enumerate(read.decode(video=0)):
                if number == UHD_SECONDS * UHD_FPS:
                    break
                large = frame.reformat(3840, 2160, "yuv420p", interpolation="BILINEAR")
                large.pts, large.time_base = number, Fraction(1, UHD_FPS)
                out.mux(pictures.encode(large))
            out.mux(pictures.encode(None))
        path.write_bytes(made.getvalue())
    return path


if __name__ == "__main__":
    main()
