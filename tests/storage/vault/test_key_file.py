import json
import os
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ArchiveError
from storage import durable_file
from storage.vault import key_file, key_seals, keys, next_key, recovery_codes, sign_ins, vault_format
from storage.vault.keys import KdfCost
from storage.vault.vault_format import Anchor, Memo, State

FLOOR = KdfCost.FLOOR


def refused(call, *args, **kwargs):
    with pytest.raises(ArchiveError) as error:
        call(*args, **kwargs)
    return error.value.key


@pytest.fixture(scope="module")
def two():
    """An archive of two workers and a recovery code, all at the floor cost, and its keys as the first worker's."""
    made = sign_ins.create("Aino Esimerkki", "worker-a", "kolme sanaa riittää", cost=FLOOR)
    vault = sign_ins.add_slot(made.vault, made.keys, "Leena Malli", "worker-b", "toinen salalause")
    recovery = recovery_codes.with_recovery(vault.vault, made.keys)
    return recovery.vault, made.keys, recovery.code


@pytest.fixture
def cheap(monkeypatch):
    """Derivation without the cost, for tests that ask about files and not about passphrases."""
    import hashlib

    monkeypatch.setattr(keys, "derive", lambda secret, salt, cost: hashlib.sha256(secret + salt).digest())


@pytest.fixture
def made(cheap):
    return sign_ins.create("aino", "worker-a", "yksi", cost=FLOOR)


