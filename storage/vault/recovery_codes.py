"""A worker's own printed code: it opens its maker's sign-in and no other, and is made anew whenever they wish."""

from __future__ import annotations

import os
from dataclasses import replace

from app.errors import ArchiveError
from storage.vault.key_seals import next_revision, with_seal, worker_seal
from storage.vault.keys import (
    KEY_BYTES,
    KdfCost,
    Keys,
    Slot,
    new_recovery_code,
    open_slot,
    recovery_secret,
    seal_slot,
)
from storage.vault.sign_ins import Opened, WithCode, opened_slot, usual_cost, with_passphrase
from storage.vault.vault_format import (
    VaultFile,
)


def check_code(vault: VaultFile, worker_id: str, typed: str) -> bool:
    """Whether what was typed is a worker's own code. Raises ArchiveError for a damaged file or too little memory."""
    slot = vault.recovery_slot(worker_id)
    if slot is None:
        return False
    try:
        open_slot(slot, vault.archive_id, recovery_secret(typed))
    except ArchiveError as error:
        if error.key not in {"recovery-code-mistyped", "wrong-passphrase"}:
            raise
        return False
    return True


def recover(
    vault: VaultFile, label_or_id: str, code: str, new_passphrase: str, *, cost: KdfCost | None = None
) -> Opened:
    """A worker's sign-in opened with the worker's own printed code, and given a new passphrase.

    A code of version 1 was nobody's: it opens only where there is one worker, who gets a new own key with it.
    Raises ArchiveError `recovery-code-mistyped` at once, `slot-unknown`, `no-recovery-code`, `recovery-code-old` where
    several work in the archive, `recovery-code-wrong`, else as `unlock`.
    """
    secret, old = recovery_secret(code), vault.slot(label_or_id)
    if old.kind != "passphrase":
        raise ArchiveError("slot-unknown")
    slot = vault.recovery_slot(old.worker_id) or _old_code(vault)
    try:
        keys = opened_slot(vault, slot, secret)
    except ArchiveError as error:
        raise ArchiveError("recovery-code-wrong") if error.key == "wrong-passphrase" else error from error
    if slot.wraps == "archive":
        keys = Keys(old.id, old.worker_id, bytearray(keys.dek()), bytearray(os.urandom(KEY_BYTES)))
        vault = with_seal(vault, worker_seal(vault.archive_id, old.worker_id, keys.own(), keys.dek()))
    keys = replace(keys, slot_id=old.id)
    return Opened(with_passphrase(vault, keys, old, keys.own(), new_passphrase, cost, "worker"), keys)


def _old_code(vault: VaultFile) -> Slot:
    slot = vault.recovery_slot("")
    if slot is None:
        raise ArchiveError("no-recovery-code")
    if len(vault.passphrases()) > 1:
        raise ArchiveError("recovery-code-old")
    return slot


def with_recovery(vault: VaultFile, keys: Keys, *, cost: KdfCost | None = None) -> WithCode:
    """With a new recovery code of the signed-in worker; an earlier one stops working."""
    code = new_recovery_code()
    slot = seal_slot(
        vault.archive_id,
        keys.own(),
        recovery_secret(code),
        cost or usual_cost(vault),
        kind="recovery",
        label="",
        worker_id=keys.worker_id,
    )
    others = tuple(s for s in vault.slots if s.kind == "passphrase" or s.worker_id not in ("", keys.worker_id))
    return WithCode(next_revision(replace(vault, slots=(*others, slot)), keys), code)
