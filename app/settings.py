"""Settings of this computer's user: one validated class, kept as JSON. No secrets, nothing of any client."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from app.i18n import N_

if TYPE_CHECKING:
    from app.shortcuts import KeyMap


@dataclass(frozen=True, slots=True)
class RoomPreset:
    """A room in which is filmed: which camera is camera 1 and 2, which microphone, where they stand, a second disk.

    Devices by the system's id and their name; formats as `1920x1080@30`, empty for the best up to 1080p.
    """

    name: str = ""
    camera_1: str = ""
    camera_1_name: str = ""
    camera_1_format: str = ""
    camera_2: str = ""
    camera_2_name: str = ""
    camera_2_format: str = ""
    microphone: str = ""
    microphone_name: str = ""
    positions: str = ""
    second_folder: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose. Each field's metadata carries its label for the dialog, and its limits."""

    language: str = field(default="fi", metadata={"label": N_("Language"), "choices": ("fi", "sv", "en")})
    theme: str = field(
        default="by-room",
        metadata={
            "label": N_("Colors"),
            "choices": ("by-room", "light", "dark", "contrast"),
            "labels": (
                N_("Dark where films are watched, light elsewhere"),
                N_("Light"),
                N_("Dark"),
                N_("High contrast"),
            ),
        },
    )
    lock_after_minutes: int = field(
        default=10, metadata={"label": N_("Lock when idle, minutes"), "least": 1, "most": 30}
    )
    rewind_seconds: int = field(
        default=0, metadata={"label": N_("Go back when playing on, seconds"), "least": 0, "most": 10}
    )
    pre_roll_seconds: int = field(
        default=1, metadata={"label": N_("Begin a loop earlier, seconds"), "least": 0, "most": 10}
    )
    film_layout: str = field(
        default="large-and-small",
        metadata={"hidden": True, "choices": ("large-and-small", "side-by-side", "tabs")},
    )
    volume: int = field(default=100, metadata={"hidden": True, "least": 0, "most": 100})
    sound_lane: bool = field(default=True, metadata={"hidden": True})
    picture_lane: bool = field(default=False, metadata={"hidden": True})
    #: own keys as `usual keys TAB own keys` and `scheme/code TAB key`
    room_keys: tuple[str, ...] = field(default=(), metadata={"hidden": True})
    code_keys: tuple[str, ...] = field(default=(), metadata={"hidden": True})
    #: hints that were read and put away for good
    hints_read: tuple[str, ...] = field(default=(), metadata={"hidden": True})
    archives: tuple[str, ...] = field(default=(), metadata={"hidden": True})
    backup_folder: str = field(default="", metadata={"hidden": True})
    rooms: tuple[RoomPreset, ...] = field(default=(), metadata={"hidden": True})
    last_room: RoomPreset = field(default=RoomPreset(), metadata={"hidden": True})

    @property
    def keys(self) -> KeyMap:
        """The worker's own keys in the coding room."""
        from app.shortcuts import KeyMap  # the unlock window needs settings and no keys

        pairs = [dict(row.split("\t", 1) for row in rows if "\t" in row) for rows in (self.room_keys, self.code_keys)]
        return KeyMap(*pairs)

    def with_keys(self, keys: KeyMap) -> Settings:
        actions, codes = (tuple(f"{k}\t{v}" for k, v in sorted(m.items())) for m in (keys.actions, keys.codes))
        return replace(self, room_keys=actions, code_keys=codes)

    def with_archive(self, folder: Path) -> Settings:
        """The same with `folder` first among the archives that were opened here."""
        rest = tuple(a for a in self.archives if a != str(folder))
        return replace(self, archives=(str(folder), *rest)[:8])


class Preferences:
    """The settings as a screen reads and changes them while it is open.

    Where no program stands around the screen they last as long as this.
    """

    def __init__(
        self, read: Callable[[], Settings] | None = None, keep: Callable[[Settings], None] | None = None
    ) -> None:
        self._own = Settings()
        self._read, self._keep = read, keep

    @property
    def now(self) -> Settings:
        return self._read() if self._read is not None else self._own

    def change(self, **fields: Any) -> None:
        new = replace(self.now, **fields)
        if self._keep is not None:
            self._keep(new)
        else:
            self._own = new


def validated(raw: dict[str, Any]) -> Settings:
    """Settings from a file that anyone may have edited: what does not fit its field falls back to the default."""
    hints = get_type_hints(Settings)
    good: dict[str, Any] = {}
    for f in fields(Settings):
        if f.name not in raw:
            continue
        value = raw[f.name]
        if hints[f.name] is RoomPreset:
            good[f.name] = _room(value) or RoomPreset()
        elif get_args(hints[f.name])[:1] == (RoomPreset,):
            rooms = [_room(v) for v in value] if isinstance(value, list) else []
            good[f.name] = tuple(r for r in rooms if r is not None and r.name.strip())
        elif get_args(hints[f.name]):
            if isinstance(value, list) and all(isinstance(v, str) for v in value):
                good[f.name] = tuple(value)
        elif type(value) is hints[f.name] and _within(value, dict(f.metadata)):
            good[f.name] = value
    return Settings(**good)


def _room(raw: Any) -> RoomPreset | None:
    """A room's preset; fields that are no text are left out, and what is no table is no room."""
    if not isinstance(raw, dict):
        return None
    known = {f.name for f in fields(RoomPreset)}
    return RoomPreset(**{k: v for k, v in raw.items() if k in known and isinstance(v, str)})


def _within(value: Any, limits: dict[str, Any]) -> bool:
    if "choices" in limits and value not in limits["choices"]:
        return False
    return "least" not in limits or limits["least"] <= value <= limits["most"]


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults when there are none yet or the file is not readable as settings."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    return validated(raw) if isinstance(raw, dict) else Settings()


def save(settings: Settings, path: Path) -> None:
    """Write whole or not at all. A folder that cannot be written leaves the settings for this run only."""
    new = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(settings), indent=2), "utf-8")
        os.replace(new, path)  # noqa: PTH105  replaces on Windows too
