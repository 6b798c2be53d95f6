"""Each system has who tells there; where none is known nobody tells, and nothing breaks."""

import pytest

from app.ports.leaving import Leaving
from system.bus_session import BusSession
from system.leaving import leaving
from system.mac_screen import MacScreen
from system.windows_session import WindowsSession


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("linux", BusSession), ("win32", WindowsSession), ("darwin", MacScreen), ("haiku1", Leaving)],
)
def test_the_one_of_this_system(qapp, monkeypatch, platform, kind) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert type(leaving()) is kind


def test_a_mac_without_the_library_tells_nothing(qapp) -> None:
    mac = MacScreen()  # here is no CoreFoundation
    mac.begin()
    mac.close()
    assert mac._center is None
