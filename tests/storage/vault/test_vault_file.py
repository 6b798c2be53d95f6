import json
import os
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ArchiveError
from storage import durable_file
from storage.vault import keys, vault_file, vault_format
from storage.vault.keys import KdfCost
from storage.vault.vault_file import Anchor

FLOOR = KdfCost.FLOOR


def refused(call, *args, **kwargs):
    with pytest.raises(ArchiveError) as error:
        call(*args, **kwargs)
    return error.value.key


@pytest.fixture(scope="module")
def two():
    """An archive of two workers and a recovery code, all at the floor cost, and its keys as the first worker's."""
    made = vault_file.create("Aino Esimerkki", "worker-a", "kolme sanaa riittää", cost=FLOOR)
    vault = vault_file.add_slot(made.vault, made.keys, "Leena Malli", "worker-b", "toinen salalause")
    recovery = vault_file.with_recovery(vault, made.keys)
    return recovery.vault, made.keys, recovery.code


@pytest.fixture
def cheap(monkeypatch):
    """Derivation without the cost, for tests that ask about files and not about passphrases."""
    import hashlib

    monkeypatch.setattr(keys, "derive", lambda secret, salt, cost: hashlib.sha256(secret + salt).digest())


@pytest.fixture
def made(cheap):
    return vault_file.create("aino", "worker-a", "yksi", cost=FLOOR)


