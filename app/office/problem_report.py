"""A problem report: what somebody who looks after the program needs, and nothing of a client.

Versions, the layout of films, settings without places, the last lines of the log, what went wrong. No picture, sound,
name, title, note or path can come in: it is made of figures, of words that the program itself chose, and of lines of
its own log. A person reads it whole before it is saved, and nothing sends it.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import takewhile
from pathlib import Path
from typing import Any

from app.errors import AppError
from app.i18n import Texts
from app.model.recording import DerivedFile, Recording
from app.model.timecode import Micros, to_seconds
from app.ports import Store
from app.settings.values import FilmingPlace, Remembered, Settings
from app.shortcuts.actions import ACTIONS
from app.whole_file import write_whole

#: what the program stands on: its name in the report, and as it is installed
PARTS = {"Havainto": "havainto", "Qt": "PySide6-Essentials", "PyAV": "av", "OpenCV": "opencv-python-headless",
         "SQLAlchemy": "SQLAlchemy", "SQLCipher": "sqlcipher3", "ReportLab": "reportlab"}  # fmt: skip
LAST_LINES = 60
#: of the log's end so many bytes are read
TAIL = 64_000
HOUSES = ("app", "storage", "system", "video", "widgets")
_LOGGED = re.compile(
    rf"^(\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ((?:{'|'.join(HOUSES)})[\w.]*) (.*)$"
)
#: of a package's folder, module and function, as programs name them
_FRAME = re.compile(r"^ {2}((?:[a-z0-9_]+/)?[a-z0-9_]+\.py:\d+ [\w<>]+)$", re.ASCII)
#: what a line of the log may be made of: small words, ids and figures; a name begins large, a place has its own signs
_PLAIN = re.compile(r"^[a-z0-9_.,:;()=+-]+$")
_TOKEN = re.compile(r"^[a-z0-9_.,-]{1,48}$")
_FORMAT = re.compile(r"^\d{1,5}x\d{1,5}@\d{1,4}$")
UNTOLD = "…"


@dataclass(frozen=True)
class Trouble:
    """What went wrong, if anything: a crash as `app.crash` reports it, or an expected error."""

    crash: str = ""
    error: AppError | None = None


def report(
    texts: Texts,
    at: datetime,
    settings: Settings,
    remembered: Remembered,
    log: Sequence[str] = (),
    store: Store | None = None,
    trouble: Trouble | None = None,
) -> str:
    """The whole text. Of the archive only what the store's worker may see, and of that films. Raises StoreError."""
    t = texts
    parts = {
        t.tr("Program and computer"): _machine(),
        t.tr("What went wrong"): list(_trouble(trouble or Trouble())),
        t.tr("Films in the archive"): [] if store is None else list(_films(store)),
        t.tr("Settings"): list(_settings(settings, remembered)),
        t.tr("Last lines of the log"): list(logged(log))[-LAST_LINES:],
    }
    none = t.tr("nothing to tell")
    head = [
        t.tr("Problem report of Havainto, {day} {time}", day=t.date(at.astimezone().date()), time=t.time(at)),
        t.tr("There is no picture, sound, name, title or path in it. The program sends it nowhere."),
    ]
    rows = [row for title, lines in parts.items() for row in ("", title, *(f"  {x}" for x in lines or [none]))]
    return "\n".join([*head, *rows]) + "\n"


def save(path: Path, text: str) -> None:
    """Keep a report where the person said. Raises AppError(`cannot-write`)."""
    write_whole(path, text.encode("utf-8"))


