"""The form of an archive's tables after each step, written anew from the steps: after one was added.

`python -m tests.schema_steps`; what it writes is read with the change, and an earlier step's lines never change.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from storage.migrations import HEAD, migrate, schema
from storage.store.database import Database

KEY = bytes(32)


def forms() -> Iterator[tuple[str, frozenset[str]]]:
    """Each step with the form after it, from an empty file on."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "a.db", KEY)
        with database.write() as connection:
            for number in range(1, int(HEAD) + 1):
                migrate(connection, step := f"{number:04}")
                yield step, schema.described(connection)
        database.close()


if __name__ == "__main__":
    schema.LIST.write_text(schema.written(forms()), "utf-8", newline="\n")
