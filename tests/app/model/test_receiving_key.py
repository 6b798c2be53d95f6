"""Receiving keys as text: as `age` writes and reads them, and the digits that two people compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.model.receiving_key import MOST_CHARACTERS, decoded, encoded, fingerprint, is_fingerprint, key_in

KEY = encoded("age", bytes(range(32)))


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        key_in(text)
    return caught.value.key


def test_frozen_text_and_digits() -> None:
    """Two programs of different ages must say the same digits."""
    assert KEY == "age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0savhh7m"
    assert fingerprint(KEY) == ("80555", "26449", "48793", "07576", "65355", "42255")


def test_it_is_what_age_makes_and_reads() -> None:
    import pyrage

    made = pyrage.x25519.Identity.generate()
    key = str(made.to_public())
    assert encoded("age", decoded("age", key)) == key == key_in(key)
    assert encoded("age-secret-key-", decoded("age-secret-key-", str(made))).upper() == str(made)
    assert str(pyrage.x25519.Recipient.from_str(KEY)) == KEY


@given(st.binary(max_size=80), st.sampled_from(["age", "age-secret-key-"]))
def test_what_is_written_is_read(content, prefix) -> None:
    text = encoded(prefix, content)
    assert decoded(prefix, text) == content == decoded(prefix, text.upper())
    assert decoded("other", text) is None


@given(st.binary(min_size=32, max_size=32), st.integers(4, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7lbio1"))
def test_one_wrong_character_is_always_found(content, place, letter) -> None:
    key = encoded("age", content)
    typed = key[:place] + letter + key[place + 1 :]
    if typed != key:
        assert decoded("age", typed) is None
        assert refused(typed) == "receiving-key-mistyped"


@given(st.text(max_size=200))
def test_any_text_is_answered(text) -> None:
    decoded("age", text)
    assert not is_fingerprint(text, KEY) or text


def test_a_key_is_found_among_words() -> None:
    assert key_in(f"Hei,\n tässä avaimeni:\n{KEY.upper()}\n{KEY}\nT. Leena") == KEY
    assert refused("ei mitään") == refused(KEY[:-1]) == refused(KEY + "q") == "receiving-key-missing"
    assert refused(f"{KEY} {encoded('age', bytes(32))}") == "receiving-keys-many"
    assert refused(KEY + " " * MOST_CHARACTERS) == "receiving-key-missing"


def test_digits_are_compared_as_they_are_typed() -> None:
    said = fingerprint(KEY)
    assert len(said) == 6
    assert all(len(group) == 5 and group.isdecimal() for group in said)
    assert is_fingerprint(" ".join(said), KEY)
    assert is_fingerprint("-".join(said) + "\n", KEY)
    assert not is_fingerprint("", KEY)
    assert not is_fingerprint(" ".join(said[:-1]), KEY)
    assert not is_fingerprint(" ".join(said), encoded("age", bytes(32)))
