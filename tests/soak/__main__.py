"""All long runs, one after another.

Damaged films by the thousand, ten minutes of filming, a coder killed again and again, kills inside what changes an
archive's keys or makes it anew, at every moment of a migration and at every moment of what is done to a sealed
coding, every film of the corpus after every move, a thousand pictures of the command beside the window's, two hundred
statements before the validator, ten thousand changed bytes of a signed file, every number of fifty statements counted
once more, the whole film as two raters coded it decided by keys, both its cameras shown to a father as a family sees
them, and two thousand examples of every property, drawn anew with a seed that is shown.
"""

import os
import secrets
import subprocess
import sys

from tests.soak import archive_kills, film_fuzz, filming, migrating, statement_numbers, wal_damage

FILMS = 10_000
KILLS = "100"
ARCHIVE_KILLS = 500
PICTURES = "1000"
STATEMENTS = "200"
NUMBERS = 50
SIGNED_BYTES = "10000"
EXAMPLES = "2000"


def main() -> int:
    film_fuzz.main(FILMS)
    filming.main()
    archive_kills.main(ARCHIVE_KILLS)
    wal_damage.main()
    migrating.main()
    statement_numbers.main(NUMBERS)
    runs = [
        "tests/storage/test_kill.py",
        "tests/storage/test_sealed_kills.py",
        "tests/video/playing/test_same_picture.py",
        "tests/video/playing/test_corpus.py",
    ]
    runs.append("tests/app/reports/test_validated.py")
    runs.append("tests/app/reports/test_signed_files.py")
    runs.append("tests/journeys/test_raters_decided.py")
    runs.append("tests/journeys/test_feedback.py")
    more = {"HAVAINTO_KILLS": KILLS, "HAVAINTO_SAME_PICTURES": PICTURES, "HAVAINTO_STATEMENTS": STATEMENTS}
    more |= {"HAVAINTO_SIGNED_BYTES": SIGNED_BYTES}
    more |= {"HAVAINTO_SEALED_KILLS_EVERY": "1", "HAVAINTO_CORPUS": "all", "HAVAINTO_WHOLE_FILM": "1"}
    ended = subprocess.run([sys.executable, "-m", "pytest", *runs], env=os.environ | more, check=False).returncode
    return properties() or ended


def properties(seed: int | None = None) -> int:
    """Every property with many examples; a seed that found something is given again to find it again."""
    seed = secrets.randbelow(2**32) if seed is None else seed
    sys.stdout.write(f"properties: {EXAMPLES} examples each, --hypothesis-seed={seed}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "-m", "hypothesis", f"--hypothesis-seed={seed}"]
    return subprocess.run(command, env={"HAVAINTO_EXAMPLES": EXAMPLES} | os.environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(properties(int(sys.argv[1])) if len(sys.argv) > 1 else main())
