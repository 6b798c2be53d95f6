"""One start, one unlock, in a process of its own: prints the seconds as JSON."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import paths
from app.bootstrap import Program
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost, derive

NAME, PASSPHRASE = "Aino Esimerkki", "viisi sanaa vain mittausta varten"


def main() -> None:
    folder = paths.documents() / "Mittaus"
    if not folder.exists():
        ArchiveDoorway(KdfCost.DEFAULT).create(folder, NAME, PASSPHRASE).archive.close()
    start = time.perf_counter()
    derive(PASSPHRASE.encode(), b"0" * 16, KdfCost.DEFAULT)
    figures = {"kdf": time.perf_counter() - start}
    app = QApplication(sys.argv[:1])
    program = Program(app)
    program.start()
    begun: list[float] = []

    def unlock() -> None:
        begun.append(time.perf_counter())
        program.unlock(Path(folder), NAME, PASSPHRASE)

    def opened(_window: object) -> None:
        QTimer.singleShot(0, finish)

    def finish() -> None:
        figures["desk"] = time.perf_counter() - begun[0]
        program.lock()
        app.quit()

    program.opened.connect(opened)
    QTimer.singleShot(2000, unlock)
    app.exec()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
