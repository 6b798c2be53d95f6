"""`kill -9` at 50 random moments while filming 2 × 1080p30 with sound into an archive: what each kill cost."""

import os
import tempfile
from pathlib import Path

from tests.benchmarks.figures import percentile
from tests.drivers.filming_kills import make_archive, random_kill

KILLS = int(os.environ.get("HAVAINTO_FILM_KILLS", "50"))
SIZE, LONGEST = "1920x1080", 3.0


def main() -> None:
    lost = []
    with tempfile.TemporaryDirectory(dir=Path.cwd() / "build" if Path("build").exists() else None) as place:
        folder = Path(place) / "archive"
        make_archive(folder)
        for _ in range(KILLS):
            kill = random_kill(folder, Path(place), SIZE, LONGEST)
            assert len(kill.lost) == 2, "both films are there and playable"
            lost.append(max(kill.lost))
    print(f"  {KILLS} kills, all films playable, every picture kept at its own time to the microsecond's rounding")
    print(f"  seconds lost: median {percentile(lost, 0.5):.3f}, p95 {percentile(lost, 0.95):.3f}, most {max(lost):.3f}")
    print("  goal: <= 0.5 s in each")


if __name__ == "__main__":
    main()
