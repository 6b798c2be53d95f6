"""The file of settings: its version, what older programs wrote in it, and how it is written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.bounded_file import read_within
from app.errors import AppError
from app.settings.values import Remembered, Settings, validated

#: 1: one table of all fields, own keys as `usual keys TAB own keys`. 2: settings and what is remembered apart
VERSION = 2
#: bytes: some hundred times what all fields take
LARGEST = 1_000_000


@dataclass(frozen=True)
class Kept:
    """What a file held. `trouble` names why it must not be written over: `newer`, `damaged`, or empty."""

    settings: Settings = field(default_factory=Settings)
    remembered: Remembered = field(default_factory=Remembered)
    trouble: str = ""


def load(path: Path) -> Kept:
    """What is kept in `path`; the defaults when there is none yet. Raises nothing: what is odd is told in `trouble`."""
    try:
        raw = json.loads(read_within(path, LARGEST))
    except FileNotFoundError:
        return Kept()
    except (OSError, ValueError, RecursionError):  # the last for what is nested without end
        return Kept(trouble="damaged")
    if not isinstance(raw, dict):
        return Kept(trouble="damaged")
    version = raw.get("version", 1)
    if type(version) is not int or version < 1:
        return Kept(trouble="damaged")
    if version == 1:
        raw = _carried_over(raw)
    settings, remembered = validated(Settings, raw.get("settings")), validated(Remembered, raw.get("remembered"))
    return Kept(settings, remembered, "newer" if version > VERSION else "")


def save(path: Path, settings: Settings, remembered: Remembered) -> None:
    """Replace the file in one step. Raises AppError(`cannot-write`); what was there is then untouched."""
    from app.whole_file import write_whole  # the first window reads and writes nothing

    content = {"version": VERSION, "settings": asdict(settings), "remembered": asdict(remembered)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError("cannot-write") from error
    write_whole(path, json.dumps(content, indent=2).encode())


def set_aside(path: Path, why: str) -> Path:
    """The file under a name of its own beside it, so that nothing is lost when another is written in its place.

    `settings.newer.json`, then `settings.newer-2.json`. Raises AppError(`cannot-write`).
    """
    names = (f"{path.stem}.{why}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in range(1, 1000))
    free = next((place for name in names if not (place := path.with_name(name)).exists()), None)
    if free is None:
        raise AppError("cannot-write")
    try:
        path.rename(free)
    except OSError as error:
        raise AppError("cannot-write") from error
    return free


def _carried_over(raw: dict[str, Any]) -> dict[str, Any]:
    """The first version's table as this one has it: its fields in their section, its keys by what they do."""
    actions = {FIRST_KEYS[usual]: own for usual, own in _pairs(raw.get("room_keys")) if usual in FIRST_KEYS}
    codes = dict(_pairs(raw.get("code_keys")))
    return {"settings": {**raw, "action_keys": actions, "code_keys": codes}, "remembered": raw}


def _pairs(rows: Any) -> list[tuple[str, str]]:
    """The first version's rows `what TAB keys`; what is no such row is left out."""
    texts = [r for r in rows if isinstance(r, str)] if isinstance(rows, list) else []
    split = [text.split("\t", 1) for text in texts]
    return [(what[0], what[1]) for what in split if len(what) == 2]


#: what the usual keys of the first version did: its files name an action by them. Never changed again
FIRST_KEYS = {
    "Space": "film.play",
    "Left": "film.frame-back",
    "Right": "film.frame-on",
    "Shift+Left": "film.second-back",
    "Shift+Right": "film.second-on",
    "Ctrl+Left": "film.five-back",
    "Ctrl+Right": "film.five-on",
    "Alt+Left": "film.moment-back",
    "Alt+Right": "film.moment-on",
    "PgUp": "film.task-back",
    "PgDown": "film.task-on",
    "Home": "film.start",
    "End": "film.end",
    "Ctrl+J": "film.run-back",
    "Ctrl+K": "film.stop",
    "Ctrl+L": "film.run-on",
    "Ctrl+Up": "film.faster",
    "Ctrl+Down": "film.slower",
    "Backspace": "coding.take-back",
    "Ctrl+PgDown": "coding.next-task",
    "Ctrl+Return": "coding.cover",
    "F4": "coding.next-pass",
    "Ctrl+M": "coding.note",
    "Ctrl+B": "coding.bookmark",
    "Ctrl+E": "coding.link",
    "Ctrl+Shift+S": "coding.split",
    "Ctrl+G": "coding.find",
    "Ctrl+C": "coding.copy",
    "Ctrl+V": "coding.paste",
    "Del": "coding.remove",
    "Ctrl+Ö": "coding.safety",
    "Ctrl+1": "coding.ratings",
    "Ctrl+2": "coding.observations",
    "Ctrl+3": "coding.numbers",
    "Ctrl+4": "coding.own-notes",
    "Ctrl+5": "coding.history",
    "Esc": "coding.pad",
    "F1": "coding.explain",
    "Ctrl+Shift+I": "film.loop-from",
    "Ctrl+Shift+O": "film.loop-to",
    "Ctrl+Shift+R": "film.loop",
    "Shift+Up": "film.louder",
    "Shift+Down": "film.quieter",
    "Ctrl+Shift+M": "film.mute",
    "Ctrl+T": "film.lead",
    "Ctrl+Shift+T": "film.layout",
    "Ctrl+Shift+H": "film.hear",
    "Ctrl++": "film.closer",
    "Ctrl+-": "film.farther",
    "Ctrl+0": "film.whole",
    "Ctrl+Shift+V": "film.more",
}