def log_lines(path: Path) -> tuple[str, ...]:
    """The end of the program's log; none where there is no log that can be read."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(file.tell() - TAIL, 0))
            return tuple(file.read().decode("utf-8", "replace").splitlines())
    except OSError:
        return ()


def logged(lines: Iterable[str]) -> Iterator[str]:
    """Lines of the program's own log, without what could be a place or a name of anything.

    Other libraries' lines are left out: nobody here knows what stands in them.
    """
    in_bug = False
    for line in lines:
        found = _LOGGED.match(line)
        if found:
            when, level, who, said = found.groups()
            in_bug = _is_bug(said)
            yield f"{when} {level} {who} {_said(said)}"
        elif in_bug and (frame := _FRAME.match(line)):
            yield f"  {frame[1]}"
        else:
            in_bug = False


def _is_bug(message: str) -> bool:
    """Whether a line of the log begins the report of a bug: its kind and nothing else."""
    return message.startswith("bug: ") and message.removeprefix("bug: ").isidentifier()


def _said(message: str) -> str:
    if _is_bug(message):
        return message
    words = message.split()
    told = list(takewhile(_PLAIN.match, words))  # behind what may be a name, more of it may come
    return " ".join(told if len(told) == len(words) else [*told, UNTOLD])


def _machine() -> list[str]:
    rows = [f"{name} {found}" for name, package in PARTS.items() if (found := _version(package))]
    system = (
        f"{platform.system()} {platform.release()}" if sys.platform != "darwin" else f"macOS {platform.mac_ver()[0]}"
    )
    return [*rows, f"Python {platform.python_version()}", f"{system} {platform.machine()}"]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _trouble(trouble: Trouble) -> Iterator[str]:
    if trouble.error is not None:
        yield f"{type(trouble.error).__name__}: {_token(trouble.error.key)}"
        layout = trouble.error.values.get("layout")
        if isinstance(layout, tuple):
            yield from (_stream(row) for row in layout if isinstance(row, Mapping))
    first, *rest = trouble.crash.splitlines() or [""]
    if first:
        yield first if first.isidentifier() else UNTOLD
        yield from (f"  {frame[1]}" if (frame := _FRAME.match(row)) else UNTOLD for row in rest)


def _stream(row: Mapping[str, Any]) -> str:
    """One stream of a film that could not be taken in, as the gate told it: words of FFmpeg's lists, and figures."""
    return " ".join(f"{_token(k)} {v if isinstance(v, int | float) else _token(str(v))}" for k, v in row.items())


def _films(store: Store) -> Iterator[str]:
    films = store.find(Recording)
    copies = store.find(DerivedFile, recording_id=tuple(f.id for f in films)) if films else ()
    for film in films:
        made = sorted({c.kind.value for c in copies if c.recording_id == film.id})
        yield f"{film.id} camera {film.camera} {film.origin.value}{'' if film.in_use else ' not-in-use'}"
        yield f"  {_picture(film)}"
        for number, track in enumerate(film.facts.sound_tracks):
            yield f"  sound {number} {_token(track.codec)} channels {track.channels} rate {track.rate}"
        yield (
            f"  bytes {film.size} chunks {film.chunks} offset-s {to_seconds(film.offset)} "
            f"drift-ppm {film.drift_ppm:.3f} lost {film.lost_pictures} copies {','.join(made) or 'none'}"
        )
        for damage in film.facts.damage:
            yield f"  damage {_token(damage.what)} {_span(damage.start, damage.end)}"


def _picture(film: Recording) -> str:
    facts = film.facts
    rate = f"{facts.fps:.4f}" if facts.rate_kind == "constant" else f"{facts.min_fps:.4f}-{facts.max_fps:.4f}"
    return (
        f"video {_token(facts.video_codec)} {facts.width}x{facts.height} rotation {facts.rotation} "
        f"{_token(facts.rate_kind)} {rate} fps frames {facts.frames} keyframes {facts.keyframes} "
        f"duration-s {to_seconds(facts.duration)}"
    )


def _span(start: Micros, end: Micros) -> str:
    return f"{to_seconds(start)}-{to_seconds(end)} s"


def _settings(settings: Settings, remembered: Remembered) -> Iterator[str]:
    """What is chosen from a list or is a number; of what a person names only how much there is."""
    for value in (settings, remembered):
        for f in fields(value):
            held = getattr(value, f.name)
            if isinstance(held, bool | int) or "choices" in f.metadata:
                yield f"{f.name} {held}"
    known = {a.id for a in ACTIONS}
    changed = sorted(i for i in settings.action_keys if i in known)
    yield f"own keys of actions: {', '.join(changed) or 'none'}; of codes: {len(settings.code_keys)}"
    yield f"rooms {len(settings.rooms)} known archives {len(remembered.archives)}"
    yield f"cameras last: {', '.join(_formats(remembered.last_room)) or 'none'}"


def _formats(room: FilmingPlace) -> Iterator[str]:
    for held, size in ((room.camera_1, room.camera_1_format), (room.camera_2, room.camera_2_format)):
        if held:
            yield size if _FORMAT.match(size) else "best"


def _token(word: str) -> str:
    return word if _TOKEN.match(word) else UNTOLD
