import hashlib
import os
import re
import sys
import tracemalloc
import uuid
from pathlib import Path

import pytest

from app.errors import AppError, Cancelled, ContainerError, FilmError
from app.model.identity import new_id
from storage import disk_space, durable_file, straight_file
from storage.disk_space import SpaceState
from storage.vault import container, media_vault, read_back, taking_in
from storage.vault.media_vault import MediaVault

KEY = bytes(range(32))
MIB = 1024 * 1024


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "media"
    made.mkdir()
    return made


@pytest.fixture
def vault(folder):
    made = MediaVault(folder, KEY)
    yield made
    made.close()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "perhe.mp4"
    path.write_bytes(os.urandom(9 * MIB + 777))
    return path


RECORDING = new_id()


def refused(call, *args, **kwargs):
    with pytest.raises(AppError) as error:
        call(*args, **kwargs)
    return type(error.value), error.value.key


# keys of recordings --------------------------------------------------------------------------------------------------


def test_recording_key_is_sixty_bytes_and_bound_to_its_recording(vault):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapped = vault.new_recording_key(RECORDING)
    assert len(wrapped) == 60
    cek = AESGCM(KEY).decrypt(wrapped[:12], wrapped[12:], b"recording:" + RECORDING.encode())
    assert media_vault.unwrap_key(KEY, RECORDING, wrapped) == cek
    assert vault.new_recording_key(RECORDING) != wrapped
    lost = (ContainerError, "container-key")
    assert refused(media_vault.unwrap_key, KEY, new_id(), wrapped) == lost
    assert refused(media_vault.unwrap_key, bytes(32), RECORDING, wrapped) == lost
    assert refused(media_vault.unwrap_key, KEY, RECORDING, bytes(60)) == lost
    assert refused(media_vault.unwrap_key, KEY, RECORDING, b"") == lost


# films in and out ----------------------------------------------------------------------------------------------------


def test_film_is_taken_in_and_comes_out_the_same(vault, folder, source):
    wrapped, steps = vault.new_recording_key(RECORDING), []
    before = source.stat()
    taken = vault.take_in(source, RECORDING, wrapped, lambda done, total: steps.append((done, total)))
    data = source.read_bytes()
    assert taken.sha256 == hashlib.sha256(data).hexdigest()
    assert (taken.size, taken.chunks) == (len(data), len(data) // 65536 + 1)
    assert [path.name for path in folder.iterdir()] == [taken.file_name]
    assert uuid.UUID(taken.file_name.removesuffix(".vau")).version == 7
    with vault.open(RECORDING, wrapped, taken.file_name) as reader:
        assert reader.read() == data
    assert data[:64] not in (folder / taken.file_name).read_bytes()
    assert {total for _, total in steps} == {2 * len(data)}
    assert steps == sorted(steps)
    assert steps[-1][0] == 2 * len(data)
    after = source.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_empty_file_can_be_taken_in(vault, tmp_path):
    (tmp_path / "empty").touch()
    wrapped = vault.new_recording_key(RECORDING)
    taken = vault.take_in(tmp_path / "empty", RECORDING, wrapped)
    assert (taken.size, taken.chunks, taken.sha256) == (0, 1, hashlib.sha256().hexdigest())
    assert vault.verify(RECORDING, wrapped, taken.file_name, taken.sha256).size == 0


def test_taking_in_needs_no_more_memory_for_a_longer_film(vault, tmp_path):
    peaks = []
    for size in (16, 56):
        path = tmp_path / str(size)
        with path.open("wb") as file:
            file.truncate(size * MIB)
        wrapped = vault.new_recording_key(RECORDING)
        tracemalloc.start()
        vault.take_in(path, RECORDING, wrapped)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4 * MIB
    assert peaks[1] < 24 * MIB


# nothing left behind -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("calls", [1, 2, 4, 5, 6])
def test_cancelled_film_leaves_nothing(vault, folder, source, calls):
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) == calls

    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped, cancelled=cancelled) == (Cancelled, "cancelled")
    assert list(folder.iterdir()) == []
    assert source.stat().st_size == 9 * MIB + 777


@pytest.mark.parametrize("change", ["longer", "shorter", "touched"])
def test_film_that_changes_while_it_is_read_is_refused(vault, folder, source, change):
    steps = []

    def on_progress(done, total):
        steps.append(done)
        if done == 4 * MIB:
            if change == "touched":
                os.utime(source, ns=(1, 1))
            else:
                os.truncate(source, {"longer": 20 * MIB, "shorter": 5 * MIB}[change])

    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped, on_progress) == (FilmError, "source-changed")
    assert max(steps) <= 2 * (9 * MIB + 777), "a film that grows is not followed"
    assert change != "longer" or max(steps) <= 8 * MIB + 8 * MIB
    assert list(folder.iterdir()) == []


