"""Partners on other computers: whose key counts, and that a person is a key and no name."""

import pytest

from app.door import Door
from app.errors import InputError, NotAllowed
from app.i18n import Texts
from app.model.partner_key import PartnerKey
from app.model.people import Worker
from app.model.receiving_key import encoded, fingerprint
from app.office.workers import add_worker
from app.packages.partners import add_partner, end_key, namesakes, partners, replace_key
from tests.material.house import Home, QuietArchive

TEXTS = Texts("en")
OWN, LEENA, OTHER = (encoded("age", bytes([n]) * 32) for n in range(3))


def heard(key: str) -> str:
    return " ".join(fingerprint(key))


@pytest.fixture
def home(qapp):
    return Home("en")


@pytest.fixture
def door(home):
    return Door(home.a)


def refused(call, *args) -> str:
    with pytest.raises(InputError) as caught:
        call(*args)
    return caught.value.key


def test_a_key_counts_only_after_its_digits_were_heard(door) -> None:
    before = door.store.find(Worker)
    assert refused(add_partner, door, TEXTS, OWN, "Leena", LEENA, heard(OTHER)) == "fingerprint-differs"
    assert refused(add_partner, door, TEXTS, OWN, "Leena", LEENA, "") == "fingerprint-differs"
    assert refused(add_partner, door, TEXTS, OWN, " ", LEENA, heard(LEENA)) == "partner-name-missing"
    assert refused(add_partner, door, TEXTS, OWN, "Leena", OWN, heard(OWN)) == "receiving-key-own"
    assert (partners(door.store), door.store.find(Worker)) == ((), before)
    made = add_partner(door, TEXTS, OWN, " Leena ", f"avain: {LEENA}", heard(LEENA))
    (found,) = partners(door.store)
    assert (found.person.name, found.key, found.earlier) == ("Leena", made, ())
    assert refused(add_partner, door, TEXTS, OWN, "Leena", LEENA, heard(LEENA)) == "partner-key-known"


def test_two_of_one_name_are_two(door) -> None:
    one = add_partner(door, TEXTS, OWN, "Leena", LEENA, heard(LEENA))
    two = add_partner(door, TEXTS, OWN, "leena", OTHER, heard(OTHER))
    assert one.person_id != two.person_id
    assert len(namesakes(door.store, "LEENA ")) == len(partners(door.store)) == 2


def test_a_changed_key_is_the_same_persons_and_the_one_before_counts_no_more(door) -> None:
    add_partner(door, TEXTS, OWN, "Leena", LEENA, heard(LEENA))
    (before,) = partners(door.store)
    assert refused(replace_key, door, TEXTS, OWN, before, OTHER, heard(LEENA)) == "fingerprint-differs"
    replace_key(door, TEXTS, OWN, before, OTHER, heard(OTHER))
    (after,) = partners(door.store)
    assert (after.person, after.key.receiving_key) == (before.person, OTHER)
    assert [key.receiving_key for key in after.earlier] == [LEENA]
    assert all(key.ended is not None for key in after.earlier)
    end_key(door, TEXTS, after)
    assert partners(door.store) == ()
    with pytest.raises(NotAllowed):
        end_key(door, TEXTS, after.__class__(after.person, after.earlier[0]))


def test_a_colleagues_partner_is_the_same_person_here(home, door) -> None:
    one = add_partner(door, TEXTS, OWN, "Leena", LEENA, heard(LEENA))
    colleagues = Door(home.b)
    two = add_partner(colleagues, TEXTS, OTHER, "Leena K.", LEENA, heard(LEENA))
    assert one.person_id == two.person_id
    assert [p.key for p in partners(home.b)] == [two]
    other = add_partner(colleagues, TEXTS, "", "Oona", OTHER, heard(OTHER))
    assert other.person_id != one.person_id
    (mine,) = partners(home.a)
    assert refused(replace_key, door, TEXTS, OWN, mine, OTHER, heard(OTHER)) == "partner-key-known"


def test_a_new_worker_never_becomes_a_partner_of_the_same_name(door) -> None:
    made = add_partner(door, TEXTS, OWN, "Leena", LEENA, heard(LEENA))
    added = add_worker(door, QuietArchive(), TEXTS, "Leena", "leenan oma pitkä lause")
    assert added.worker.id != made.person_id
    assert door.store.find(PartnerKey, person_id=added.worker.id) == ()
