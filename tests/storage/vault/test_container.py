"""The format `VAU1`: its vector, a second reader written from the description alone, and all that may go wrong."""

import hashlib
import hmac
import io
import struct
import tempfile
import uuid
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ContainerError
from storage import durable_file
from storage.vault import container
from storage.vault.container import ContainerWriter, Header, SyncPolicy, new_header
from storage.vault.container_reader import ContainerReader

CEK = bytes(range(32))
OWNER = str(uuid.UUID(bytes=bytes(range(0x80, 0x90))))
SMALL = 64
RECORD = SMALL + 16


def written(path, data, *, chunk_size=SMALL, cek=CEK, header=None, pieces=None):
    writer = ContainerWriter(path, cek, header or new_header(OWNER, chunk_size))
    for piece in pieces or [data]:
        writer.write(piece)
    return writer.finish()


def refused(call, *args, **kwargs):
    with pytest.raises(ContainerError) as error:
        call(*args, **kwargs)
    return error.value.key


def read_whole(path, cek=CEK, owner=None):
    with ContainerReader(path, cek, owner) as reader:
        return reader.read()


def content(size):
    return bytes(i % 251 for i in range(size))


def files():
    """A folder for one hypothesis example: pytest's own lives too long."""
    return tempfile.TemporaryDirectory()


# a second reader, from the description of the format and another interface of the cipher ------------------------------


def rfc5869(key, salt, info):
    return hmac.digest(hmac.digest(salt, key, hashlib.sha256), info + b"\x01", hashlib.sha256)


def second_reader(data, cek):
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    magic, version, size, file_id, suite, flags, _created, owner = struct.unpack_from("<8sII16sBBQ16s", data)
    assert (magic, version, suite, flags) == (b"VAUV1\r\n\x1a", 1, 1, 0)
    assert data[58:4064] == bytes(4006)
    assert data[4064:4096] == hmac.digest(rfc5869(cek, file_id, b"vau1/hdr"), data[:4064], hashlib.sha256)
    key, plain, at, number = rfc5869(cek, file_id, b"vau1/chunk"), b"", 4096, 0
    while at < len(data):
        record = data[at : at + size + 16]
        at += len(record)
        final = at == len(data)
        nonce = struct.pack("<IQ", final, number)
        opener = Cipher(algorithms.AES(key), modes.GCM(nonce, record[-16:])).decryptor()
        opener.authenticate_additional_data(file_id + struct.pack("<QB", number, final))
        plain += opener.update(record[:-16]) + opener.finalize()
        number += 1
    return uuid.UUID(bytes=owner), plain


# the vector ----------------------------------------------------------------------------------------------------------


def test_vector_of_the_format(tmp_path):
    path = tmp_path / "vector"
    header = Header(OWNER, 64, bytes(range(0x40, 0x50)), 1_700_000_000_000_000)
    finished = written(path, content(150), header=header)
    data = path.read_bytes()
    assert len(data) == 4294
    assert hashlib.sha256(data).hexdigest() == "3ee8cb3d63ea8f0beac6187e1bea1547f499968f944726d09e7dd54148cc3998"
    assert data[4064:4096].hex() == "74c96ac7d4ea08e275a781bc6abc968552a97fe5f0a51be5e16f5e0bacdeb729"
    assert data[4096:4112].hex() == "9d25ba9d6c5435fe84e16c21b9018513"
    assert data[-16:].hex() == "fadbc784e5484cf29d60ca600998b068"
    assert finished == container.Finished(hashlib.sha256(content(150)).hexdigest(), 150, 3)
    assert second_reader(data, CEK) == (uuid.UUID(OWNER), content(150))
    with ContainerReader(path, CEK) as reader:
        assert reader.header == header
        assert reader.read() == content(150)


