"""The keys of one sealed coding: a random key, wrapped under its coder's own, and what is made from it.

    coding key (32 random bytes) ─HKDF─┬─ "havainto/2/coding/file"       ─► the coding's own database
                                       ├─ "havainto/2/coding/log"        ─► the chain of its own access log
                                       └─ "havainto/2/coding/commitment" ─► HMAC over what was marked as ready

The wrap is bound to archive, coding and coder: in another archive, under another coding or for another coder it does
not open. From *ready* on the key may be sealed also to a third person's public key, so that a coder's illness does not
shut the coding in; a draft's never.
"""

from __future__ import annotations

import hmac
import os

from storage.vault import worker_keys
from storage.vault.keys import KEY_BYTES, Keys, expand

_FILE, _LOG, _COMMITMENT = "havainto/2/coding/file", "havainto/2/coding/log", "havainto/2/coding/commitment"


def new_coding_key() -> bytes:
    """The key of a coding that begins now."""
    return os.urandom(KEY_BYTES)


def wrapped(keys: Keys, archive_id: str, coding_id: str, key: bytes) -> bytes:
    """The key under the signed-in worker's own, 60 bytes for the coding's row. Raises ArchiveError `own-key`."""
    return worker_keys.wrap(keys.own(), key, _bound(archive_id, coding_id, keys.worker_id))


def unwrapped(keys: Keys, archive_id: str, coding_id: str, content: bytes) -> bytes:
    """The coding's key for its own coder. Raises ArchiveError `own-key` for anybody else."""
    return worker_keys.unwrap(keys.own(), content, _bound(archive_id, coding_id, keys.worker_id))


def file_key(key: bytes) -> bytes:
    """The raw key of the coding's own database."""
    return expand(key, b"", _FILE)


def log_key(key: bytes) -> bytes:
    """The key of the chain of the coding's own access log."""
    return expand(key, b"", _LOG)


def commitment(key: bytes, content: bytes) -> bytes:
    """What vouches, without telling anything, for the content that was marked as ready. 32 bytes."""
    return hmac.digest(expand(key, b"", _COMMITMENT), content, "sha256")


def sealed_for(public: bytes, archive_id: str, coding_id: str, worker_id: str, key: bytes) -> bytes:
    """A ready coding's key for the person who may release it in its coder's absence, 80 bytes."""
    return worker_keys.seal_to(public, key, worker_keys.bound_to("ready-coding", archive_id, coding_id, worker_id))


def opened_for(keys: Keys, archive_id: str, coding_id: str, content: bytes) -> bytes:
    """The same, opened by that person. Raises ArchiveError `key-file-damaged` for anybody else."""
    bound = worker_keys.bound_to("ready-coding", archive_id, coding_id, keys.worker_id)
    return worker_keys.open_sealed(keys.own(), content, bound)


def _bound(archive_id: str, coding_id: str, coder_id: str) -> bytes:
    return worker_keys.bound_to("coding", archive_id, coding_id, coder_id)
