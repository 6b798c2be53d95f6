"""A guest's archive that stays open past the pass's last day: it asks once to be locked."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.i18n import today
from app.model.guests import GuestPass, GuestRole
from app.office.guest_clock import GuestClock


class Archive:
    """Holds the passes of whoever is signed in."""

    def __init__(self, until: date, *, guest: bool = True) -> None:
        self.worker = SimpleNamespace(id="g", guest=guest)
        self.held = [GuestPass("p", "m", "g", GuestRole.SUBSTITUTE, until, "aino", datetime(2026, 11, 1, tzinfo=UTC))]

    def find(self, _kind):
        return tuple(self.held)


def clock(qtbot, archive: Archive) -> tuple[GuestClock, list[str]]:
    made, said = GuestClock(archive), []
    made.over.connect(lambda: said.append("over"))
    return made, said


def test_while_the_pass_lasts_it_looks_and_says_nothing(qtbot) -> None:
    made, said = clock(qtbot, Archive(today()))
    made.look()
    assert (said, made.runs) == ([], True)
    made.stop()
    assert not made.runs


@pytest.mark.parametrize("how", ["the last day is over", "it was ended"])
def test_when_the_pass_is_over_it_says_so_once_and_stands(qtbot, how) -> None:
    archive = Archive(today())
    made, said = clock(qtbot, archive)
    archive.held = Archive(today() - timedelta(days=1)).held if how == "the last day is over" else []
    made.look()
    assert (said, made.runs) == (["over"], False)


def test_for_whoever_is_no_guest_it_stands(qtbot) -> None:
    made, _ = clock(qtbot, Archive(today(), guest=False))
    assert not made.runs
