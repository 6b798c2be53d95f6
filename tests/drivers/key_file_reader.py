"""A second reader of key file version 2, written from its description alone: nothing of the program is imported.

X25519 is RFC 7748's ladder in plain integers, HKDF is RFC 5869 over the standard library's HMAC; Argon2id and AES-GCM
are the libraries' own.
"""

import hashlib
import hmac
import json
import struct
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_P = 2**255 - 19


def x25519(scalar: bytes, point: bytes = (9).to_bytes(32, "little")) -> bytes:
    """RFC 7748, section 5."""
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = (k[31] & 127) | 64
    u = int.from_bytes(point, "little") & ((1 << 255) - 1)
    x2, z2, x3, z3, swapped = 1, 0, u, 1, 0
    for place in reversed(range(255)):
        bit = k[place // 8] >> (place % 8) & 1
        if bit != swapped:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swapped = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % _P, b * b % _P, d * a % _P, c * b % _P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % _P, u * (da - cb) ** 2 % _P
        x2, z2 = aa * bb % _P, e * (aa + 121665 * e) % _P
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, _P - 2, _P) % _P).to_bytes(32, "little")


def hkdf(key: bytes, salt: bytes, info: str) -> bytes:
    """32 bytes; RFC 5869."""
    prk = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(prk, info.encode() + b"\x01", "sha256")


def bound(*texts: str) -> bytes:
    return _compact(["havainto", 2, *texts])


def open_sealed(worker_key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What was sealed to a worker's public key."""
    private = hkdf(worker_key, b"", "havainto/2/worker/x25519")
    sender, inner = sealed[:32], sealed[32:]
    k = hkdf(x25519(private, sender), sender + x25519(private), "havainto/2/seal")
    return AESGCM(k).decrypt(bytes(12), inner, aad)


def unwrap(worker_key: bytes, wrapped: bytes, aad: bytes) -> bytes:
    """What a worker wrapped for themselves."""
    key = hkdf(worker_key, b"", "havainto/2/worker/wrap")
    return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], aad)


def read(content: bytes, name: str, secret: str) -> dict:
    """A key file opened as a worker: the worker's key, the archive's, state and memo. Raises on anything amiss."""
    line, said_sum = content.split(b"\n")[:2]
    assert said_sum == b"sha256:" + hashlib.sha256(line).hexdigest().encode()
    said = json.loads(line)
    assert (said["format"], said["version"]) == ("havainto-archive", 2)
    slot = next(s for s in said["slots"] if s["kind"] == "passphrase" and s["label"] == name)
    worker_key = _open_slot(said["archive"], slot, unicodedata.normalize("NFC", secret).encode())
    entry = next(w for w in said["workers"] if w["worker"] == slot["worker"])
    public = x25519(hkdf(worker_key, b"", "havainto/2/worker/x25519"))
    assert public.hex() == entry["public"]
    ids = (said["archive"], slot["worker"])
    dek = open_sealed(worker_key, bytes.fromhex(entry["archive_key"]), bound("archive-key", *ids))
    mac = said.pop("mac")
    assert mac == hmac.digest(hkdf(dek, b"", "havainto/1/key-file"), _compact(said), "sha256").hex()
    state = _decrypted(hkdf(dek, b"", "havainto/1/key-file-state"), said["state"], bound("state", said["archive"]))
    memo = _decrypted(hkdf(worker_key, b"", "havainto/2/worker/memo"), entry["memo"], bound("memo", *ids))
    return {
        "worker_key": worker_key,
        "dek": dek,
        "state": struct.unpack("<QQ32s", state),
        "memo": struct.unpack("<Q32s24x", memo),
    }


def _open_slot(archive: str, slot: dict, secret: bytes) -> bytes:
    kdf, salt = slot["kdf"], bytes.fromhex(slot["salt"])
    cost = (kdf["passes"], kdf["memory_kib"], kdf["lanes"])
    key = hash_secret_raw(secret, salt, *cost, 32, Type.ID)
    assert slot["wraps"] == "worker"
    said = [archive, slot["id"], slot["kind"], slot["label"], slot["worker"]]
    aad = _compact(["havainto-slot", 2, *said, "argon2id", 19, *cost, slot["salt"]])
    return AESGCM(key).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), aad)


def _decrypted(key: bytes, content: str, aad: bytes) -> bytes:
    raw = bytes.fromhex(content)
    return AESGCM(key).decrypt(raw[:12], raw[12:], aad)


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
