"""Which version's tables a damaged database has, where what says so is damaged itself."""

import pytest

from app.errors import ArchiveError
from storage.migrations import HEAD, revision_of
from storage.rescue import cells
from storage.rescue.new_rows import NewRows
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import PAGE, SealedPages
from storage.store.database import Database
from tests.drivers.migrating_kills import Ground
from tests.drivers.page_damage import TABLES_OF
from tests.material.archives import KEY, new_database


def test_a_damaged_list_of_a_newer_programs_tables_is_a_newer_archive(tmp_path) -> None:
    database = new_database(tmp_path)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    path = tmp_path / "archive.db"
    with SealedPages(path, KEY) as pages:
        first = [number for number in cells.below(pages.page(1), 1) if number > 1]
    held = bytearray(path.read_bytes())
    held[(first[-1] - 1) * PAGE + 1000] ^= 1  # of the list of tables, not what says the version's place
    path.write_bytes(held)
    with SealedPages(path, KEY) as pages, pytest.raises(ArchiveError, match="archive-newer"):
        Reading(pages, TABLES_OF)


@pytest.mark.parametrize("step", ["0020", "0055"])
def test_an_older_archives_rows_come_over_though_the_page_that_says_its_version_is_damaged(tmp_path, step) -> None:
    (tmp_path / "ground").mkdir()
    path = Ground(tmp_path / "ground", step).folder / "archive.db"
    with SealedPages(path, KEY) as pages:
        before = Reading(pages, TABLES_OF)
        assert before.version == step
        (page,) = {page for _, on in before.placed("alembic_version") for page in on}
        people = sorted(row["id"] for row in before.named_rows("person"))
    held = bytearray(path.read_bytes())
    held[(page - 1) * PAGE + 1000] ^= 1
    path.write_bytes(held)
    made = Database(tmp_path / "new.db", KEY)
    with SealedPages(path, KEY) as pages, made.write() as connection:
        reading = Reading(pages, TABLES_OF)
        assert reading.version == step
        found = {kind.kind: kind for kind in NewRows(connection, reading).write()}
        assert found["person"].found == len(people) > 0
        assert revision_of(connection) == HEAD
        assert sorted(connection.exec_driver_sql("SELECT id FROM person").scalars()) == people
    made.close()
