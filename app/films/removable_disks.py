"""Whether a file lies on something that is carried away: a camera's card, a stick, a phone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: where desktops mount what is plugged in
_MOUNTS = ("/media/", "/run/media/", "/Volumes/")
#: Windows' word for a removable disk
_DRIVE_REMOVABLE = 2


def is_removable(path: Path) -> bool:
    """True when it is known to be removable; False also when nobody can tell."""
    try:
        place = path.resolve()
        if sys.platform == "win32":
            return _windows_kind(place) == _DRIVE_REMOVABLE
        return str(place).startswith(_MOUNTS) or _says_linux(place)
    except OSError:
        return False


def _windows_kind(place: Path) -> int:
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return int(windll.kernel32.GetDriveTypeW(place.anchor)) if windll is not None else 0


def _says_linux(place: Path) -> bool:
    """The kernel's own word for the disk, or for the disk that this partition is of."""
    device = place.stat().st_dev
    node = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
    for word in (node / "removable", node.resolve().parent / "removable"):
        if word.is_file():
            return word.read_text("ascii").strip() == "1"
    return False