@given(st.binary(max_size=400), st.lists(st.integers(0, 200), max_size=6), st.sampled_from([1, 16, 64, 100]))
def test_both_readers_read_what_was_written_in_any_pieces(data, cuts, chunk_size):
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(edges)]
    with files() as folder:
        path = Path(folder) / "f"
        finished = written(path, data, chunk_size=chunk_size, pieces=pieces)
        assert finished.sha256 == hashlib.sha256(data).hexdigest()
        assert finished.size == len(data)
        assert finished.chunks == len(data) // chunk_size + 1
        assert path.stat().st_size == 4096 + len(data) + 16 * finished.chunks
        assert second_reader(path.read_bytes(), CEK)[1] == data
        assert read_whole(path, owner=OWNER) == data


def test_last_chunk_may_also_be_a_full_one(tmp_path):
    # another writer may mark the last full chunk as final instead of adding an empty one
    path, header = tmp_path / "f", new_header(OWNER, SMALL)
    cipher, out = container.ChunkCipher(CEK, header.file_id), bytearray(RECORD)
    data = header.pack(CEK)
    for number in range(2):
        cipher.seal_into(number, number == 1, content(SMALL), memoryview(out))
        data += bytes(out)
    path.write_bytes(data)
    assert read_whole(path) == content(SMALL) * 2
    assert second_reader(data, CEK)[1] == content(SMALL) * 2


def test_large_pieces_are_hashed_beside_and_come_out_the_same(tmp_path):
    import os

    data = os.urandom(20 * 1024 * 1024 + 12345)
    view = memoryview(data)
    pieces = [view[:5_000_000], view[5_000_000:5_000_007], view[5_000_007:]]
    finished = written(tmp_path / "f", data, chunk_size=65536, pieces=pieces)
    assert finished.sha256 == hashlib.sha256(data).hexdigest()
    with ContainerReader(tmp_path / "f", CEK) as reader:
        assert reader.size == len(data)
        assert reader.read() == data
        reader.seek(-9_000_001, io.SEEK_END)
        assert reader.readall() == data[-9_000_001:]
        out = bytearray(3_000_000)
        reader.seek(1_234_567)
        assert reader.readinto(out) == 3_000_000
        assert out == data[1_234_567:4_234_567]


# reading anywhere ----------------------------------------------------------------------------------------------------


@given(st.integers(0, 500), st.lists(st.tuples(st.integers(0, 2), st.integers(-300, 600), st.integers(-1, 300))))
def test_reader_behaves_as_a_file_of_the_plaintext(size, steps):
    data = content(size)
    with files() as folder:
        path = Path(folder) / "f"
        written(path, data, chunk_size=32)
        plain = io.BytesIO(data)
        with ContainerReader(path, CEK, kept_chunks=2) as reader:
            for whence, offset, length in steps:
                base = {0: 0, 1: plain.tell(), 2: size}[whence]
                if base + offset < 0:
                    with pytest.raises(ValueError, match="no such place"):
                        reader.seek(offset, whence)
                    continue
                assert reader.seek(offset, whence) == plain.seek(base + offset)
                assert reader.read(length) == plain.read(length)
                assert reader.tell() == plain.tell()


def test_last_chunk_is_read_again_after_it_fell_out_of_the_cache(tmp_path):
    written(tmp_path / "f", content(1000))
    with ContainerReader(tmp_path / "f", CEK, kept_chunks=2) as reader:
        for _ in range(3):
            reader.seek(990)
            assert reader.read() == content(1000)[990:]
            for start in range(0, 900, 50):
                reader.seek(start)
                assert reader.read(3) == content(1000)[start : start + 3]
                assert len(reader._kept) <= 2


def test_closed_reader_keeps_nothing_and_refuses(tmp_path):
    written(tmp_path / "f", content(1000))
    reader = ContainerReader(tmp_path / "f", CEK)
    reader.read(10)
    reader.close()
    assert not reader._kept
    for ask in (reader.read, reader.tell, lambda: reader.seek(0), lambda: reader.readinto(bytearray(1))):
        with pytest.raises(ValueError, match="closed"):
            ask()


