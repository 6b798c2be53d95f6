"""Cards are asked in processes of their own: a software card signs, and every trouble of a card has its own word."""

import logging
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from app.errors import SigningError
from app.ports.signing import CardsSeen
from system.cards import child, drivers
from system.cards.card_reader import CardReader
from tests.material.signing_keys import authority, signer
from tests.material.soft_card import PIN, soft_card


@pytest.fixture
def card(tmp_path, monkeypatch):
    monkeypatch.setattr(drivers, "_KNOWN", {})
    return soft_card(tmp_path / "reader", monkeypatch)


def refused(key: str, of, pin: str = PIN, reader: CardReader | None = None) -> None:
    with pytest.raises(SigningError, match=f"^{key}$"):
        (reader or CardReader()).key(of, pin).sign(b"what is signed")


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_card_is_seen_and_signs(card, kind) -> None:
    key = signer("Aino Esimerkki", kind=kind)
    card.put(key)
    seen = CardReader().look(card.driver)
    assert (seen.tokens, seen.silent) == (1, ())
    (one,) = seen.certificates
    assert (one.certificate, one.label, one.chain) == (key.der, "allekirjoitus", (authority().der,))
    assert (one.locked, one.own_keys) == (False, False)
    made = CardReader().key(one, PIN).sign(b"what is signed")
    public = key.certificate.public_key()
    if kind == "rsa":
        public.verify(made, b"what is signed", PKCS1v15(), SHA256())
    else:
        public.verify(made, b"what is signed", ECDSA(SHA256()))


def test_a_wrong_pin_is_said_and_the_right_one_signs_afterwards(card) -> None:
    card.put(signer("Aino Esimerkki"))
    (one,) = CardReader().look(card.driver).certificates
    refused("card-pin-wrong", one, "000000")
    assert CardReader().key(one, PIN).sign(b"x")


def test_a_card_that_was_taken_out_is_said(card) -> None:
    card.put(signer("Aino Esimerkki"))
    (one,) = CardReader().look(card.driver).certificates
    card.take_out()
    refused("card-taken-out", one)
    assert CardReader().look(card.driver).certificates == ()


def test_without_a_driver_or_a_card_nothing_is_there(card) -> None:
    assert CardReader().look("") == CardsSeen()
    assert CardReader().look("/nowhere/at-all.so") == CardsSeen()
    seen = CardReader().look(card.driver)
    assert (len(seen.drivers), seen.tokens, seen.certificates) == (1, 0, ())


def test_a_file_that_is_no_driver_is_one_without_cards(card, tmp_path) -> None:
    bad = tmp_path / "driver.so"
    bad.write_bytes(b"no library")
    seen = CardReader().look(str(bad))
    assert (seen.bad, seen.certificates, seen.silent) == ((bad,), (), ())


def test_a_driver_that_hangs_is_left_after_its_time(card) -> None:
    reader = CardReader(look=0.5, sign=0.5, module="tests.stand_ins.hanging_card")
    card.put(signer("Aino Esimerkki"))
    (one,) = CardReader().look(card.driver).certificates
    begun = time.monotonic()
    assert reader.look(card.driver).silent == (Path(card.driver),)
    refused("card-driver-silent", one, PIN, reader)
    assert 1 <= time.monotonic() - begun < 8


def test_the_pin_is_in_no_log_no_command_and_no_word_about_the_key(card, monkeypatch, caplog) -> None:
    card.put(signer("Aino Esimerkki"))
    (one,) = CardReader().look(card.driver).certificates
    began, run = [], __import__("subprocess").run
    monkeypatch.setattr("subprocess.run", lambda *a, **k: (began.append((a, k.get("env"))), run(*a, **k))[1])
    with caplog.at_level(logging.DEBUG):
        key = CardReader().key(one, PIN)
        key.sign(b"x")
    assert len(began) == 1
    assert PIN not in f"{began}{caplog.text}{key!r}"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("PinLocked", "card-pin-locked"),
        ("PinLenRange", "card-pin-length"),
        ("PinExpired", "card-pin-expired"),
        ("UserPinNotInitialized", "card-pin-new"),
        ("FunctionCancelled", "card-cancelled"),
        ("NoSuchKey", "card-no-key"),
        ("DeviceRemoved", "card-taken-out"),
        ("GeneralError", "card-failed"),
    ],
)
def test_what_a_driver_refuses_has_a_word(monkeypatch, kind, told) -> None:
    """A software card cannot be in every trouble: the driver's own words are given instead."""

    def refuse(_driver):
        raise getattr(child.refusals, kind)

    monkeypatch.setattr(child.pkcs11, "lib", refuse)
    assert child.answered({"do": "look", "driver": "x"})["refused"] == told


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (0, "card-pin-wrong"),
        (child.pkcs11.TokenFlag.USER_PIN_COUNT_LOW, "card-pin-more"),
        (child.pkcs11.TokenFlag.USER_PIN_FINAL_TRY, "card-pin-last"),
    ],
)
def test_how_many_tries_are_left_is_what_the_card_says(monkeypatch, flags, told) -> None:
    class Token:
        label, serial, slot = "x", b"\1", None
        flags = child.pkcs11.TokenFlag(0)

        def open(self, **_about):
            Token.flags = child.pkcs11.TokenFlag(flags)
            raise child.refusals.PinIncorrect

    class Library:
        def get_tokens(self):
            return iter([Token()])

    monkeypatch.setattr(child.pkcs11, "lib", lambda _driver: Library())
    asked = {"do": "sign", "driver": "x", "label": "x", "token": "01", "key_id": "01", "pin": "1", "own_keys": False}
    assert child.answered(asked | {"data": ""})["refused"] == told
