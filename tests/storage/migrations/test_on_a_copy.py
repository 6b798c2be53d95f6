"""An older archive's tables come to their newest form on a copy; a kill anywhere leaves the one or the other."""

import os
import random
import shutil

import pytest

from app.errors import ArchiveError
from storage import archive_folder, migrating
from storage.migrations import HEAD, revision_of, schema
from storage.store.database import Database
from tests import schema_steps
from tests.drivers.migrating_kills import Ground
from tests.material.archives import KEY

#: of so many moments each run kills at a few; `make soak` at all of them
KILLS = 4


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A database at step 0055, to be copied."""
    return Ground(tmp_path_factory.mktemp("older"), "0055")


@pytest.fixture
def folder(older, tmp_path):
    return shutil.copytree(older.folder, tmp_path / "archive")


def at(folder):
    database = Database(archive_folder.database_path(folder), KEY)
    with database.read() as connection:
        found = revision_of(connection)
    database.close()
    return found


def brought_up(folder):
    migrating.bring_up(folder, KEY, lambda _: None)


def test_every_step_makes_the_form_that_is_written_down():
    """After a step was added: `python -m tests.schema_steps`. An earlier step's lines never change."""
    assert schema.LIST.read_text("utf-8") == schema.written(schema_steps.forms())


def test_the_one_before_is_kept_beside_it(folder):
    before = archive_folder.database_path(folder).read_bytes()
    brought_up(folder)
    assert at(folder) == HEAD
    assert {path.name for path in folder.iterdir()} == {archive_folder.DATABASE_NAME, archive_folder.FORMER_NAME}
    # but for the file's own account of how it is written, which was put right before it was copied
    assert len((folder / archive_folder.FORMER_NAME).read_bytes()) == len(before)
    shutil.copy(folder / archive_folder.FORMER_NAME, archive_folder.database_path(folder))
    assert at(folder) == "0055"


def test_a_disk_without_second_names_keeps_a_copy(folder, monkeypatch):
    def no_links(*_):
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    brought_up(folder)
    assert at(folder) == HEAD
    shutil.copy(folder / archive_folder.FORMER_NAME, archive_folder.database_path(folder))
    assert at(folder) == "0055"


@pytest.mark.parametrize(
    ("spoils", "what"),
    [
        ("ALTER TABLE meeting ADD COLUMN slip TEXT", "database-form"),
        ("DROP TRIGGER audit_no_delete", "database-form"),
        ("DELETE FROM worker", "database-rows"),
        ("UPDATE meeting SET case_id = 'nobody'", "database-references"),
    ],
)
def test_a_step_that_slips_changes_nothing(folder, monkeypatch, spoils, what):
    step = migrating.migrate

    def slips(connection):
        step(connection)
        connection.exec_driver_sql(spoils)

    monkeypatch.setattr(migrating, "migrate", slips)
    with pytest.raises(ArchiveError) as caught:
        brought_up(folder)
    assert (caught.value.key, caught.value.values) == ("update-not-whole", {"what": what})
    assert at(folder) == "0055"
    assert [path.name for path in folder.iterdir()] == [archive_folder.DATABASE_NAME]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill is a fork of a process that has everything imported")
def test_killed_anywhere_it_is_the_one_or_the_other(older):
    moments = range(1, older.moments() + 1)
    last = moments[-12:]  # where the copy takes its place
    assert older.killed_at([*random.sample(moments, KILLS), *random.sample(last, 2)]) == []