def with_checksum(line):
    import hashlib

    return line + b"\nsha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def altered(vault, **changes):
    said = json.loads(vault_format.to_bytes(vault).splitlines()[0]) | changes
    return with_checksum(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


# opening -------------------------------------------------------------------------------------------------------------


def test_each_worker_and_the_code_open_the_same_archive(two):
    vault, held, code = two
    first = vault_file.unlock(vault, "Aino Esimerkki", "kolme sanaa riittää")
    second = vault_file.unlock(vault, "leena malli", "toinen salalause")
    third = vault_file.unlock_with_recovery(vault, code.lower().replace("-", " "))
    assert first.dek() == second.dek() == third.dek() == held.dek()
    assert (first.worker_id, second.worker_id, third.worker_id) == ("worker-a", "worker-b", "")
    assert first.slot_id == vault.slots[0].id
    assert vault_file.unlock(vault, vault.slots[1].id, "toinen salalause").worker_id == "worker-b"


def test_wrong_passphrase_wrong_worker_wrong_code(two):
    vault, _, code = two
    assert refused(vault_file.unlock, vault, "Aino Esimerkki", "toinen salalause") == "wrong-passphrase"
    assert refused(vault_file.unlock, vault, "Kolmas", "toinen salalause") == "slot-unknown"
    assert refused(vault_file.unlock, vault, "", code) == "slot-unknown"
    assert refused(vault_file.unlock_with_recovery, vault, code[:-1]) == "recovery-code-mistyped"
    assert refused(vault_file.unlock_with_recovery, vault, keys.new_recovery_code()) == "wrong-passphrase"


def test_recovery_without_a_code_is_an_unknown_slot(made):
    assert refused(vault_file.unlock_with_recovery, made.vault, keys.new_recovery_code()) == "slot-unknown"


def test_nothing_secret_is_readable_in_the_file(two):
    vault, held, code = two
    content = vault_format.to_bytes(vault)
    for secret in (held.dek(), held.database, held.media, held.audit, held.backup, held.subkey("key-file")):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert code.replace("-", "").encode() not in content.upper()
    assert len(content) < 2500


def test_absurd_cost_in_the_file_is_refused_before_it_runs(two, monkeypatch):
    vault, _, _ = two
    monkeypatch.setattr("argon2.low_level.hash_secret_raw", lambda *_: pytest.fail("it ran"))
    huge = replace(vault.slots[0], cost=KdfCost(3, 5 * 1024 * 1024, 4))
    read = vault_format.from_bytes(vault_format.to_bytes(replace(vault, slots=(huge,))))
    assert refused(vault_file.unlock, read, "Aino Esimerkki", "kolme sanaa riittää") == "kdf-absurd"


def test_file_altered_around_an_opening_slot_is_damaged(two):
    vault, _, _ = two
    for changed in (
        replace(vault, anchor=Anchor("00" * 32, 7)),
        replace(vault, counter=99),
        replace(vault, created=0),
        replace(vault, slots=vault.slots[:1]),
        replace(vault, mac=bytes(32)),
    ):
        read = vault_format.from_bytes(vault_format.to_bytes(changed))
        assert refused(vault_file.unlock, read, "Aino Esimerkki", "kolme sanaa riittää") == "key-file-damaged"


def test_slot_of_another_archive_does_not_open(made, cheap):
    other = vault_file.create("aino", "worker-a", "yksi", cost=FLOOR).vault
    mixed = replace(other, slots=made.vault.slots)
    assert refused(vault_file.unlock, mixed, "aino", "yksi") == "wrong-passphrase"


# changing ------------------------------------------------------------------------------------------------------------


def test_create_calibrates_when_no_cost_is_given(cheap, monkeypatch):
    monkeypatch.setattr(vault_file, "calibrated", lambda: KdfCost(5, 128 * 1024, 4))
    vault = vault_file.create("aino", "w", "yksi").vault
    assert vault.slots[0].cost == KdfCost(5, 128 * 1024, 4) == vault_file.usual_cost(vault)
    assert vault.anchor == Anchor("", 0)


def test_change_of_passphrase_keeps_slot_and_key(made):
    vault = vault_file.change_passphrase(made.vault, "aino", "yksi", "kaksi")
    assert vault.slots[0].id == made.vault.slots[0].id
    assert vault.slots[0].salt != made.vault.slots[0].salt
    assert vault_file.unlock(vault, "aino", "kaksi").dek() == made.keys.dek()
    assert refused(vault_file.unlock, vault, "aino", "yksi") == "wrong-passphrase"
    assert refused(vault_file.change_passphrase, made.vault, "aino", "kaksi", "kolme") == "wrong-passphrase"
    assert vault.counter == made.vault.counter + 1


def test_forgotten_passphrase_is_set_anew_after_recovery(made):
    recovery = vault_file.with_recovery(made.vault, made.keys)
    held = vault_file.unlock_with_recovery(recovery.vault, recovery.code)
    vault = vault_file.set_passphrase(recovery.vault, held, "aino", "uusi")
    assert vault_file.unlock(vault, "aino", "uusi").worker_id == "worker-a"
    slot = recovery.vault.recovery_slot()
    assert refused(vault_file.set_passphrase, vault, held, slot.id, "uusi") == "slot-unknown"


def test_new_recovery_code_ends_the_earlier_one(made):
    one = vault_file.with_recovery(made.vault, made.keys)
    two_ = vault_file.with_recovery(one.vault, made.keys)
    assert len(two_.vault.slots) == 2
    assert refused(vault_file.unlock_with_recovery, two_.vault, one.code) == "wrong-passphrase"
    assert vault_file.unlock_with_recovery(two_.vault, two_.code).dek() == made.keys.dek()


def test_sign_in_names_are_one_per_worker(made):
    assert refused(vault_file.add_slot, made.vault, made.keys, " AINO ", "w2", "x") == "slot-exists"


def test_slot_is_removed_but_never_the_last_passphrase(made):
    vault = vault_file.add_slot(made.vault, made.keys, "leena", "worker-b", "kaksi")
    vault = vault_file.with_recovery(vault, made.keys).vault
    left = vault_file.remove_slot(vault, made.keys, "aino")
    assert refused(vault_file.unlock, left, "aino", "yksi") == "slot-unknown"
    assert vault_file.unlock(left, "leena", "kaksi").dek() == made.keys.dek()
    assert refused(vault_file.remove_slot, left, made.keys, "leena") == "slot-last"
    assert refused(vault_file.remove_slot, left, made.keys, "aino") == "slot-unknown"
    without = vault_file.remove_slot(left, made.keys, left.recovery_slot().id)
    assert without.recovery_slot() is None


def test_anchor_is_kept_and_vouched_for(made):
    vault = vault_file.with_anchor(made.vault, made.keys, "ab" * 32, 1234)
    read = vault_format.from_bytes(vault_format.to_bytes(vault))
    assert read == vault
    assert read.anchor == Anchor("ab" * 32, 1234)
    assert vault_file.unlock(read, "aino", "yksi").dek() == made.keys.dek()


def test_wiped_keys_change_nothing(made):
    made.keys.wipe()
    assert refused(vault_file.with_anchor, made.vault, made.keys, "", 0) == "locked"
    assert refused(vault_file.add_slot, made.vault, made.keys, "leena", "w", "x") == "locked"


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
    assert refused(vault_format.from_bytes, altered(made.vault, version=2)) == "archive-newer"
    assert refused(vault_format.from_bytes, altered(made.vault, version=2, slots="another shape")) == "archive-newer"


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
        {"counter": 1.5},
        {"archive": None},
        {"anchor": []},
        {"mac": "zz"},
        {"mac": "00"},
    ],
)
def test_wrong_shape_is_damage(made, changes):
    assert refused(vault_format.from_bytes, altered(made.vault, **changes)) == "key-file-damaged"


@pytest.mark.parametrize(
    "changes", [{"kind": "keyring"}, {"kdf": {"name": "scrypt"}}, {"salt": "00"}, {"nonce": ""}, {"wrapped": "0" * 94}]
)
def test_wrong_slot_is_damage(made, changes):
    slot = json.loads(vault_format.to_bytes(made.vault).splitlines()[0])["slots"][0]
    assert refused(vault_format.from_bytes, altered(made.vault, slots=[slot | changes])) == "key-file-damaged"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["format", "version", "archive", "created", "counter", "anchor", "slots", "mac"]


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
    vault_file.save(tmp_path, made.vault)
    later = vault_file.with_anchor(made.vault, made.keys, "ab", 1)
    vault_file.save(tmp_path, later)
    assert vault_file.load(tmp_path) == vault_file.Loaded(later, from_older=False)
    assert vault_format.from_bytes((tmp_path / "archive.key.old").read_bytes()) == made.vault
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


