"""What the archive's key file says, and the text it is said in.

    line 1  JSON: format, version, archive, created, revision, state, workers, slots, mac
    line 2  "sha256:" and the SHA-256 of line 1, which tells damage before any passphrase is asked

`mac` is HMAC-SHA256 with a key from the DEK over line 1 without `mac`, which tells an altered file after unlocking.
`revision` is random and new with every change. Nothing in clear counts anything: `state` (generation, and how far the
access log is vouched for) is sealed under the DEK, and each worker's `memo` under that worker's own key, both of one
size for ever:

    state  nonce 12 | AES-256-GCM(subkey "key-file-state", generation u64 | rows u64 | last row's MAC 32) | tag 16
    memo   nonce 12 | AES-256-GCM(worker's memo key, generation u64 | journal head 32 | 24 zeros) | tag 16

Integers are little-endian. A worker's entry has the public key and the DEK sealed to it (`worker_keys.py`), and while
the archive's key is being changed the next DEK as well. Version 1 had neither workers nor seals: `anchor` and `counter`
stood in clear, and every slot wrapped the DEK. It is read, and never written again once a worker has signed in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import unicodedata
from dataclasses import dataclass, field
from typing import Any, cast

from app.errors import ArchiveError
from app.model.timecode import Micros
from storage.vault.keys import NONCE_BYTES, SALT_BYTES, WRAPPED_BYTES, KdfCost, Keys, Slot, SlotKind, Wraps
from storage.vault.worker_keys import PUBLIC_BYTES, SEALED_BYTES, TAG_BYTES

FORMAT = "havainto-archive"
VERSION = 2
REVISION_BYTES = 16

_STATE = struct.Struct("<QQ32s")
_MEMO = struct.Struct("<Q32s24x")
STATE_BYTES = NONCE_BYTES + _STATE.size + TAG_BYTES
MEMO_BYTES = NONCE_BYTES + _MEMO.size + TAG_BYTES


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest audit record that the key file vouches for: its MAC in hex ("" before the first) and the count."""

    head: str
    count: int


@dataclass(frozen=True, slots=True)
class State:
    """What the key file says only to the archive's workers.

    `generation` grows when the archive is restored or its key is changed; the database says the same number.
    """

    generation: int
    anchor: Anchor

    def pack(self) -> bytes:
        return _STATE.pack(self.generation, self.anchor.count, bytes.fromhex(self.anchor.head))

    @classmethod
    def unpack(cls, content: bytes) -> State:
        generation, count, head = _STATE.unpack(content)
        return cls(generation, Anchor(head.hex() if count else "", count))


@dataclass(frozen=True, slots=True)
class Memo:
    """How far a worker's own sealed files had come when they were last closed: an older copy of one is then seen."""

    generation: int
    journal_head: bytes = bytes(32)

    def pack(self) -> bytes:
        return _MEMO.pack(self.generation, self.journal_head)

    @classmethod
    def unpack(cls, content: bytes) -> Memo:
        return cls(*_MEMO.unpack(content))


@dataclass(frozen=True, slots=True)
class WorkerSeal:
    """One worker's entry: public key, the DEK sealed to it, the next one during a change of it, and the memo."""

    worker_id: str
    public: bytes
    archive_key: bytes
    memo: bytes
    next_key: bytes = b""


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What the key file says. `created` is Unix time in µs.

    `line` is the revisions that this one was made from, as far as this program made them. `old` is what a file of
    version 1 said in clear.
    """

    archive_id: str
    created: Micros
    slots: tuple[Slot, ...]
    mac: bytes
    workers: tuple[WorkerSeal, ...] = ()
    state: bytes = b""
    revision: bytes = b""
    old: OldState | None = None
    line: tuple[bytes, ...] = field(default=(), compare=False)

    @property
    def version(self) -> int:
        return VERSION if self.old is None else 1

    def slot(self, label_or_id: str) -> Slot:
        """The slot with this id, or with this sign-in name in any case. Raises ArchiveError `slot-unknown`."""
        for slot in self.slots:
            if slot.id == label_or_id or (slot.kind == "passphrase" and same_name(slot.label, label_or_id)):
                return slot
        raise ArchiveError("slot-unknown")

    def passphrases(self) -> tuple[Slot, ...]:
        """Every worker's sign-in, in the order in which they came."""
        return tuple(slot for slot in self.slots if slot.kind == "passphrase")

    def recovery_slot(self, worker_id: str) -> Slot | None:
        """The slot of a worker's own code, if one was made; of version 1's code, which was nobody's, for ""."""
        codes = (slot for slot in self.slots if slot.kind == "recovery")
        return next((slot for slot in codes if slot.worker_id == worker_id), None)

    def worker(self, worker_id: str) -> WorkerSeal | None:
        """A worker's entry; None as long as only a slot of version 1 is there."""
        return next((seal for seal in self.workers if seal.worker_id == worker_id), None)

    @property
    def is_rotating(self) -> bool:
        """Whether a change of the archive's key has been begun and not ended."""
        return any(seal.next_key for seal in self.workers)


