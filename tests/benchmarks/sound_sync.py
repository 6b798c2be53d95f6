"""Sync by sound: the made-up meeting's two cameras, drift, noise, unrelated films, and two films of an hour."""

import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.errors import FilmError
from tests.benchmarks.figures import ratio
from tests.material.media import CAMERA_A, MIM
from tests.material.sounds import Microphone, film_with, notes, slate, talk
from video.alignment.mono_sound import RATE, mono_sound
from video.alignment.sync import Film, find_sync, match
from video.open.frame_index import build_index

HOUR = 3600.0


def main() -> None:
    print("  two films of an hour, 48 kHz AAC:")
    _hour()
    if CAMERA_A.exists():
        print("  on the two films of the made-up meeting (6 min 10 s):")
        _made_up_meeting()
    print("  on made sound of ten minutes, the second camera far off, leveled and noisy:")
    _made_sound()
    print("  long films, from a fault list of the field:")
    _long()
    print("  unrelated films of ten minutes:")
    _unrelated()


def film(path: Path) -> Film:
    return (lambda: path.open("rb")), build_index(path).pack()


def _seen(name: str, offset: float, drift: float, find: Callable[[], object]) -> None:
    start, worked = time.perf_counter(), time.process_time()
    found = find()
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    off, ppm = found.offset / 1000 - offset * 1000, found.drift_ppm - drift
    print(
        f"    {name:<38} off by {off:7.3f} ms (goal 5), drift by {ppm:6.2f} ppm (goal 10), "
        f"sure {found.confidence:.2f}, {found.agreeing}/{found.tried} places, {seconds:.1f} s "
        f"({worked:.1f} s of processor)"
    )


def _made_up_meeting() -> None:
    late = json.loads((MIM / "truth.json").read_text("utf-8"))["camera_b_late"]
    a, b = film(CAMERA_A), film(MIM / "camera_b.mp4")
    _seen("as they are", late, 0.0, lambda: find_sync(a, b, _silent, _never))
    ours, theirs = mono_sound(*a).astype(float), mono_sound(*b).astype(float)
    for drift in (100.0, -100.0, 200.0):
        clock = np.arange(int(len(theirs) * (1 + drift * 1e-6))) / (1 + drift * 1e-6)
        drifting = np.interp(clock, np.arange(len(theirs)), theirs).astype(np.int16)
        heard = ours.astype(np.int16), drifting
        _seen(f"the second one's clock {drift:+.0f} ppm", late, drift, lambda h=heard: match(*h, _silent, _never))


def _made_sound() -> None:
    room = talk(600, 1)
    ours = Microphone(seed=1).hear(room)
    for drift, noise in ((100.0, 0.02), (-100.0, 0.1), (200.0, 0.2), (-200.0, 0.4)):
        second = Microphone(33.3, drift_ppm=drift, noise=noise, leveled=True, far=True, seed=2)
        heard = second.hear(room)
        _seen(f"{drift:+.0f} ppm, noise {noise:.2f}", 33.3, drift, lambda h=heard: match(ours, h, _silent, _never))
    short = Microphone(540.0, drift_ppm=100.0, noise=0.02, far=True, seed=3).hear(room)
    _seen("+100 ppm, only 60 s in common", 540.0, 100.0, lambda: match(ours, short, _silent, _never))


def _long() -> None:
    """Two recorders 145 ppm apart over 44 minutes with a tune that comes again and silence; one that starts late."""
    room = talk(44 * 60 + 95, 5)
    tune, quiet = notes(60, 3), np.zeros(240 * RATE)
    for minute in range(10, 16):
        room[minute * 60 * RATE : (minute + 1) * 60 * RATE] = tune
    room[20 * 60 * RATE : 24 * 60 * RATE] = quiet
    ours = Microphone(seconds=44 * 60, seed=1).hear(room)
    second = Microphone(95.0, drift_ppm=145.0, noise=0.02, leveled=True, far=True, seed=2).hear(room)
    _seen("44 min, 95 s late, 145 ppm, a tune", 95.0, 145.0, lambda: match(ours, second, _silent, _never))
    alike = np.tile(talk(300, 9), 16)[: 75 * 60 * RATE] * 0.3 + 0.7 * talk(75 * 60, 10)
    whole = Microphone(seed=1).hear(alike)
    late = Microphone(3600.0, drift_ppm=40.0, noise=0.01, far=True, seed=2).hear(alike)
    _seen("15 min that begin at 60 min, noise alike", 3600.0, 40.0, lambda: match(whole, late, _silent, _never))
    claps = slate(600, 20.3, 20.85, 21.52)
    heard = Microphone(seed=1).hear(claps), Microphone(7.3, drift_ppm=100.0, far=True, seed=2).hear(claps)
    _seen("three claps in 10 min (no drift by them)", 7.3, 100.0, lambda: match(*heard, _silent, _never))


def _unrelated() -> None:
    refused = 0
    for seed in range(20):
        ours, theirs = (Microphone(seed=n).hear(talk(600, n)) for n in (100 + seed, 200 + seed))
        try:
            match(ours, theirs, _silent, _never)
        except FilmError:
            refused += 1
    ratio("refused, of 20 pairs", refused, "20")


def _hour() -> None:
    with tempfile.TemporaryDirectory() as place:
        with multiprocessing.get_context("spawn").Pool(1) as maker:  # its memory is not ours
            films = maker.apply(_hour_films, (Path(place),))
        a, b = (film(path) for path in films)
        before = _memory()
        _seen("47.5 s late, +100 ppm", 47.5, 100.0, lambda: find_sync(a, b, _silent, _never))
        print(f"    memory at its peak: {_memory():.0f} MB, {before:.0f} MB before (goal: bounded, 20 s)")


def _hour_films(place: Path) -> tuple[Path, Path]:
    room = talk(HOUR + 60, 7)
    ours = film_with(place / "a.mp4", Microphone(seconds=HOUR, seed=1).hear(room))
    second = Microphone(47.5, HOUR, 100.0, noise=0.02, leveled=True, far=True, seed=2)
    return ours, film_with(place / "b.mp4", second.hear(room), layout="stereo")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _silent(_share: float) -> None:
    pass


def _never() -> bool:
    return False


if __name__ == "__main__":
    main()
