"""The window's side of the process that makes pages while a statement is written."""

from __future__ import annotations

import json
import pickle
import subprocess
import threading
from dataclasses import dataclass
from typing import IO

from app.errors import AppError
from app.model.statement_document import StatementDocument
from app.ports.children import WITHOUT_WINDOW, child_environment, own_module
from app.reports.page_child import HEAD, PAGES, PLACES, READY, REFUSED, send

MODULE = "app.reports.page_child"
#: bytes of a file of pages at most
LONGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class MadePages:
    """The file, and on which page, from 0, a paragraph (by its id) or a section (by its key) begins."""

    pages: bytes
    places: dict[str, int]


class PageProcess:
    """Begun at the first document, or before by `warm`; one that died is begun anew. Threads wait for their turn."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._ended = False

    def warm(self) -> None:
        """Begin it now, so that the first pages need not wait for its fonts."""
        with self._turn:
            self._running()

    def make(self, document: StatementDocument) -> MadePages:
        """Raises AppError(`pages-not-made`) when the text cannot be laid out, or the process was ended."""
        with self._turn:
            try:
                pipes = self._running()
                content = pickle.dumps(document)
                send(pipes[0], b"q", content)
                return self._heard(pipes[1])
            except OSError as error:
                self._drop()
                raise AppError("pages-not-made") from error

    def end(self) -> None:
        """What it was told goes with it. Nothing is made afterward."""
        self._ended = True
        if self._process is not None:
            self._process.kill()  # whoever waits for its pages hears it end
        with self._turn:
            self._drop()

    @property
    def pid(self) -> int | None:
        """The number of the process while it runs."""
        return None if self._process is None or self._process.poll() is not None else self._process.pid

    def _running(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._ended:
            raise OSError("ended")
        if self._process is not None and self._process.poll() is not None:
            self._drop()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, nothing from outside
                own_module(MODULE),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                creationflags=WITHOUT_WINDOW,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _heard(self, pipe: IO[bytes]) -> MadePages:
        places: dict[str, int] = {}
        while True:
            head = pipe.read(HEAD.size)
            if len(head) < HEAD.size:
                raise OSError("the process ended")
            kind, length = HEAD.unpack(head)
            if length > LONGEST:
                raise OSError("more than pages are")
            content = pipe.read(length)
            if kind == PLACES:
                places = json.loads(content)
            elif kind == PAGES:
                return MadePages(content, places)
            elif kind == REFUSED:
                raise AppError("pages-not-made")
            elif kind != READY:
                raise OSError("no message of ours")

    def _drop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _closed(pipe)
        self._process = None


def _closed(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what could not be written to a process that is gone
        return
