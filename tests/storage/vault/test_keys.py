import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ArchiveError
from storage.vault import keys
from storage.vault.keys import KdfCost, Keys

DEK = bytes(range(32))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

pytestmark = pytest.mark.usefixtures("derived_anew")


def key_of(error):
    return error.value.key


def sealed(**changes):
    given_ = {"kind": "passphrase", "label": "aino", "worker_id": "w"} | changes
    return keys.seal_slot("archive", DEK, b"secret", KdfCost.FLOOR, **given_)


@pytest.fixture(scope="module")
def slot():
    return sealed()


# Argon2id ------------------------------------------------------------------------------------------------------------


def test_derive_is_argon2id_1_3_of_the_reference_command_line():
    # another way into the same library: the encoded hash of its high-level interface
    import base64

    from argon2 import PasswordHasher, Type

    salt = b"0123456789abcdef"
    encoded = PasswordHasher(3, 64 * 1024, 4, 32, 16, type=Type.ID).hash(b"passphrase", salt=salt)
    assert encoded.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    expected = base64.b64decode(encoded.rsplit("$", 1)[1] + "=")
    assert keys.derive(b"passphrase", salt, KdfCost.FLOOR) == expected


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(3, 4 * 1024 * 1024 + 1, 4),
        KdfCost(65, 64 * 1024, 4),
        KdfCost(64, 4 * 1024 * 1024, 4),
        KdfCost(3, 64 * 1024, 17),
        KdfCost(3, 64 * 1024, 0),
        KdfCost(2, 64 * 1024, 4),
        KdfCost(3, 64 * 1024 - 1, 4),
        KdfCost(10**30, 10**30, 10**30),
    ],
)
def test_absurd_cost_is_refused_before_it_runs(cost, monkeypatch):
    monkeypatch.setattr("argon2.low_level.hash_secret_raw", lambda *_: pytest.fail("it ran"))
    with pytest.raises(ArchiveError) as error:
        keys.derive(b"x", bytes(16), cost)
    assert key_of(error) == "kdf-absurd"


def test_too_little_memory_is_its_own_trouble(monkeypatch):
    from argon2.exceptions import HashingError

    def refuse(*_):
        raise HashingError("Memory allocation error")

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", refuse)
    with pytest.raises(ArchiveError) as error:
        keys.derive(b"x", bytes(16), KdfCost.FLOOR)
    assert key_of(error) == "not-enough-memory"
    assert keys.seconds_of(KdfCost.FLOOR) == float("inf")


def test_seconds_of_an_absurd_cost_is_refused_too():
    with pytest.raises(ArchiveError) as error:
        keys.seconds_of(KdfCost(65, 64 * 1024, 4))
    assert key_of(error) == "kdf-absurd"


def test_seconds_of_measures_a_real_derivation():
    assert 0.001 < keys.seconds_of(KdfCost.FLOOR) < 60


@given(st.floats(1e-5, 100))
def test_calibration_lands_in_its_range_where_the_computer_can(seconds_per_gib_pass):
    def measure(cost):
        return seconds_per_gib_pass * cost.passes * cost.memory_kib / (1024 * 1024)

    cost = keys.calibrated(measure)
    assert cost.checked() == cost
    at_floor = cost.memory_kib == KdfCost.FLOOR.memory_kib and cost.passes == KdfCost.FLOOR.passes
    assert measure(cost) >= keys.SHORTEST_S or cost.passes == KdfCost.MOST_PASSES
    assert measure(cost) <= keys.LONGEST_S or at_floor


def test_calibration_gives_up_memory_that_is_not_there():
    cost = keys.calibrated(lambda c: float("inf") if c.memory_kib > 100 * 1024 else 0.2)
    assert cost.memory_kib == KdfCost.FLOOR.memory_kib
    assert cost.passes > KdfCost.FLOOR.passes


# slots ---------------------------------------------------------------------------------------------------------------


def test_slot_opens_with_its_secret_only(slot):
    opened = keys.open_slot(slot, "archive", b"secret")
    assert opened == DEK
    with pytest.raises(ArchiveError) as error:
        keys.open_slot(slot, "archive", b"Secret")
    assert key_of(error) == "wrong-passphrase"
    assert len(slot.wrapped) == 48
    assert DEK not in slot.wrapped


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"kind": "recovery"},
        {"label": "leena"},
        {"worker_id": "other"},
        {"cost": KdfCost(4, 64 * 1024, 4)},
        {"cost": KdfCost(3, 64 * 1024, 3)},
        {"salt": bytes(16)},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
        {"wraps": "archive"},
    ],
)
def test_slot_with_anything_changed_does_not_open(slot, change):
    from dataclasses import replace

    with pytest.raises(ArchiveError) as error:
        keys.open_slot(replace(slot, **change), "archive", b"secret")
    assert key_of(error) == "wrong-passphrase"


