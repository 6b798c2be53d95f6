"""All long runs, one after another: damaged films by the thousand, ten minutes of filming, a coder killed often."""

import os
import subprocess
import sys

from tests.soak import film_fuzz, filming

FILMS = 10_000
KILLS = "100"


def main() -> int:
    film_fuzz.main(FILMS)
    filming.main()
    command = [sys.executable, "-m", "pytest", "tests/storage/test_kill.py"]
    return subprocess.run(command, env=os.environ | {"HAVAINTO_KILLS": KILLS}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
