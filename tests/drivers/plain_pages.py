"""What a program with an archive's key finds in its files: every page of database and log decrypted, used or not.

SQLCipher 4 with a raw key: pages of 4096 bytes, AES-256-CBC, of which the last 80 bytes are the vector and the seal.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    begin = SALT if first else 0
    vector = page[PAGE - RESERVED :][:16]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[begin : PAGE - RESERVED]) + cipher.finalize()


def plain_pages(database: Path, key: bytes) -> bytes:
    """The whole file, page after page."""
    content = database.read_bytes()
    assert len(content) % PAGE == 0
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    plain = [_plain(page, key, first=number == 0) for number, page in enumerate(pages)]
    # the schema's own words are on the first page: what follows is really decrypted
    assert b"sqlite" in plain[0] or b"CREATE" in b"".join(plain)
    return b"".join(plain)


def plain_log(log: Path, key: bytes) -> bytes:
    """Every frame of the log beside it, also of steps that are long in the file."""
    content = log.read_bytes() if log.exists() else b""
    found = []
    for at in range(LOG_HEADER, len(content), FRAME_HEADER + PAGE):
        number = int.from_bytes(content[at : at + 4], "big")
        page = content[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        if len(page) == PAGE:
            found.append(_plain(page, key, first=number == 1))
    return b"".join(found)


def everything(folder: Path, key: bytes) -> bytes:
    """What the archive's database holds on the disk now, in clear."""
    database = folder / "archive.db"
    return plain_pages(database, key) + plain_log(database.with_name("archive.db-wal"), key)
