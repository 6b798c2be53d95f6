"""`make bench`: every figure that an issue names, with its peer where there is one; each in a process of its own.

`python -m tests.benchmarks agreement film_in` runs only those named.
"""

import importlib
import subprocess
import sys

from tests.benchmarks.figures import machine

ALL = (
    "start_up",
    "installed",
    "unlock",
    "coding_key",
    "coding_large",
    "coding_playing",
    "agreement",
    "led",
    "to_pages",
    "intervals",
    "film_in",
    "packages",
    "backing_up",
    "film_checked",
    "sound_sync",
    "statement",
    "statement_long",
    "statement_keys",
    "statement_writing",
    "signing",
    "templates",
    "access_log",
    "log_report",
    "big_office",
    "hours",
    "office_window",
    "kill",
    "scrub_copy",
    "seeking",
    "corpus",
    "near_copy",
    "numbers",
    "seek_to_screen",
    "next_disagreement",
    "feedback",
    "colors",
    "playing",
    "covering",
    "clip_ends",
    "fast_faces",
    "filming",
    "filming_kill",
    "beside",
)


def main() -> None:
    wanted = sys.argv[1:]
    if len(wanted) == 1:
        part = importlib.import_module(f"tests.benchmarks.{wanted[0]}")
        print(f"\n{wanted[0]}: {(part.__doc__ or '').splitlines()[0]}", flush=True)
        part.main()
        return
    print(machine(), flush=True)
    for name in wanted or ALL:
        subprocess.run([sys.executable, "-m", "tests.benchmarks", name], check=True)


if __name__ == "__main__":
    main()