def with_checksum(line):
    import hashlib

    return line + b"\nsha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def altered(vault, **changes):
    said = json.loads(vault_format.to_bytes(vault).splitlines()[0]) | changes
    return with_checksum(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


# opening -------------------------------------------------------------------------------------------------------------


def test_each_worker_and_the_code_open_the_same_archive(two):
    vault, held, code = two
    first = sign_ins.unlock(vault, "Aino Esimerkki", "kolme sanaa riittää")
    second = sign_ins.unlock(vault, "leena malli", "toinen salalause")
    third = recovery_codes.recover(vault, "aino esimerkki", code.lower().replace("-", " "), "uusi", cost=FLOOR).keys
    assert first.dek() == second.dek() == third.dek() == held.dek()
    assert first.own() == third.own() == held.own() != second.own()
    assert (first.worker_id, second.worker_id, third.worker_id) == ("worker-a", "worker-b", "worker-a")
    assert first.slot_id == vault.slots[0].id
    assert sign_ins.unlock(vault, vault.slots[1].id, "toinen salalause").worker_id == "worker-b"


def test_wrong_passphrase_wrong_worker_wrong_code(two):
    vault, _, code = two
    assert refused(sign_ins.unlock, vault, "Aino Esimerkki", "toinen salalause") == "wrong-passphrase"
    assert refused(sign_ins.unlock, vault, "Kolmas", "toinen salalause") == "slot-unknown"
    assert refused(sign_ins.unlock, vault, "", code) == "slot-unknown"
    assert refused(recovery_codes.recover, vault, "aino esimerkki", code[:-1], "x") == "recovery-code-mistyped"
    other = keys.new_recovery_code()
    assert refused(recovery_codes.recover, vault, "aino esimerkki", other, "x") == "recovery-code-wrong"


def test_a_code_opens_its_makers_sign_in_and_no_other(two):
    vault, _, code = two
    assert refused(recovery_codes.recover, vault, "Leena Malli", code, "uusi") == "recovery-code-wrong"
    assert recovery_codes.check_code(vault, "worker-a", code)
    assert not recovery_codes.check_code(vault, "worker-b", code)
    assert not recovery_codes.check_code(vault, "worker-a", code[:-2])


def test_recovery_without_a_code(made):
    assert refused(recovery_codes.recover, made.vault, "aino", keys.new_recovery_code(), "x") == "no-recovery-code"


def test_nothing_secret_is_readable_in_the_file(two):
    vault, held, code = two
    content = vault_format.to_bytes(vault)
    for secret in (held.dek(), held.database, held.media, held.audit, held.backup, held.subkey("key-file")):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert held.own().hex().encode() not in content
    assert code.replace("-", "").encode() not in content.upper()
    assert len(content) < 4500


def test_absurd_cost_in_the_file_is_refused_before_it_runs(two, monkeypatch):
    vault, _, _ = two
    monkeypatch.setattr("argon2.low_level.hash_secret_raw", lambda *_: pytest.fail("it ran"))
    huge = replace(vault.slots[0], cost=KdfCost(3, 5 * 1024 * 1024, 4))
    read = vault_format.from_bytes(vault_format.to_bytes(replace(vault, slots=(huge,))))
    assert refused(sign_ins.unlock, read, "Aino Esimerkki", "kolme sanaa riittää") == "kdf-absurd"


def test_file_altered_around_an_opening_slot_is_damaged(two):
    vault, _, _ = two
    for changed in (
        replace(vault, state=vault.state[:-1] + bytes([vault.state[-1] ^ 1])),
        replace(vault, revision=bytes(16)),
        replace(vault, created=0),
        replace(vault, slots=vault.slots[:1]),
        replace(vault, workers=vault.workers[::-1]),
        replace(vault, mac=bytes(32)),
    ):
        read = vault_format.from_bytes(vault_format.to_bytes(changed))
        assert refused(sign_ins.unlock, read, "Aino Esimerkki", "kolme sanaa riittää") == "key-file-damaged"


def test_slot_of_another_archive_does_not_open(made, cheap):
    other = sign_ins.create("aino", "worker-a", "yksi", cost=FLOOR).vault
    mixed = replace(other, slots=made.vault.slots)
    assert refused(sign_ins.unlock, mixed, "aino", "yksi") == "wrong-passphrase"


def test_another_public_key_in_the_workers_place_is_seen_by_the_worker(made, two):
    """Whoever holds the archive's key could put it there to be given the next one: the worker's program looks."""
    (seal,) = made.vault.workers
    foreign = two[0].workers[1]
    for changed in (
        replace(seal, public=foreign.public),
        replace(seal, public=foreign.public, archive_key=foreign.archive_key),
        replace(seal, archive_key=seal.archive_key[:-1] + bytes([seal.archive_key[-1] ^ 1])),
        replace(seal, archive_key=bytes(32) + seal.archive_key[32:]),
    ):
        vault = replace(made.vault, workers=(changed,))
        vault = replace(vault, mac=vault_format.mac_of(vault, made.keys))
        assert refused(sign_ins.unlock, vault, "aino", "yksi") == "key-file-damaged"


# changing ------------------------------------------------------------------------------------------------------------


def test_create_calibrates_when_no_cost_is_given(cheap, monkeypatch):
    monkeypatch.setattr(sign_ins, "calibrated", lambda: KdfCost(5, 128 * 1024, 4))
    vault = sign_ins.create("aino", "w", "yksi").vault
    assert vault.slots[0].cost == KdfCost(5, 128 * 1024, 4) == sign_ins.usual_cost(vault)
    assert vault.version == 2


@pytest.mark.usefixtures("derived_anew")
def test_change_of_passphrase_keeps_slot_and_key(made):
    vault = sign_ins.change_passphrase(made.vault, "aino", "yksi", "kaksi")
    assert vault.slots[0].id == made.vault.slots[0].id
    assert vault.slots[0].salt != made.vault.slots[0].salt
    assert sign_ins.unlock(vault, "aino", "kaksi").dek() == made.keys.dek()
    assert refused(sign_ins.unlock, vault, "aino", "yksi") == "wrong-passphrase"
    assert sign_ins.unlock(vault, "aino", "kaksi").own() == made.keys.own()
    assert refused(sign_ins.change_passphrase, made.vault, "aino", "kaksi", "kolme") == "wrong-passphrase"
    assert vault.revision != made.vault.revision


def test_forgotten_passphrase_is_set_anew_after_recovery(made):
    recovery = recovery_codes.with_recovery(made.vault, made.keys)
    vault = recovery_codes.recover(recovery.vault, "aino", recovery.code, "uusi").vault
    assert sign_ins.unlock(vault, "aino", "uusi").own() == made.keys.own()
    slot = recovery.vault.recovery_slot("worker-a")
    assert refused(recovery_codes.recover, vault, slot.id, recovery.code, "uusi") == "slot-unknown"


def test_new_recovery_code_ends_the_earlier_one(made):
    one = recovery_codes.with_recovery(made.vault, made.keys)
    two_ = recovery_codes.with_recovery(one.vault, made.keys)
    assert len(two_.vault.slots) == 2
    assert refused(recovery_codes.recover, two_.vault, "aino", one.code, "x") == "recovery-code-wrong"
    assert recovery_codes.recover(two_.vault, "aino", two_.code, "x").keys.dek() == made.keys.dek()


def test_sign_in_names_are_one_per_worker(made):
    assert refused(sign_ins.add_slot, made.vault, made.keys, " AINO ", "w2", "x") == "slot-exists"


def test_slot_is_removed_but_never_the_last_passphrase(made):
    vault = sign_ins.add_slot(made.vault, made.keys, "leena", "worker-b", "kaksi").vault
    vault = recovery_codes.with_recovery(vault, made.keys).vault
    left = sign_ins.remove_worker(vault, made.keys, "worker-a")
    assert refused(sign_ins.unlock, left, "aino", "yksi") == "slot-unknown"
    assert sign_ins.unlock(left, "leena", "kaksi").dek() == made.keys.dek()
    assert [slot.worker_id for slot in left.slots] == ["worker-b", "worker-b"]
    assert [seal.worker_id for seal in left.workers] == ["worker-b"]
    assert refused(sign_ins.remove_worker, left, made.keys, "worker-b") == "slot-last"
    assert refused(sign_ins.remove_worker, left, made.keys, "worker-a") == "slot-unknown"


def test_a_new_worker_has_an_own_code_at_once(made):
    added = sign_ins.add_slot(made.vault, made.keys, "leena", "worker-b", "kaksi")
    opened = recovery_codes.recover(added.vault, "leena", added.code, "kolme")
    assert opened.keys.own() == sign_ins.unlock(opened.vault, "leena", "kolme").own()
    assert refused(recovery_codes.recover, added.vault, "aino", added.code, "x") == "no-recovery-code"


def test_another_key_for_the_archive_needs_nobody_elses_passphrase(made):
    vault = sign_ins.add_slot(made.vault, made.keys, "leena", "worker-b", "kaksi").vault
    gone = sign_ins.remove_worker(vault, made.keys, "worker-b")
    begun = next_key.begin_rotation(vault, made.keys)
    assert begun.is_rotating
    assert sign_ins.unlock(begun, "leena", "kaksi").dek() == made.keys.dek()
    assert refused(sign_ins.add_slot, begun, made.keys, "kolmas", "c", "x") == "rotation-waits"
    assert refused(sign_ins.remove_worker, begun, made.keys, "worker-b") == "rotation-waits"
    assert refused(next_key.begin_rotation, begun, made.keys) == "rotation-waits"
    after = next_key.next_keys(begun, made.keys)
    ended = next_key.rotated(begun, after, State(1, Anchor("ab" * 32, 9)))
    assert not ended.is_rotating
    leena = sign_ins.unlock(ended, "leena", "kaksi")
    assert leena.dek() == sign_ins.unlock(ended, "aino", "yksi").dek() == after.dek() != made.keys.dek()
    assert key_seals.state_of(ended, leena) == State(1, Anchor("ab" * 32, 9))
    assert refused(key_seals.state_of, ended, made.keys) == "key-file-damaged"
    # somebody who left before gets nothing of the next key
    left = next_key.begin_rotation(gone, made.keys)
    assert [seal.worker_id for seal in left.workers] == ["worker-a"]
    assert refused(next_key.next_keys, made.vault, made.keys) == "own-key"


def test_a_memo_is_its_workers_and_always_as_long(made):
    vault = sign_ins.add_slot(made.vault, made.keys, "leena", "worker-b", "kaksi").vault
    assert key_seals.memo_of(vault, made.keys) == Memo(0)
    noted = key_seals.with_memo(vault, made.keys, Memo(2**40, b"\x07" * 32))
    read = vault_format.from_bytes(vault_format.to_bytes(noted))
    assert key_seals.memo_of(read, sign_ins.unlock(read, "aino", "yksi")) == Memo(2**40, b"\x07" * 32)
    leena = sign_ins.unlock(read, "leena", "kaksi")
    assert key_seals.memo_of(read, leena) == Memo(0)
    taken = replace(leena, worker_id="worker-a")
    assert refused(key_seals.memo_of, read, taken) == "key-file-damaged"
    assert len(vault_format.to_bytes(noted)) == len(vault_format.to_bytes(vault))


def test_anchor_is_kept_and_vouched_for(made):
    vault = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1234)
    read = vault_format.from_bytes(vault_format.to_bytes(vault))
    assert read == vault
    assert key_seals.state_of(read, made.keys).anchor == Anchor("ab" * 32, 1234)
    assert sign_ins.unlock(read, "aino", "yksi").dek() == made.keys.dek()


