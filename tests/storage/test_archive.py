"""The door of an archive, from its first worker to its lock."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.errors import ArchiveError, StoreError
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case, Worker
from storage.archive import ArchiveDoorway
from storage.migrations import HEAD, migrate
from storage.store.database import Database
from storage.vault import key_file, sign_ins
from storage.vault.keys import KdfCost
from tests.material.archives import KEY, new_database, take_film
from tests.material.golden import PASSPHRASE as PASS
from tests.material.golden import golden


@pytest.fixture
def door():
    return ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(tmp_path):
    return golden("empty", tmp_path / "archive")


def refused(act, *values):
    with pytest.raises(ArchiveError) as caught:
        act(*values)
    return caught.value.key


def bytes_of(folder):
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name not in ("lock", "tries")}


def nothing(_share):
    """Progress that nobody looks at."""


def go_on():
    return False


def test_a_new_archive_has_its_worker(door, tmp_path):
    opened = door.create(tmp_path / "a", "  Aino Esimerkki ", PASS)
    worker = opened.store.worker
    assert worker.name == "Aino Esimerkki"
    assert opened.archive.sign_ins() == ((worker.id, "Aino Esimerkki"),)
    assert opened.archive.folder == opened.folder == tmp_path / "a"
    assert not opened.archive.has_recovery_code()
    assert opened.archive.last_backup() is None
    assert opened.archive.verify(nothing, go_on) == ()
    assert [e.act for e in opened.store.audit_log()] == ["create"]
    opened.archive.close()
    opened.archive.close()
    with pytest.raises(StoreError):
        opened.store.find(Worker)


def test_what_was_kept_is_there_after_unlocking(door, folder):
    opened = door.unlock(folder, "aino esimerkki", PASS)
    case = Case(new_id(), "Kuusi", opened.store.me)
    opened.store.apply("x", [added(case)])
    opened.archive.close()
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    assert opened.store.get(Case, case.id) == case
    assert [e.act for e in opened.store.audit_log()] == ["create", "lock", "login", "create", "lock", "login"]
    opened.archive.close()


def test_names_are_read_without_anything_heavy(folder):
    asked = (
        "import sys, pathlib; from storage.archive import ArchiveDoorway;"
        f"print(ArchiveDoorway().names(pathlib.Path({str(folder)!r})));"
        "heavy = 'sqlalchemy cryptography argon2 sqlcipher3 alembic cattrs PySide6 numpy'.split();"
        "print([m for m in heavy if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root)
    assert said.stdout.splitlines() == ["('Aino Esimerkki',)", "[]"]


def test_names_where_there_is_no_archive(door, tmp_path):
    assert door.names(tmp_path / "none") == ()
    assert door.names(tmp_path) == ()
    (tmp_path / "film.mp4").write_bytes(b"x")
    assert door.names(tmp_path) == ()
    assert refused(door.unlock, tmp_path, "Aino", PASS) == "archive-missing"
    assert refused(door.create, tmp_path, "Aino", PASS) == "not-empty"
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_a_wrong_passphrase_changes_nothing_and_is_counted_after_the_next_success(door, folder):
    before = bytes_of(folder)
    assert refused(door.unlock, folder, "Aino Esimerkki", "wrong") == "wrong-passphrase"
    assert refused(door.unlock, folder, "Aino Esimerkki", "wronger") == "wrong-passphrase"
    assert refused(door.unlock, folder, "Nobody", PASS) == "slot-unknown"
    assert bytes_of(folder) == before
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    failed = [e for e in opened.store.audit_log() if e.act == "login-failed"]
    assert [(e.detail, e.object_id) for e in failed] == [("count=2", opened.store.me)]
    assert "wrong" not in repr(opened.store.audit_log())
    opened.archive.close()


def test_a_second_running_copy_is_refused(door, folder):
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "in-use"
    opened.archive.close()
    door.unlock(folder, "Aino Esimerkki", PASS).archive.close()


def test_a_damaged_key_file_and_a_damaged_database(door, folder):
    database = folder / "archive.db"
    whole = database.read_bytes()
    database.write_bytes(b"\0" * 4096 + whole[4096:])
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "database-damaged"
    database.unlink()
    assert refused(door.names, folder) == "database-missing"
    database.write_bytes(whole)
    for name in ("archive.key", "archive.key.old"):
        (folder / name).write_bytes(b'{"format":"havainto-archive"' + b"x" * 300)
    assert refused(door.names, folder) == "key-file-damaged"
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "key-file-damaged"


def test_another_archives_database_is_not_opened(door, folder, tmp_path):
    door.create(tmp_path / "other", "Aino Esimerkki", PASS).archive.close()
    (folder / "archive.db").write_bytes((tmp_path / "other" / "archive.db").read_bytes())
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "database-damaged"


def test_a_newer_archive_is_refused_and_unchanged(door, folder):
    keys = sign_ins.unlock(key_file.load(folder).vault, "Aino Esimerkki", PASS)
    database = Database(folder / "archive.db", keys.database)
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = bytes_of(folder)
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "archive-newer"
    assert bytes_of(folder) == before


def test_create_takes_everything_away_when_the_database_cannot_be_made(door, tmp_path, monkeypatch):
    def full(*_):
        raise StoreError("disk-full")

    monkeypatch.setattr("storage.open_archive.migrate", full)
    assert refused(door.create, tmp_path / "new", "Aino", PASS) == "archive-no-room"
    assert not (tmp_path / "new").exists()
    (tmp_path / "empty").mkdir()
    assert refused(door.create, tmp_path / "empty", "Aino", PASS) == "archive-no-room"
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_second_worker_signs_in_with_an_own_passphrase(door, folder):
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    leena = Worker(new_id(), "Leena Malli")
    opened.store.apply("x", [added(leena)])
    opened.archive.add_sign_in(leena, "leenan oma")
    with pytest.raises(ArchiveError):
        opened.archive.add_sign_in(leena, "toinen")
    with pytest.raises(ArchiveError):
        opened.archive.add_sign_in(Worker(new_id(), "leena malli"), "toinen")
    opened.archive.close()
    assert door.names(folder) == ("Aino Esimerkki", "Leena Malli")
    assert refused(door.unlock, folder, "Leena Malli", PASS) == "wrong-passphrase"
    opened = door.unlock(folder, "Leena Malli", "leenan oma")
    assert opened.store.worker == leena
    opened.archive.change_passphrase(leena.id, "leenan oma", "leenan uusi")
    with pytest.raises(ArchiveError):
        opened.archive.change_passphrase(leena.id, "leenan oma", "x")
    with pytest.raises(ArchiveError):
        opened.archive.change_passphrase(new_id(), "leenan oma", "x")
    opened.archive.close()
    assert refused(door.unlock, folder, "Leena Malli", "leenan oma") == "wrong-passphrase"
    opened = door.unlock(folder, "Leena Malli", "leenan uusi")
    assert {"slot-added", "passphrase-changed"} <= {e.act for e in opened.store.audit_log()}
    opened.archive.close()


def test_a_recovery_code_counts_when_typed_back_and_opens_the_archive(door, folder):
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    assert not opened.archive.confirm_recovery_code("XXXX")
    earlier = opened.archive.make_recovery_code()
    code = opened.archive.make_recovery_code()
    assert not opened.archive.has_recovery_code()
    assert not opened.archive.confirm_recovery_code(earlier)
    assert not opened.archive.confirm_recovery_code(code[:-1])
    assert not opened.archive.has_recovery_code()
    assert opened.archive.confirm_recovery_code(code.lower().replace("-", " "))
    assert opened.archive.has_recovery_code()
    opened.archive.close()
    assert refused(door.recover, folder, "Aino Esimerkki", earlier, "uusi") == "recovery-code-wrong"
    assert refused(door.recover, folder, "Aino Esimerkki", "123", "uusi") == "recovery-code-mistyped"
    opened = door.recover(folder, "Aino Esimerkki", code, "uusi lause")
    assert opened.store.worker.name == "Aino Esimerkki"
    assert opened.archive.has_recovery_code()
    assert "recovered" in {e.act for e in opened.store.audit_log()}
    opened.archive.make_recovery_code()
    assert not opened.archive.has_recovery_code()
    opened.archive.close()
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "wrong-passphrase"
    door.unlock(folder, "Aino Esimerkki", "uusi lause").archive.close()


def test_films_through_the_port(door, folder, tmp_path):
    source = tmp_path / "film.bin"
    source.write_bytes(bytes(range(256)) * 2000)
    opened = door.unlock(folder, "Aino Esimerkki", PASS)
    film, shares = take_film(opened, source)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    with opened.media.open(film) as plain:
        assert plain.read() == source.read_bytes()
    assert opened.media.verify(film)
    assert opened.archive.verify(nothing, go_on) == ()
    container = folder / "media" / film.container
    damaged = bytearray(container.read_bytes())
    damaged[5000] ^= 1
    container.write_bytes(damaged)
    assert not opened.media.verify(film)
    assert opened.archive.verify(nothing, go_on) == (f"container-damaged:{film.id}",)
    opened.media.discard(film.container)
    assert opened.archive.verify(nothing, go_on) == (f"container-missing:{film.id}",)
    assert opened.media.free_bytes() > 0
    opened.archive.close()


def test_the_migrations_make_the_tables_that_the_program_uses(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    import storage.migrations
    from storage.store.tables import metadata

    database = new_database(tmp_path)
    with database.read() as connection:
        # what SQLite lays beside the search's table is its own
        ours = {"include_name": lambda name, type_, _: type_ != "table" or not name.startswith("search_words")}
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), metadata) == []
    database.close()
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    database = Database(tmp_path / "a.db", KEY)
    monkeypatch.setattr("alembic.op.create_index", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        migrate(connection)
    with database.read() as connection:
        assert sa.inspect(connection).get_table_names() == []
    database.close()


def test_an_empty_database_file_is_damage_and_not_a_new_archive(door, folder):
    (folder / "archive.db").write_bytes(b"")
    before = bytes_of(folder)
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "database-damaged"
    assert bytes_of(folder) == before


def test_a_database_without_tables_is_damage_as_well(door, folder):
    """As a power cut leaves it of an archive that is being made."""
    loaded = key_file.load(folder).vault
    key = sign_ins.unlock(loaded, loaded.slot("Aino Esimerkki").id, PASS).database
    (folder / "archive.db").unlink()
    database = Database(folder / "archive.db", key)
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 0")
    database.close()
    assert (folder / "archive.db").stat().st_size > 0
    assert refused(door.unlock, folder, "Aino Esimerkki", PASS) == "database-damaged"
