r"""What stands in coding files and key files, as JSON and back; a coding file has what is shut behind its first line.

    havainto-<day>-<some letters>-coding.age     one line of JSON {"commitment","coding","declared","id","made",
                                                 "meeting"} | "\n" | what is shut (`shut_coding`)
    havainto-<day>-<some letters>-key.age        JSON {"commitment","id","key","key_for","meeting","salt"}

Both are sealed as packages are (`envelope`), and say in its head which of them they are. Their names name nobody.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.errors import PackageError
from app.model.exchange import CodingFile, Declaration, DeclaredFilm, KeyFile, SentCoding
from app.model.meeting import Segment
from app.model.package import MOST_FILMS, MOST_ROWS
from storage.packages.rows import finite, from_json, to_json
from storage.packages.shut_coding import FileKeys
from storage.store.row_mapping import compact

CODING_ENDING, KEY_ENDING = "-coding.age", "-key.age"
_CODING_FIELDS = frozenset({"commitment", "coding", "declared", "id", "made", "meeting"})
_KEY_FIELDS = frozenset({"commitment", "id", "key", "key_for", "meeting", "salt"})
_DECLARED = frozenset({"films", "instrument", "scheme", "tasks"})
_FILM = frozenset({"id", "sha256", "offset", "drift_ppm"})
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_FURTHEST = 2**63


def name_of(file: CodingFile | SentCoding, ending: str) -> str:
    """The name of the file, which tells a day and nothing else."""
    return f"havainto-{file.made:%Y%m%d}-{file.id[-8:]}{ending}"


def coding_body(file: CodingFile, shut: bytes) -> bytes:
    """What a coding file holds."""
    declared = {
        "scheme": file.declared.scheme,
        "instrument": file.declared.instrument,
        "tasks": [to_json(task) for task in file.declared.tasks],
        "films": [asdict(film) for film in file.declared.films],
    }
    head = {
        "id": file.id, "meeting": file.meeting_id, "coding": file.coding_id, "commitment": file.commitment,
        "made": file.made.isoformat(), "declared": declared,
    }  # fmt: skip
    return compact(head).encode() + b"\n" + shut


def coding_in(body: bytes) -> tuple[CodingFile, bytes]:
    """Raises PackageError(`package-damaged`) for anything but what `coding_body` makes."""
    end = body.find(b"\n")
    held = _object(body[: max(end, 0)], _CODING_FIELDS)
    declared = _fields(held["declared"], _DECLARED)
    tasks, films = _list(declared["tasks"], MOST_ROWS), _list(declared["films"], MOST_FILMS)
    said = Declaration(
        _text(declared["scheme"]),
        _text(declared["instrument"]),
        tuple(from_json(Segment, task) for task in tasks),
        tuple(_film(film) for film in films),
    )
    file_id, meeting_id, coding_id = (_id(held[name]) for name in ("id", "meeting", "coding"))
    file = CodingFile(file_id, meeting_id, coding_id, _hash(held["commitment"]), moment(held["made"]), said)
    return file, body[end + 1 :]


def key_body(sent: SentCoding, keys: FileKeys) -> bytes:
    """What a key file holds."""
    said = {
        "id": sent.id, "meeting": sent.meeting_id, "commitment": sent.commitment, "key_for": sent.key_for,
        "key": keys.key.hex(), "salt": keys.salt.hex(),
    }  # fmt: skip
    return compact(said).encode()


def key_in(body: bytes) -> KeyFile:
    """Raises PackageError(`package-damaged`) for anything but what `key_body` makes."""
    held = _object(body, _KEY_FIELDS)
    key, salt = (bytes.fromhex(_hash(held[name])) for name in ("key", "salt"))
    return KeyFile(_id(held["id"]), _id(held["meeting"]), _hash(held["commitment"]), _hash(held["key_for"]), key, salt)


def moment(text: object) -> datetime:
    """A moment with its zone: files are put in order by it. Raises PackageError(`package-damaged`)."""
    try:
        found = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError as error:
        raise PackageError("package-damaged") from error
    if found.tzinfo is None:
        raise PackageError("package-damaged")
    return found


def _object(text: bytes, names: frozenset[str]) -> dict[str, Any]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackageError("package-damaged") from error
    return _fields(held, names)


def _fields(held: object, names: frozenset[str]) -> dict[str, Any]:
    if not isinstance(held, dict) or set(held) != names:
        raise PackageError("package-damaged")
    return held


def _list(held: object, most: int) -> list[object]:
    if not isinstance(held, list) or len(held) > most:
        raise PackageError("package-damaged")
    return held


def _film(held: object) -> DeclaredFilm:
    film = _fields(held, _FILM)
    offset, drift = film["offset"], film["drift_ppm"]
    if type(offset) is not int or abs(offset) >= _FURTHEST:
        raise PackageError("package-damaged")
    return DeclaredFilm(_id(film["id"]), _hash(film["sha256"]), offset, finite(drift))


def _text(held: object) -> str:
    return _matching(held, None)


def _id(held: object) -> str:
    return _matching(held, _ID)


def _hash(held: object) -> str:
    return _matching(held, _HASH)


def _matching(held: object, form: re.Pattern[str] | None) -> str:
    if not isinstance(held, str) or (form is not None and not form.fullmatch(held)):
        raise PackageError("package-damaged")
    return held
