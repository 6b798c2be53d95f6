"""From the passphrase to the painted desk, besides the key derivation, once the window has been there two seconds."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import row
from tests.benchmarks.screen import screen

RUNS = 5


def main() -> None:
    with screen() as environment, tempfile.TemporaryDirectory() as home:
        environment |= {"HAVAINTO_HOME": home}
        seconds = []
        for _ in range(RUNS + 1):
            told = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.unlock_child"],
                env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd(),
            )  # fmt: skip
            seconds.append(json.loads(told.stdout.splitlines()[-1]))
        whole = row("unlock to the desk, with the key derivation", [s["desk"] for s in seconds[1:]])
        derivation = row("the key derivation itself", [s["kdf"] for s in seconds[1:]])
        print(f"  {'besides the key derivation, difference of medians':<58} {whole - derivation:8.2f}   goal <= 0.7")
