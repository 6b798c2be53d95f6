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
from storage.vault import worker_keys
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
    REVISION_BYTES,
    Anchor,
    Memo,
    State,
    VaultFile,
    WorkerSeal,
    from_bytes,
    mac_of,
    same_name,
    sign_in_name,
    to_bytes,
)

__all__ = [
    "Anchor",
    "Loaded",
    "Memo",
    "Opened",
    "State",
    "VaultFile",
    "WithCode",
    "add_slot",
    "begin_rotation",
    "change_passphrase",
    "check_code",
    "create",
    "load",
    "memo_of",
    "migrated",
    "next_keys",
    "recover",
    "remove_worker",
    "rotated",
    "save",
    "secret_of_backup",
    "state_of",
    "tidy",
    "unlock",
    "usual_cost",
    "with_anchor",
    "with_memo",
    "with_recovery",
    "with_state",
]

FILE_NAME = "archive.key"
OLDER_NAME = "archive.key.old"
_LARGEST = 1 << 20
# so many earlier revisions are remembered: those between two savings
_LINE = 8


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """The key file from the disk; `from_older` when the newest was damaged or gone and the one before it was taken."""

    vault: VaultFile
    from_older: bool


# ── making and opening ────────────────────────────────────────────────────────────────────────────────────────────────


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
    seal = _worker_seal(archive_id, worker_id, own, dek)
    vault = VaultFile(archive_id, time.time_ns() // 1000, (slot,), b"", (seal,))
    return Opened(with_state(vault, keys, State(0, Anchor("", 0))), keys)


def unlock(vault: VaultFile, label_or_id: str, passphrase: str) -> Keys:
    """The keys for a worker's passphrase.

    Raises ArchiveError `slot-unknown`, `wrong-passphrase`, `kdf-absurd`, `not-enough-memory`, or `key-file-damaged`
    when the slot opens but the file was altered around it or says another public key than this worker's.
    """
    return _opened(vault, vault.slot(label_or_id), passphrase_secret(passphrase))


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
        keys = _opened(vault, slot, secret)
    except ArchiveError as error:
        raise ArchiveError("recovery-code-wrong") if error.key == "wrong-passphrase" else error from error
    if slot.wraps == "archive":
        keys = Keys(old.id, old.worker_id, bytearray(keys.dek()), bytearray(os.urandom(KEY_BYTES)))
        vault = _with_seal(vault, _worker_seal(vault.archive_id, old.worker_id, keys.own(), keys.dek()))
    keys = replace(keys, slot_id=old.id)
    return Opened(_with_passphrase(vault, keys, old, keys.own(), new_passphrase, cost, "worker"), keys)


def _old_code(vault: VaultFile) -> Slot:
    slot = vault.recovery_slot("")
    if slot is None:
        raise ArchiveError("no-recovery-code")
    if len(vault.passphrases()) > 1:
        raise ArchiveError("recovery-code-old")
    return slot


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
            return _opened(vault, slot, typed)
        except ArchiveError as error:
            if error.key != "wrong-passphrase":
                raise
    raise ArchiveError("wrong-passphrase")


def _opened(vault: VaultFile, slot: Slot, secret: bytes) -> Keys:
    key = open_slot(slot, vault.archive_id, secret)
    if slot.wraps == "archive":
        return _checked(vault, Keys(slot.id, slot.worker_id, bytearray(key)))
    seal = vault.worker(slot.worker_id)
    if seal is None or not worker_keys.same(worker_keys.public_key(key), seal.public):
        raise ArchiveError("key-file-damaged", reason="public-key")
    dek = worker_keys.open_sealed(key, seal.archive_key, _bound(vault.archive_id, slot.worker_id))
    return _checked(vault, Keys(slot.id, slot.worker_id, bytearray(dek), bytearray(key)))


def _checked(vault: VaultFile, keys: Keys) -> Keys:
    if not hmac.compare_digest(vault.mac, mac_of(vault, keys)):
        keys.wipe()
        raise ArchiveError("key-file-damaged", reason="altered")
    return keys


# ── what is sealed in it ──────────────────────────────────────────────────────────────────────────────────────────────


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
    return _next(replace(vault, state=_sealed_state(vault, keys, state), old=None), keys)


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
    return _next(_with_seal(vault, replace(seal, memo=sealed)), keys)


def _bound(archive_id: str, worker_id: str) -> bytes:
    return worker_keys.bound_to("archive-key", archive_id, worker_id)


def _memo_bound(archive_id: str, worker_id: str) -> bytes:
    return worker_keys.bound_to("memo", archive_id, worker_id)


def _state_bound(vault: VaultFile) -> bytes:
    return worker_keys.bound_to("state", vault.archive_id)


def _worker_seal(archive_id: str, worker_id: str, own: bytes, dek: bytes) -> WorkerSeal:
    public = worker_keys.public_key(own)
    memo = worker_keys.seal_memo(own, Memo(0).pack(), _memo_bound(archive_id, worker_id))
    sealed = worker_keys.seal_to(public, dek, _bound(archive_id, worker_id))
    return WorkerSeal(worker_id, public, sealed, memo)


def _with_seal(vault: VaultFile, seal: WorkerSeal) -> VaultFile:
    others = tuple(s for s in vault.workers if s.worker_id != seal.worker_id)
    return replace(vault, workers=(*others, seal))


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def migrated(vault: VaultFile, keys: Keys, passphrase: str) -> Opened:
    """With the signed-in worker's slot of version 1 made one of version 2, under the passphrase that just opened it.

    Other workers' slots stay as they are until they sign in. Where several work in the archive version 1's recovery
    code goes: it opened the archive as anybody.
    """
    old = vault.slot(keys.slot_id)
    new = Keys(keys.slot_id, keys.worker_id, bytearray(keys.dek()), bytearray(os.urandom(KEY_BYTES)))
    vault = _with_seal(vault, _worker_seal(vault.archive_id, old.worker_id, new.own(), new.dek()))
    if len(vault.passphrases()) > 1:
        vault = replace(vault, slots=tuple(s for s in vault.slots if s.kind == "passphrase" or s.worker_id))
    vault = _with_passphrase(vault, new, old, new.own(), passphrase, old.cost, "worker")
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
    _refuse_while_rotating(vault)
    slots = [
        seal_slot(vault.archive_id, own, secret, cost or usual_cost(vault), kind=kind, label=said, worker_id=worker_id)
        for kind, said, secret in _ways_in(name, passphrase, code)
    ]
    vault = _with_seal(vault, _worker_seal(vault.archive_id, worker_id, own, keys.dek()))
    # with a second worker version 1's code would open as anybody
    kept = tuple(s for s in vault.slots if s.kind == "passphrase" or s.worker_id)
    return WithCode(_next(replace(vault, slots=(*kept, *slots)), keys), code)


def _ways_in(name: str, passphrase: str, code: str) -> tuple[tuple[SlotKind, str, bytes], ...]:
    return ("passphrase", name, passphrase_secret(passphrase)), ("recovery", "", recovery_secret(code))


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
    return WithCode(_next(replace(vault, slots=(*others, slot)), keys), code)


def change_passphrase(
    vault: VaultFile, label_or_id: str, old: str, new: str, *, cost: KdfCost | None = None
) -> VaultFile:
    """With a worker's own passphrase changed: the old one must open the slot. Raises as `unlock`."""
    slot = vault.slot(label_or_id)
    keys = unlock(vault, slot.id, old)
    try:
        key = keys.dek() if slot.wraps == "archive" else keys.own()
        return _with_passphrase(vault, keys, slot, key, new, cost, slot.wraps)
    finally:
        keys.wipe()


def _with_passphrase(
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
    return _next(replace(vault, slots=tuple(slot if s.id == old.id else s for s in vault.slots)), keys)


def remove_worker(vault: VaultFile, keys: Keys, worker_id: str) -> VaultFile:
    """Without a worker's ways in. Raises ArchiveError `slot-unknown`, or `slot-last` for the last passphrase.

    It withdraws nothing from someone who copied the data key or an older key file: `begin_rotation` does that.
    """
    if not any(slot.worker_id == worker_id for slot in vault.passphrases()):
        raise ArchiveError("slot-unknown")
    _refuse_while_rotating(vault)
    left = tuple(slot for slot in vault.slots if slot.worker_id != worker_id)
    if not any(slot.kind == "passphrase" for slot in left):
        raise ArchiveError("slot-last")
    workers = tuple(seal for seal in vault.workers if seal.worker_id != worker_id)
    return _next(replace(vault, slots=left, workers=workers), keys)


def usual_cost(vault: VaultFile) -> KdfCost:
    """The cost of the archive's first slot, which was calibrated here when the archive was made."""
    return vault.slots[0].cost


def _next(vault: VaultFile, keys: Keys) -> VaultFile:
    revision = os.urandom(REVISION_BYTES)
    line = (*vault.line, vault.revision)[-_LINE:]
    if vault.old is not None:
        vault = replace(vault, old=None, state=_sealed_state(vault, keys, State(0, vault.old.anchor)))
    raised = replace(vault, revision=revision, line=line)
    return replace(raised, mac=mac_of(raised, keys))


# ── another key for the archive ───────────────────────────────────────────────────────────────────────────────────────


def _refuse_while_rotating(vault: VaultFile) -> None:
    if vault.is_rotating:
        raise ArchiveError("rotation-waits", names="")


def begin_rotation(vault: VaultFile, keys: Keys) -> VaultFile:
    """With the next data key sealed to every worker's public key: from now on the change of key is only to be ended.

    Raises ArchiveError `rotation-waits` (with `names`) while a worker has not signed in since version 1: without a
    public key nothing can be sealed to them.
    """
    _refuse_while_rotating(vault)
    waiting = [slot.label for slot in vault.passphrases() if slot.wraps == "archive"]
    if waiting:
        raise ArchiveError("rotation-waits", names=", ".join(waiting))
    dek = os.urandom(KEY_BYTES)
    workers = tuple(
        replace(s, next_key=worker_keys.seal_to(s.public, dek, _bound(vault.archive_id, s.worker_id)))
        for s in vault.workers
    )
    # version 1's code would still open the archive's key that is
    slots = tuple(slot for slot in vault.slots if slot.wraps == "worker")
    return _next(replace(vault, workers=workers, slots=slots), keys)


def next_keys(vault: VaultFile, keys: Keys) -> Keys:
    """The keys to which a begun change leads, for the same worker.

    Raises ArchiveError `own-key` when none was begun, `key-file-damaged`.
    """
    seal = vault.worker(keys.worker_id)
    if seal is None or not seal.next_key:
        raise ArchiveError("own-key")
    dek = worker_keys.open_sealed(keys.own(), seal.next_key, _bound(vault.archive_id, keys.worker_id))
    return Keys(keys.slot_id, keys.worker_id, bytearray(dek), bytearray(keys.own()))


def rotated(vault: VaultFile, after: Keys, state: State) -> VaultFile:
    """The change ended: the next data key is the archive's, and the one before opens nothing any more."""
    workers = tuple(replace(s, archive_key=s.next_key, next_key=b"") for s in vault.workers)
    return with_state(replace(vault, workers=workers), after, state)


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


def save(folder: Path, vault: VaultFile, *, keep_older: bool = True) -> None:
    """Put a key file on the disk and keep the one before it as `archive.key.old`.

    A way in that was changed or removed must not live on in the older file: then both become the new one. Without
    `keep_older` the older one stays as it is, when no way in has changed: the anchor moves every second.
    Raises ArchiveError `disk-full`, `read-only`, `disk-error`, `key-file-foreign` when another archive's file is there,
    `key-file-stale` when the file was changed since `vault` was loaded. What was there is then untouched: once the new
    file has its name the change is done, whatever the disk says afterward.
    """
    before = _read_valid(folder / FILE_NAME)
    if before is not None:
        if before == vault:
            return
        if before.archive_id != vault.archive_id:
            raise ArchiveError("key-file-foreign")
        if before.revision not in vault.line:
            raise ArchiveError("key-file-stale")
    same_ways_in = before is not None and set(before.slots) <= set(vault.slots) and _same_keys(before, vault)
    try:
        if before is not None and same_ways_in and keep_older:
            durable_file.write_whole(folder / OLDER_NAME, to_bytes(before))
        _put_newest(folder / FILE_NAME, vault)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    if not same_ways_in:
        _forget_older(folder, vault)


def _same_keys(before: VaultFile, vault: VaultFile) -> bool:
    """Whether every worker's seals of the archive's key are still there."""
    said = {(s.worker_id, s.archive_key) for s in before.workers}
    return before.version == vault.version and said <= {(s.worker_id, s.archive_key) for s in vault.workers}


def _put_newest(path: Path, vault: VaultFile) -> None:
    content = to_bytes(vault)
    try:
        durable_file.write_whole(path, content)
    except OSError:
        # the rename may be done although the folder could not be forced to the disk: then the change is what stands
        # there, and to report it as failed would leave a worker with a passphrase or a code that opens nothing
        if _bytes_of(path) != content:
            raise


def _bytes_of(path: Path) -> bytes | None:
    try:
        return _read(path)
    except ArchiveError:
        return None


def _forget_older(folder: Path, vault: VaultFile) -> None:
    """The older file becomes the newest, or goes: on a failing disk `tidy` does it at the next opening."""
    try:
        durable_file.write_whole(folder / OLDER_NAME, to_bytes(vault))
    except OSError:
        try:
            durable_file.remove(folder / OLDER_NAME)
        except OSError:
            return


def tidy(folder: Path) -> None:
    """Under the archive's lock: what a crash or a failing disk left of earlier key files opens nothing any more.

    Temporary files go, and an older file with a way in that the newest does not have becomes the newest. A disk that
    refuses keeps nobody out.
    """
    for left in folder.glob(f".{FILE_NAME}*.tmp"):
        _gone(left)
    try:
        newest, older = _read_valid(folder / FILE_NAME), _read_valid(folder / OLDER_NAME)
    except ArchiveError:  # foreign or of a newer program: not ours to touch
        return
    if newest is None or older is None or older.archive_id != newest.archive_id:
        return
    if not (set(older.slots) <= set(newest.slots) and _same_keys(older, newest)):
        _forget_older(folder, newest)


def _gone(path: Path) -> None:
    try:
        durable_file.remove(path)
    except OSError:
        return


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
