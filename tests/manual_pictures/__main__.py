"""Every picture of the manual anew, in each language: one process a language, none of them needs a screen."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app.manual.pages import folder
from app.model.words import LANGUAGES


def main() -> None:
    for language in LANGUAGES:
        place = folder() / "pictures" / language
        with tempfile.TemporaryDirectory() as home:
            told = os.environ | {"HAVAINTO_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
            subprocess.run(
                [sys.executable, "-m", "tests.manual_pictures.one_language", language, str(place)], env=told, check=True
            )
        size = sum(p.stat().st_size for p in place.glob("*.webp"))
        sys.stdout.write(f"{language}: {len(list(place.glob('*.webp')))} pictures, {size / 1e6:.1f} MB\n")
    whole = sum(p.stat().st_size for p in Path(folder() / "pictures").rglob("*.webp"))
    sys.stdout.write(f"together {whole / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
