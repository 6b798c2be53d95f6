"""What the archive's key file says, and the text it is said in.

    line 1  JSON: format, version, archive, created, counter, anchor, slots, mac
    line 2  "sha256:" and the SHA-256 of line 1, which tells damage before any passphrase is asked

`mac` is HMAC-SHA256 with a key from the DEK over line 1 without `mac`, which tells an altered file after unlocking.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass
from typing import Any, cast

from app.errors import ArchiveError
from app.model.timecode import Micros
from storage.vault.keys import NONCE_BYTES, SALT_BYTES, WRAPPED_BYTES, KdfCost, Keys, Slot, SlotKind

FORMAT = "havainto-archive"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest audit record that the key file vouches for: its MAC in hex ("" before the first) and the count."""

    head: str
    count: int


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What the key file says. `created` is Unix time in µs; `counter` grows with every change of the file."""

    archive_id: str
    created: Micros
    counter: int
    anchor: Anchor
    slots: tuple[Slot, ...]
    mac: bytes

    def slot(self, label_or_id: str) -> Slot:
        """The slot with this id, or with this sign-in name in any case. Raises ArchiveError `slot-unknown`."""
        for slot in self.slots:
            if slot.id == label_or_id or (slot.kind == "passphrase" and same_name(slot.label, label_or_id)):
                return slot
        raise ArchiveError("slot-unknown")

    def recovery_slot(self) -> Slot | None:
        """The slot of the printed code, if one was made."""
        return next((slot for slot in self.slots if slot.kind == "recovery"), None)


def sign_in_name(label: str) -> str:
    """A sign-in name as it is kept: NFC, without spaces around it."""
    return unicodedata.normalize("NFC", label).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two sign-in names are one person's: upper and lower case are the same."""
    return sign_in_name(one).casefold() == sign_in_name(other).casefold()


def mac_of(vault: VaultFile, keys: Keys) -> bytes:
    """The proof, for holders of the keys, that nobody else wrote or altered this key file. 32 bytes."""
    said = _said(vault)
    del said["mac"]
    return hmac.digest(keys.subkey("key-file"), _json(said), "sha256")


def to_bytes(vault: VaultFile) -> bytes:
    """The file's content."""
    line = _json(_said(vault))
    return line + b"\nsha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def from_bytes(content: bytes) -> VaultFile:
    """What a key file's content says.

    Raises ArchiveError `key-file-foreign` (not ours), `key-file-damaged` (ours, but not whole) or `archive-newer`.
    """
    line, _, rest = content.partition(b"\n")
    if rest != b"sha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n":
        raise ArchiveError("key-file-damaged" if _looks_ours(content) else "key-file-foreign")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise ArchiveError("key-file-foreign") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ArchiveError("key-file-foreign")
    version = said.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ArchiveError("archive-newer", version=version)
    try:
        return _vault(said)
    except (KeyError, TypeError, ValueError):
        raise ArchiveError("key-file-damaged") from None


def _looks_ours(content: bytes) -> bool:
    # a torn write leaves nothing, or zeros, or the front of the file; a flipped bit spoils one name and no other
    front = f'{{"format":"{FORMAT}"'.encode()
    names = (b'"archive"', b'"slots"', b'"wrapped"')
    whole = front in content or front.startswith(content[: len(front)]) or not content.strip(b"\0")
    return whole or sum(name in content for name in names) > 1


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _said(vault: VaultFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "archive": vault.archive_id,
        "created": vault.created,
        "counter": vault.counter,
        "anchor": {"head": vault.anchor.head, "count": vault.anchor.count},
        "slots": [_said_slot(slot) for slot in vault.slots],
        "mac": vault.mac.hex(),
    }


def _said_slot(slot: Slot) -> dict[str, Any]:
    kdf = {"name": "argon2id", "passes": slot.cost.passes, "memory_kib": slot.cost.memory_kib, "lanes": slot.cost.lanes}
    return {
        "id": slot.id,
        "kind": slot.kind,
        "label": slot.label,
        "worker": slot.worker_id,
        "kdf": kdf,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _vault(said: dict[str, Any]) -> VaultFile:
    if said["version"] != VERSION:
        raise ValueError("version")
    anchor, slots = said["anchor"], tuple(_slot(slot) for slot in said["slots"])
    if not slots:
        raise ValueError("slots")
    return VaultFile(
        _text(said["archive"]),
        _whole(said["created"]),
        _whole(said["counter"]),
        Anchor(_text(anchor["head"]), _whole(anchor["count"])),
        slots,
        _binary(said["mac"], 32),
    )


def _slot(said: dict[str, Any]) -> Slot:
    kdf, kind = said["kdf"], said["kind"]
    if kdf["name"] != "argon2id" or kind not in ("passphrase", "recovery"):
        raise ValueError("slot")
    return Slot(
        _text(said["id"]),
        cast("SlotKind", kind),
        _text(said["label"]),
        _text(said["worker"]),
        KdfCost(_whole(kdf["passes"]), _whole(kdf["memory_kib"]), _whole(kdf["lanes"])),
        _binary(said["salt"], SALT_BYTES),
        _binary(said["nonce"], NONCE_BYTES),
        _binary(said["wrapped"], WRAPPED_BYTES),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    value.encode()  # half a surrogate pair is no text: a ValueError
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("whole number")
    return value


def _binary(value: object, length: int) -> bytes:
    content = bytes.fromhex(_text(value))
    if len(content) != length:
        raise ValueError("length")
    return content
