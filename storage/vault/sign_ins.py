"""Ways into an archive by passphrase: made, opened, changed and taken away. Each is a slot of the key file.

The operations are pure: each takes a `VaultFile` and returns a new one, which `key_file.save` puts on the disk.
"""

from __future__ import annotations

import hmac
import os
import time
from dataclasses import dataclass, replace

from app.errors import ArchiveError
from app.model.identity import new_id
from storage.vault import worker_keys
from storage.vault.key_seals import bound, next_revision, with_seal, with_state, worker_seal
from storage.vault.keys import (
    KEY_BYTES,
    KdfCost,
    Keys,
    Slot,
    SlotKind,
    Wraps,
    calibrated,
    new_recovery_code,
    open_slot,
    passphrase_secret,
    recovery_secret,
    seal_slot,
)
from storage.vault.vault_format import (
    Anchor,
    State,
    VaultFile,
    mac_of,
    same_name,
    sign_in_name,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A key file and the keys behind it, as one worker's."""

    vault: VaultFile
    keys: Keys


@dataclass(frozen=True, slots=True)
class WithCode:
    """The key file with a worker's new recovery slot, and the code to print: it is nowhere else."""

    vault: VaultFile
    code: str


def create(label: str, worker_id: str, passphrase: str, *, cost: KdfCost | None = None) -> Opened:
    """A new archive with one worker's slot. Without `cost` it is calibrated on this computer (about a second)."""
    archive_id, dek, own = new_id(), os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
    slot = seal_slot(
        archive_id,
        own,
        passphrase_secret(passphrase),
        cost or calibrated(),
        kind="passphrase",
        label=sign_in_name(label),
        worker_id=worker_id,
    )
    keys = Keys(slot.id, worker_id, bytearray(dek), bytearray(own))
    seal = worker_seal(archive_id, worker_id, own, dek)
    vault = VaultFile(archive_id, time.time_ns() // 1000, (slot,), b"", (seal,))
    return Opened(with_state(vault, keys, State(0, Anchor("", 0))), keys)


def unlock(vault: VaultFile, label_or_id: str, passphrase: str) -> Keys:
    """The keys for a worker's passphrase.

    Raises ArchiveError `slot-unknown`, `wrong-passphrase`, `kdf-absurd`, `not-enough-memory`, or `key-file-damaged`
    when the slot opens but the file was altered around it or says another public key than this worker's.
    """
    return opened_slot(vault, vault.slot(label_or_id), passphrase_secret(passphrase))


def secret_of_backup(vault: VaultFile, secret: str) -> Keys:
    """The keys of a backup's key file, behind anybody's passphrase or printed code.

    Raises ArchiveError `wrong-passphrase` when it is none of them, else as `unlock`.
    """
    try:
        code: bytes | None = recovery_secret(secret)
    except ArchiveError:
        code = None
    for slot in vault.slots:
        typed = passphrase_secret(secret) if slot.kind == "passphrase" else code
        if typed is None:
            continue
        try:
            return opened_slot(vault, slot, typed)
        except ArchiveError as error:
            if error.key != "wrong-passphrase":
                raise
    raise ArchiveError("wrong-passphrase")


def opened_slot(vault: VaultFile, slot: Slot, secret: bytes) -> Keys:
    """The keys behind a slot, proven against the file. Raises ArchiveError as `unlock`."""
    key = open_slot(slot, vault.archive_id, secret)
    if slot.wraps == "archive":
        return _checked(vault, Keys(slot.id, slot.worker_id, bytearray(key)))
    seal = vault.worker(slot.worker_id)
    if seal is None or not worker_keys.same(worker_keys.public_key(key), seal.public):
        raise ArchiveError("key-file-damaged", reason="public-key")
    dek = worker_keys.open_sealed(key, seal.archive_key, bound(vault.archive_id, slot.worker_id))
    return _checked(vault, Keys(slot.id, slot.worker_id, bytearray(dek), bytearray(key)))


def _checked(vault: VaultFile, keys: Keys) -> Keys:
    if not hmac.compare_digest(vault.mac, mac_of(vault, keys)):
        keys.wipe()
        raise ArchiveError("key-file-damaged", reason="altered")
    return keys


def migrated(vault: VaultFile, keys: Keys, passphrase: str) -> Opened:
    """With the signed-in worker's slot of version 1 made one of version 2, under the passphrase that just opened it.

    Other workers' slots stay as they are until they sign in. Where several work in the archive version 1's recovery
    code goes: it opened the archive as anybody.
    """
    old = vault.slot(keys.slot_id)
    new = Keys(keys.slot_id, keys.worker_id, bytearray(keys.dek()), bytearray(os.urandom(KEY_BYTES)))
    vault = with_seal(vault, worker_seal(vault.archive_id, old.worker_id, new.own(), new.dek()))
    if len(vault.passphrases()) > 1:
        vault = replace(vault, slots=tuple(s for s in vault.slots if s.kind == "passphrase" or s.worker_id))
    vault = with_passphrase(vault, new, old, new.own(), passphrase, old.cost, "worker")
    return Opened(vault, new)


def add_slot(
    vault: VaultFile, keys: Keys, label: str, worker_id: str, passphrase: str, *, cost: KdfCost | None = None
) -> WithCode:
    """With a way in for another worker, who has an own key, and the recovery code for it.

    Raises ArchiveError `slot-exists` when the sign-in name is taken, `rotation-waits` while the key is being changed.
    """
    name, own, code = sign_in_name(label), os.urandom(KEY_BYTES), new_recovery_code()
    if any(same_name(slot.label, name) for slot in vault.passphrases()):
        raise ArchiveError("slot-exists")
    refuse_while_rotating(vault)
    slots = [
        seal_slot(vault.archive_id, own, secret, cost or usual_cost(vault), kind=kind, label=said, worker_id=worker_id)
        for kind, said, secret in _ways_in(name, passphrase, code)
    ]
    vault = with_seal(vault, worker_seal(vault.archive_id, worker_id, own, keys.dek()))
    # with a second worker version 1's code would open as anybody
    kept = tuple(s for s in vault.slots if s.kind == "passphrase" or s.worker_id)
    return WithCode(next_revision(replace(vault, slots=(*kept, *slots)), keys), code)


def _ways_in(name: str, passphrase: str, code: str) -> tuple[tuple[SlotKind, str, bytes], ...]:
    return ("passphrase", name, passphrase_secret(passphrase)), ("recovery", "", recovery_secret(code))


def change_passphrase(
    vault: VaultFile, label_or_id: str, old: str, new: str, *, cost: KdfCost | None = None
) -> VaultFile:
    """With a worker's own passphrase changed: the old one must open the slot. Raises as `unlock`."""
    slot = vault.slot(label_or_id)
    keys = unlock(vault, slot.id, old)
    try:
        key = keys.dek() if slot.wraps == "archive" else keys.own()
        return with_passphrase(vault, keys, slot, key, new, cost, slot.wraps)
    finally:
        keys.wipe()


def with_passphrase(
    vault: VaultFile,
    keys: Keys,
    old: Slot,
    key: bytes,
    passphrase: str,
    cost: KdfCost | None,
    wraps: Wraps,
) -> VaultFile:
    """The same slot anew, with what it opens to."""
    slot = seal_slot(
        vault.archive_id,
        key,
        passphrase_secret(passphrase),
        cost or old.cost,
        kind="passphrase",
        label=old.label,
        worker_id=old.worker_id,
        slot_id=old.id,
        wraps=wraps,
    )
    return next_revision(replace(vault, slots=tuple(slot if s.id == old.id else s for s in vault.slots)), keys)


def remove_worker(vault: VaultFile, keys: Keys, worker_id: str) -> VaultFile:
    """Without a worker's ways in. Raises ArchiveError `slot-unknown`, or `slot-last` for the last passphrase.

    It withdraws nothing from someone who copied the data key or an older key file: `begin_rotation` does that.
    """
    if not any(slot.worker_id == worker_id for slot in vault.passphrases()):
        raise ArchiveError("slot-unknown")
    refuse_while_rotating(vault)
    left = tuple(slot for slot in vault.slots if slot.worker_id != worker_id)
    if not any(slot.kind == "passphrase" for slot in left):
        raise ArchiveError("slot-last")
    workers = tuple(seal for seal in vault.workers if seal.worker_id != worker_id)
    return next_revision(replace(vault, slots=left, workers=workers), keys)


def usual_cost(vault: VaultFile) -> KdfCost:
    """The cost of the archive's first slot, which was calibrated here when the archive was made."""
    return vault.slots[0].cost


def refuse_while_rotating(vault: VaultFile) -> None:
    """Raises ArchiveError `rotation-waits` while the archive's key is being changed."""
    if vault.is_rotating:
        raise ArchiveError("rotation-waits", names="")
