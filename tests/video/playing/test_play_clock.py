"""The clock that pictures follow goes on without steps."""

import time

from video.playing.play_clock import PlainClock, SoundClock


class Heard:
    """An output that has played for a second and tells nothing newer."""

    def played(self) -> float:
        return 1_000_000.0


def test_between_two_steps_of_the_coarse_clock_time_goes_on(monkeypatch) -> None:
    """On Windows `time.monotonic` stands still for 15.6 ms: every other picture would come late."""
    monkeypatch.setattr(time, "monotonic", lambda: 500.0)
    clocks = PlainClock(2_000_000.0), SoundClock(Heard())
    first = [clock.played() for clock in clocks]
    assert all(clock.played() > told for clock, told in zip(clocks, first, strict=True))