def test_source_that_cannot_be_read(vault, folder, tmp_path):
    wrapped = vault.new_recording_key(RECORDING)
    unreadable = (FilmError, "source-unreadable")
    assert refused(vault.take_in, tmp_path / "none.mp4", RECORDING, wrapped) == unreadable
    assert refused(vault.take_in, tmp_path, RECORDING, wrapped) == unreadable
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert refused(vault.take_in, tmp_path / "pipe", RECORDING, wrapped) == unreadable
    assert list(folder.iterdir()) == []


def test_source_on_a_failing_disk(vault, folder, source, monkeypatch):
    class Failing:
        def readinto(self, block):
            raise OSError(5, "no")

    copy = taking_in._copy
    monkeypatch.setattr(taking_in, "_copy", lambda film, *rest: copy(Failing(), *rest))
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped) == (FilmError, "source-unreadable")
    assert list(folder.iterdir()) == []


def test_film_that_would_fill_the_disk_is_refused_before_a_byte_is_written(vault, folder, source, monkeypatch):
    room = disk_space.FULL_BYTES + 9 * MIB
    monkeypatch.setattr(taking_in, "free_space", lambda folder: SpaceState("low", room))
    monkeypatch.setattr(taking_in, "ContainerWriter", lambda *_: pytest.fail("it wrote"))
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped) == (FilmError, "disk-full")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [(28, (FilmError, "disk-full")), (30, (ContainerError, "read-only")), (5, (ContainerError, "disk-error"))],
)
@pytest.mark.parametrize("step", ["sync_file", "put_in_place"])
def test_refusing_disk_leaves_nothing(vault, folder, source, monkeypatch, step, number, expected):
    def refuse(*_):
        raise OSError(number, "no")

    monkeypatch.setattr(durable_file, step, refuse)
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped) == expected
    assert list(folder.iterdir()) == []


def test_disk_that_fails_after_the_rename_leaves_nothing(vault, folder, source, monkeypatch):
    def refuse(folder):
        raise OSError(5, "no")

    monkeypatch.setattr(durable_file, "sync_folder", refuse)
    assert refused(vault.take_in, source, RECORDING, vault.new_recording_key(RECORDING))[1] == "disk-error"
    assert list(folder.iterdir()) == []


def spoiled(path, chunk):
    with path.open("r+b") as file:
        file.seek(4096 + chunk * 65552 + 100)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def test_end_that_the_disk_gives_back_otherwise_is_found_before_the_film_counts(vault, folder, source, monkeypatch):
    forget = read_back._forget_cached

    def spoil(path):
        forget(path)
        spoiled(path, 140)

    monkeypatch.setattr(read_back, "_forget_cached", spoil)
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped) == (ContainerError, "container-damaged")
    assert list(folder.iterdir()) == []


