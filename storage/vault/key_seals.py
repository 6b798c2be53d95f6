"""What the key file says only to its workers, sealed in it: state, memos, the archive's key to each public key.

Every change of the file ends with `next_revision`: a number that nothing can repeat, and a MAC over all of it.
"""

from __future__ import annotations

import os
from dataclasses import replace

from app.errors import ArchiveError
from storage.vault import worker_keys
from storage.vault.keys import (
    Keys,
)
from storage.vault.vault_format import (
    REVISION_BYTES,
    Anchor,
    Memo,
    State,
    VaultFile,
    WorkerSeal,
    mac_of,
)

# so many earlier revisions are remembered: those between two savings
_LINE = 8


def state_of(vault: VaultFile, keys: Keys) -> State:
    """Generation, and how far the access log is vouched for. Raises ArchiveError `key-file-damaged`."""
    if vault.old is not None:
        return State(0, vault.old.anchor)
    plain = worker_keys.decrypted(keys.subkey("key-file-state"), vault.state, _state_bound(vault))
    if plain is None:
        raise ArchiveError("key-file-damaged", reason="state")
    return State.unpack(plain)


def with_state(vault: VaultFile, keys: Keys, state: State) -> VaultFile:
    """Saying another state."""
    return next_revision(replace(vault, state=_sealed_state(vault, keys, state), old=None), keys)


def _sealed_state(vault: VaultFile, keys: Keys, state: State) -> bytes:
    return worker_keys.encrypted(keys.subkey("key-file-state"), state.pack(), _state_bound(vault))


def with_anchor(vault: VaultFile, keys: Keys, head: str, count: int) -> VaultFile:
    """Vouching for the audit log up to the record with MAC `head` (hex), `count` records in all."""
    return with_state(vault, keys, replace(state_of(vault, keys), anchor=Anchor(head, count)))


def memo_of(vault: VaultFile, keys: Keys) -> Memo:
    """What the signed-in worker's program noted of the worker's own sealed files. Raises ArchiveError."""
    seal = vault.worker(keys.worker_id)
    if seal is None:
        raise ArchiveError("own-key")
    return Memo.unpack(worker_keys.open_memo(keys.own(), seal.memo, _memo_bound(vault.archive_id, keys.worker_id)))


def with_memo(vault: VaultFile, keys: Keys, memo: Memo) -> VaultFile:
    """With another memo of the signed-in worker: nobody else can read or write it, and its size never changes.

    Raises ArchiveError `own-key` for a worker without one.
    """
    seal = vault.worker(keys.worker_id)
    if seal is None:
        raise ArchiveError("own-key")
    sealed = worker_keys.seal_memo(keys.own(), memo.pack(), _memo_bound(vault.archive_id, keys.worker_id))
    return next_revision(with_seal(vault, replace(seal, memo=sealed)), keys)


def bound(archive_id: str, worker_id: str) -> bytes:
    return worker_keys.bound_to("archive-key", archive_id, worker_id)


def _memo_bound(archive_id: str, worker_id: str) -> bytes:
    return worker_keys.bound_to("memo", archive_id, worker_id)


def _state_bound(vault: VaultFile) -> bytes:
    return worker_keys.bound_to("state", vault.archive_id)


def worker_seal(archive_id: str, worker_id: str, own: bytes, dek: bytes) -> WorkerSeal:
    """A worker's part of the file: the public half of the own key, the archive's key sealed to it, an empty memo.

    Raises ArchiveError `key-file-damaged`.
    """
    public = worker_keys.public_key(own)
    memo = worker_keys.seal_memo(own, Memo(0).pack(), _memo_bound(archive_id, worker_id))
    sealed = worker_keys.seal_to(public, dek, bound(archive_id, worker_id))
    return WorkerSeal(worker_id, public, sealed, memo)


def with_seal(vault: VaultFile, seal: WorkerSeal) -> VaultFile:
    others = tuple(s for s in vault.workers if s.worker_id != seal.worker_id)
    return replace(vault, workers=(*others, seal))


def next_revision(vault: VaultFile, keys: Keys) -> VaultFile:
    revision = os.urandom(REVISION_BYTES)
    line = (*vault.line, vault.revision)[-_LINE:]
    if vault.old is not None:
        vault = replace(vault, old=None, state=_sealed_state(vault, keys, State(0, vault.old.anchor)))
    raised = replace(vault, revision=revision, line=line)
    return replace(raised, mac=mac_of(raised, keys))
