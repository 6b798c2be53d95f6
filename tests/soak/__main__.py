"""All long runs, one after another.

Damaged films by the thousand, ten minutes of filming, a coder killed again and again,
a thousand pictures of the command beside the window's.
"""

import os
import subprocess
import sys

from tests.soak import film_fuzz, filming

FILMS = 10_000
KILLS = "100"
PICTURES = "1000"


def main() -> int:
    film_fuzz.main(FILMS)
    filming.main()
    runs = ["tests/storage/test_kill.py", "tests/video/playing/test_same_picture.py"]
    more = {"HAVAINTO_KILLS": KILLS, "HAVAINTO_SAME_PICTURES": PICTURES}
    return subprocess.run([sys.executable, "-m", "pytest", *runs], env=os.environ | more, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