def test_what_the_disk_gives_back_otherwise_is_found_while_the_film_is_still_read(vault, folder, source, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("all is read back at the end there")
    read, steps = straight_file.StraightReader.read, []

    def spoil(self, offset, length):
        content = read(self, offset, length)
        content[5] ^= 1
        return content

    monkeypatch.setattr(straight_file.StraightReader, "read", spoil)
    os.truncate(source, 60 * MIB)
    wrapped = vault.new_recording_key(RECORDING)
    found = refused(vault.take_in, source, RECORDING, wrapped, lambda done, total: steps.append(done))
    assert found == (ContainerError, "container-damaged")
    assert len(steps) < 15, "the rest of the film was not waited for"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("straight", [True, False])
@pytest.mark.parametrize("size", [0, 1, 65536, 4 * MIB - 1, 4 * MIB, 4 * MIB + 1, 8 * MIB, 21 * MIB + 12_345])
def test_films_of_every_size_are_proven_with_and_without_a_straight_way_to_the_disk(
    vault, folder, source, monkeypatch, size, straight
):
    if not straight:
        monkeypatch.setattr(straight_file, "new_file", lambda path: None)
    opened, open_run = [], container.ChunkCipher.open_into

    def count(self, chunk, final, sealed, out):
        opened.append(chunk)
        return open_run(self, chunk, final, sealed, out)

    monkeypatch.setattr(container.ChunkCipher, "open_into", count)
    data = os.urandom(size)
    source.write_bytes(data)
    wrapped, steps = vault.new_recording_key(RECORDING), []
    taken = vault.take_in(source, RECORDING, wrapped, lambda done, total: steps.append(done))
    assert set(opened) == set(range(taken.chunks))
    assert sum(opened) - max(opened) <= sum(range(taken.chunks)), "none but the last was read twice"
    assert steps == sorted(steps)
    assert not steps or steps[-1] == 2 * size
    assert taken.sha256 == hashlib.sha256(data).hexdigest()
    with vault.open(RECORDING, wrapped, taken.file_name) as reader:
        assert reader.read() == data


@pytest.mark.parametrize("wrong", ["other", "order", "short"])
def test_container_that_is_whole_but_not_of_the_source_is_found(vault, folder, source, monkeypatch, wrong):
    """As a fault of the memory or of the program would make it: every tag is right."""
    write, kept = container.ContainerWriter.write, []

    def spoil(self, data):
        block = bytes(data)
        if wrong == "other" and not kept:
            block = bytes([block[0] ^ 1]) + block[1:]
        if wrong == "order" and len(kept) < 2:
            kept.append(block)
            if len(kept) < 2:
                return len(block)
            write(self, block)
            block = kept[0]
        if wrong == "short" and len(block) < 4 * MIB:
            block = block[:-1]
        kept.append(block)
        return write(self, block)

    monkeypatch.setattr(container.ContainerWriter, "write", spoil)
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.take_in, source, RECORDING, wrapped) == (ContainerError, "container-damaged")
    assert list(folder.iterdir()) == []


def test_what_was_proven_came_from_the_disk(vault, source):
    """Not from the system's memory: the system says what it fetched."""
    fetched = Path("/proc/self/io")
    if not fetched.exists() or straight_file.new_file(source.with_name("probe")) is None:
        pytest.skip("this system does not say it, or its disk is none")
    before = int(re.search(r"read_bytes: (\d+)", fetched.read_text())[1])
    vault.take_in(source, RECORDING, vault.new_recording_key(RECORDING))
    assert int(re.search(r"read_bytes: (\d+)", fetched.read_text())[1]) - before >= 9 * MIB


# checking, erasing ---------------------------------------------------------------------------------------------------


def test_verify_reads_the_whole_film(vault, folder, source):
    wrapped, steps = vault.new_recording_key(RECORDING), []
    taken = vault.take_in(source, RECORDING, wrapped)
    found = vault.verify(RECORDING, wrapped, taken.file_name, taken.sha256, lambda *step: steps.append(step))
    assert found == container.Finished(taken.sha256, taken.size, taken.chunks)
    assert steps[-1] == (taken.size, taken.size)
    damaged = (ContainerError, "container-damaged")
    assert refused(vault.verify, RECORDING, wrapped, taken.file_name, "00" * 32) == damaged
    assert refused(vault.verify, RECORDING, wrapped, taken.file_name, cancelled=lambda: True)[0] is Cancelled
    with (folder / taken.file_name).open("r+b") as file:
        file.seek(4096 + 90 * 65552 + 5)
        file.write(b"12345678")
    assert refused(vault.verify, RECORDING, wrapped, taken.file_name) == damaged


def test_film_opens_under_its_own_recording_only(vault, source):
    wrapped, other = vault.new_recording_key(RECORDING), new_id()
    taken = vault.take_in(source, RECORDING, wrapped)
    key = (ContainerError, "container-key")
    assert refused(vault.open, other, wrapped, taken.file_name) == key
    assert refused(vault.open, other, vault.new_recording_key(other), taken.file_name) == key
    same_key = media_vault.wrap_key(KEY, other, media_vault.unwrap_key(KEY, RECORDING, wrapped))
    assert refused(vault.open, other, same_key, taken.file_name) == (ContainerError, "container-damaged")


#: an id as the program makes them; the same in every process, for a test is named after it
ID = "0192f0c0-0000-7000-8000-0000000000f1"


@pytest.mark.parametrize("name", ["", "../archive.key", "/etc/passwd", "x.vau", ID, ID + ".vau.part"])
def test_names_that_lead_elsewhere_are_no_films(vault, name):
    missing = (ContainerError, "container-missing")
    assert refused(vault.open, RECORDING, vault.new_recording_key(RECORDING), name) == missing
    assert refused(vault.erase, [name]) == missing


def test_missing_film_is_said(vault):
    wrapped = vault.new_recording_key(RECORDING)
    assert refused(vault.open, RECORDING, wrapped, new_id() + ".vau") == (ContainerError, "container-missing")


