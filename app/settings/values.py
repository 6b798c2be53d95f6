"""Settings are chosen, what is remembered comes of using the program: two frozen values, each field validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from app.i18n import N_
from app.model.timecode import Micros

#: how many archives are offered by name when the program begins
KNOWN_ARCHIVES = 8
#: of how many films it is remembered where they were left
KNOWN_PLACES = 60


@dataclass(frozen=True, slots=True)
class FilmingPlace:
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
    """What a person may choose. A field with a label stands in the dialog by it, within its limits."""

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
    #: own keys by the id of their action, and by `scheme id/code id`; what is not named is as usual
    action_keys: Mapping[str, str] = field(default_factory=dict)
    code_keys: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[FilmingPlace, ...] = ()
    #: a file that speaks with cards, tried after those that are known; where time stamps are made, and a file with the
    #: certificates of issuers who are asked about theirs: nobody is asked while these are empty
    card_driver: str = ""
    time_stamp_service: str = ""
    issuers_file: str = ""
    #: ids of workers who are not reminded of half a year without a reference film
    no_training_reminder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was so when the program was last used, and is so again; nobody chooses it in a list of settings."""

    film_layout: str = field(
        default="large-and-small", metadata={"choices": ("large-and-small", "side-by-side", "tabs")}
    )
    #: percent
    volume: int = field(default=100, metadata={"least": 0, "most": 100})
    sound_lane: bool = True
    picture_lane: bool = False
    #: the list of cases has those of the worker's own pair alone
    own_cases: bool = False
    #: the desk is that of the whole office
    office_desk: bool = False
    #: what is said, over the picture
    captions: bool = False
    #: hints that were read and put away for good
    hints_read: tuple[str, ...] = ()
    #: shares of a place's parts by its name, where a boundary was moved: `coding.keys` is `620 380`
    panes: Mapping[str, str] = field(default_factory=dict)
    archives: tuple[str, ...] = ()
    #: by whom an archive was opened last on this computer
    last_sign_in: str = ""
    backup_folder: str = ""
    last_room: FilmingPlace = FilmingPlace()
    #: where each worker left each meeting's film, µs on its clock by `worker id/meeting id`; the newest last
    left_at: Mapping[str, str] = field(default_factory=dict)

    def with_place(self, worker_id: str, meeting_id: str, at: Micros) -> Remembered:
        """The same with where a worker left the film of a meeting."""
        key = f"{worker_id}/{meeting_id}"
        rest = [(k, v) for k, v in self.left_at.items() if k != key]
        return replace(self, left_at=dict([*rest, (key, str(at))][-KNOWN_PLACES:]))

    def place_of(self, worker_id: str, meeting_id: str) -> Micros | None:
        """Where that was; None for a film that was not left anywhere, or not since long."""
        try:
            return int(self.left_at[f"{worker_id}/{meeting_id}"])
        except (KeyError, ValueError):
            return None

    def with_archive(self, folder: Path) -> Remembered:
        """The same with `folder` first among the archives that were opened here."""
        rest = tuple(a for a in self.archives if a != str(folder))
        return replace(self, archives=(str(folder), *rest)[:KNOWN_ARCHIVES])


Value = TypeVar("Value", Settings, Remembered)


def validated(kind: type[Value], raw: object) -> Value:
    """The value from a file that anyone may have edited: what does not fit its field falls back to the default."""
    if not isinstance(raw, dict):
        return kind()
    hints = get_type_hints(kind)
    good: dict[str, Any] = {}
    for f in fields(kind):
        found = _fitting(raw[f.name], hints[f.name], dict(f.metadata)) if f.name in raw else None
        if found is not None:
            good[f.name] = found
    return kind(**good)


def _fitting(value: Any, hint: Any, limits: dict[str, Any]) -> Any:
    """`value` as its field has it; None when it does not fit."""
    if hint is FilmingPlace:
        return _room(value)
    if get_origin(hint) is tuple and get_args(hint)[0] is FilmingPlace:
        rooms = [_room(v) for v in value] if isinstance(value, list) else []
        return tuple(r for r in rooms if r is not None and r.name.strip())
    if get_origin(hint) is tuple:
        return tuple(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else None
    if get_origin(hint) is not None:  # keys by what they do
        pairs = value.items() if isinstance(value, dict) else ()
        return {k: v for k, v in pairs if isinstance(v, str) and v}
    return value if type(value) is hint and _within(value, limits) else None


def _room(raw: Any) -> FilmingPlace | None:
    """A room's preset; fields that are no text are left out, and what is no table is no room."""
    if not isinstance(raw, dict):
        return None
    known = {f.name for f in fields(FilmingPlace)}
    return FilmingPlace(**{k: v for k, v in raw.items() if k in known and isinstance(v, str)})


def _within(value: Any, limits: dict[str, Any]) -> bool:
    if "choices" in limits and value not in limits["choices"]:
        return False
    return "least" not in limits or bool(limits["least"] <= value <= limits["most"])
