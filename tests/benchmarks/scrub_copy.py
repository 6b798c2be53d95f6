"""The scrub copy of ten minutes of 1080p30 in its container: speed, memory, and how late a timer is beside it."""

import os
import resource
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from app.jobs import Job, JobLane, Jobs
from app.model.recording import DerivedKind
from tests.benchmarks.figures import percentile, ratio
from tests.benchmarks.long_film import contained, long_film
from video.copies.derived import make, parts

#: five-minute parts that are made
PARTS = 2
TICK_MS = 10


def main() -> None:
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    with contained(long_film()) as (vault, film):
        _quiet(app)
        for kind in (DerivedKind.SCRUB, DerivedKind.WAVEFORM, DerivedKind.THUMBNAILS):
            spans = parts(kind, film.index)[:PARTS]
            seconds = sum(end - start for start, end in spans) / 1_000_000
            before = _resident()
            jobs, sizes = Jobs(), []
            jobs.failed.connect(lambda error: app.exit(_said(error)))
            jobs.bug.connect(lambda error: app.exit(_said(error)))

            def work(job: Job, kind=kind, spans=spans) -> list[int]:
                made = []
                for span in spans:
                    out = vault.begin(film.id, film.wrapped_key)
                    make(kind, partial(vault.open, film), film.index, span, out, job.progress, job.cancelled)
                    made.append(out.keep().size)
                return made

            start = time.perf_counter()
            jobs.run("copy", work, lambda made, sizes=sizes: (sizes.extend(made), app.quit()), lane=JobLane.COPIES)
            lateness = _ticks(app)
            spent = time.perf_counter() - start
            goal = ">= 4" if kind is DerivedKind.SCRUB else "none"
            ratio(f"{kind.value}: {seconds / 60:.0f} minutes of film, times real time", seconds / spent, goal)
            print(f"    {sum(sizes) / 1e6 / (seconds / 60):.2f} MB per minute of film")
            _tell_lateness("    10 ms timer beside it", lateness)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"    memory: window's process {(_resident() - before) / 1e6:+.0f} MB, child at its peak {peak:.0f} MB"
            )
            jobs.close()
    print("  goals: memory <= 300 MB in all, timer <= 20 ms late at p99")


def _quiet(app: QCoreApplication) -> None:
    """The same timer with nothing beside it: what this machine does by itself."""
    QTimer.singleShot(3000, app.quit)
    _tell_lateness("  10 ms timer with nothing beside it", _ticks(app))


def _tell_lateness(what: str, late: list[float]) -> None:
    figures = "   ".join(f"p{share * 100:g} {percentile(late, share) * 1000:.1f} ms" for share in (0.5, 0.99, 0.999))
    print(f"{what}: late by {figures}   most {max(late) * 1000:.1f} ms   (n={len(late)})", flush=True)


def _ticks(app: QCoreApplication) -> list[float]:
    """Run the event loop until it is quit; by how much each tick of a 10 ms timer came too late, in seconds."""
    late: list[float] = []
    last = [time.perf_counter()]
    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(now - last[0] - TICK_MS / 1000, 0.0))
        last[0] = now

    timer.timeout.connect(tick)
    timer.start()
    app.exec()
    timer.stop()
    return late


def _said(error: BaseException) -> int:
    print(f"  it failed: {error!r}", flush=True)
    return 1


def _resident() -> int:
    """Bytes of this process in memory."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    main()
