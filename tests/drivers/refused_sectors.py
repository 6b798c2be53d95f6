"""A disk that is dying: it does not give some sectors of a file, does not open a file nor list a folder (EIO)."""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

SECTOR = 4096


def _eio() -> OSError:
    return OSError(errno.EIO, os.strerror(errno.EIO))


@contextmanager
def sectors_refused(monkeypatch, path, places):
    """Within it `os.read` gives no sector of a file that holds one of `places`."""
    refused = {place // SECTOR for place in places}
    really = os.read

    def read(descriptor, length):
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            at = os.lseek(descriptor, 0, os.SEEK_CUR)
            if refused.intersection(range(at // SECTOR, (at + max(length, 1) - 1) // SECTOR + 1)):
                raise _eio()
        return really(descriptor, length)

    with monkeypatch.context() as disk:
        disk.setattr(os, "read", read)
        yield


@contextmanager
def refused(monkeypatch, method, is_it):
    """Within it a method of `Path` fails for those paths of which `is_it` is true."""
    really = getattr(Path, method)

    def acting(self, *said, **named):
        if is_it(self):
            raise _eio()
        return really(self, *said, **named)

    with monkeypatch.context() as disk:
        disk.setattr(Path, method, acting)
        yield
