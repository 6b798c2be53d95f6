"""Who can sign in, and with what: the doors refuse a weak passphrase whoever asks."""

from pathlib import Path

import pytest

from app.door import Door
from app.errors import InputError
from app.model.people import Worker
from app.office.passphrases import create_archive, recover_archive
from app.office.workers import add_worker, change_own_passphrase
from tests.material.house import Home, QuietArchive

STRONG = "kuusi harmaata lokkia istuu katolla"


class Doorway:
    """Makes and recovers archives; `made` says with which passphrases."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def create(self, _folder, _name, passphrase) -> None:
        self.made.append(passphrase)

    def recover(self, _folder, _name, _code, passphrase) -> None:
        self.made.append(passphrase)


ASKS = {
    "create": lambda d, s: create_archive(d, Path("x"), "Aino Esimerkki", s),
    "recover": lambda d, s: recover_archive(d, Path("x"), "Aino Esimerkki", "ABCD", s),
}


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("weak", ["", "salasana", "aino esimerkki"])
def test_no_archive_is_locked_with_what_is_easily_guessed(ask, weak) -> None:
    doorway = Doorway()
    with pytest.raises(InputError) as refused:
        ASKS[ask](doorway, weak)
    assert refused.value.key == "passphrase-weak"
    assert doorway.made == []
    ASKS[ask](doorway, STRONG)
    assert doorway.made == [STRONG]


@pytest.mark.parametrize(
    ("name", "secret", "key"),
    [("  ", STRONG, "worker-name-missing"), ("Kolmas Esimerkki", "kolmas", "passphrase-weak")],
)
def test_a_worker_is_added_with_a_name_and_a_passphrase_or_not_at_all(qapp, name, secret, key) -> None:
    home, archive = Home(), QuietArchive()
    with pytest.raises(InputError) as refused:
        add_worker(Door(home.a), archive, home.texts, name, secret)
    assert refused.value.key == key
    assert (archive.names, len(home.a.find(Worker))) == ([], 2)


def test_a_weak_passphrase_replaces_none(qapp) -> None:
    home, archive = Home(), QuietArchive()
    with pytest.raises(InputError):
        change_own_passphrase(home.a, archive, STRONG, "aino esimerkki")
    assert not hasattr(archive, "changed")
    change_own_passphrase(home.a, archive, "old", STRONG)
    assert archive.changed == (home.aino.id, "old", STRONG)
