"""Whether a person lets this program film and hear. macOS asks her, once, and only when it is told to ask.

Until she has said yes Qt opens no camera there, and says so in a line that nobody reads. Elsewhere the answer is yes.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from PySide6.QtCore import QCameraPermission, QCoreApplication, QMicrophonePermission, Qt

Wish: TypeAlias = QCameraPermission | QMicrophonePermission


class Allowance:
    """For the main thread; `application` is given by a test, otherwise it is the running one."""

    def __init__(self, application: Any = None) -> None:
        self._application = application
        self._asked: set[type[Wish]] = set()

    def holds(self, wish: Wish) -> bool:
        """Whether it is given now. A person who was never asked is asked, and a later look finds her answer."""
        application: Any = self._application or QCoreApplication.instance()
        found = application.checkPermission(wish)
        if found == Qt.PermissionStatus.Undetermined and type(wish) not in self._asked:
            self._asked.add(type(wish))
            application.requestPermission(wish, application, _on_answer)
        return bool(found == Qt.PermissionStatus.Granted)


def _on_answer(*_: object) -> None:
    """The recorder looks for devices that did not open every few seconds, so nobody waits for this."""
