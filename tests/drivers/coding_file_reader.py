"""A second reader of sealed codings, written from their description alone: nothing of the program is imported.

From a worker's own key and the clear row of the archive to the rows of the file. AES-GCM and HKDF are `cryptography`'s,
the database is SQLCipher's own.
"""

import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

#: the columns that are committed to, in the order of the table
COLUMNS = {
    "coding": "id meeting_id coder scheme_id scheme_version instrument_id instrument_version state covered ready_at "
    "checksum in_passes passes chosen kind reading",
    "observation": 'id coding_id code person start "end" open modifiers note how pressed seen_on seen_at',
    "mark": "id coding_id kind at text",
    "rating": "id coding_id item value reason evidence segment_id",
    "bookmark": "id coding_id at word color",
}
BOOLEANS = {"in_passes", "open"}


def hkdf(key: bytes, info: str) -> bytes:
    return HKDF(SHA256(), 32, None, info.encode()).derive(key)


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def coding_key(worker_key: bytes, wrapped: bytes, archive_id: str, coding_id: str, coder: str) -> bytes:
    """What the row's wrapped key holds for its coder."""
    bound = compact(["havainto", 2, "coding", archive_id, coding_id, coder])
    return AESGCM(hkdf(worker_key, "havainto/2/worker/wrap")).decrypt(wrapped[:12], wrapped[12:], bound)


def opened(path: Path, raw_key: bytes) -> dbapi2.Connection:
    """A SQLCipher database under a raw key."""
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection


def opened_coding(path: Path, key: bytes) -> dbapi2.Connection:
    """A coding's file, by the coding's key."""
    return opened(path, hkdf(key, "havainto/2/coding/file"))


def commitment(connection: dbapi2.Connection, key: bytes) -> bytes:
    """What vouches for all that will be released."""
    lines = []
    for table, columns in COLUMNS.items():
        names = columns.split()
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id"):
            values = [bool(v) if n in BOOLEANS else v for n, v in zip(names, row, strict=True)]
            lines.append(compact([table, *values]))
    return hmac.digest(hkdf(key, "havainto/2/coding/commitment"), b"\n".join(lines), "sha256")


def chain_end(connection: dbapi2.Connection, key: bytes, archive_id: str, coding_id: str) -> tuple[int, bytes]:
    """The number and MAC of the log's last row, every row proven on the way."""
    log_key = hkdf(key, "havainto/2/coding/log")
    previous, number = hmac.digest(b"havainto-audit-1", f"{archive_id}/{coding_id}".encode(), "sha256"), 0
    for row in connection.execute("SELECT * FROM audit ORDER BY n"):
        *values, prev, mac = row
        number += 1
        assert values[0] == number
        assert prev == previous
        assert mac == hmac.digest(log_key, prev + compact(values), "sha256")
        previous = mac
    return number, previous


def memo_entry(worker_key: bytes, coding_id: str, rows: int, mac: bytes, step: int) -> bytes:
    """What stands for a file in its worker's memo."""
    return hmac.digest(
        hkdf(worker_key, "havainto/2/worker/files"), compact([coding_id, rows, mac.hex(), step]), "sha256"
    )


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
