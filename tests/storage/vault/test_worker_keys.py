"""Workers' own keys: frozen vectors, and a second reader that knows nothing of the program."""

import pytest

from app.errors import ArchiveError
from storage.vault import coding_keys, key_seals, sign_ins, vault_format, worker_keys
from storage.vault.keys import KdfCost, Keys
from storage.vault.vault_format import Memo
from tests.drivers import key_file_reader

WORKER = bytes(range(32))
EPHEMERAL = bytes(range(32, 64))
DEK = bytes(range(64, 96))
BOUND = worker_keys.bound_to("archive-key", "archive", "worker-a")

PUBLIC = "34b4989d35a53b326fb045c98ae3c9452aff7b0664cf83a255c6c9382f4d1b2f"
SEALED = (
    "358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254da91953b252a5671"
    "908c3708a77dc45366cb28f2ecefa94a14ada94789878fd0db32aee8a83e437d0eb6b5ad55121157"
)
FILE_KEY = "c86ed4450da6012b2f0d15929d6837baf3d8e9374bd3cf1bd0ed89628d505462"
COMMITMENT = "0d8b95a4171287ed29b485092d63325794b9de1d9832b0dfa43f7d06fb7c124a"


def refused(call, *args, **kwargs):
    with pytest.raises(ArchiveError) as error:
        call(*args, **kwargs)
    return error.value.key


def keys_of(worker_id: str, own: bytes = WORKER) -> Keys:
    return Keys("slot", worker_id, bytearray(DEK), bytearray(own))


def test_the_ladder_of_the_second_reader_is_rfc_7748s():
    scalar = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    point = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    expected = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    assert key_file_reader.x25519(scalar, point).hex() == expected


def test_frozen_vectors():
    """A change of any of these is a new version of the key file."""
    assert worker_keys.public_key(WORKER).hex() == PUBLIC
    sealed = worker_keys.seal_to(bytes.fromhex(PUBLIC), DEK, BOUND, ephemeral=EPHEMERAL)
    assert sealed.hex() == SEALED
    assert worker_keys.open_sealed(WORKER, sealed, BOUND) == DEK
    assert (
        key_file_reader.open_sealed(WORKER, sealed, key_file_reader.bound("archive-key", "archive", "worker-a")) == DEK
    )
    assert coding_keys.file_key(DEK).hex() == FILE_KEY
    assert coding_keys.commitment(DEK, b"content").hex() == COMMITMENT
    assert BOUND == b'["havainto",2,"archive-key","archive","worker-a"]'


def test_every_seal_is_another_and_opens_only_for_its_worker_and_purpose():
    public = worker_keys.public_key(WORKER)
    one, two = (worker_keys.seal_to(public, DEK, BOUND) for _ in range(2))
    assert len(one) == len(two) == worker_keys.SEALED_BYTES
    assert one != two
    assert worker_keys.open_sealed(WORKER, two, BOUND) == DEK
    assert refused(worker_keys.open_sealed, EPHEMERAL, one, BOUND) == "key-file-damaged"
    assert refused(worker_keys.open_sealed, WORKER, one, BOUND + b" ") == "key-file-damaged"
    for place in (0, 31, 32, 79):
        changed = one[:place] + bytes([one[place] ^ 1]) + one[place + 1 :]
        assert refused(worker_keys.open_sealed, WORKER, changed, BOUND) == "key-file-damaged"


@pytest.mark.parametrize("weak", [bytes(32), b"\x01" + bytes(31)])
def test_a_point_of_which_everybody_knows_the_secret_is_refused(weak):
    assert refused(worker_keys.seal_to, weak, DEK, BOUND) == "key-file-damaged"
    assert refused(worker_keys.open_sealed, WORKER, weak + bytes(48), BOUND) == "key-file-damaged"


def test_the_second_reader_reads_what_the_program_wrote():
    made = sign_ins.create("Äinö", "worker-a", "viisi sanaa", cost=KdfCost.FLOOR)
    vault = sign_ins.add_slot(made.vault, made.keys, "Leena", "worker-b", "leenan oma").vault
    vault = key_seals.with_anchor(vault, made.keys, "ab" * 32, 1234)
    vault = key_seals.with_memo(vault, made.keys, Memo(5, b"\x07" * 32))
    read = key_file_reader.read(vault_format.to_bytes(vault), "Äinö", "viisi sanaa")
    assert read["dek"] == made.keys.dek()
    assert read["worker_key"] == made.keys.own()
    assert read["state"] == (0, 1234, b"\xab" * 32)
    assert read["memo"] == (5, b"\x07" * 32)
    assert key_file_reader.read(vault_format.to_bytes(vault), "Leena", "leenan oma")["dek"] == made.keys.dek()


def test_a_codings_key_is_its_coders_in_this_archive_and_for_this_coding():
    aino, leena = keys_of("aino"), keys_of("leena", EPHEMERAL)
    key = coding_keys.new_coding_key()
    wrapped = coding_keys.wrapped(aino, "archive", "coding", key)
    assert len(wrapped) == worker_keys.WRAPPED_BYTES
    assert coding_keys.unwrapped(aino, "archive", "coding", wrapped) == key
    aad = key_file_reader.bound("coding", "archive", "coding", "aino")
    assert key_file_reader.unwrap(WORKER, wrapped, aad) == key
    for holder, archive, coding in (
        (leena, "archive", "coding"),
        (aino, "other", "coding"),
        (aino, "archive", "other"),
    ):
        assert refused(coding_keys.unwrapped, holder, archive, coding, wrapped) == "own-key"
    # the archive's key alone, or Leena's keys under Aino's name, open nothing
    assert refused(coding_keys.unwrapped, keys_of("aino", b""), "archive", "coding", wrapped) == "own-key"
    assert refused(coding_keys.unwrapped, keys_of("aino", EPHEMERAL), "archive", "coding", wrapped) == "own-key"
    assert coding_keys.file_key(key) != key != coding_keys.commitment(key, b"")


def test_a_ready_codings_key_for_the_person_who_may_release_it():
    third, key = keys_of("third", EPHEMERAL), coding_keys.new_coding_key()
    public = worker_keys.public_key(EPHEMERAL)
    sealed = coding_keys.sealed_for(public, "archive", "coding", "third", key)
    assert coding_keys.opened_for(third, "archive", "coding", sealed) == key
    assert refused(coding_keys.opened_for, keys_of("third"), "archive", "coding", sealed) == "key-file-damaged"
    assert refused(coding_keys.opened_for, third, "archive", "another", sealed) == "key-file-damaged"


def test_wiped_keys_give_nothing():
    keys = keys_of("aino")
    keys.wipe()
    assert refused(keys.own) == refused(keys.dek) == "locked"