def test_film_plays_from_its_container(tmp_path):
    import av
    import numpy as np

    made = io.BytesIO()
    with av.open(made, "w", format="matroska") as film:
        stream = film.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 64
        for number in range(50):
            picture = np.full((64, 64, 3), number * 5, np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(stream.encode())
    written(tmp_path / "f", made.getvalue(), chunk_size=512)

    def pictures(source):
        with av.open(source) as film:
            film.seek(1_000_000, backward=True)
            return [(frame.pts, frame.to_ndarray().tobytes()) for frame in film.decode(video=0)]

    with ContainerReader(tmp_path / "f", CEK) as reader:
        found = pictures(reader)
    assert 25 <= len(found) < 50
    assert found == pictures(io.BytesIO(made.getvalue()))


# damage --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "f"
    written(path, content(300))
    return path.read_bytes()


def outcome(data, cek=CEK, owner=None):
    """What a reader makes of these bytes: the plaintext, or the key of its refusal."""
    with files() as folder:
        path = Path(folder) / "f"
        path.write_bytes(data)
        try:
            return read_whole(path, cek, owner)
        except ContainerError as error:
            return error.key


TRUNCATED, DAMAGED = "container-truncated", "container-damaged"


@given(st.data())
def test_every_cut_is_found(film, data):
    length = data.draw(st.integers(0, len(film) - 1))
    assert outcome(film[:length]) in {TRUNCATED, DAMAGED, "container-foreign"}


@pytest.mark.parametrize("chunks", range(5))
def test_cut_at_a_chunks_edge_is_a_cut(film, chunks):
    assert outcome(film[: 4096 + chunks * RECORD]) == TRUNCATED


@given(st.binary(min_size=1, max_size=200))
def test_anything_added_is_found(film, more):
    assert outcome(film + more) in {TRUNCATED, DAMAGED}


@given(st.data())
def test_every_flipped_bit_is_found(film, data):
    bad = bytearray(film)
    at = data.draw(st.integers(0, len(film) - 1) | st.integers(0, 57) | st.integers(4064, len(film) - 1))
    bad[at] ^= 1 << data.draw(st.integers(0, 7))
    allowed = {DAMAGED} if at >= 4096 else {"container-foreign"} if at < 8 else {"container-key", "container-newer"}
    assert outcome(bytes(bad)) in allowed


@given(st.permutations(range(4)).filter(lambda order: list(order) != [0, 1, 2, 3]))
def test_chunks_in_another_order_are_found(film, order):
    records = [film[4096 + i * RECORD : 4096 + (i + 1) * RECORD] for i in range(4)]
    assert outcome(film[:4096] + b"".join(records[i] for i in order) + film[4096 + 4 * RECORD :]) == DAMAGED


@given(st.integers(0, 4))
def test_chunks_of_another_file_of_the_same_key_are_found(film, number):
    with files() as folder:
        written(Path(folder) / "g", content(300))
        other = (Path(folder) / "g").read_bytes()
    start, end = 4096 + number * RECORD, min(4096 + (number + 1) * RECORD, len(film))
    assert outcome(film[:start] + other[start:end] + film[end:]) == DAMAGED
    assert outcome(other[:4096] + film[4096:]) == DAMAGED


@given(st.binary(min_size=32, max_size=32).filter(lambda key: key != CEK))
def test_another_key_opens_nothing(film, cek):
    assert outcome(film, cek) == "container-key"


def test_film_of_another_recording_is_refused(film):
    assert outcome(film, owner=OWNER) == content(300)
    assert outcome(film, owner=str(uuid.uuid4())) == DAMAGED


@given(st.binary(max_size=5000).filter(lambda data: not data.startswith(container.MAGIC)))
def test_anything_else_is_foreign(data):
    assert outcome(data) == "container-foreign"


@given(st.binary(max_size=5000))
def test_our_mark_before_anything_is_refused(data):
    assert outcome(container.MAGIC + data) in {TRUNCATED, "container-newer", "container-key"}


def forged(film, at, replacement):
    """A header with something changed and bound again by someone who has the key."""
    said = bytearray(film[:4064])
    said[at : at + len(replacement)] = replacement
    mac = hmac.digest(rfc5869(CEK, bytes(said[16:32]), b"vau1/hdr"), bytes(said), hashlib.sha256)
    return bytes(said) + mac + film[4096:]


@pytest.mark.parametrize(
    ("at", "replacement", "key"),
    [
        (8, struct.pack("<I", 2), "container-newer"),
        (8, struct.pack("<I", 0), DAMAGED),
        (12, struct.pack("<I", 0), DAMAGED),
        (12, struct.pack("<I", 1 << 31), DAMAGED),
        (32, b"\x02", DAMAGED),
        (33, b"\x01", DAMAGED),
    ],
)
def test_header_that_this_version_cannot_read(film, at, replacement, key):
    assert outcome(forged(film, at, replacement)) == key


def test_damage_in_the_middle_is_found_when_it_is_read_and_named(tmp_path):
    path = tmp_path / "f"
    written(path, content(200_000), chunk_size=1024)
    data = bytearray(path.read_bytes())
    data[4096 + 50 * 1040 + 7] ^= 1
    path.write_bytes(data)
    with ContainerReader(path, CEK) as reader:
        assert reader.read(50 * 1024) == content(200_000)[: 50 * 1024]
        for ask in (lambda: reader.read(10), lambda: reader.read(5000)):
            with pytest.raises(ContainerError) as error:
                ask()
            assert (error.value.key, error.value.values) == (DAMAGED, {"chunk": 50})
        reader.seek(51 * 1024)
        assert reader.read(10) == content(200_000)[51 * 1024 : 51 * 1024 + 10]


def test_file_cut_under_an_open_reader(tmp_path):
    path = tmp_path / "f"
    written(path, content(10_000))
    with ContainerReader(path, CEK, kept_chunks=1) as reader:
        with path.open("r+b") as file:
            file.truncate(5000)
        assert refused(reader.read) == TRUNCATED


def test_missing_file_and_a_folder_in_its_place(tmp_path):
    assert refused(ContainerReader, tmp_path / "none", CEK) == "container-missing"
    assert refused(ContainerReader, tmp_path, CEK) == "disk-error"
    assert refused(container.recover, tmp_path / "none", CEK, tmp_path / "g") == "container-missing"


class FailingDisk(io.BytesIO):
    """A file on a disk that fails after so many reads or writes."""

    def __init__(self, data, good):
        super().__init__(data)
        self.good = good

    def _turn(self):
        self.good -= 1
        if self.good < 0:
            raise OSError(5, "no")

    def readinto(self, buffer):
        self._turn()
        return super().readinto(buffer)

    def write(self, data):
        self._turn()
        return super().write(data)


def test_failing_disk_is_said_while_opening_and_while_reading(tmp_path, monkeypatch):
    path = tmp_path / "f"
    written(path, content(1000))
    failing = FailingDisk(path.read_bytes(), 0)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", lambda *_, **__: failing)
        assert refused(ContainerReader, path, CEK) == "disk-error"
    assert failing.closed
    with ContainerReader(path, CEK) as reader:
        reader._file.close()
        reader._file = FailingDisk(path.read_bytes(), 1)
        assert reader.read(1) == content(1)
        reader.seek(500)
        assert refused(reader.read, 1) == "disk-error"


def test_disk_that_fails_at_the_first_write_leaves_no_open_file(tmp_path, monkeypatch):
    failing = FailingDisk(b"", 0)
    with monkeypatch.context() as patched:
        patched.setattr(container, "open", lambda *_, **__: failing, raising=False)
        assert refused(ContainerWriter, tmp_path / "f", CEK, new_header(OWNER, SMALL)) == "disk-error"
    assert failing.closed


# writing -------------------------------------------------------------------------------------------------------------


def test_unfinished_file_is_not_read_and_an_existing_one_not_written(tmp_path):
    with ContainerWriter(tmp_path / "f", CEK, new_header(OWNER, SMALL)) as writer:
        writer.write(content(200))
    assert refused(read_whole, tmp_path / "f") == TRUNCATED
    assert refused(ContainerWriter, tmp_path / "f", CEK, new_header(OWNER, SMALL)) == "disk-error"
    assert (tmp_path / "f").stat().st_size == 4096 + 3 * RECORD


class FullDisk:
    """A file that takes so many bytes and then has no room."""

    def __init__(self, file, room):
        self._file, self._room = file, room

    def write(self, data):
        if not self._room:
            raise OSError(28, "full")
        count = self._file.write(memoryview(data)[: self._room])
        self._room -= count
        return count

    def __getattr__(self, name):
        return getattr(self._file, name)


@given(st.integers(0, 600))
def test_full_disk_ends_the_writing_and_what_was_written_can_be_rescued(room):
    data = content(500)
    with files() as folder:
        path = Path(folder) / "f"
        writer = ContainerWriter(path, CEK, new_header(OWNER, SMALL))
        writer._file = FullDisk(writer._file, room)
        with writer:
            assert refused(lambda: [writer.write(data), writer.finish()]) == "disk-full"
            # room or not, later attempts fail the same way and write nothing more: no nonce is used twice
            writer._file._room = 10_000
            assert [refused(writer.write, data), refused(writer.finish)] == ["disk-full"] * 2
        assert path.stat().st_size == 4096 + room
        rescued = container.recover(path, CEK, Path(folder) / "g")
        assert read_whole(Path(folder) / "g") == data[: room // RECORD * SMALL]
        assert rescued.size == room // RECORD * SMALL


def test_writer_syncs_by_size_by_time_and_at_the_end(tmp_path, monkeypatch):
    synced, clock = [], [0]
    named = []
    monkeypatch.setattr(durable_file, "sync_file", synced.append)
    monkeypatch.setattr(durable_file, "sync_folder", named.append)
    monkeypatch.setattr(container.time, "monotonic_ns", lambda: clock[0])
    policy = SyncPolicy(every_bytes=4096 + 3 * RECORD, every=1_000_000)
    writer = ContainerWriter(tmp_path / "f", CEK, new_header(OWNER, SMALL), policy)
    writer.write(content(2 * SMALL))
    assert len(synced) == 0
    writer.write(content(SMALL))
    assert len(synced) == 1
    writer.write(content(SMALL))
    clock[0] = 999_999_999
    writer.write(b"")
    assert len(synced) == 1
    clock[0] = 1_000_000_000
    writer.write(b"x")
    assert len(synced) == 2
    clock[0] = 3_000_000_000
    writer.write(b"x")
    assert len(synced) == 2, "nothing new to sync"
    writer.finish()
    assert len(synced) == 3
    assert named == [tmp_path], "with the first sync, so that what was synced has a name"


def test_refused_sync_is_said(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(5, "no")

    monkeypatch.setattr(durable_file, "sync_file", refuse)
    with ContainerWriter(tmp_path / "f", CEK, new_header(OWNER, SMALL)) as writer:
        assert refused(writer.finish) == "disk-error"


# rescue --------------------------------------------------------------------------------------------------------------


@given(st.data())
def test_rescue_saves_exactly_the_whole_chunks_before_the_damage(data):
    plain = content(data.draw(st.integers(0, 400)))
    with files() as folder:
        path, new = Path(folder) / "f", Path(folder) / "g"
        written(path, plain)
        whole = path.read_bytes()
        cut = data.draw(st.integers(4096, len(whole)))
        path.write_bytes(whole[:cut])
        rescued = container.recover(path, CEK, new)
        expected = plain if cut == len(whole) else plain[: (cut - 4096) // RECORD * SMALL]
        assert read_whole(new, owner=OWNER) == expected
        assert rescued.sha256 == hashlib.sha256(expected).hexdigest()
        assert new.read_bytes()[16:32] != whole[16:32], "a rescued film has an id, and so nonces, of its own"


@given(st.data())
def test_power_cut_at_any_moment_costs_nothing_that_was_synced(data):
    """Sectors written after the last sync may be lost or torn in any way; what was synced comes back, in order."""
    plain = data.draw(st.binary(min_size=600, max_size=3000))
    with files() as folder:
        path = Path(folder) / "f"
        synced_file = synced_plain = at = 0
        with ContainerWriter(path, CEK, new_header(OWNER, SMALL)) as writer:
            for _ in range(data.draw(st.integers(1, 8))):
                step = data.draw(st.integers(1, 500))
                writer.write(plain[at : at + step])
                at = min(at + step, len(plain))
                if data.draw(st.booleans()) or not synced_file:
                    writer.sync()
                    synced_file, synced_plain = path.stat().st_size, at // SMALL * SMALL
        disk = bytearray(path.read_bytes())
        for sector in range(synced_file // 512 * 512, len(disk), 512):
            if data.draw(st.booleans()):
                start, end = max(sector, synced_file), min(sector + 512, len(disk))
                disk[start:end] = bytes(end - start)
        path.write_bytes(disk[: data.draw(st.integers(synced_file, len(disk)))])
        rescued = container.recover(path, CEK, Path(folder) / "g")
        assert synced_plain <= rescued.size <= at
        assert read_whole(Path(folder) / "g") == plain[: rescued.size]


def test_rescue_of_what_is_no_film_leaves_nothing(tmp_path):
    (tmp_path / "f").write_bytes(b"hello")
    assert refused(container.recover, tmp_path / "f", CEK, tmp_path / "g") == "container-foreign"
    written(tmp_path / "h", content(300))
    assert refused(container.recover, tmp_path / "h", bytes(32), tmp_path / "g") == "container-key"
    assert not (tmp_path / "g").exists()


def test_rescue_never_touches_a_file_that_is_there(tmp_path):
    written(tmp_path / "f", content(300))
    (tmp_path / "g").write_bytes(b"mine")
    assert refused(container.recover, tmp_path / "f", CEK, tmp_path / "g") == "disk-error"
    assert (tmp_path / "g").read_bytes() == b"mine"


def test_rescue_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    written(tmp_path / "f", content(300))

    def refuse(descriptor):
        raise OSError(28, "full")

    monkeypatch.setattr(durable_file, "sync_file", refuse)
    assert refused(container.recover, tmp_path / "f", CEK, tmp_path / "g") == "disk-full"
    assert not (tmp_path / "g").exists()


def test_bad_sector_ends_what_can_be_rescued():
    class BadSector(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 4096 + 2 * RECORD:
                raise OSError(5, "bad sector")
            return super().read(size)

    with files() as folder:
        written(Path(folder) / "f", content(300))
        data = (Path(folder) / "f").read_bytes()
        old = container.unpack_header(data, CEK)
        with ContainerWriter(Path(folder) / "g", CEK, new_header(OWNER, SMALL)) as writer:
            source = BadSector(data)
            source.seek(4096)
            container._copy_front(source, old, container.ChunkCipher(CEK, old.file_id), writer)
            assert writer.finish().size == 3 * SMALL


def test_film_written_straight_into_a_container_plays_after_a_crash(tmp_path):
    import av
    import numpy as np

    options = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
    with ContainerWriter(tmp_path / "f", CEK, new_header(OWNER, 1024)) as writer:
        film = av.open(writer, "w", format="mp4", options=options)
        stream = film.add_stream("mpeg4", rate=25, options={"g": "5"})
        stream.width = stream.height = 64
        for number in range(100):
            picture = np.random.default_rng(number).integers(0, 255, (64, 64, 3), np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        (tmp_path / "crashed").write_bytes((tmp_path / "f").read_bytes())
        film.close()
        writer.finish()
    container.recover(tmp_path / "crashed", CEK, tmp_path / "g")

    def count(path):
        with ContainerReader(path, CEK) as reader, av.open(reader) as film:
            return sum(1 for _ in film.decode(video=0))

    assert count(tmp_path / "f") == 100
    assert 85 <= count(tmp_path / "g") <= 100
