"""What the tests' archives are told in place of the steps makes the same tables with the same first rows."""

from storage.migrations import migrate, revision_of, schema
from storage.store.database import Database
from tests.material import tables_again
from tests.material.archives import KEY


def test_the_tables_are_those_that_the_steps_make(tmp_path) -> None:
    seen = []
    for n, make in enumerate((migrate, tables_again.tables, tables_again.tables)):
        database = Database(tmp_path / f"{n}.db", KEY)
        with database.write() as connection:
            make(connection)
            names = [
                name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            rows = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in names}
            seen.append((revision_of(connection), schema.described(connection), rows))
        database.close()
    assert seen[0] == seen[1] == seen[2]
