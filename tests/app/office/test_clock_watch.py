"""A clock that is moved while the archive is open, or was moved before, is told; a little is not."""

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.i18n import Texts
from app.notices import Notices
from app.office.clock_watch import TOLD_FROM_S, ClockWatch, steady_s
from app.office.entering import words_of
from storage import open_archive
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.golden import AINO, PASSPHRASE, golden

EN = Texts("en")


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (0, ""),
        (TOLD_FROM_S - 1, ""),
        (3600, "This computer's clock was put forward by 60 minutes."),
        (-86_400, "This computer's clock was put back by 1 440 minutes."),
    ],
)
def test_only_what_was_moved_is_told(qapp, moved, said):
    at = {"clock": 1_000_000.0, "steady": 50.0}
    notices = Notices(EN)
    watch = ClockWatch(notices, lambda: EN, None, lambda: at["clock"], lambda: at["steady"])
    watch.begin()
    at["clock"] += 8 * 3600 + moved  # the computer slept through the night
    at["steady"] += 8 * 3600
    watch.look()
    watch.look()
    watch.stop()
    told = [notice.text.replace("\N{NO-BREAK SPACE}", " ").replace(",", " ") for notice in notices.standing]
    assert [words.startswith(said) for words in told] == ([True] if said else [])


@pytest.mark.parametrize(
    ("system", "clock"), [("linux", "CLOCK_BOOTTIME"), ("darwin", "CLOCK_MONOTONIC"), ("win32", "monotonic")]
)
def test_the_night_is_counted_on_every_system(monkeypatch, system, clock):
    """Or each morning would tell that the clock was put forward: of macOS `time.monotonic` does not count sleep."""
    asleep_too = {"CLOCK_BOOTTIME": 7, "CLOCK_MONOTONIC": 6}
    read = {number: 30_000.0 if name == clock else 1_000.0 for name, number in asleep_too.items()}
    with monkeypatch.context() as other:
        other.setattr(sys, "platform", system)
        for name, number in asleep_too.items():
            other.setattr(time, name, number, raising=False)
        if system != "linux":
            other.delattr(time, "CLOCK_BOOTTIME")
        other.setattr(time, "clock_gettime", read.__getitem__, raising=False)
        other.setattr(time, "monotonic", lambda: 30_000.0 if clock == "monotonic" else 1_000.0)
        counted = steady_s()
    assert counted == 30_000.0


def test_a_clock_behind_the_newest_row_is_told_at_the_door(tmp_path, monkeypatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=30)

    folder, door = golden("empty", tmp_path / "archive"), ArchiveDoorway(KdfCost.FLOOR)
    opened = door.unlock(folder, AINO, PASSPHRASE)
    assert opened.archive.to_tell() == ()
    opened.archive.close()
    monkeypatch.setattr(open_archive, "datetime", Earlier)
    opened = door.unlock(folder, AINO, PASSPHRASE)
    (error,) = opened.archive.to_tell()
    opened.archive.close()
    assert error.key == "clock-behind"
    assert str(datetime.now(UTC).astimezone().year) in words_of(Texts("fi"), error)


@pytest.mark.skipif(not hasattr(time, "CLOCK_MONOTONIC"), reason="Windows has no clocks by number")
def test_on_a_mac_the_steady_clock_is_the_one_that_goes_on_in_sleep(monkeypatch) -> None:
    """Python's own stands still there, and each night's sleep would be told as a clock that was put forward."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(time, "monotonic", lambda: -1.0)
    before = time.clock_gettime(time.CLOCK_MONOTONIC)
    assert steady_s() >= before
