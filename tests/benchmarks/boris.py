"""BORIS 9, the field's working tool, in an environment of its own where Python 3.12 or newer is to be had."""

import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "boris"


def python() -> Path | None:
    """The Python of an environment with BORIS 9, made when first asked for; None where it is not to be had."""
    made = FOLDER / "bin" / "python"
    if made.exists():
        return made
    own = next((p for p in _candidates() if _works(p)), None)
    if own is None:
        return None
    steps = ([own, "-m", "venv", str(FOLDER)], [str(made), "-m", "pip", "install", "-q", "boris-behav-obs>=9,<10"])
    for step in steps:
        if subprocess.run(step, capture_output=True, check=False).returncode:
            shutil.rmtree(FOLDER, ignore_errors=True)
            return None
    return made


def _candidates() -> list[str]:
    """Python 3.12 or 3.13 on the path, or among those that pyenv keeps."""
    named = [p for name in ("python3.12", "python3.13") if (p := shutil.which(name))]
    kept = [str(p) for v in ("3.12", "3.13") for p in Path.home().glob(f".pyenv/versions/{v}*/bin/python")]
    return [*named, *kept]


def _works(path: str) -> bool:
    """A shim without its Python behind it answers with an error."""
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
