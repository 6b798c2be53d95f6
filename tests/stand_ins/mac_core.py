"""Plays the part of macOS's CoreFoundation that hands notices from program to program; no Mac was asked."""

from typing import Any


class _Function:
    """A function of a library, which can be told what it takes and gives."""

    def __init__(self, does) -> None:
        self._does, self.restype, self.argtypes = does, None, None

    def __call__(self, *given: Any) -> Any:
        return self._does(*given)


class MacCore:
    """Its notices are told by `lock`."""

    def __init__(self) -> None:
        self.observers: dict[int, tuple[Any, bytes]] = {}
        self.CFStringCreateWithCString = _Function(lambda _allocator, text, _encoding: text)
        self.CFNotificationCenterGetDistributedCenter = _Function(lambda: 7)
        self.CFNotificationCenterAddObserver = _Function(self._add)
        self.CFNotificationCenterRemoveEveryObserver = _Function(lambda _center, who: self.observers.pop(who))

    def _add(self, _center: int, who: int, told: Any, name: bytes, _object: None, _when: int) -> None:
        self.observers[who] = told, name

    def lock(self) -> None:
        for told, name in list(self.observers.values()):
            if name == b"com.apple.screenIsLocked":
                told(None, None, None, None, None)