@pytest.mark.parametrize("torn", [b"", bytes(500), b'{"format":"havainto-archive","versi', b'{"for', None])
def test_torn_newest_falls_back_to_the_older_and_says_so(made, tmp_path, torn):
    vault_file.save(tmp_path, made.vault)
    vault_file.save(tmp_path, vault_file.with_anchor(made.vault, made.keys, "ab", 1))
    (tmp_path / "archive.key").unlink()
    if torn is not None:
        (tmp_path / "archive.key").write_bytes(torn)
    assert vault_file.load(tmp_path) == vault_file.Loaded(made.vault, from_older=True)


def test_saving_over_a_torn_newest_never_buries_the_good_older(made, tmp_path, monkeypatch):
    vault_file.save(tmp_path, made.vault)
    later = vault_file.with_anchor(made.vault, made.keys, "ab", 1)
    vault_file.save(tmp_path, later)
    (tmp_path / "archive.key").write_bytes(b"")
    written = []
    whole = durable_file.write_whole
    monkeypatch.setattr(durable_file, "write_whole", lambda path, text: (written.append(path.name), whole(path, text)))
    vault_file.save(tmp_path, later)
    assert written == ["archive.key", "archive.key.old"]
    assert vault_file.load(tmp_path) == vault_file.Loaded(later, from_older=False)


def test_changed_or_removed_way_in_does_not_live_on_in_the_older_file(made, tmp_path):
    vault_file.save(tmp_path, made.vault)
    changed = vault_file.change_passphrase(made.vault, "aino", "yksi", "kaksi")
    vault_file.save(tmp_path, changed)
    (tmp_path / "archive.key").unlink()
    assert refused(vault_file.unlock, vault_file.load(tmp_path).vault, "aino", "yksi") == "wrong-passphrase"


def test_missing_damaged_and_foreign_files(made, tmp_path):
    assert refused(vault_file.load, tmp_path) == "key-file-missing"
    assert refused(vault_file.load, tmp_path / "no such folder") == "key-file-missing"
    (tmp_path / "archive.key").write_bytes(b"")
    assert refused(vault_file.load, tmp_path) == "key-file-damaged"
    (tmp_path / "archive.key.old").write_bytes(b"hello")
    assert refused(vault_file.load, tmp_path) == "key-file-damaged"
    (tmp_path / "archive.key.old").write_bytes(altered(made.vault, version=2))
    assert refused(vault_file.load, tmp_path) == "archive-newer"
    (tmp_path / "archive.key").write_bytes(b"hello")
    assert refused(vault_file.load, tmp_path) == "key-file-foreign"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


def test_newer_file_is_not_passed_over_for_the_older_one(made, tmp_path):
    (tmp_path / "archive.key.old").write_bytes(vault_format.to_bytes(made.vault))
    (tmp_path / "archive.key").write_bytes(altered(made.vault, version=9))
    assert refused(vault_file.load, tmp_path) == "archive-newer"
    assert refused(vault_file.save, tmp_path, made.vault) == "archive-newer"


def test_another_archives_file_and_a_later_state_are_never_overwritten(made, tmp_path):
    later = vault_file.with_anchor(made.vault, made.keys, "ab", 1)
    vault_file.save(tmp_path, later)
    assert refused(vault_file.save, tmp_path, made.vault) == "key-file-stale"
    assert (
        refused(vault_file.save, tmp_path, vault_file.with_anchor(made.vault, made.keys, "cd", 2)) == "key-file-stale"
    )
    other = vault_file.create("aino", "w", "yksi", cost=FLOOR).vault
    assert refused(vault_file.save, tmp_path, replace(other, counter=99)) == "key-file-foreign"
    vault_file.save(tmp_path, later)
    assert vault_file.load(tmp_path).vault == later


@pytest.mark.parametrize(
    ("number", "key"), [(28, "disk-full"), (30, "read-only"), (13, "read-only"), (5, "disk-error")]
)
@pytest.mark.parametrize("failing", [1, 2])
def test_refused_write_leaves_a_file_that_opens(made, tmp_path, monkeypatch, number, key, failing):
    vault_file.save(tmp_path, made.vault)
    later = vault_file.with_anchor(made.vault, made.keys, "ab", 1)
    calls = []

    def refuse(descriptor):
        calls.append(descriptor)
        # each whole write syncs its file and then its folder
        if len(calls) == 2 * failing - 1:
            raise OSError(number, "no")

    monkeypatch.setattr(durable_file, "sync_file", refuse)
    assert refused(vault_file.save, tmp_path, later) == key
    assert vault_file.load(tmp_path) == vault_file.Loaded(made.vault, from_older=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.key", "archive.key.old"]


def test_file_that_the_system_will_not_read(made, tmp_path):
    (tmp_path / "archive.key").mkdir()
    assert refused(vault_file.load, tmp_path) == "disk-error"


def test_key_file_is_for_its_owner_alone(made, tmp_path):
    vault_file.save(tmp_path, made.vault)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "archive.key").stat().st_mode) == 0o600
    assert (tmp_path / "archive.key").is_file()
