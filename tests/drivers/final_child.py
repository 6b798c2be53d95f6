"""A program of its own that makes a statement final and is killed on the way: `FOLDER WORKER STATEMENT`."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.i18n import Texts
from app.reports import statement_pdf
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from storage.store.database import Database
from storage.vault.film_vault import FilmVault
from tests.material.archives import KEY, store_on


def main(place: str, worker_id: str, statement_id: str) -> None:
    folder = Path(place)
    _app = QCoreApplication([])
    assert statement_pdf  # what is heavy is there before the clock of the killer begins
    editor = StatementEditor(store_on(Database(folder / "archive.db", KEY), worker_id), Texts("fi"), statement_id)
    vault = FilmVault(folder / "media", bytes(32))
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    made = make_final(editor, vault)
    sys.stdout.write("final\n" if made else "refused\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
