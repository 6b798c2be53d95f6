"""The archive's keys: Argon2id slots that wrap a worker's own key, the data key (DEK) and its subkeys, recovery codes.

    passphrase or own recovery code ─Argon2id─► slot key ─AES-256-GCM─► worker's key ─X25519─► DEK ─HKDF─► database,
                                                                                               media, audit, backup
A slot of key file version 1 wraps the DEK itself; at its worker's first sign-in it becomes one of version 2. What comes
of a worker's key is in `worker_keys.py`.

Python cannot promise to wipe memory: DEK and worker's key live in one bytearray each that `Keys.wipe` overwrites, but
subkeys are handed out as bytes and copies inside libraries are out of reach.
"""

from __future__ import annotations

import json
import math
import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, TypeAlias

from app.errors import ArchiveError
from app.model.identity import new_id

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
WRAPPED_BYTES = KEY_BYTES + 16

_MIB = 1024  # KiB
_GIB = 1024 * _MIB

SlotKind: TypeAlias = Literal["passphrase", "recovery"]
#: what a slot opens to: its worker's own key, or in version 1 the archive's
Wraps: TypeAlias = Literal["worker", "archive"]


# ── cost ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at a passphrase costs: Argon2id passes, memory in KiB, lanes.

    `FLOOR` (64 MiB, 3 passes) is the least that any archive may have and what tests and the demo use; `DEFAULT`
    is where the calibration starts.
    """

    passes: int
    memory_kib: int
    lanes: int

    FLOOR: ClassVar[KdfCost]
    DEFAULT: ClassVar[KdfCost]
    MOST_PASSES: ClassVar[int] = 64
    MOST_MEMORY_KIB: ClassVar[int] = 4 * _GIB
    MOST_LANES: ClassVar[int] = 16
    # passes × memory: a key file from outside may not stop the computer for minutes either
    MOST_WORK_KIB: ClassVar[int] = 64 * _GIB

    def checked(self) -> KdfCost:
        """Itself, or ArchiveError `kdf-absurd` when it is below the floor or would stop the computer."""
        fits = (
            self.FLOOR.passes <= self.passes <= self.MOST_PASSES
            and self.FLOOR.memory_kib <= self.memory_kib <= self.MOST_MEMORY_KIB
            and 1 <= self.lanes <= self.MOST_LANES
            and self.passes * self.memory_kib <= self.MOST_WORK_KIB
        )
        if not fits:
            raise ArchiveError("kdf-absurd", passes=self.passes, memory_kib=self.memory_kib, lanes=self.lanes)
        return self


KdfCost.FLOOR = KdfCost(3, 64 * _MIB, 4)
KdfCost.DEFAULT = KdfCost(3, 256 * _MIB, 4)

SHORTEST_S, LONGEST_S = 0.5, 1.0


def new_salt() -> bytes:
    """Another salt for each slot: the same passphrase gives every slot a key of its own."""
    return os.urandom(SALT_BYTES)


def derive(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """The 32-byte slot key of a secret. Argon2id, RFC 9106.

    Raises ArchiveError `kdf-absurd` before an absurd cost is run, `not-enough-memory` when the computer has too little.
    """
    cost.checked()
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except (HashingError, MemoryError) as error:
        raise ArchiveError("not-enough-memory", memory_kib=cost.memory_kib) from error


def seconds_of(cost: KdfCost) -> float:
    """How long one derivation takes on this computer now, in seconds; infinite when the memory is not there."""
    start = time.perf_counter()
    try:
        derive(b"calibration", bytes(SALT_BYTES), cost)
    except ArchiveError as error:
        if error.key != "not-enough-memory":
            raise
        return math.inf
    return time.perf_counter() - start


def calibrated(measure: Callable[[KdfCost], float] = seconds_of) -> KdfCost:
    """The cost for a new archive on this computer: 0.5–1.0 s per guess where it can, never below the floor.

    Memory is what hurts a guesser most, so a slow computer gives up memory by halves and a fast one adds passes.
    """
    cost = KdfCost.DEFAULT
    seconds = measure(cost)
    while seconds > LONGEST_S and cost.memory_kib > KdfCost.FLOOR.memory_kib:
        cost = KdfCost(cost.passes, max(cost.memory_kib // 2, KdfCost.FLOOR.memory_kib), cost.lanes)
        seconds = measure(cost)
    if seconds < SHORTEST_S:
        aim = (SHORTEST_S + LONGEST_S) / 2
        passes = min(round(cost.passes * aim / max(seconds, 1e-3)), KdfCost.MOST_PASSES)
        cost = KdfCost(passes, cost.memory_kib, cost.lanes)
    return cost.checked()


# ── the keys of an open archive ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The keys of an unlocked archive and whose slot opened it. Every subkey is 32 bytes.

    `slot_id` is the audit log's actor, `worker_id` whose archive it becomes. The worker's own key is missing as long as
    a slot of version 1 opened it. After `wipe` every key raises ArchiveError `locked`.
    """

    slot_id: str
    worker_id: str
    _dek: bytearray = field(repr=False)
    _own: bytearray = field(repr=False, default_factory=bytearray)

    @property
    def database(self) -> bytes:
        return self.subkey("database")

    @property
    def media(self) -> bytes:
        return self.subkey("media")

    @property
    def audit(self) -> bytes:
        return self.subkey("audit")

    @property
    def backup(self) -> bytes:
        return self.subkey("backup")

    def subkey(self, purpose: str) -> bytes:
        """HKDF-SHA256(DEK, no salt, info = "havainto/1/" + purpose), RFC 5869."""
        return expand(self.dek(), b"", f"havainto/1/{purpose}")

    def dek(self) -> bytes:
        """The data key itself: for sealing it to another worker, and for nothing else."""
        if not self._dek:
            raise ArchiveError("locked")
        return bytes(self._dek)

    @property
    def has_own(self) -> bool:
        """Whether the slot that opened gave the worker's own key: one of version 1 does not."""
        return bool(self._own)

    def own(self) -> bytes:
        """The worker's own key. Raises ArchiveError `locked`, or `own-key` when a slot of version 1 opened."""
        if not self._dek:
            raise ArchiveError("locked")
        if not self._own:
            raise ArchiveError("own-key")
        return bytes(self._own)

    @property
    def wiped(self) -> bool:
        """Whether nothing of either key is left in memory."""
        return not self._dek and not self._own

    def wipe(self) -> None:
        """Overwrite and drop both keys: the archive is locked for every holder of this object."""
        for key in (self._dek, self._own):
            key[:] = bytes(len(key))
            key.clear()