@dataclass(frozen=True, slots=True)
class OldState:
    """What a key file of version 1 said in clear."""

    counter: int
    anchor: Anchor


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


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(vault: VaultFile) -> dict[str, Any]:
    said: dict[str, Any] = {"format": FORMAT, "version": vault.version, "archive": vault.archive_id}
    said["created"] = vault.created
    if vault.old is not None:
        anchor = vault.old.anchor
        said |= {"counter": vault.old.counter, "anchor": {"head": anchor.head, "count": anchor.count}}
        return said | {"slots": [_said_slot(slot) for slot in vault.slots], "mac": vault.mac.hex()}
    said |= {"revision": vault.revision.hex(), "state": vault.state.hex()}
    said["workers"] = [_said_worker(seal) for seal in vault.workers]
    said["slots"] = [{**_said_slot(slot), "wraps": slot.wraps} for slot in vault.slots]
    return said | {"mac": vault.mac.hex()}


def _said_worker(seal: WorkerSeal) -> dict[str, Any]:
    return {
        "worker": seal.worker_id,
        "public": seal.public.hex(),
        "archive_key": seal.archive_key.hex(),
        "next_key": seal.next_key.hex(),
        "memo": seal.memo.hex(),
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


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _vault(said: dict[str, Any]) -> VaultFile:
    if said["version"] not in (1, VERSION) or isinstance(said["version"], bool):
        raise ValueError("version")
    if not said["slots"]:
        raise ValueError("slots")
    return _newest(said) if said["version"] == VERSION else _oldest(said)


def _newest(said: dict[str, Any]) -> VaultFile:
    slots = tuple(_slot(slot, _wraps(slot["wraps"])) for slot in said["slots"])
    workers = tuple(_worker(seal) for seal in said["workers"])
    known = {seal.worker_id for seal in workers}
    if len(known) != len(workers) or any(s.wraps == "worker" and s.worker_id not in known for s in slots):
        raise ValueError("workers")
    if any(bool(seal.next_key) != bool(workers[0].next_key) for seal in workers):
        raise ValueError("next key")
    revision = _binary(said["revision"], REVISION_BYTES)
    return VaultFile(
        _text(said["archive"]),
        _whole(said["created"]),
        slots,
        _binary(said["mac"], 32),
        workers,
        _binary(said["state"], STATE_BYTES),
        revision,
    )


def _oldest(said: dict[str, Any]) -> VaultFile:
    anchor = said["anchor"]
    old = OldState(_whole(said["counter"]), Anchor(_text(anchor["head"]), _whole(anchor["count"])))
    if len(bytes.fromhex(old.anchor.head)) != (32 if old.anchor.count else 0):
        raise ValueError("anchor")
    slots = tuple(_slot(slot, "archive") for slot in said["slots"])
    mac = _binary(said["mac"], 32)
    # it had no revisions: its MAC is as good as one
    return VaultFile(
        _text(said["archive"]), _whole(said["created"]), slots, mac, revision=mac[:REVISION_BYTES], old=old
    )


def _worker(said: dict[str, Any]) -> WorkerSeal:
    next_key = said["next_key"]
    return WorkerSeal(
        _text(said["worker"]),
        _binary(said["public"], PUBLIC_BYTES),
        _binary(said["archive_key"], SEALED_BYTES),
        _binary(said["memo"], MEMO_BYTES),
        _binary(next_key, SEALED_BYTES if next_key else 0),
    )


def _wraps(value: object) -> Wraps:
    if value == "worker":
        return "worker"
    if value == "archive":
        return "archive"
    raise ValueError("wraps")


def _slot(said: dict[str, Any], wraps: Wraps) -> Slot:
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
        wraps,
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
