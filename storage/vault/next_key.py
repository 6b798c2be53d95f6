"""Another key for the archive: sealed to every worker's public key, so that nobody else's passphrase is needed.

What carries the change out on the disk is `storage/rotation`.
"""

from __future__ import annotations

import os
from dataclasses import replace

from app.errors import ArchiveError
from storage.vault import worker_keys
from storage.vault.key_seals import bound, next_revision, with_state
from storage.vault.keys import (
    KEY_BYTES,
    Keys,
)
from storage.vault.sign_ins import refuse_while_rotating
from storage.vault.vault_format import (
    State,
    VaultFile,
)


def begin_rotation(vault: VaultFile, keys: Keys) -> VaultFile:
    """With the next data key sealed to every worker's public key: from now on the change of key is only to be ended.

    Raises ArchiveError `rotation-waits` (with `names`) while a worker has not signed in since version 1: without a
    public key nothing can be sealed to them.
    """
    refuse_while_rotating(vault)
    waiting = [slot.label for slot in vault.passphrases() if slot.wraps == "archive"]
    if waiting:
        raise ArchiveError("rotation-waits", names=", ".join(waiting))
    dek = os.urandom(KEY_BYTES)
    workers = tuple(
        replace(s, next_key=worker_keys.seal_to(s.public, dek, bound(vault.archive_id, s.worker_id)))
        for s in vault.workers
    )
    # version 1's code would still open the archive's key that is
    slots = tuple(slot for slot in vault.slots if slot.wraps == "worker")
    return next_revision(replace(vault, workers=workers, slots=slots), keys)


def next_keys(vault: VaultFile, keys: Keys) -> Keys:
    """The keys to which a begun change leads, for the same worker.

    Raises ArchiveError `own-key` when none was begun, `key-file-damaged`.
    """
    seal = vault.worker(keys.worker_id)
    if seal is None or not seal.next_key:
        raise ArchiveError("own-key")
    dek = worker_keys.open_sealed(keys.own(), seal.next_key, bound(vault.archive_id, keys.worker_id))
    return Keys(keys.slot_id, keys.worker_id, bytearray(dek), bytearray(keys.own()))


def rotated(vault: VaultFile, after: Keys, state: State) -> VaultFile:
    """The change ended: the next data key is the archive's, and the one before opens nothing any more."""
    workers = tuple(replace(s, archive_key=s.next_key, next_key=b"") for s in vault.workers)
    return with_state(replace(vault, workers=workers), after, state)