def test_nothing_in_clear_counts_the_work(made):
    """Forty rows seen in the key file were exactly the other's work."""
    one = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1)
    other = one
    for count in range(2, 60):
        other = key_seals.with_anchor(other, made.keys, "cd" * 32, count)
    said = [json.loads(vault_format.to_bytes(vault).splitlines()[0]) for vault in (one, other)]
    assert len(vault_format.to_bytes(one)) == len(vault_format.to_bytes(other))
    changed = {name for name in said[0] if said[0][name] != said[1][name]}
    assert changed == {"revision", "state", "mac"}
    assert not {"anchor", "counter", "count"} & set(said[0])


def test_wiped_keys_change_nothing(made):
    made.keys.wipe()
    assert refused(key_seals.with_anchor, made.vault, made.keys, "", 0) == "locked"
    assert refused(sign_ins.add_slot, made.vault, made.keys, "leena", "w", "x") == "locked"


# text ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(two):
    return vault_format.to_bytes(two[0])


def test_text_reads_back_the_same(two, content):
    assert vault_format.from_bytes(content) == two[0]
    assert vault_format.to_bytes(vault_format.from_bytes(content)) == content


@given(st.data())
def test_every_flipped_bit_is_damage(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    flipped = bytearray(content)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(vault_format.from_bytes, bytes(flipped)) == "key-file-damaged"


@given(st.data())
def test_every_cut_is_damage(content, data):
    cut = data.draw(st.integers(0, len(content) - 1))
    assert refused(vault_format.from_bytes, content[:cut]) == "key-file-damaged"


@pytest.mark.parametrize("nothing", [b"", bytes(700)])
def test_what_a_power_cut_leaves_is_damage(nothing):
    assert refused(vault_format.from_bytes, nothing) == "key-file-damaged"


@pytest.mark.parametrize(
    "other",
    [b"hello", b"%PDF-1.7", b"{}", b'{"slots":1}', with_checksum(b"hello"), with_checksum(b"[]"), with_checksum(b"{}")],
)
def test_what_is_not_ours_is_foreign(other):
    assert refused(vault_format.from_bytes, other) == "key-file-foreign"


def test_deeply_nested_text_is_foreign():
    assert refused(vault_format.from_bytes, with_checksum(b"[" * 100_000)) == "key-file-foreign"


def test_newer_version_says_so(made):
    assert refused(vault_format.from_bytes, altered(made.vault, version=3)) == "archive-newer"
    assert refused(vault_format.from_bytes, altered(made.vault, version=3, slots="another shape")) == "archive-newer"


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"version": "1"},
        {"slots": []},
        {"slots": [{}]},
        {"slots": 3},
        {"created": -1},
        {"created": True},
        {"version": 1},
        {"version": True},
        {"archive": None},
        {"revision": "00"},
        {"state": "00" * 75},
        {"workers": []},
        {"workers": [{}]},
        {"mac": "zz"},
        {"mac": "00"},
    ],
)
def test_wrong_shape_is_damage(made, changes):
    assert refused(vault_format.from_bytes, altered(made.vault, **changes)) == "key-file-damaged"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "keyring"},
        {"wraps": "all"},
        {"worker": "nobody"},
        {"kdf": {"name": "scrypt"}},
        {"salt": "00"},
        {"nonce": ""},
        {"wrapped": "0" * 94},
    ],
)
def test_wrong_slot_is_damage(made, changes):
    slot = json.loads(vault_format.to_bytes(made.vault).splitlines()[0])["slots"][0]
    assert refused(vault_format.from_bytes, altered(made.vault, slots=[slot | changes])) == "key-file-damaged"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["format", "version", "archive", "created", "revision", "state", "workers", "slots", "mac"]


