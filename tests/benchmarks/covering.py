"""A covered clip of 1080p30 written and proven, beside ffmpeg's `delogo` at the same preset, which proves nothing."""

import io
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np

from app.model.cover import Box, Covered, CoverKey, CoverTrack
from app.ports.covering import CoverOrder
from tests.benchmarks.figures import ratio, row
from video.covering.cover_process import write_covered
from video.covering.writing import PRESET, QUALITIES
from video.open.frame_index import build_index

#: by the wall, and of the processor, s
Spent: TypeAlias = tuple[float, float]
FPS = 30
#: seconds of a short and of a usual clip, and how often each is written
CLIPS = ((10, 5), (30, 3))


def main() -> None:
    for seconds, runs in CLIPS:
        measure(seconds, runs)


def measure(seconds: int, runs: int) -> None:
    """A clip of so many seconds: ours and the peers one after another, as often as that."""
    with tempfile.TemporaryDirectory() as place:
        film = Path(place) / "film.mp4"
        write_film(film, seconds)
        content = film.read_bytes()
        index = build_index(io.BytesIO(content))
        box = Box(3_000, 2_500, 4_000, 4_500)
        marks = (CoverKey(0, box), CoverKey(int(index.times[-1]), Box(5_000, 3_000, 6_000, 5_000)))
        track = CoverTrack("t", "w", Covered.FACE, marks)
        order = CoverOrder(0, int(index.times[-1]), (track,), (), "SALASSA PIDETTÄVÄ")
        packed = index.pack()
        out = io.BytesIO()
        report = write_covered(lambda: io.BytesIO(content), packed, order, out.write, lambda _: None, lambda: False)
        assert report.pictures == seconds * FPS

        def covered() -> None:
            write_covered(lambda: io.BytesIO(content), packed, order, io.BytesIO().write, lambda _: None, lambda: False)

        peers = _delogos(film, Path(place) / "peer.mp4")
        ours: list[Spent] = []
        theirs: dict[str, list[Spent]] = {name: [] for name in peers}
        for _ in range(runs):
            ours.append(_spent(covered))
            for name, work in peers.items():
                theirs[name].append(_spent(work))
        wall = row(f"covered, encoded ({PRESET}) and proven, {seconds} s of 1080p30", [w for w, _ in ours])
        cpu = row("the same, processor", [c for _, c in ours])
        ratio("real time", seconds / wall, ">= 1.5")
        ratio("real time by the processor's time on two cores", seconds / (cpu / 2), ">= 1.5")
        print(f"  the least like picture outside the covers: {report.worst_psnr} dB; wished >= 40")
        if not peers:
            print("  no ffmpeg to compare with (HAVAINTO_FFMPEG names one)")
        for name, spent in theirs.items():
            row(name, [w for w, _ in spent])
            row("the same, processor", [c for _, c in spent])
            ratio("delogo / covered, median of pairs", _middle(spent, ours, 0), ">= 0.9")
            ratio("the same by the processor's time", _middle(spent, ours, 1), ">= 0.9")
        print(f"  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")


def _middle(theirs: Sequence[Spent], ours: Sequence[Spent], which: int) -> float:
    """The median of what one of theirs took to what ours took right before it: by the wall (0) or the processor (1)."""
    return statistics.median(b[which] / a[which] for a, b in zip(ours, theirs, strict=True))


def _spent(work: Callable[[], None]) -> Spent:
    """Seconds by the wall's clock, and of the processor in this process and in those it started."""
    start, before = time.perf_counter(), _used()
    work()
    return time.perf_counter() - start, _used() - before


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def _delogos(film: Path, out: Path) -> dict[str, Callable[[], None]]:
    """As everybody would call it, and with a quality as constant as ours: of the same low priority as our child."""
    found = os.environ.get("HAVAINTO_FFMPEG") or shutil.which("ffmpeg")
    if found is None:
        return {}
    quality = ["-preset", PRESET, "-crf", str(QUALITIES[0]), "-pix_fmt", "yuv420p", "-c:a", "aac"]
    logo = "delogo=x=600:y=270:w=300:h=300"
    command = ["nice", "-n", "10", found, "-y", "-loglevel", "error", "-i", film, "-vf", logo, "-c:v", "libx264"]

    def work(*more: str) -> Callable[[], None]:
        def run() -> None:
            subprocess.run([*command, *quality, *more, out], check=True)

        return run

    return {
        "ffmpeg delogo, the same preset and quality": work(),
        "ffmpeg delogo, and quality as constant": work("-x264-params", "qcomp=1"),
    }


def write_film(path: Path, seconds: int) -> None:
    """1080p30: a textured scene that moves slowly, with the noise of a camera, and a keyframe in 250 pictures."""
    chance = np.random.default_rng(7)
    import cv2

    scene = cv2.GaussianBlur(chance.integers(0, 255, (1200, 2400, 3), dtype=np.uint8), (0, 0), 9)
    scene = cv2.normalize(scene, None, 20, 235, cv2.NORM_MINMAX)
    noise = [chance.normal(0, 2, (1080, 1920, 3)).astype(np.int8) for _ in range(4)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 1920, 1080, "yuv420p", 250
        stream.options = {"preset": "veryfast", "crf": "21"}
        sound = out.add_stream("aac", rate=48_000)
        sound.layout = "mono"
        for number in range(seconds * FPS):
            left = 480 - abs(480 - number % 960)  # there and back
            part = scene[number % 60 : number % 60 + 1080, left : left + 1920]
            frame = av.VideoFrame.from_ndarray(cv2.add(part, noise[number % 4], dtype=cv2.CV_8U), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        for at in range(0, seconds * 48_000, 1024):
            piece = av.AudioFrame.from_ndarray(chance.normal(0, 0.05, (1, 1024)).astype(np.float32), "fltp", "mono")
            piece.sample_rate, piece.pts, piece.time_base = 48_000, at, Fraction(1, 48_000)
            out.mux(sound.encode(piece))
        out.mux(stream.encode(None))
        out.mux(sound.encode(None))
