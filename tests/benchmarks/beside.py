"""The program as it was at one commit beside the program as it is: the same figures, in turns, and their ratios.

What was then is a worktree and an environment of its own under `build/`, made from that commit's own lock file, and it
runs its own benchmark code, or today's where it has none. The two take turns, so that what else the machine does falls
on both. `HAVAINTO_BEFORE` names a checkout with a ready `.venv` to be used instead; words after
`python -m tests.benchmarks.beside` are the parts to measure.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

COMMIT = "3c39fbb"
HERE = Path(__file__).parents[2]
ROUNDS = 3
#: a figure as the benchmarks print it: a median of several, the middle one of many, or one alone
_FIGURE = re.compile(
    r"^  (?P<name>\S.*?)(?:\s+median|\s+p50|:)\s+(?P<value>\d+(?:\.\d+)?) (?P<unit>ms|s|MB)\b", re.MULTILINE
)
_GOAL_IN_NAME = re.compile(r"\s*\([^)]*<=[^)]*\)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure of a part of the benchmarks, by its name there; `most` is the ratio to what it was, 1 for *no worse*."""

    part: str
    name: str
    most: float


WANTED = (
    Wanted("start_up", "havainto, until its unlock window is painted", 1),
    Wanted("coding_large", "open the coding", 0.75),
    Wanted("coding_large", "key press to committed", 1),
    Wanted("coding_large", "key press to repainted", 1),
    Wanted("coding_large", "timeline paint, 30 s in sight", 1),
    Wanted("coding_large", "timeline paint, 10 min in sight", 1),
    Wanted("coding_large", "timeline paint, 4 h in sight", 0.6),
    Wanted("coding_large", "shift of 5000 observations", 0.65),
    Wanted("coding_large", "undo of 5000 observations", 0.65),
    Wanted("coding_large", "redo of 5000 observations", 0.65),
    Wanted("agreement", "agreement, every figure of it", 0.4),
    Wanted("film_checked", "1080p30 H.264: verdict, copy, waveform and thumbnails, processor", 0.67),
    Wanted("film_checked", "4K60 HEVC: verdict, copy, waveform and thumbnails, processor", 0.67),
    Wanted("film_checked", "1080p30 H.264: small copy alone, processor", 0.8),
    Wanted("film_checked", "4K60 HEVC: small copy alone, processor", 0.8),
    Wanted("statement_long", "statement with a long table", 0.4),
    Wanted("statement_long", "statement with a long table, processor", 0.4),
)


def figures_in(told: str) -> dict[str, float]:
    """The figures that a benchmark printed, by name: ms, s or MB as printed, without the goal that a name may carry."""
    return {_GOAL_IN_NAME.sub("", m["name"]).strip(): float(m["value"]) for m in _FIGURE.finditer(told)}


def before() -> Path | None:
    """A checkout of the commit with an environment of its own; None where the history does not reach so far."""
    named = os.environ.get("HAVAINTO_BEFORE")
    if named:
        return Path(named)
    if _git("cat-file", "-e", f"{COMMIT}^{{commit}}").returncode:
        return None
    made = HERE / "build" / "before" / COMMIT
    if not made.exists():
        _git("worktree", "prune")  # one that went with the folder `build` is still listed
        _git("worktree", "add", "--detach", str(made), COMMIT).check_returncode()
    subprocess.run(["make", "environment", f"PYTHON={sys.executable}"], cwd=made, check=True)
    return made


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, check=False)


def measured(checkout: Path, part: str) -> dict[str, float]:
    """The figures of one run of a part of a checkout's benchmarks, by its own environment.

    A part that it does not have yet is today's file, run in its code.
    """
    python = checkout / ".venv" / "bin" / "python"
    command = [python, "-m", "tests.benchmarks", part]
    if not (checkout / "tests" / "benchmarks" / f"{part}.py").exists():
        file = Path(__file__).with_name(f"{part}.py")
        command = [python, "-c", f"import runpy; runpy.run_path({str(file)!r}, run_name='__main__')"]
    told = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    return figures_in(told.stdout)


def main(*parts: str) -> None:
    """Print the wanted figures of these parts, of all where none is named."""
    was = before()
    if was is None:
        print(f"  Commit {COMMIT} is not in the history of this clone: fetch it whole to see the ratios.")
        return
    for part in parts or dict.fromkeys(w.part for w in WANTED):
        then: dict[str, list[float]] = defaultdict(list)
        now: dict[str, list[float]] = defaultdict(list)
        for _ in range(ROUNDS):
            for checkout, held in ((was, then), (HERE, now)):
                for name, value in measured(checkout, part).items():
                    held[name].append(value)
        for wanted in (w for w in WANTED if w.part == part):
            _tell(wanted, then[wanted.name], now[wanted.name])


def _tell(wanted: Wanted, then: list[float], now: list[float]) -> None:
    """Medians and their ratio; a figure that one of the two does not print has none."""
    if not then or not now:
        print(f"  {wanted.name:<48} printed by {'neither' if not then and not now else 'one alone'}", flush=True)
        return
    was, is_ = statistics.median(then), statistics.median(now)
    print(
        f"  {wanted.name:<48} {was:8.2f} -> {is_:8.2f}   {is_ / was:5.2f} x of {COMMIT}   goal <= {wanted.most}",
        flush=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
