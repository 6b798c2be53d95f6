"""The archive's key file, `archive.key`: opening it, changing it, keeping it safe on the disk.

The operations are pure: each takes a `VaultFile` and returns a new one, which `save` puts on the disk with the one
before it beside. What the file says and how is in `vault_format.py`.
"""

from __future__ import annotations

import hmac
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import ArchiveError
from app.model.identity import new_id
from storage import durable_file
from storage.vault.keys import (
    KEY_BYTES,
    KdfCost,
    Keys,
    calibrated,
    new_recovery_code,
    open_slot,
    passphrase_secret,
    recovery_secret,
    seal_slot,
)
from storage.vault.vault_format import Anchor, VaultFile, from_bytes, mac_of, same_name, sign_in_name, to_bytes

__all__ = [
    "Anchor",
    "Created",
    "Loaded",
    "VaultFile",
    "WithRecovery",
    "add_slot",
    "change_passphrase",
    "create",
    "load",
    "remove_slot",
    "save",
    "set_passphrase",
    "unlock",
    "unlock_with_recovery",
    "usual_cost",
    "with_anchor",
    "with_recovery",
]

FILE_NAME = "archive.key"
OLDER_NAME = "archive.key.old"
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Created:
    """A new archive's key file and its keys, unlocked by the first worker."""

    vault: VaultFile
    keys: Keys


