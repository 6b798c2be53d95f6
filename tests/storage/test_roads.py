"""Every road to the other's draft that was ever found, walked by a program: none of them leads there.

The program has whatever the other worker has: their passphrase and recovery code, the archive's key, copies of the
folder and of the backups.
"""

import shutil
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlcipher3 import dbapi2

from app.errors import AppError, NotAllowed
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingState
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.identity import new_id
from app.model.observation import Observation
from storage.archive import ArchiveDoorway
from storage.codings.choices import SealedChoices
from storage.store.clip_rules import ClipRules
from storage.vault import coding_keys, key_file, key_seals, sign_ins
from storage.vault.keys import KdfCost
from tests.drivers import coding_file_reader as reader
from tests.material.open_copy import copied_while_open
from tests.material.pair_folder import AINO, LEENA, SECRETS, Folder

MIB = 1 << 20
WORDS = (b"CANARY", b"CANARYcode", b"CANARY-impression")


@pytest.fixture
def door():
    return ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(door, tmp_path):
    return Folder(door, tmp_path / "archive")


def keys_that_leena_has(place):
    """Every key that comes of Leena's passphrase."""
    vault = key_file.load(place).vault
    keys = sign_ins.unlock(vault, LEENA, SECRETS[LEENA])
    raw = [keys.database, keys.backup, keys.media, keys.audit, keys.dek(), keys.own()]
    return vault, keys, [*raw, *map(coding_keys.file_key, raw)]


def everything_in(connection) -> bytes:
    """All values of all tables, unpacked where they are packed."""
    said = []
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            for value in row:
                content = value if isinstance(value, bytes) else str(value).encode()
                said.append(content)
                try:
                    said.append(zlib.decompress(content))
                except zlib.error:
                    continue
    return b"\0".join(said)


def read_all(place) -> tuple[bytes, int]:
    """What a program with Leena's keys reads in every file below a folder, and how many databases opened."""
    _, _, raw = keys_that_leena_has(place)
    said, databases = [], 0
    for path in sorted(p for p in place.rglob("*") if p.is_file()):
        said.append(path.read_bytes())
        for key in raw:
            try:
                connection = reader.opened(path, key)
            except dbapi2.Error:
                continue
            said.append(everything_in(connection))
            connection.close()
            databases += 1
    return b"\0".join(said), databases


def no_word_of_hers(place, head) -> None:
    said, databases = read_all(place)
    assert databases == 1, "the archive's database, and no other"
    assert [word for word in WORDS if word in said] == []
    assert (place / "codings" / f"{head.id}.db").stat().st_size == 4 * MIB


@pytest.mark.parametrize("is_ready", [False, True])
def test_a_program_with_the_archives_key_finds_nothing_in_a_copy_or_a_backup(folder, tmp_path, is_ready) -> None:
    folder.chosen(AINO)
    head = folder.coded(AINO, many=7)
    if is_ready:
        folder.ready(AINO, head)
    opened = folder.open(LEENA)
    (tmp_path / "usb").mkdir()
    name = opened.archive.backup(tmp_path / "usb", lambda _: None, lambda: False)
    copied_while_open(folder.place, tmp_path / "copied while open")
    opened.archive.close()
    shutil.copytree(folder.place, tmp_path / "copied")
    for place in (tmp_path / "copied while open", tmp_path / "copied", tmp_path / "usb" / name):
        no_word_of_hers(place, head)