def test_cost_is_vouched_for_and_not_only_used(slot, monkeypatch):
    # a cost changed in the file is refused even if the derived key were the same
    from dataclasses import replace

    fixed = keys.derive(b"secret", slot.salt, slot.cost)
    monkeypatch.setattr(keys, "derive", lambda *_: fixed)
    assert keys.open_slot(slot, "archive", b"secret") == DEK
    with pytest.raises(ArchiveError):
        keys.open_slot(replace(slot, cost=KdfCost(4, 64 * 1024, 4)), "archive", b"secret")
    with pytest.raises(ArchiveError):
        keys.open_slot(slot, "another archive", b"secret")


def test_two_slots_of_one_secret_have_nothing_in_common(slot):
    other = sealed()
    assert {other.id, other.salt, other.nonce, other.wrapped}.isdisjoint({slot.id, slot.salt, slot.nonce, slot.wrapped})


def test_passphrase_is_the_same_however_an_umlaut_is_typed():
    assert keys.passphrase_secret("a\u0308iti ja lapsi") == keys.passphrase_secret("\u00e4iti ja lapsi")
    assert keys.passphrase_secret("Aiti") != keys.passphrase_secret("aiti")


# subkeys -------------------------------------------------------------------------------------------------------------


def test_subkeys_are_rfc_5869_and_all_different():
    import hashlib
    import hmac

    held = Keys("s", "w", bytearray(DEK))
    extracted = hmac.digest(bytes(32), DEK, hashlib.sha256)
    expected = {
        name: hmac.digest(extracted, f"havainto/1/{name}".encode() + b"\x01", hashlib.sha256)
        for name in ("database", "media", "audit", "backup", "key-file")
    }
    assert held.database == expected["database"]
    assert held.media == expected["media"]
    assert held.audit == expected["audit"]
    assert held.backup == expected["backup"]
    assert held.subkey("key-file") == expected["key-file"]
    assert len(set(expected.values())) == 5


def test_wiped_keys_give_nothing_and_say_locked():
    memory = bytearray(DEK)
    held = Keys("s", "w", memory)
    held.wipe()
    assert memory == b""
    for ask in (lambda: held.database, lambda: held.media, held.dek):
        with pytest.raises(ArchiveError) as error:
            ask()
        assert key_of(error) == "locked"
    held.wipe()


def test_keys_are_not_printed():
    assert "_dek" not in repr(Keys("s", "w", bytearray(DEK)))


# recovery code -------------------------------------------------------------------------------------------------------


def test_recovery_code_has_its_printed_shape():
    codes = {keys.new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert len(code) == 41
        assert [len(group) for group in code.split("-")] == [4] * 8 + [1]
        assert set(code) <= set(ALPHABET + "-")
        assert keys.parse_recovery_code(code) == code


def test_check_character_is_crockfords(monkeypatch):
    monkeypatch.setattr(os, "urandom", lambda n: bytes(n - 2) + (1234).to_bytes(2))
    # 1234 is "16J" in Crockford's own notation and 1234 mod 37 = 13 is D
    assert keys.new_recovery_code() == "0000-0000-0000-0000-0000-0000-0000-016J-D"


def printed(number):
    digits = ""
    for _ in range(32):
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    check = sum(ALPHABET.index(d) * 32 ** (31 - i) for i, d in enumerate(digits)) % 37
    return "-".join([digits[i : i + 4] for i in range(0, 32, 4)] + [ALPHABET[check]])


CODES = st.integers(0, 2**160 - 1).filter(lambda number: number % 37 < 32).map(printed)


@given(CODES, st.data())
def test_recovery_code_is_read_as_people_write_it(code, data):
    written = "".join(
        data.draw(st.sampled_from({"0": "0Oo", "1": "1IiLl"}.get(c, c + c.lower())))
        + data.draw(st.sampled_from(["", "", " ", "\u2013", "\n"]))
        for c in code
    )
    assert keys.parse_recovery_code("  " + written) == code
    assert keys.recovery_secret(written) == code.replace("-", "").encode()


@given(CODES, st.data())
def test_every_single_typo_and_every_swap_of_neighbors_is_found(code, data):
    code = list(code.replace("-", ""))
    at = data.draw(st.integers(0, 32))
    other = data.draw(st.sampled_from(ALPHABET))
    wrong = code.copy()
    if data.draw(st.booleans()):
        wrong[at] = other
    else:
        before = max(at - 1, 0)
        wrong[at], wrong[before] = wrong[before], wrong[at]
    if wrong == code:
        assert keys.parse_recovery_code("".join(wrong)).replace("-", "") == "".join(code)
        return
    with pytest.raises(ArchiveError) as error:
        keys.parse_recovery_code("".join(wrong))
    assert key_of(error) == "recovery-code-mistyped"


@pytest.mark.parametrize("typed", ["", "0", "U" * 33, "0" * 32, "0" * 34, "ä" * 33, "-" * 41])
def test_what_is_no_code_is_mistyped(typed):
    with pytest.raises(ArchiveError) as error:
        keys.parse_recovery_code(typed)
    assert key_of(error) == "recovery-code-mistyped"
