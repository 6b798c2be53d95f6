"""The pair by which packages are received: it follows from the worker's own key and is nowhere on the disk."""

import pyrage

from storage.archive import ArchiveDoorway
from storage.vault import receiving_keys
from storage.vault.keys import KdfCost

WORKER = bytes(range(32))


def test_frozen_vector() -> None:
    """Another derivation would open no package that is on its way."""
    assert receiving_keys.secret(WORKER).hex() == "9b02fd5794e371cf9ff55e5bea530e227a846b10e88f05f34264db0ed9eaa8bc"
    assert receiving_keys.receiving_key(WORKER) == "age17p28cge8sugju3ak4jgd5wgjcaulw0jdwrfl2nvtlu2vm9ff0sxs4u4wtu"


def test_age_reads_both_halves() -> None:
    identity = pyrage.x25519.Identity.from_str(receiving_keys.identity(WORKER))
    assert str(identity.to_public()) == receiving_keys.receiving_key(WORKER)
    sealed = pyrage.encrypt(b"content", [pyrage.x25519.Recipient.from_str(receiving_keys.receiving_key(WORKER))])
    assert pyrage.decrypt(sealed, [identity]) == b"content"


def test_it_stays_through_passphrase_recovery_and_another_key_of_the_archive(tmp_path) -> None:
    door, folder = ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive"
    opened = door.create(folder, "Aino", "ainon pitkä lause")
    me, key = opened.store.me, opened.archive.receiving_key()
    code = opened.archive.make_recovery_code()
    opened.archive.change_passphrase(me, "ainon pitkä lause", "toinen pitkä lause")
    opened.archive.change_key()
    opened.archive.close()
    opened = door.recover(folder, "Aino", code, "kolmas pitkä lause")
    assert opened.archive.receiving_key() == key
    opened.archive.close()
    on_disk = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert on_disk
    assert not any(key.encode() in content for content in on_disk)
