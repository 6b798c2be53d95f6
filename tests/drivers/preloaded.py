"""Children that are killed, begun from a process which has everything heavy imported: to begin one takes milliseconds.

What is tried is a kill inside an act, not the start of an interpreter. Where there is no fork, an interpreter is begun.
"""

import importlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol, TextIO

ROOT = Path(__file__).parents[2]
#: of each, `main` is called with the arguments
DRIVERS = (
    "archive_child", "coding_child", "deciding_child", "erasing_child", "filming_child", "final_child", "sealed_kills",
    "writing_child",
)  # fmt: skip


class Child(Protocol):
    """What a test needs of `subprocess.Popen`."""

    @property
    def stdin(self) -> TextIO: ...
    @property
    def stdout(self) -> TextIO: ...
    @property
    def returncode(self) -> int | None:
        """As `subprocess.Popen` gives it; None as long as nobody waited for the end."""

    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> object:
        """Raises subprocess.TimeoutExpired."""


@contextmanager
def child(driver: str, *arguments: str, quiet: bool = False) -> Iterator[Child]:
    """`tests.drivers.<driver>` with these arguments, in a process of its own; it is gone afterwards.

    `quiet`: what it complains of goes nowhere.
    """
    begun = _forked(driver, arguments, quiet=quiet) if hasattr(os, "fork") else _begun(driver, arguments, quiet=quiet)
    with begun as made:
        try:
            yield made
        finally:
            made.kill()
            made.wait()


@contextmanager
def _begun(driver: str, arguments: tuple[str, ...], *, quiet: bool) -> Iterator[Child]:
    command = [sys.executable, "-m", f"tests.drivers.{driver}", *arguments]
    to = subprocess.DEVNULL if quiet else None
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=to, text=True, cwd=ROOT
    ) as run:
        yield run  # type: ignore[misc]  # its pipes are there


class _Forked:
    def __init__(self, driver: str, arguments: tuple[str, ...], *, quiet: bool) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([f"tests.drivers.{name}" for name in DRIVERS])
        (heard, hears), (tells, told) = context.Pipe(duplex=False), context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(driver, arguments, dict(os.environ), heard, told, quiet))
        self._process.start()
        heard.close()
        told.close()
        self.stdin, self.stdout = _file(hears, "w"), _file(tells, "r")

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> None:
        self._process.join(timeout)
        if self._process.is_alive():
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0.0)

    def close(self) -> None:
        self._process.close()
        self.stdout.close()
        try:
            self.stdin.close()
        except BrokenPipeError:
            return  # a line that it never read


@contextmanager
def _forked(driver: str, arguments: tuple[str, ...], *, quiet: bool) -> Iterator[Child]:
    made = _Forked(driver, arguments, quiet=quiet)
    try:
        yield made
    finally:
        made.close()


def _file(connection: Connection, mode: str) -> TextIO:
    file = os.fdopen(os.dup(connection.fileno()), mode, encoding="utf-8")
    connection.close()
    return file


def _run(
    driver: str,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    heard: Connection,
    told: Connection,
    quiet: bool,
) -> None:
    """In the child: the standard streams of a process that was begun alone."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(heard.fileno(), 0)
    os.dup2(told.fileno(), 1)
    heard.close()
    told.close()
    if quiet:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
    importlib.import_module(f"tests.drivers.{driver}").main(*arguments)
    sys.stdout.flush()