def test_erased_files_are_gone_and_counted(vault, folder, source):
    wrapped = vault.new_recording_key(RECORDING)
    names = [vault.take_in(source, RECORDING, wrapped).file_name for _ in range(2)]
    kept = vault.take_in(source, RECORDING, wrapped).file_name
    assert vault.erase(names) == 2
    assert vault.erase(names) == 0
    assert [path.name for path in folder.iterdir()] == [kept]


def test_erasing_that_the_system_refuses_is_said(vault, source, monkeypatch):
    name = vault.take_in(source, RECORDING, vault.new_recording_key(RECORDING)).file_name

    def refuse(path):
        raise OSError(30, "no")

    monkeypatch.setattr(durable_file, "remove", refuse)
    assert refused(vault.erase, [name]) == (ContainerError, "read-only")


# files being written -------------------------------------------------------------------------------------------------


def test_derived_file_is_kept_under_the_recordings_key(vault, folder):
    wrapped = vault.new_recording_key(RECORDING)
    new = vault.start_file(RECORDING, wrapped, chunk_size=container.RECORDING_CHUNK, sync=container.WHILE_RECORDING)
    assert [path.name for path in folder.iterdir()] == [new.file_name + ".part"]
    new.writer.write(b"picture" * 5000)
    new.writer.finish()
    assert vault.keep(new) == new.file_name
    with vault.open(RECORDING, wrapped, new.file_name) as reader:
        assert reader.read() == b"picture" * 5000
        assert reader.header.chunk_size == 16384


def test_discarded_file_is_gone(vault, folder):
    new = vault.start_file(RECORDING, vault.new_recording_key(RECORDING))
    new.writer.write(b"x")
    vault.discard(new)
    assert list(folder.iterdir()) == []


def test_what_a_crash_left_is_rescued_and_swept(vault, folder):
    wrapped = vault.new_recording_key(RECORDING)
    new = vault.start_file(RECORDING, wrapped, chunk_size=16)
    new.writer.write(b"0123456789abcdefXYZ")
    new.writer.close()
    assert vault.unfinished() == (new.file_name,)
    rescued = vault.rescue(RECORDING, wrapped, new.file_name)
    assert rescued.size == 16
    with vault.open(RECORDING, wrapped, rescued.file_name) as reader:
        assert reader.read() == b"0123456789abcdef"
    assert vault.sweep(vault.unfinished()) == 1
    assert [path.name for path in folder.iterdir()] == [rescued.file_name]


def test_a_rescue_done_again_makes_the_same_file_and_no_other(vault, folder):
    wrapped = vault.new_recording_key(RECORDING)
    new = vault.start_file(RECORDING, wrapped, chunk_size=16)
    new.writer.write(bytes(40))
    new.writer.close()
    first = vault.rescue(RECORDING, wrapped, new.file_name)
    (folder / (first.file_name + ".part")).write_bytes(b"what a crash left of a try")
    assert vault.rescue(RECORDING, wrapped, new.file_name) == first
    assert sorted(p.name for p in folder.iterdir()) == sorted([first.file_name, new.file_name + ".part"])


def test_a_file_that_was_finished_but_never_entered_is_rescued_too(vault, folder):
    wrapped = vault.new_recording_key(RECORDING)
    new = vault.start_file(RECORDING, wrapped, chunk_size=16)
    new.writer.write(bytes(40))
    new.writer.finish()
    vault.keep(new)
    assert vault.rescue(RECORDING, wrapped, new.file_name).size == 40


def test_rescue_with_another_key_leaves_nothing_new(vault, folder):
    new = vault.start_file(RECORDING, vault.new_recording_key(RECORDING))
    new.writer.close()
    other = vault.new_recording_key(RECORDING)
    assert refused(vault.rescue, RECORDING, other, new.file_name) == (ContainerError, "container-key")
    assert vault.unfinished() == (new.file_name,)
    assert len(list(folder.iterdir())) == 1


# lock ----------------------------------------------------------------------------------------------------------------


def test_locked_vault_closes_its_readers_and_opens_nothing(vault, source):
    wrapped = vault.new_recording_key(RECORDING)
    taken = vault.take_in(source, RECORDING, wrapped)
    reader = vault.open(RECORDING, wrapped, taken.file_name)
    vault.close()
    assert reader.closed
    locked = (ContainerError, "locked")
    assert refused(vault.open, RECORDING, wrapped, taken.file_name) == locked
    assert refused(vault.take_in, source, RECORDING, wrapped) == locked
    assert refused(vault.new_recording_key, RECORDING) == locked
