"""The cameras that Windows itself knows, from its registry: also those whose driver is DirectShow's alone.

Qt 6 finds cameras by Media Foundation, which knows neither many capture sticks nor virtual cameras. A device that is
plugged in now has an interface of the class for capture *and* of the one for video; a virtual camera is a filter that
is registered as a source of video.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

CLASSES = r"SYSTEM\CurrentControlSet\Control\DeviceClasses"
#: KSCATEGORY_CAPTURE, and KSCATEGORY_VIDEO
CAPTURE, VIDEO = "{65e8773d-8f56-11d0-a3b9-00a0c9223196}", "{6994ad05-93ef-11d0-a3cc-00a0c9223196}"
#: CLSID_VideoInputDeviceCategory: what DirectShow's programs offer as cameras
FILTERS = r"SOFTWARE\Classes\CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance"


class Registry(Protocol):
    """What of HKEY_LOCAL_MACHINE is read; what is not there is empty."""

    def keys(self, path: str) -> Sequence[str]: ...

    def value(self, path: str, name: str) -> object: ...


def known(registry: Registry | None = None) -> list[str]:
    """The names of the cameras that are plugged in, and of the virtual ones."""
    read = registry or WindowsRegistry()
    video = {_device(one) for one in read.keys(f"{CLASSES}\\{VIDEO}")}
    found = [
        str(name)
        for one in read.keys(f"{CLASSES}\\{CAPTURE}")
        for plug in read.keys(f"{CLASSES}\\{CAPTURE}\\{one}")
        if _device(one) in video
        and plug.startswith("#")
        and read.value(f"{CLASSES}\\{CAPTURE}\\{one}\\{plug}\\Control", "Linked") == 1
        and (name := read.value(f"{CLASSES}\\{CAPTURE}\\{one}\\{plug}\\Device Parameters", "FriendlyName"))
    ]
    found += [str(name) for one in read.keys(FILTERS) if (name := read.value(f"{FILTERS}\\{one}", "FriendlyName"))]
    return list(dict.fromkeys(found))


def _device(interface: str) -> str:
    """`##?#USB#VID_…#7&2a…#{class}` without its class: the same device has the same beginning."""
    return interface.rpartition("#")[0].lower()


class WindowsRegistry:
    """The computer's own."""

    def keys(self, path: str) -> list[str]:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:  # type: ignore[attr-defined]  # Windows only
                count = winreg.QueryInfoKey(key)[0]  # type: ignore[attr-defined]
                return [winreg.EnumKey(key, n) for n in range(count)]  # type: ignore[attr-defined]
        except OSError:
            return []

    def value(self, path: str, name: str) -> object:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:  # type: ignore[attr-defined]
                return winreg.QueryValueEx(key, name)[0]  # type: ignore[attr-defined]
        except OSError:
            return None
