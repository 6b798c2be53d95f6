"""Takes a package into an archive and says when it begins: to be killed at any moment after that."""

import sys
from pathlib import Path

from app.door import Door
from app.i18n import Texts
from app.packages.taking_in import take_in
from storage.archive import ArchiveDoorway


def main(folder: str, name: str, secret: str, package: str) -> None:
    opened = ArchiveDoorway().unlock(Path(folder), name, secret)
    print("begun", flush=True)
    take_in(Door(opened.store), opened.archive, Texts("en"), Path(package), lambda _: None, lambda: False)
    print("done", flush=True)
    opened.archive.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
