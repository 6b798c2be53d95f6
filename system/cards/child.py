"""The process that speaks with one driver: one question on its input, one answer on its output, and it ends.

A driver is foreign code that may hang, die or write what it likes: here it does so alone. What is asked may hold a PIN;
it comes on the input, is handed to the driver, and goes with the process.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from typing import Any

import pkcs11
from pkcs11 import exceptions as refusals

from system import core_dumps

#: what stands before a SHA-256 hash in a PKCS#1 v1.5 signature, for cards that do not hash themselves
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
_GONE = (
    refusals.TokenNotPresent,
    refusals.TokenNotRecognised,
    refusals.DeviceRemoved,
    refusals.SessionHandleInvalid,
    refusals.SessionClosed,
    refusals.NoSuchToken,
    refusals.SlotIDInvalid,
)
#: what is said of a wrong PIN, by the card's own flags; many cards say nothing
_TRIES = (("locked", "card-pin-locked"), ("last_try", "card-pin-last"), ("tries_low", "card-pin-more"))
_REFUSED = (
    (refusals.PinLocked, "card-pin-locked"),
    (refusals.PinLenRange, "card-pin-length"),
    (refusals.PinInvalid, "card-pin-length"),
    (refusals.PinExpired, "card-pin-expired"),
    (refusals.UserPinNotInitialized, "card-pin-new"),
    (refusals.FunctionCancelled, "card-cancelled"),
    (refusals.NoSuchKey, "card-no-key"),
    (refusals.MultipleObjectsReturned, "card-no-key"),
)


def look(driver: str) -> dict[str, Any]:
    """What readers and cards the driver sees, and every certificate on them."""
    library = pkcs11.lib(driver)
    slots = library.get_slots()
    tokens = []
    for slot in slots:
        try:
            token = slot.get_token()
            if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED:
                tokens.append(_token(token))
        except _GONE:
            continue  # a reader without a card, or a card that was pulled out meanwhile
    return {"readers": len(slots), "tokens": tokens}


def _token(token: Any) -> dict[str, Any]:
    found = []
    with token.open() as session:
        for one in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
            value, key_id = one[pkcs11.Attribute.VALUE], one[pkcs11.Attribute.ID]
            found.append({"id": bytes(key_id).hex(), "certificate": base64.b64encode(bytes(value)).decode()})
    return {"label": token.label, "serial": _serial(token), "certificates": found, **_pin(token)}


def _serial(token: Any) -> str:
    return bytes(token.serial).hex()


def _pin(token: Any) -> dict[str, bool]:
    """What the card says of its PIN: whether a wrong one was given, whether one try is left, or none."""
    flags, known = token.flags, pkcs11.TokenFlag
    return {
        "tries_low": bool(flags & known.USER_PIN_COUNT_LOW),
        "last_try": bool(flags & known.USER_PIN_FINAL_TRY),
        "locked": bool(flags & known.USER_PIN_LOCKED),
        "own_keys": bool(flags & known.PROTECTED_AUTHENTICATION_PATH),
    }


def sign(asked: dict[str, Any]) -> dict[str, Any]:
    """A signature by the key that was asked for, with SHA-256; of a curve both numbers in a row, as it comes."""
    library = pkcs11.lib(asked["driver"])
    token = next((t for t in library.get_tokens() if (t.label, _serial(t)) == (asked["label"], asked["token"])), None)
    if token is None:
        return {"refused": "card-taken-out"}
    if token.flags & pkcs11.TokenFlag.USER_PIN_LOCKED:
        return {"refused": "card-pin-locked"}
    pin = pkcs11.types.PROTECTED_AUTH if asked["own_keys"] else asked["pin"]
    try:
        return {"signature": base64.b64encode(_signed(token, pin, asked)).decode()}
    except refusals.PinIncorrect:
        told = _pin(token)
        return {"refused": next((key for flag, key in _TRIES if told[flag]), "card-pin-wrong")}


def _signed(token: Any, pin: Any, asked: dict[str, Any]) -> bytes:
    data = base64.b64decode(asked["data"])
    with token.open(user_pin=pin) as session:
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, id=bytes.fromhex(asked["key_id"]))
        again = {"pin": asked["pin"]} if _asks_each_time(key) and not asked["own_keys"] else {}
        if key.key_type == pkcs11.KeyType.EC:
            return bytes(key.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA, **again))
        hashing = pkcs11.Mechanism.SHA256_RSA_PKCS
        if hashing in token.slot.get_mechanisms():
            return bytes(key.sign(data, mechanism=hashing, **again))
        hashed = _SHA256 + hashlib.sha256(data).digest()
        return bytes(key.sign(hashed, mechanism=pkcs11.Mechanism.RSA_PKCS, **again))


def _asks_each_time(key: Any) -> bool:
    """Whether the card wants the PIN once more for this very signature, as for the signing keys of official cards."""
    try:
        return bool(key[pkcs11.Attribute.ALWAYS_AUTHENTICATE])
    except refusals.AttributeTypeInvalid:
        return False


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to a question; a refusal of the driver is one, with its key or the name of its kind."""
    try:
        return look(asked["driver"]) if asked["do"] == "look" else sign(asked)
    except _GONE:
        return {"refused": "card-taken-out"}
    except refusals.PKCS11Error as error:
        known = next((key for kind, key in _REFUSED if isinstance(error, kind)), "card-failed")
        return {"refused": known, "code": type(error).__name__}
    except RuntimeError:  # the library is none, or of another processor
        return {"refused": "card-driver-bad"}


def main() -> None:
    core_dumps.leave_none()  # a PIN is on its way
    asked = json.loads(sys.stdin.readline())
    # what a driver writes goes nowhere: the answer keeps the channel for itself
    channel = os.dup(1)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  the null device is no path of ours
        os.dup2(nowhere.fileno(), 1)
    with os.fdopen(channel, "w", encoding="utf-8") as out:
        out.write(json.dumps(answered(asked)) + "\n")
        out.flush()
        os._exit(0)  # some drivers hang when they are unloaded


if __name__ == "__main__":
    main()