@given(st.sampled_from(FIELDS), JSON)
def test_any_field_of_any_shape_is_read_or_refused_in_words(two, name, value):
    content = altered(two[0], **{name: value})
    try:
        read = vault_format.from_bytes(content)
    except ArchiveError as error:
        outcome = error.key
    else:
        outcome = "read" if vault_format.from_bytes(vault_format.to_bytes(read)) == read else "misread"
    assert outcome in {"key-file-damaged", "key-file-foreign", "archive-newer", "read"}


def test_half_a_surrogate_pair_is_damage(made):
    line = vault_format.to_bytes(made.vault).splitlines()[0].replace(b'"aino"', b'"\\ud800"')
    assert refused(vault_format.from_bytes, with_checksum(line)) == "key-file-damaged"


# disk ----------------------------------------------------------------------------------------------------------------


def test_saved_file_is_loaded_and_the_one_before_is_kept(made, tmp_path):
    key_file.save(tmp_path, made.vault)
    later = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1)
    key_file.save(tmp_path, later)
    assert key_file.load(tmp_path) == key_file.Loaded(later, from_older=False)
    assert vault_format.from_bytes((tmp_path / "archive.key.old").read_bytes()) == made.vault
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


@pytest.mark.parametrize("torn", [b"", bytes(500), b'{"format":"havainto-archive","versi', b'{"for', None])
def test_torn_newest_falls_back_to_the_older_and_says_so(made, tmp_path, torn):
    key_file.save(tmp_path, made.vault)
    key_file.save(tmp_path, key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1))
    (tmp_path / "archive.key").unlink()
    if torn is not None:
        (tmp_path / "archive.key").write_bytes(torn)
    assert key_file.load(tmp_path) == key_file.Loaded(made.vault, from_older=True)