def test_a_moment_that_an_older_program_left_in_the_clear_is_nowhere_after_its_choosers_sign_in(
    folder, monkeypatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(SealedChoices, "sealed_part", lambda *_: {})
        older.setattr(ClipRules, "check_words", lambda *_: None)
        clip = folder.chosen(AINO)
        opened = folder.open(LEENA)
        (said,), (talk,) = opened.store.find(ClipWords), opened.store.find(FeedbackTalk)
        opened.store.apply("n", [Change(said, titled := replace(said, title=clip.title))])
        opened.archive.close()
    with_notes = b'"notes":"CANARY"'
    assert all(word in read_all(folder.place)[0] for word in (b"CANARY-title", b"canary"))
    opened = folder.open(AINO)
    assert folder.told(opened) == ["moments-moved"]
    assert opened.store.find(Clip) == (clip,)
    assert [e.label for e in opened.store.history(clip.id)] == ["CANARY"]
    assert opened.store.get(ClipWords, titled.id) == said
    assert opened.store.get(FeedbackTalk, talk.id) == talk
    opened.archive.close()
    told, databases = read_all(folder.place)
    assert databases == 1
    assert [word for word in (b"CANARY-", b"canary", with_notes) if word in told] == []
    opened = folder.open(AINO)
    assert folder.told(opened) == []
    opened.archive.close()


def test_the_wrapped_key_opens_for_nobody_else(folder) -> None:
    head = folder.coded(AINO)
    vault, keys, _ = keys_that_leena_has(folder.place)
    connection = reader.opened(folder.place / "archive.db", keys.database)
    ((wrapped,),) = connection.execute("SELECT wrapped_key FROM sealed_coding").fetchall()
    connection.close()
    with pytest.raises(AppError):
        coding_keys.unwrapped(keys, vault.archive_id, head.id, wrapped)


def test_twice_as_much_looks_the_same(folder) -> None:
    """Size, name, time, and every clear value of the row: nothing counts."""
    few, many = folder.coded(AINO, many=2), folder.coded(LEENA, many=90)
    _, keys, _ = keys_that_leena_has(folder.place)
    connection = reader.opened(folder.place / "archive.db", keys.database)
    rows = connection.execute("SELECT state, step, released, length(wrapped_key), commitment FROM sealed_coding")
    assert len(set(rows.fetchall())) == 1
    counts = connection.execute("SELECT count(*) FROM journal WHERE coding_id IN (?, ?)", (few.id, many.id))
    assert counts.fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM audit WHERE coding_id <> ''").fetchone() == (0,)
    connection.close()
    assert {p.stat().st_size for p in (folder.place / "codings").iterdir()} == {4 * MIB}


def test_the_others_recovery_code_opens_the_others_own(door, folder) -> None:
    folder.coded(AINO)
    opened = folder.open(LEENA)
    code = opened.archive.make_recovery_code()
    assert opened.archive.confirm_recovery_code(code)
    opened.archive.close()
    with pytest.raises(AppError):
        door.recover(folder.place, AINO, code, "lause joka ei avaa mitään")
    (folder.place / "tries").unlink(missing_ok=True)
    opened = door.recover(folder.place, LEENA, code, "leenan seuraava lause")
    assert opened.store.find(Observation) == () == opened.store.find(CodingHeader)
    opened.archive.close()


def test_an_empty_coding_marked_as_ready_opens_nothing(folder) -> None:
    mine = folder.coded(AINO)
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    empty = replace(folder.header(LEENA), covered=())
    opened.store.apply("begun", [added(empty)])
    ready = replace(empty, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum")
    with pytest.raises(NotAllowed) as caught:
        opened.store.apply("ready", [Change(empty, ready)], act="ready")
    assert caught.value.key == "not-covered"
    assert opened.store.coding_states(folder.meeting.id)[folder.ids[LEENA]] == CodingState.DRAFT
    opened.archive.close()


def test_ready_in_a_copy_opens_nothing_there(folder, tmp_path) -> None:
    mine = folder.coded(AINO)
    folder.ready(AINO, mine)
    copy = tmp_path / "copy"
    shutil.copytree(folder.place, copy)
    opened = folder.open(LEENA, copy)
    head = folder.header(LEENA)
    opened.store.apply("begun", [added(head)])
    folder.ready(LEENA, head, opened)
    assert opened.store.awaited(folder.meeting.id) == (folder.ids[AINO],)
    assert {h.coder for h in opened.store.find(CodingHeader)} == {folder.ids[LEENA]}
    assert opened.store.find(Observation) == ()
    opened.archive.close()
    no_word_of_hers(copy, mine)


def test_a_backup_from_before_one_was_ready_opens_nothing(door, folder, tmp_path) -> None:
    mine, theirs = folder.coded(AINO), folder.coded(LEENA, "LEENAS")
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    (tmp_path / "usb").mkdir()
    name = opened.archive.backup(tmp_path / "usb", lambda _: None, lambda: False)
    folder.ready(LEENA, theirs, opened)
    opened.archive.close()
    into = tmp_path / "restored"
    door.restore(tmp_path / "usb" / name, into, SECRETS[LEENA], lambda _: None, lambda: False)
    no_word_of_hers(into, mine)
    opened = folder.open(LEENA, into)
    assert len(opened.store.find(Observation)) == 3
    assert "CANARY" not in repr(opened.store.find(Observation))
    assert opened.store.coding_states(folder.meeting.id)[folder.ids[LEENA]] == CodingState.DRAFT
    assert folder.told(opened) == []
    opened.archive.close()
    opened = folder.open(AINO, into)
    assert folder.told(opened) == []
    assert [o.note for o in opened.store.find(Observation)] == [f"CANARY-{n}" for n in range(3)]
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()


def test_the_file_is_as_it_is_described(folder) -> None:
    """A second reader gets from Aino's own key and the row to the rows, and proves log, commitment and memo."""
    head = folder.coded(AINO)
    folder.ready(AINO, head)
    vault = key_file.load(folder.place).vault
    keys = sign_ins.unlock(vault, AINO, SECRETS[AINO])
    archive = reader.opened(folder.place / "archive.db", keys.database)
    query = "SELECT wrapped_key, commitment, step FROM sealed_coding WHERE coding_id = ?"
    wrapped, said, step = archive.execute(query, (head.id,)).fetchone()
    archive.close()
    key = reader.coding_key(keys.own(), wrapped, vault.archive_id, head.id, folder.ids[AINO])
    file = reader.opened_coding(folder.place / "codings" / f"{head.id}.db", key)
    notes = [note for (note,) in file.execute("SELECT note FROM observation ORDER BY id")]
    assert notes == [f"CANARY-{n}" for n in range(3)]
    assert dict(file.execute("SELECT name, value FROM setting")) == {
        "format": "1",
        "coding": head.id,
        "step": "1",
        "commitment": said.hex(),
    }
    assert reader.commitment(file, key) == said
    rows, mac = reader.chain_end(file, key, vault.archive_id, head.id)
    assert rows == 6
    assert key_seals.memo_of(vault, keys).journal_head == reader.memo_entry(keys.own(), head.id, rows, mac, step)
    assert file.execute("SELECT count(*) FROM filler").fetchone() == (0,)
    file.close()


def test_keys_and_seals_are_frozen() -> None:
    """A change of any of these is another version of the format."""
    key = bytes(range(32))
    assert coding_keys.file_key(key) == reader.hkdf(key, "havainto/2/coding/file")
    assert coding_keys.file_key(key).hex() == "4770f9bc22d593d2afaf36a6812409c038034de2285192354a5b9c9ea2c9cf52"
    assert coding_keys.log_key(key).hex() == "f64a16cc21dafb9aaee612a890da2dd9adaffb8f6add35059cbd652a93e53998"
    assert (
        coding_keys.commitment(key, b"content").hex()
        == "2f75f227f76dc0339fd77613e7b9dc0f933afcf166736b0b94d832dcd1678107"
    )
    assert (
        reader.memo_entry(key, "c", 3, bytes(32), 1).hex()
        == "9ab8b0c64e1ac1662534858f570b4189156058fcb7bb8be86b5ce812e25fe573"
    )


def test_a_stray_observation_of_anothers_coding_is_refused(folder) -> None:
    head = folder.coded(AINO)
    opened = folder.open(LEENA)
    with pytest.raises(NotAllowed) as caught:
        opened.store.apply("x", [added(Observation(new_id(), head.id, "S", "adult1", 1))])
    assert caught.value.key == "coding-not-yours"
    assert folder.files() == [f"{head.id}.db"]
    opened.archive.close()