@dataclass(frozen=True, slots=True)
class WithRecovery:
    """The key file with a recovery slot, and the code to print: it is nowhere else."""

    vault: VaultFile
    code: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The key file from the disk; `from_older` when the newest was damaged or gone and the one before it was taken."""

    vault: VaultFile
    from_older: bool


# ── making and opening ────────────────────────────────────────────────────────────────────────────────────────────────


def create(label: str, worker_id: str, passphrase: str, *, cost: KdfCost | None = None) -> Created:
    """A new archive with one worker's slot. Without `cost` it is calibrated on this computer (about a second)."""
    archive_id, dek = new_id(), os.urandom(KEY_BYTES)
    slot = seal_slot(
        archive_id,
        dek,
        passphrase_secret(passphrase),
        cost or calibrated(),
        kind="passphrase",
        label=sign_in_name(label),
        worker_id=worker_id,
    )
    keys = Keys(slot.id, worker_id, bytearray(dek))
    vault = VaultFile(archive_id, time.time_ns() // 1000, 0, Anchor("", 0), (slot,), b"")
    return Created(_next(vault, keys), keys)


def unlock(vault: VaultFile, label_or_id: str, passphrase: str) -> Keys:
    """The keys for a worker's passphrase.

    Raises ArchiveError `slot-unknown`, `wrong-passphrase`, `kdf-absurd`, `not-enough-memory`, or `key-file-damaged`
    when the slot opens but the file was altered around it.
    """
    return _checked(vault, open_slot(vault.slot(label_or_id), vault.archive_id, passphrase_secret(passphrase)))


def unlock_with_recovery(vault: VaultFile, code: str) -> Keys:
    """The keys for the printed code, as typed. Also the proof that the code on the paper is the right one.

    Raises ArchiveError `recovery-code-mistyped` at once, `slot-unknown` when no code was ever made, else as `unlock`.
    """
    secret = recovery_secret(code)
    slot = vault.recovery_slot()
    if slot is None:
        raise ArchiveError("slot-unknown")
    return _checked(vault, open_slot(slot, vault.archive_id, secret))


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def add_slot(
    vault: VaultFile, keys: Keys, label: str, worker_id: str, passphrase: str, *, cost: KdfCost | None = None
) -> VaultFile:
    """With a way in for another worker. Raises ArchiveError `slot-exists` when the sign-in name is taken."""
    name = sign_in_name(label)
    if any(slot.kind == "passphrase" and same_name(slot.label, name) for slot in vault.slots):
        raise ArchiveError("slot-exists")
    slot = seal_slot(
        vault.archive_id,
        keys.dek(),
        passphrase_secret(passphrase),
        cost or usual_cost(vault),
        kind="passphrase",
        label=name,
        worker_id=worker_id,
    )
    return _next(replace(vault, slots=(*vault.slots, slot)), keys)


def with_recovery(vault: VaultFile, keys: Keys, *, cost: KdfCost | None = None) -> WithRecovery:
    """With a new recovery code; an earlier one stops working."""
    code = new_recovery_code()
    slot = seal_slot(
        vault.archive_id,
        keys.dek(),
        recovery_secret(code),
        cost or usual_cost(vault),
        kind="recovery",
        label="",
        worker_id="",
    )
    others = tuple(s for s in vault.slots if s.kind != "recovery")
    return WithRecovery(_next(replace(vault, slots=(*others, slot)), keys), code)


def change_passphrase(
    vault: VaultFile, label_or_id: str, old: str, new: str, *, cost: KdfCost | None = None
) -> VaultFile:
    """With a worker's own passphrase changed: the old one must open the slot. Raises as `unlock`."""
    keys = unlock(vault, label_or_id, old)
    try:
        return set_passphrase(vault, keys, label_or_id, new, cost=cost)
    finally:
        keys.wipe()


def set_passphrase(
    vault: VaultFile, keys: Keys, label_or_id: str, new: str, *, cost: KdfCost | None = None
) -> VaultFile:
    """With a new passphrase in a slot whose old one is forgotten, after the recovery code opened the archive.

    Raises ArchiveError `slot-unknown`.
    """
    old = vault.slot(label_or_id)
    if old.kind != "passphrase":
        raise ArchiveError("slot-unknown")
    slot = seal_slot(
        vault.archive_id,
        keys.dek(),
        passphrase_secret(new),
        cost or old.cost,
        kind=old.kind,
        label=old.label,
        worker_id=old.worker_id,
        slot_id=old.id,
    )
    return _next(replace(vault, slots=tuple(slot if s.id == old.id else s for s in vault.slots)), keys)


def remove_slot(vault: VaultFile, keys: Keys, label_or_id: str) -> VaultFile:
    """Without this way in. Raises ArchiveError `slot-unknown`, or `slot-last` for the last passphrase.

    It withdraws nothing from someone who copied the data key or an older key file.
    """
    gone = vault.slot(label_or_id)
    left = tuple(slot for slot in vault.slots if slot.id != gone.id)
    if not any(slot.kind == "passphrase" for slot in left):
        raise ArchiveError("slot-last")
    return _next(replace(vault, slots=left), keys)


def with_anchor(vault: VaultFile, keys: Keys, head: str, count: int) -> VaultFile:
    """Vouching for the audit log up to the record with MAC `head` (hex), `count` records in all."""
    return _next(replace(vault, anchor=Anchor(head, count)), keys)


def usual_cost(vault: VaultFile) -> KdfCost:
    """The cost of the archive's first slot, which was calibrated here when the archive was made."""
    return vault.slots[0].cost


def _next(vault: VaultFile, keys: Keys) -> VaultFile:
    raised = replace(vault, counter=vault.counter + 1)
    return replace(raised, mac=mac_of(raised, keys))


def _checked(vault: VaultFile, keys: Keys) -> Keys:
    if not hmac.compare_digest(vault.mac, mac_of(vault, keys)):
        keys.wipe()
        raise ArchiveError("key-file-damaged", reason="altered")
    return keys


# ── disk ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def load(folder: Path) -> Loaded:
    """The archive's key file; its elder when the newest is damaged or gone. Changes nothing.

    Raises ArchiveError `key-file-missing`, `key-file-damaged`, `key-file-foreign`, `archive-newer`, `disk-error`.
    """
    try:
        return Loaded(from_bytes(_read(folder / FILE_NAME)), from_older=False)
    except ArchiveError as error:
        if error.key not in {"key-file-missing", "key-file-damaged"}:
            raise
        try:
            return Loaded(from_bytes(_read(folder / OLDER_NAME)), from_older=True)
        except ArchiveError as older:
            if older.key not in {"key-file-missing", "key-file-damaged", "key-file-foreign"}:
                raise
        raise


def save(folder: Path, vault: VaultFile) -> None:
    """Put a key file on the disk and keep the one before it as `archive.key.old`.

    A way in that was changed or removed must not live on in the older file: then both become the new one.
    Raises ArchiveError `disk-full`, `read-only`, `disk-error`, `key-file-foreign` when another archive's file is there,
    `key-file-stale` when the file was changed since `vault` was loaded. What was there is then untouched.
    """
    content = to_bytes(vault)
    before = _read_valid(folder / FILE_NAME)
    if before is not None:
        if before == vault:
            return
        if before.archive_id != vault.archive_id:
            raise ArchiveError("key-file-foreign")
        if before.counter >= vault.counter:
            raise ArchiveError("key-file-stale")
    try:
        if before is not None and set(before.slots) <= set(vault.slots):
            durable_file.write_whole(folder / OLDER_NAME, to_bytes(before))
            durable_file.write_whole(folder / FILE_NAME, content)
        else:
            durable_file.write_whole(folder / FILE_NAME, content)
            durable_file.write_whole(folder / OLDER_NAME, content)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error


def _read_valid(path: Path) -> VaultFile | None:
    try:
        return from_bytes(_read(path))
    except ArchiveError as error:
        if error.key not in {"key-file-missing", "key-file-damaged"}:
            raise
        return None


def _read(path: Path) -> bytes:
    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(_LARGEST)

    try:
        return durable_file.patiently(read)
    except FileNotFoundError:
        raise ArchiveError("key-file-missing") from None
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
