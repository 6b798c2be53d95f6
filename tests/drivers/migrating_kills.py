"""The whole migration of an older archive's database, killed at a statement or at a step on the disk, once at each.

Every kill is a process of its own that ends without another instruction; what it left is opened and counted.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

import sqlalchemy as sa

from app.errors import AppError
from storage import archive_folder, durable_file, migrating
from storage.migrations import HEAD, migrate, revision_of
from storage.store.database import Database
from tests.material.archives import KEY
from tests.material.older import older_database

_KILLED, _DONE = -signal.SIGKILL, 0
#: steps on the disk, beside the database's own statements
_ON_DISK = ((os, "link"), (durable_file, "put_in_place"), (durable_file, "sync_file"), (durable_file, "sync_folder"))


class Ground:
    """An older archive's database, to be copied for every kill."""

    def __init__(self, place: Path, step: str = "0004") -> None:
        self.folder = place / "ground"
        self.folder.mkdir(parents=True)
        database = older_database(self.folder)
        if step != "0004":
            with database.write() as connection:
                migrate(connection, step)
        database.close()
        self.step, self._place = step, place
        self.rows = self._rows(self.folder)

    def moments(self) -> int:
        """How many there are at which it can be killed."""
        told = self._place / "moments"
        assert self._run(self._copy("whole"), lambda n: told.write_text(str(n))) == _DONE
        return int(told.read_text())

    def killed_at(self, moments: Iterable[int]) -> list[str]:
        """What was found after each kill that must not be."""
        return [fault for moment in moments if (fault := self._kill(moment))]

    def _kill(self, moment: int) -> str:
        folder = self._copy(f"run-{moment}")
        try:
            ended = self._run(folder, lambda n: os.kill(os.getpid(), signal.SIGKILL) if n == moment else None)
            return f"{moment}: not killed" if ended != _KILLED else self._fault(folder, moment)
        except (AppError, sa.exc.SQLAlchemyError) as error:
            return f"{moment}: would not open: {error!r}"
        finally:
            shutil.rmtree(folder)

    def _fault(self, folder: Path, moment: int) -> str:
        """Old or new, with every row, and the next try ends well with nothing left over."""
        at = self._at(folder)
        if at not in {self.step, HEAD} or self._rows(folder) != self.rows:
            return f"{moment}: half, at {at}"
        archive_folder.protect(folder)
        if at != HEAD:
            migrating.bring_up(folder, KEY, lambda _: None)
        left = {path.name for path in folder.iterdir()} - {archive_folder.DATABASE_NAME, archive_folder.FORMER_NAME}
        is_whole = self._at(folder) == HEAD and self._rows(folder) == self.rows and not left
        return "" if is_whole else f"{moment}: not whole after the next try: {left}"

    def _copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.folder, self._place / name))

    def _run(self, folder: Path, at: Callable[[int], object]) -> int:
        """In a process of its own; `at` is told of every moment by its number. Gives how it ended."""
        acting = multiprocessing.get_context("fork").Process(target=_bring_up, args=(folder, at))
        acting.start()
        acting.join()
        assert acting.exitcode is not None
        return acting.exitcode

    def _at(self, folder: Path) -> str:
        database = Database(archive_folder.database_path(folder), KEY)
        try:
            with database.read() as connection:
                return revision_of(connection)
        finally:
            database.close()

    def _rows(self, folder: Path) -> dict[str, int]:
        """Of the tables that the older program had; the version and the settings are no rows of anybody's."""
        database = Database(archive_folder.database_path(folder), KEY)
        try:
            if troubles := database.troubles():
                return dict.fromkeys(troubles, -1)
            with database.read() as connection:
                there = getattr(self, "rows", None) or sa.inspect(connection).get_table_names()
                names = [n for n in there if n not in {"alembic_version", "setting"} and not n.startswith("search_")]
                count = sa.select(sa.func.count())
                return {n: connection.execute(count.select_from(sa.table(n))).scalar_one() for n in names}
        finally:
            database.close()


def _bring_up(folder: Path, at: Callable[[int], object]) -> None:
    _watched(at)
    migrating.bring_up(folder, KEY, lambda _: None)


def _watched(at: Callable[[int], object]) -> None:
    number = 0

    def next_one(*_: object) -> None:
        nonlocal number
        number += 1
        at(number)

    sa.event.listen(sa.Engine, "before_cursor_execute", next_one)
    sa.event.listen(sa.Engine, "commit", next_one)
    for module, name in _ON_DISK:
        setattr(module, name, _told(getattr(module, name), next_one))


def _told(act: Callable[..., object], tell: Callable[[], None]) -> Callable[..., object]:
    def acting(*values: object) -> object:
        tell()
        done = act(*values)
        tell()
        return done

    return acting
