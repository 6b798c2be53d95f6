"""A step whose sync the disk refuses, in a process with the library: `python -m tests.power.unsynced FOLDER`.

Says the error, how many steps count in the open database, and how many when it is opened anew.
"""

import errno
import os
import sys
from os import _exit as leave  # a forked process ends without the cleaning up of its parent
from pathlib import Path

from app.errors import StoreError
from storage.store.database import Database
from tests.power.library import Disk, Kind

KEY = bytes(range(32))


def counted(database: Database) -> int:
    with database.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM step").scalar_one()


def step(database: Database, many: int = 1) -> None:
    with database.write() as connection:
        for _ in range(many):
            connection.exec_driver_sql("INSERT INTO step VALUES (zeroblob(9000))")


def main(folder: str) -> None:
    path = Path(folder) / "one.db"
    database = Database(path, KEY)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE step (body BLOB)")
    step(database)
    step(database)
    disk = Disk()
    disk.arm(1, errno.EIO, Kind.SYNC, lasting=True)
    try:
        step(database, 5)
    except StoreError as error:
        print(error.key)
    disk.arm(-1, 0)
    print(counted(database))
    sys.stdout.flush()
    if os.fork() == 0:  # a program that was killed: nobody has closed anything
        again = Path(folder) / "again.db"
        for ending in ("", "-wal"):
            again.with_name(again.name + ending).write_bytes(path.with_name(path.name + ending).read_bytes())
        print(counted(Database(again, KEY)))
        sys.stdout.flush()
        leave(0)
    os.wait()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
