"""The process that looks for devices of one kind: a driver that hangs or crashes takes it along and nothing else.

`python -m video.recording.device_child cameras` says on its output what there is, a line of JSON each time that it
changes, until its input is closed. On Windows it also says which cameras the system knows: Qt knows none that has a
DirectShow driver only.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraDevice

CAMERAS, MICROPHONES = "cameras", "microphones"


def main(kind: str) -> int:
    app = QCoreApplication([])
    from PySide6.QtMultimedia import QMediaDevices

    watched = QMediaDevices()
    look = _cameras if kind == CAMERAS else _microphones
    said: list[str] = []

    def tell() -> None:
        line = json.dumps(look())
        if [line] != said:
            said[:] = [line]
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    (watched.videoInputsChanged if kind == CAMERAS else watched.audioInputsChanged).connect(tell)
    tell()
    threading.Thread(target=_until_left, args=(app,), name="input", daemon=True).start()
    return app.exec()


def _until_left(app: QCoreApplication) -> None:
    """Whoever started it is gone, or does not need it any more."""
    sys.stdin.read()
    QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)


def _microphones() -> dict[str, Any]:
    from PySide6.QtMultimedia import QMediaDevices

    return {MICROPHONES: [{"id": _id(d.id()), "name": d.description()} for d in QMediaDevices.audioInputs()]}


def _cameras() -> dict[str, Any]:
    from PySide6.QtMultimedia import QMediaDevices

    found = [{"id": _id(d.id()), "name": d.description(), "formats": _formats(d)} for d in QMediaDevices.videoInputs()]
    said: dict[str, Any] = {CAMERAS: found}
    if sys.platform == "win32":
        from video.recording import windows_cameras

        said["known"] = windows_cameras.known()
    return said


def _id(name: object) -> str:
    """Qt's id of a device as text: on Linux a path, elsewhere the system's name for the plug and the device."""
    return bytes(name.data()).decode("utf-8", "backslashreplace")  # type: ignore[attr-defined]  # a QByteArray


def _formats(device: QCameraDevice) -> list[tuple[int, int, float]]:
    """Each size once with its highest rate, the largest first."""
    best: dict[tuple[int, int], float] = {}
    for form in device.videoFormats():
        size = form.resolution().width(), form.resolution().height()
        best[size] = max(best.get(size, 0.0), form.maxFrameRate())
    return [(*size, fps) for size, fps in sorted(best.items(), reverse=True)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
