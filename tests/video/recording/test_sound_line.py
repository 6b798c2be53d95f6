"""Sound stays at its time: late pieces, a clock that runs differently, gaps, and what the system held up."""

import numpy as np
import pytest

from video.recording.feeds import SOUND_RATE
from video.recording.sound_line import LONG_GAP, SoundLine
from video.recording.sound_recorder import PACKET, LevelMeter, SoundPacker, decibels

PIECE = 960  # 20 ms
ZERO = 1_000_000


def line_of(pieces) -> np.ndarray:
    return np.concatenate(list(pieces)) if pieces else np.zeros(0, np.float32)


def test_what_came_before_the_beginning_is_left_out() -> None:
    line = SoundLine(ZERO)
    assert not list(line.take(np.ones(PIECE, np.float32), ZERO - 5_000))
    (half,) = line.take(np.ones(PIECE, np.float32), ZERO + 10_000)
    assert len(half) == 480
    assert line.position == 480


def test_a_late_beginning_is_silence() -> None:
    line = SoundLine(ZERO)
    whole = line_of(list(line.take(np.ones(PIECE, np.float32), ZERO + 120_000)))
    assert len(whole) == 120 * 48
    assert (whole[: 100 * 48] == 0).all()
    assert (whole[100 * 48 :] == 1).all()


@pytest.mark.parametrize("ppm", [-300, -100, 0, 100, 300])
def test_a_clock_that_runs_differently_stays_within_a_few_milliseconds(ppm: int) -> None:
    """Ten minutes of a microphone whose second is not ours, with pieces that arrive up to 30 ms late."""
    chance = np.random.default_rng(2)
    line = SoundLine(ZERO)
    worst = 0
    for number in range(1, 30_000):
        due = ZERO + number * 20_000 * (1 + ppm / 1e6)
        late = chance.choice([0, 2_000, 30_000], p=[0.3, 0.6, 0.1])
        list(line.take(np.zeros(PIECE, np.float32), round(due + late)))
        if number > 500:
            worst = max(worst, abs(line.position - (due - ZERO) * SOUND_RATE / 1e6))
    assert worst / SOUND_RATE < 0.008


def test_a_burst_after_a_stall_is_no_gap() -> None:
    line = SoundLine(ZERO)
    for number in range(1, 101):
        list(line.take(np.zeros(PIECE, np.float32), ZERO + number * 20_000))
    given = [list(line.take(np.full(PIECE, n, np.float32), ZERO + 2_600_000)) for n in range(1, 31)]
    assert all(len(g) == 1 for g in given), "what the system held up for 0.6 s is kept as it is"
    assert line.position == pytest.approx(130 * PIECE, abs=PIECE)


def test_a_gap_becomes_silence_and_a_long_one_is_left_out() -> None:
    line = SoundLine(ZERO)
    list(line.take(np.ones(PIECE, np.float32), ZERO + 20_000))
    assert not list(line.fill(ZERO + 500_000)), "it may still come"
    assert line_of(list(line.fill(ZERO + 3_020_000))).any() == np.False_
    assert line.position == PIECE + 3 * SOUND_RATE - SOUND_RATE // 5
    (count,) = line.fill(ZERO + 3_600_000_000)
    assert isinstance(count, int)
    assert count > LONG_GAP
    (silence, heard) = line.take(np.ones(PIECE, np.float32), ZERO + 3_600_300_000)
    assert not silence.any()
    assert heard.all()
    assert line.position == 3_600_300_000 * 48 // 1000


def test_packets_stand_where_their_samples_are() -> None:
    packets = []
    packer = SoundPacker(packets.append)
    packer.push(np.zeros(5000, np.float32))
    packer.push(20 * SOUND_RATE)
    packer.push(np.zeros(5000, np.float32))
    packer.finish()
    places = [p.position for p in packets]
    steps = np.diff(places)
    assert places[0] == -PACKET, "an encoder begins with a packet of nothing"
    assert sorted(set(steps.tolist())) == [PACKET, steps.max()]
    gap = int(np.argmax(steps))
    assert places[gap] < 5000 <= places[gap] + PACKET
    assert places[gap + 1] == 5000 + 20 * SOUND_RATE


def test_levels_are_decibels_below_full_scale() -> None:
    assert decibels(1.0) == 0.0
    assert decibels(0.5) == pytest.approx(-6.0206, abs=1e-4)
    assert decibels(0.0) == -90.0
    told = []
    meter = LevelMeter(told.append)
    meter.take(np.zeros(0, np.float32))
    meter.take(np.full(4800, 0.1, np.float32))
    assert told[0].peak_db == pytest.approx(-20, abs=0.01)
    assert told[0].mean_db == pytest.approx(-20, abs=0.01)
