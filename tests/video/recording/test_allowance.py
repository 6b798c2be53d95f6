"""macOS lets no program film before a person was asked; where nobody needs to be asked nothing changes."""

from PySide6.QtCore import QCameraPermission, QMicrophonePermission, Qt

from app.ports.recorder import Camera, Microphone
from tests.stand_ins.hand_feeds import HandClock
from video.recording.allowance import Allowance
from video.recording.devices import EXAMPLE_CAMERAS, DeviceOpener

Status = Qt.PermissionStatus


class Mac:
    """An application whose user has not been asked yet."""

    def __init__(self) -> None:
        self.said = Status.Undetermined
        self.asked: list[type] = []

    def checkPermission(self, _wish: object) -> Status:
        return self.said

    def requestPermission(self, wish: object, _context: object, _then: object) -> None:
        self.asked.append(type(wish))


def test_a_person_is_asked_once_for_each_and_her_answer_holds() -> None:
    mac = Mac()
    allowance = Allowance(mac)
    assert not any(allowance.holds(QCameraPermission()) for _ in range(3))
    assert not allowance.holds(QMicrophonePermission())
    assert mac.asked == [QCameraPermission, QMicrophonePermission]
    mac.said = Status.Granted
    assert allowance.holds(QCameraPermission())
    mac.said = Status.Denied
    assert not allowance.holds(QCameraPermission())
    assert len(mac.asked) == 2


def test_no_device_is_opened_before_that_and_the_examples_need_no_leave(qtbot) -> None:
    mac = Mac()
    opener = DeviceOpener(HandClock(), allowance=Allowance(mac))
    assert opener.camera(Camera("usb:1", "Kamera"), None, lambda *_: None, lambda: None) is None
    assert opener.microphone(Microphone("usb:2", "Mikrofoni"), lambda *_: None, lambda: None) is None
    assert mac.asked == [QCameraPermission, QMicrophonePermission]
    feed = opener.camera(EXAMPLE_CAMERAS[0], None, lambda *_: None, lambda: None)
    assert feed is not None
    feed.close()
    assert len(mac.asked) == 2


def test_here_it_is_given_without_a_word(qapp) -> None:
    assert Allowance().holds(QCameraPermission())
    assert Allowance().holds(QMicrophonePermission())
