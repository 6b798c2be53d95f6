"""A backup by itself: when it is due, where it goes, that it gives way to filming, and what is said when not."""

import threading
from datetime import timedelta

import pytest

from app.errors import BackupError, Cancelled
from app.i18n import Texts, now
from app.jobs import Jobs
from app.model.erasure import MadeHow
from app.notices import Notices
from app.office import daily_backup
from app.office.daily_backup import AFTER_TROUBLE_MS, FIRST_LOOK_MS, LOOK_EVERY_MS, DailyBackup, in_words, is_due
from tests.material.house import QuietArchive

EN = Texts("en")


class Kept:
    """A daily backup over a made-up archive."""

    def __init__(self, usb) -> None:
        self.archive, self.jobs, self.notices, self.filming = QuietArchive(), Jobs(), Notices(EN), False
        self.archive.place = str(usb)
        self.daily = DailyBackup(self.archive, self.jobs, self.notices, lambda: EN, lambda: self.filming)

    def look(self, qtbot) -> None:
        """Look now, and let what follows land."""
        self.daily.look()
        qtbot.waitUntil(lambda: not self.jobs.running)

    @property
    def said(self):
        return [notice.text for notice in self.notices.standing]


@pytest.fixture
def kept(tmp_path, qtbot):
    (tmp_path / "usb").mkdir()
    made = Kept(tmp_path / "usb")
    yield made
    made.daily.stop()
    made.jobs.close()


def test_a_day_after_the_newest_it_is_due(qapp):
    at = now()
    assert is_due(None, at)
    assert not is_due(at - timedelta(hours=23, minutes=59), at)
    assert is_due(at - timedelta(hours=24), at)
    # the clock was a year ahead when that was made, or is a year behind now
    assert is_due(at + timedelta(days=365), at)


def test_it_is_made_quietly_and_once(kept, qtbot, tmp_path):
    kept.daily.begin()
    assert kept.daily.waits_ms == FIRST_LOOK_MS
    kept.look(qtbot)
    assert (kept.archive.backups, kept.archive.hows) == ([tmp_path / "usb"], [MadeHow.BY_ITSELF])
    assert kept.daily.next == kept.archive.last + daily_backup.EVERY
    assert (kept.said, in_words(EN, kept.daily)) == ([], "")
    kept.look(qtbot)
    assert len(kept.archive.backups) == 1
    assert kept.daily.waits_ms == LOOK_EVERY_MS


def test_without_a_place_nothing_is_made_and_the_desk_says_so(kept, qtbot):
    kept.archive.place = ""
    kept.look(qtbot)
    assert kept.archive.backups == []
    assert in_words(EN, kept.daily) == "No place for backups has been chosen, so none is made by itself."
    assert kept.said == []


def test_a_disk_that_is_away_is_waited_for_and_told_of_after_days(kept, qtbot, tmp_path):
    (tmp_path / "usb").rename(tmp_path / "in a drawer")
    kept.archive.last = now() - timedelta(days=2)
    kept.look(qtbot)
    assert kept.said == []
    assert in_words(EN, kept.daily).startswith("The disk or folder for backups is not here.")
    kept.archive.last = now() - timedelta(days=3)
    kept.look(qtbot)
    kept.look(qtbot)
    (said,) = kept.said
    assert said.startswith("The disk or folder for backups has not been here for days.")
    with qtbot.waitSignal(kept.daily.wanted):
        kept.notices.standing[0].action()
    (tmp_path / "in a drawer").rename(tmp_path / "usb")
    kept.look(qtbot)
    assert len(kept.archive.backups) == 1
    assert in_words(EN, kept.daily) == ""


def test_a_full_disk_is_said_once_and_tried_again_later(kept, qtbot):
    kept.archive.backup_trouble = BackupError("backup-disk-full")
    kept.look(qtbot)
    kept.look(qtbot)
    (said,) = kept.said
    assert said.startswith("The backup disk is full")
    assert in_words(EN, kept.daily) == said
    assert kept.daily.waits_ms == AFTER_TROUBLE_MS


def test_while_something_is_filmed_none_is_made(kept, qtbot):
    kept.filming = True
    kept.look(qtbot)
    assert kept.archive.backups == []
    kept.filming = False
    kept.daily.on_filming()
    assert kept.daily.waits_ms == FIRST_LOOK_MS
    kept.look(qtbot)
    assert len(kept.archive.backups) == 1


def test_one_that_is_being_made_when_filming_begins_is_left(kept, qtbot):
    begun, waits = threading.Event(), threading.Event()

    def slow(_target, _progress, cancelled, _how):
        begun.set()
        while not cancelled():
            waits.wait(0.01)
        raise Cancelled

    kept.archive.backup = slow
    kept.daily.look()
    qtbot.waitUntil(begun.is_set)
    kept.filming = True
    kept.daily.on_filming()
    qtbot.waitUntil(lambda: not kept.jobs.running)
    assert (kept.said, kept.daily.trouble) == ([], None)
