"""The power fails at any write while filming: of what was filmed until then at most a second and a half is lost."""

import os
from types import SimpleNamespace

import av
import pytest

from app.model.identity import new_id
from app.model.timecode import SECOND
from app.ports import TakenIn
from app.ports.recorder import Take
from storage import durable_file
from storage.vault import container
from storage.vault.film_vault import FilmVault
from tests.stand_ins.hand_feeds import CAMERAS, MICROPHONE, SIZE, HandClock, HandOpener, beep, picture
from video.recording.feeds import SOUND_RATE
from video.recording.recorder import FilmRecorder

GAP = 40_000
MOST_LOST = 3 * SECOND // 2
LENGTH = int(os.environ.get("HAVAINTO_CUT_SECONDS", "8"))


class Tape:
    """What a file was told, with the time: how long it was after each write, and how much of that was synced."""

    def __init__(self, file, clock: HandClock) -> None:
        self._file, self._clock = file, clock
        self.size, self.synced = 0, 0
        self.events: list[tuple[int, int, int]] = []  # (time, size, synced)

    def write(self, data) -> int:
        count = self._file.write(data)
        self.size += count
        self.events.append((self._clock.now(), self.size, self.synced))
        return count

    def sync(self, _descriptor: int) -> None:
        self.events.append((self._clock.now(), self.size, self.synced))  # cut while it waits for the disk
        self.synced = self.size

    def __getattr__(self, name):
        return getattr(self._file, name)


def pictures_in(vault: FilmVault, film_id: str, taken: TakenIn) -> int:
    """How many pictures a rescued film shows."""
    if taken.size < 2000:  # what comes before the first fragment
        return 0
    owner = SimpleNamespace(id=film_id, wrapped_key=taken.wrapped_key)
    with vault.open_file(owner, taken.container) as reader, av.open(reader) as film:
        return sum(1 for _ in film.decode(video=0))


def test_at_any_write(tmp_path, qtbot, monkeypatch) -> None:
    """Of what was written and not synced nothing is there, or the half of it: the rest of the file is as it was."""
    clock, opener = HandClock(), HandOpener()
    monkeypatch.setattr(container.time, "monotonic_ns", lambda: clock.now() * 1000)
    vault = FilmVault(tmp_path, os.urandom(32))
    film_id = new_id()
    tapes: list[Tape] = []
    plain_file = container.plain_file
    monkeypatch.setattr(container, "plain_file", lambda path: tapes.append(Tape(plain_file(path), clock)) or tapes[-1])
    file = vault.begin(film_id, live=True)
    (tape,) = tapes
    monkeypatch.setattr(durable_file, "sync_file", tape.sync)
    recorder = FilmRecorder(opener, clock)
    recorder.watch([(CAMERAS[0], SIZE)], MICROPHONE)
    recorder.begin([Take(film_id, 1, file)])
    came = []
    for number in range(LENGTH * SECOND // GAP):
        clock.advance(GAP)
        came.append(clock.now())
        opener.feeds["hand:1"].take(picture(number % 100), clock.now())
        opener.feeds["hand:mic"].take(beep(SOUND_RATE // 25, 0), clock.now())
        qtbot.waitUntil(lambda n=number: recorder.film_of(1).has_written(n + 1))
    until, synced_then, events = recorder.on_disk(1), tape.synced, list(tape.events)
    recorder.stop()
    qtbot.waitUntil(lambda: not recorder.is_recording())
    recorder.close()

    part = tmp_path / (file.name + ".part")
    whole = part.read_bytes()
    file.writer.close()
    monkeypatch.undo()
    shown: dict[int, int] = {}
    lengths = {n for _, size, synced in events for n in (synced, synced + (size - synced) // 2)}
    for length in sorted({*lengths, synced_then}):
        if length < container.HEADER_BYTES:  # while it was begun
            shown[length] = 0
            continue
        part.write_bytes(whole[:length])
        shown[length] = pictures_in(vault, film_id, vault.rescue(film_id, file.wrapped_key, file.name))
    lost = []
    for at, size, synced in events:
        pictures = min(shown[synced], shown[synced + (size - synced) // 2])
        last = came[pictures - 1] if pictures else came[0]
        lost.append(at - last)
    print(f"  power cut at {len(events)} writes of {LENGTH} s: most lost {max(lost) / SECOND:.2f} s   goal 1.5 s")
    assert len(events) > 5 * LENGTH
    assert max(lost) <= MOST_LOST
    assert until is not None
    there = came[shown[synced_then] - 1] - (came[0] - GAP)
    assert there - 10 * GAP < until <= there + GAP, "what is said to be on the disk is there"
    file.discard()
    vault.close()


@pytest.mark.parametrize("cut", [100, 4096])
def test_a_film_that_had_only_begun_is_no_damage(tmp_path, cut) -> None:
    """Less than a header, or a header alone: nothing was filmed, and that is all that is said."""
    vault = FilmVault(tmp_path, os.urandom(32))
    film_id = new_id()
    file = vault.begin(film_id, live=True)
    file.writer.close()
    part = tmp_path / (file.name + ".part")
    part.write_bytes(part.read_bytes()[:cut])
    if cut < container.HEADER_BYTES:
        with pytest.raises(container.ContainerError):
            vault.rescue(film_id, file.wrapped_key, file.name)
    else:
        assert vault.rescue(film_id, file.wrapped_key, file.name).size == 0
    vault.close()