def expand(key: bytes, salt: bytes, info: str) -> bytes:
    """A 32-byte key for one purpose. HKDF-SHA256, RFC 5869."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, info.encode()).derive(key)


# ── slots ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Slot:
    """One way into the archive: a worker's own key, wrapped under a passphrase or the worker's recovery code.

    `label` is a worker's sign-in name (empty for a recovery code), `worker_id` the worker it signs in. In version 1 it
    `wraps` the data key, and the recovery code is nobody's: its `worker_id` is empty.
    """

    id: str
    kind: SlotKind
    label: str
    worker_id: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes
    wraps: Wraps = "worker"

    def bound(self, archive_id: str) -> bytes:
        """What the wrapping vouches for: a changed cost, name, kind or archive makes the slot unopenable."""
        said = [archive_id, self.id, self.kind, self.label, self.worker_id]
        cost = ["argon2id", 19, self.cost.passes, self.cost.memory_kib, self.cost.lanes, self.salt.hex()]
        version = 1 if self.wraps == "archive" else 2
        return json.dumps(["havainto-slot", version, *said, *cost], ensure_ascii=False, separators=(",", ":")).encode()


def passphrase_secret(passphrase: str) -> bytes:
    """A passphrase as bytes: NFC, so that an ä typed on another system is the same ä."""
    return unicodedata.normalize("NFC", passphrase).encode()


def seal_slot(
    archive_id: str,
    key: bytes,
    secret: bytes,
    cost: KdfCost,
    *,
    kind: SlotKind,
    label: str,
    worker_id: str,
    slot_id: str | None = None,
    wraps: Wraps = "worker",
) -> Slot:
    """A new slot (or, with `slot_id`, the same slot anew) that opens with `secret`. One key derivation long."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = new_salt(), os.urandom(NONCE_BYTES)
    empty = Slot(slot_id or new_id(), kind, label, worker_id, cost, salt, nonce, b"", wraps)
    wrapped = AESGCM(derive(secret, salt, cost)).encrypt(nonce, key, empty.bound(archive_id))
    return replace(empty, wrapped=wrapped)


def open_slot(slot: Slot, archive_id: str, secret: bytes) -> bytes:
    """The key behind a slot: what it `wraps`.

    Raises ArchiveError `wrong-passphrase`, `kdf-absurd` or `not-enough-memory`. A slot that someone altered cannot be
    told from a wrong passphrase: neither opens.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = derive(secret, slot.salt, slot.cost)
    try:
        return AESGCM(key).decrypt(slot.nonce, slot.wrapped, slot.bound(archive_id))
    except InvalidTag:
        raise ArchiveError("wrong-passphrase") from None


# ── recovery code ─────────────────────────────────────────────────────────────────────────────────────────────────────

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_CODE_CHARS, _GROUP = 32, 4


def new_recovery_code() -> str:
    """A printed way in: 160 random bits as `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-K`, K the check character.

    Crockford's check is the number mod 37 and may be one of * ~ $ = U; `~` is a dead key on a Finnish keyboard, so
    codes with those five are drawn again (0.2 bits less).
    """
    while True:
        number = int.from_bytes(os.urandom(20))
        if number % 37 < len(_CROCKFORD):
            break
    body = "".join(_CROCKFORD[number >> (5 * place) & 31] for place in reversed(range(_CODE_CHARS)))
    groups = [body[at : at + _GROUP] for at in range(0, _CODE_CHARS, _GROUP)]
    return "-".join([*groups, _CROCKFORD[number % 37]])


def parse_recovery_code(typed: str) -> str:
    """The code as it was printed, from what a person typed: any case, spaces, dashes; O is 0, I and L are 1.

    Raises ArchiveError `recovery-code-mistyped`: every single wrong character and every swap of two neighbors is found.
    """
    text = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum()).translate(_LOOKALIKES)
    if len(text) != _CODE_CHARS + 1 or any(c not in _CROCKFORD for c in text):
        raise ArchiveError("recovery-code-mistyped")
    number = 0
    for character in text[:-1]:
        number = number * 32 + _CROCKFORD.index(character)
    if number % 37 != _CROCKFORD.index(text[-1]):
        raise ArchiveError("recovery-code-mistyped")
    return "-".join([text[at : at + _GROUP] for at in range(0, _CODE_CHARS, _GROUP)] + [text[-1]])


def recovery_secret(typed: str) -> bytes:
    """The recovery code as bytes for `seal_slot` and `open_slot`."""
    return parse_recovery_code(typed).replace("-", "").encode()