def test_saving_over_a_torn_newest_never_buries_the_good_older(made, tmp_path, monkeypatch):
    key_file.save(tmp_path, made.vault)
    later = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1)
    key_file.save(tmp_path, later)
    (tmp_path / "archive.key").write_bytes(b"")
    written = []
    whole = durable_file.write_whole
    monkeypatch.setattr(durable_file, "write_whole", lambda path, text: (written.append(path.name), whole(path, text)))
    key_file.save(tmp_path, later)
    assert written == ["archive.key", "archive.key.old"]
    assert key_file.load(tmp_path) == key_file.Loaded(later, from_older=False)


def test_changed_or_removed_way_in_does_not_live_on_in_the_older_file(made, tmp_path):
    key_file.save(tmp_path, made.vault)
    changed = sign_ins.change_passphrase(made.vault, "aino", "yksi", "kaksi")
    key_file.save(tmp_path, changed)
    (tmp_path / "archive.key").unlink()
    assert refused(sign_ins.unlock, key_file.load(tmp_path).vault, "aino", "yksi") == "wrong-passphrase"


def test_missing_damaged_and_foreign_files(made, tmp_path):
    assert refused(key_file.load, tmp_path) == "key-file-missing"
    assert refused(key_file.load, tmp_path / "no such folder") == "key-file-missing"
    (tmp_path / "archive.key").write_bytes(b"")
    assert refused(key_file.load, tmp_path) == "key-file-damaged"
    (tmp_path / "archive.key.old").write_bytes(b"hello")
    assert refused(key_file.load, tmp_path) == "key-file-damaged"
    (tmp_path / "archive.key.old").write_bytes(altered(made.vault, version=3))
    assert refused(key_file.load, tmp_path) == "archive-newer"
    (tmp_path / "archive.key").write_bytes(b"hello")
    assert refused(key_file.load, tmp_path) == "key-file-foreign"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


def test_newer_file_is_not_passed_over_for_the_older_one(made, tmp_path):
    (tmp_path / "archive.key.old").write_bytes(vault_format.to_bytes(made.vault))
    (tmp_path / "archive.key").write_bytes(altered(made.vault, version=9))
    assert refused(key_file.load, tmp_path) == "archive-newer"
    assert refused(key_file.save, tmp_path, made.vault) == "archive-newer"


def test_another_archives_file_and_a_later_state_are_never_overwritten(made, tmp_path):
    later = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1)
    key_file.save(tmp_path, later)
    assert refused(key_file.save, tmp_path, made.vault) == "key-file-stale"
    assert (
        refused(key_file.save, tmp_path, key_seals.with_anchor(made.vault, made.keys, "cd" * 32, 2)) == "key-file-stale"
    )
    other = sign_ins.create("aino", "w", "yksi", cost=FLOOR).vault
    assert refused(key_file.save, tmp_path, other) == "key-file-foreign"
    key_file.save(tmp_path, later)
    assert key_file.load(tmp_path).vault == later


@pytest.mark.parametrize(
    ("number", "key"), [(28, "disk-full"), (30, "read-only"), (13, "read-only"), (5, "disk-error")]
)
@pytest.mark.parametrize("failing", [1, 2])
def test_refused_write_leaves_a_file_that_opens(made, tmp_path, monkeypatch, number, key, failing):
    key_file.save(tmp_path, made.vault)
    later = key_seals.with_anchor(made.vault, made.keys, "ab" * 32, 1)
    calls = []

    def refuse(descriptor):
        calls.append(descriptor)
        # each whole write syncs its file and then its folder
        if len(calls) == 2 * failing - 1:
            raise OSError(number, "no")

    monkeypatch.setattr(durable_file, "sync_file", refuse)
    assert refused(key_file.save, tmp_path, later) == key
    assert key_file.load(tmp_path) == key_file.Loaded(made.vault, from_older=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


def test_file_that_the_system_will_not_read(made, tmp_path):
    (tmp_path / "archive.key").mkdir()
    assert refused(key_file.load, tmp_path) == "disk-error"


def test_key_file_is_for_its_owner_alone(made, tmp_path):
    key_file.save(tmp_path, made.vault)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "archive.key").stat().st_mode) == 0o600
    assert (tmp_path / "archive.key").is_file()
