"""Where the program keeps what is its own on this computer: settings and its log. Never an archive, never a film."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path


def settings_file() -> Path:
    """The settings of this computer's user; HAVAINTO_HOME moves it, for tests and for portable use."""
    return _home("user_config_path") / "settings.json"


def log_file() -> Path:
    return _home("user_log_path") / "havainto.log"


def documents() -> Path:
    """Where a new archive is offered to lie."""
    if own := os.environ.get("HAVAINTO_HOME"):
        return Path(own)
    import platformdirs

    return platformdirs.user_documents_path()


def local_data() -> Path:
    """The program's own folder on this computer, which no server and no service has."""
    import platformdirs

    return platformdirs.user_data_path("Havainto", appauthor=False, roaming=False)


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether both lie on the same disk, as the system counts disks; False when either cannot be asked."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def free_folder(place: Path) -> Path:
    """A folder in `place` for one more archive: the program's name, with a number where there is something already."""
    names = chain(["Havainto"], (f"Havainto {n}" for n in count(2)))
    return next(folder for name in names if _is_free(folder := place / name))


def _is_free(folder: Path) -> bool:
    """Not there, or an empty folder. Where nothing can be looked at the disk says so when the archive is made."""
    try:
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return True


def _home(kind: str) -> Path:
    if own := os.environ.get("HAVAINTO_HOME"):
        return Path(own)
    import platformdirs

    path: Path = getattr(platformdirs, kind)("Havainto", appauthor=False)
    return path
