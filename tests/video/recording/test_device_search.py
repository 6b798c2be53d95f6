"""Devices are looked for in child processes: one that hangs or crashes costs nothing, and its kind is said."""

import json
import sys

import pytest

from app.filming.devices import found
from app.filming.words import search_words
from app.i18n import Texts
from app.ports.recorder import Camera, CameraFormat, DeviceKind, Microphone
from app.settings.values import FilmingPlace
from video.recording.device_search import DeviceSearch
from video.recording.devices import EXAMPLE_CAMERAS, EXAMPLE_MICROPHONE, ComputerDevices
from video.recording.windows_cameras import CAPTURE, CLASSES, FILTERS, VIDEO, known

CAMERA = {"id": "usb-1", "name": "Huonekamera", "formats": [[1920, 1080, 30.0]]}
#: a child that says its lines and then waits, as the real one does
SAYS = "import sys; sys.stdout.write({!r}); sys.stdout.flush(); sys.stdin.read()"
HANGS, CRASHES = "import sys; sys.stdin.read()", "import os; os.abort()"


def child(*lines: object) -> tuple[str, ...]:
    return sys.executable, "-S", "-E", "-c", SAYS.format("".join(json.dumps(line) + "\n" for line in lines))


def played(script: str) -> tuple[str, ...]:
    return sys.executable, "-S", "-E", "-c", script


NO_MICROPHONE = child({"microphones": []})


@pytest.fixture
def devices(qtbot):
    made: list[ComputerDevices] = []

    def make(cameras, microphones=NO_MICROPHONE, *, limit: int = 20_000, again: int = 60_000):
        searches = (
            DeviceSearch(kind, command, limit, again)
            for kind, command in ((DeviceKind.CAMERAS, cameras), (DeviceKind.MICROPHONES, microphones))
        )
        made.append(ComputerDevices(None, *searches))
        made[0].cameras()
        made[0].microphones()
        return made[0]

    yield make
    for one in made:
        one.close()


def test_what_the_children_find_is_there_before_the_examples(devices, qtbot) -> None:
    there = devices(child({"cameras": [CAMERA]}), child({"microphones": [{"id": "m", "name": "Pöytä"}]}))
    assert there.is_looking
    assert there.cameras() == EXAMPLE_CAMERAS, "nobody waits for a driver"
    assert found(there, FilmingPlace()).cameras == (), "the example is not taken while a camera may still be found"
    qtbot.waitUntil(lambda: not there.is_looking)
    camera = Camera("usb-1", "Huonekamera", (CameraFormat(1920, 1080, 30.0),))
    assert there.cameras() == (camera, *EXAMPLE_CAMERAS)
    assert there.microphones() == (Microphone("m", "Pöytä"), EXAMPLE_MICROPHONE)
    assert found(there, FilmingPlace()).cameras[0][0] == camera
    assert search_words(Texts("fi"), there) == ""


def test_what_is_plugged_in_later_is_told(devices, qtbot) -> None:
    there = devices(child({"cameras": []}, {"cameras": [CAMERA]}))
    qtbot.waitUntil(lambda: len(there.cameras()) == 3)


@pytest.mark.parametrize(("script", "limit"), [(HANGS, 300), (CRASHES, 20_000)])
def test_a_driver_that_hangs_or_crashes_leaves_the_rest_and_is_said(devices, qtbot, script, limit) -> None:
    there = devices(played(script), child({"microphones": [{"id": "m", "name": "Pöytä"}]}), limit=limit)
    qtbot.waitUntil(lambda: there.silent() == (DeviceKind.CAMERAS,) or there.silent() == tuple(DeviceKind))
    qtbot.waitUntil(lambda: len(there.microphones()) == 2 or DeviceKind.MICROPHONES in there.silent())
    assert there.cameras() == EXAMPLE_CAMERAS
    for language in ("fi", "sv", "en"):
        assert "15" in search_words(Texts(language), there)


def test_a_silent_kind_is_asked_again(qtbot, tmp_path) -> None:
    """The camera whose driver hung was pulled out."""
    plug = tmp_path / "plugged-in"
    plug.touch()
    script = f"import os, sys; os.path.exists({str(plug)!r}) and os.abort(); " + SAYS.format('{"cameras": []}\n')
    search = DeviceSearch(DeviceKind.CAMERAS, played(script), again=50)
    search.begin()
    qtbot.waitUntil(lambda: search.is_silent)
    plug.unlink()
    qtbot.waitUntil(lambda: search.said == {"cameras": []})
    assert not search.is_silent
    search.close()


def test_the_child_itself_finds_what_this_computer_has(qtbot) -> None:
    search = DeviceSearch(DeviceKind.CAMERAS)
    search.begin()
    with qtbot.waitSignal(search.changed, timeout=20_000):
        pass
    assert isinstance(search.said["cameras"], list)
    search.close()


class Played:
    """A registry of Windows: webcam, capture stick, microphone, virtual camera, and a stick that was pulled out."""

    def __init__(self) -> None:
        self.tree: dict[str, dict[str, object]] = {}
        for stem, name, here, video in (
            ("##?#USB#VID_046D", "Webcam", 1, True),
            ("##?#USB#VID_EB1A", "Capture stick", 1, True),
            ("##?#USB#VID_0000", "Stick in the drawer", 0, True),
            ("##?#SWD#MMDEVAPI", "Microphone", 1, False),
        ):
            base = f"{CLASSES}\\{CAPTURE}\\{stem}#{CAPTURE}\\#GLOBAL"
            self.tree[f"{base}\\Device Parameters"] = {"FriendlyName": name}
            self.tree[f"{base}\\Control"] = {"Linked": here}
            if video:
                self.tree[f"{CLASSES}\\{VIDEO}\\{stem.lower()}#{VIDEO}"] = {}
        self.tree[f"{FILTERS}\\{{1}}"] = {"FriendlyName": "Virtual camera"}

    def keys(self, path: str) -> list[str]:
        inside = (one[len(path) + 1 :].split("\\")[0] for one in self.tree if one.startswith(path + "\\"))
        return list(dict.fromkeys(inside))

    def value(self, path: str, name: str) -> object:
        return self.tree.get(path, {}).get(name)


def test_a_camera_that_windows_knows_and_qt_does_not_is_named(devices, qtbot) -> None:
    names = known(Played())
    assert names == ["Webcam", "Capture stick", "Virtual camera"]
    there = devices(child({"cameras": [{**CAMERA, "name": "webcam"}], "known": names[:2]}))
    qtbot.waitUntil(lambda: not there.is_looking)
    assert there.unusable() == ("Capture stick",)
    said = search_words(Texts("fi"), there)
    assert said.startswith("Windows näkee tämän kameran, mutta Havainto ei voi käyttää sitä: Capture stick.")
