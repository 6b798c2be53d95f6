"""What is dear to make is made once per run, whichever worker asks first, and shared by all of them.

The run's folder goes with the run. What lies in it is nobody's to change: whoever needs a file that may be changed,
copies it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDER = "HAVAINTO_TESTS_SHARED"


def begin_run() -> bool:
    """Make the run's folder, which workers inherit; False when a run that began earlier has made it."""
    if _FOLDER in os.environ:
        return False
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="havainto-tests-")
    return True


def end_run() -> None:
    shutil.rmtree(os.environ.pop(_FOLDER))


@contextmanager
def run() -> Iterator[None]:
    """A run of what is no test: its folder goes with it, unless it is part of a longer one."""
    begun = begin_run()
    try:
        yield
    finally:
        if begun:
            end_run()


def shared() -> Path:
    """The folder that all workers of this run share."""
    begin_run()
    return Path(os.environ[_FOLDER])


def once(name: str, make: Callable[[Path], object]) -> Path:
    """What `make` wrote at the path it was given, under `name` in the run's folder."""
    made = shared() / name
    if not made.exists():
        with turn(f"{name}.turn"):
            if not made.exists():
                with tempfile.TemporaryDirectory(dir=shared()) as half:
                    make(Path(half) / name)
                    (Path(half) / name).rename(made)
    return made


@contextmanager
def turn(name: str, *, together: bool = False) -> Iterator[None]:
    """Wait until no other worker has the turn of that name; `together`: until none has it alone."""
    with (shared() / name).open("a") as file:
        _wait(file.fileno(), together=together)
        yield  # closing the file gives the turn up


if os.name == "nt":

    def _wait(descriptor: int, *, together: bool) -> None:
        import msvcrt

        del together  # Windows has no turns that are had together: workers then go one after another
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:
                continue  # it gives up after ten tries of a second each
            return

else:

    def _wait(descriptor: int, *, together: bool) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_SH if together else fcntl.LOCK_EX)
