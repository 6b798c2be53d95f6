"""libmpv without a window: its exact seek, the way BORIS seeks."""

import ctypes
import ctypes.util
import locale
import time
from pathlib import Path


class _Event(ctypes.Structure):
    _fields_ = (("id", ctypes.c_int), ("error", ctypes.c_int), ("wish", ctypes.c_uint64), ("data", ctypes.c_void_p))


class Mpv:
    """A film that stands on its first picture. Raises ModuleNotFoundError where there is no libmpv."""

    RESTART, END = 21, 7
    #: seconds after which what was wished does not come any more
    limit = 10.0

    def __init__(self, film: Path, **more: str) -> None:
        """`more` are options of mpv, with `_` for `-`."""
        found = ctypes.util.find_library("mpv")
        if not found:
            raise ModuleNotFoundError("libmpv")
        locale.setlocale(locale.LC_NUMERIC, "C")
        self._lib = lib = ctypes.CDLL(found)
        lib.mpv_create.restype = ctypes.c_void_p
        lib.mpv_wait_event.restype = ctypes.POINTER(_Event)
        lib.mpv_wait_event.argtypes = [ctypes.c_void_p, ctypes.c_double]
        self._mpv = ctypes.c_void_p(lib.mpv_create())
        options = {"vo": "null", "ao": "null", "pause": "yes", "hr_seek": "yes", "config": "no", "hwdec": "no"}
        for name, value in (options | more).items():
            lib.mpv_set_option_string(self._mpv, name.replace("_", "-").encode(), value.encode())
        assert lib.mpv_initialize(self._mpv) == 0
        try:
            self._command("loadfile", str(film))
            self._wait()
        except BaseException:
            self.close()
            raise

    def _command(self, *words: str) -> bool:
        """Whether mpv took it; what earlier wishes had to say is passed over."""
        while self._lib.mpv_wait_event(self._mpv, 0.0).contents.id:
            pass
        array = (ctypes.c_char_p * (len(words) + 1))(*(w.encode() for w in words), None)
        return bool(self._lib.mpv_command(self._mpv, array) == 0)

    def _wait(self, limit: float | None = None) -> None:
        """Until playback stands on the new picture. Raises TimeoutError, FileNotFoundError when the film has ended."""
        until = time.perf_counter() + (self.limit if limit is None else limit)
        while (left := until - time.perf_counter()) > 0:
            event = self._lib.mpv_wait_event(self._mpv, min(left, 0.5)).contents.id
            if event == self.RESTART:
                return
            if event == self.END:
                raise FileNotFoundError
        raise TimeoutError

    def close(self) -> None:
        self._lib.mpv_terminate_destroy(self._mpv)
