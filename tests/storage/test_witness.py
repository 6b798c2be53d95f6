"""The partner's passphrase beside the open archive: who may, what is counted, what the log says."""

import pytest

from app.door import Door
from app.errors import ArchiveError
from app.i18n import Texts
from app.office.workers import add_worker
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost


@pytest.fixture
def pair(tmp_path):
    """Aino's open archive, in which Leena works too."""
    opened = ArchiveDoorway(KdfCost.FLOOR).create(tmp_path / "archive", "Aino", "ainon pitkä lause")
    leena = add_worker(Door(opened.store), opened.archive, Texts("en"), "Leena", "leenan pitkä lause").worker
    yield opened, leena
    opened.archive.close()


def refused(opened, worker_id, passphrase):
    with pytest.raises(ArchiveError) as caught:
        opened.archive.witness(worker_id, passphrase)
    return caught.value.key


def test_only_the_partners_own_passphrase_counts(pair) -> None:
    opened, leena = pair
    assert refused(opened, leena.id, "ainon pitkä lause") == "wrong-passphrase"
    assert refused(opened, "nobody", "leenan pitkä lause") == "slot-unknown"
    for _ in range(4):
        assert refused(opened, leena.id, "väärä") == "wrong-passphrase"
    assert refused(opened, leena.id, "leenan pitkä lause") == "too-many-tries"


def test_both_stand_in_the_log(pair) -> None:
    opened, leena = pair
    assert opened.archive.witness(leena.id, "leenan pitkä lause") == ()
    last = opened.store.audit_log()[-1]
    assert (last.act, last.worker_id, last.object_id) == ("witnessed", opened.store.me, leena.id)
    assert opened.store.me in last.detail
