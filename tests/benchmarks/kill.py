"""`kill -9` at 100 random moments while coding: what was acknowledged is there, and the archive opens every time."""

import os
import subprocess
import sys
import time

KILLS = 100


def main() -> None:
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/storage/test_kill.py", "-q"],
        env=os.environ | {"HAVAINTO_KILLS": str(KILLS)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = "0 acknowledged observations lost" if run.returncode == 0 else "FAILED\n" + run.stdout[-2000:]
    print(f"  {KILLS} kills in {time.perf_counter() - start:.0f} s: {found}")
