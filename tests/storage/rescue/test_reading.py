"""The reader without SQLite: every row that SQLite reads, and after a damage every row that lies on a whole page.

Some damages here; `make soak` does a thousand of each kind.
"""

import shutil
from random import Random

import pytest

from app.errors import ArchiveError
from storage.rescue.log_frames import checksum
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import PAGE, SealedPages
from storage.store.database import Database, connect
from tests.drivers.page_damage import KINDS_OF_DAMAGE, TABLES_OF, Whole, keys_of, outcome, thickened
from tests.material.archives import KEY, new_database
from tests.material.golden import golden

EACH = 4


def made_so(driver, name, columns):
    said = ",".join(f'"{one}"' for one in columns)
    return sorted(map(repr, driver.execute(f'SELECT {said} FROM "{name}"').fetchall()))


def same_as_sqlite(path, key):
    """Every table read both ways; returns how many rows there are."""
    driver, count = connect(path, key), 0
    with SealedPages(path, key) as pages:
        reading = Reading(pages, TABLES_OF)
        for name, shape in reading.tables.items():
            mine = sorted(map(repr, reading.rows(name)))
            assert mine == made_so(driver, name, shape.names), name
            count += len(mine)
            if shape.key_index and not shape.by_key:
                place = shape.names.index(shape.key) if shape.key else 0
                assert not shape.key or set(reading.keys(name)) == {row[place] for row in reading.rows(name)}
        assert not reading.untold
    driver.close()
    return count


@pytest.fixture(scope="module")
def thick(tmp_path_factory):
    folder = golden("final", tmp_path_factory.mktemp("thick") / "archive")
    key = keys_of(folder).database
    thickened(folder, key, 12)
    return folder, key, Whole.of(folder, key)


def test_every_row_is_read_as_sqlite_reads_it(thick) -> None:
    folder, key, whole = thick
    assert same_as_sqlite(folder / "archive.db", key) > len(whole.lies_on) > 1000


def test_values_of_every_kind_and_length(tmp_path) -> None:
    database = new_database(tmp_path)
    with database.write() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE odd (a TEXT, b BIGINT, c DOUBLE, d BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID"
        )
        connection.exec_driver_sql("CREATE TABLE numbered (n INTEGER NOT NULL PRIMARY KEY, t TEXT)")
        for n in range(60):
            values = ("ä" * n * n, (-1) ** n * 7**n % 2**63, n / 7, bytes(range(256)) * n)
            connection.exec_driver_sql("INSERT INTO odd VALUES (?, ?, ?, ?)", values)
            connection.exec_driver_sql(
                "INSERT INTO numbered VALUES (?, ?)", (-n * 10**9, None if n % 3 else "x" * 999 * n)
            )
        connection.exec_driver_sql("ALTER TABLE numbered ADD COLUMN later TEXT NOT NULL DEFAULT 'then'")
    database.close()
    assert same_as_sqlite(tmp_path / "archive.db", KEY) > 120


@pytest.mark.parametrize("what", KINDS_OF_DAMAGE)
def test_every_entity_on_a_healthy_page_is_read_whichever_page_is_hit(thick, what) -> None:
    folder, key, whole = thick
    draw = Random(what)
    for one in (outcome(folder, whole, key, what, draw) for _ in range(EACH)):
        assert one.seen
        assert one.read >= 0.99 * one.healthy


def pages_above(folder, key):
    """The first page, and pages of trees that have others below them: of tables, and of the list of tables itself."""
    with SealedPages(folder / "archive.db", key) as pages:
        return [1, *(n for n in range(2, pages.count + 1) if (pages.page(n) or b"\0")[0] == 5)]


def test_what_a_damaged_page_led_to_is_found_all_the_same(thick) -> None:
    folder, key, whole = thick
    above = pages_above(folder, key)
    assert len(above) > 5
    for number in above:
        content = bytearray(whole.content)
        content[number * PAGE - 200] ^= 1
        one = outcome(folder, whole, key, "", Random(0), bytes(content))
        assert (one.seen, one.read) == (True, one.healthy)


def test_with_a_bit_of_the_salt_turned_over_all_is_read_and_with_all_of_it_gone_nothing_can_be_checked(thick) -> None:
    folder, key, whole = thick
    for salt, unsealed in ((bytes([whole.content[0] ^ 8]), False), (bytes(16), True)):
        content = salt + whole.content[len(salt) :]
        one = outcome(folder, whole, key, "", Random(0), content)
        assert (one.seen, one.read) == (True, one.healthy)
        (folder / "archive.db").write_bytes(content)
        with SealedPages(folder / "archive.db", key) as pages:
            assert pages.unsealed == unsealed
    (folder / "archive.db").write_bytes(whole.content)


def test_another_key_reads_nothing(thick) -> None:
    with pytest.raises(ArchiveError) as caught:
        SealedPages(thick[0] / "archive.db", bytes(32))
    assert caught.value.key == "database-damaged"


def test_rows_that_were_taken_away_do_not_come_back(tmp_path) -> None:
    database = new_database(tmp_path)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE words (t TEXT)")
        connection.exec_driver_sql("INSERT INTO words VALUES (?)", [(f"word {n} " + "x" * 400,) for n in range(900)])
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM words WHERE rowid % 300 <> 0")
    database.close()
    content = bytearray((tmp_path / "archive.db").read_bytes())
    content[50] ^= 1  # the list of free pages is lost
    (tmp_path / "archive.db").write_bytes(content)
    with SealedPages(tmp_path / "archive.db", KEY) as pages:
        reading = Reading(pages, TABLES_OF)
        assert len(list(reading.rows("words"))) == 3
        assert not reading.untold


@pytest.fixture
def killed(tmp_path):
    """A database with committed rows in its log alone, as a kill leaves it; and how many there are."""
    (tmp_path / "at work").mkdir()
    database: Database = new_database(tmp_path / "at work")
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE words (t TEXT)")
    database.empty_log()
    for n in range(40):
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO words VALUES (?)", (f"{n}" * 300,))
    folder = tmp_path / "killed"
    shutil.copytree(tmp_path / "at work", folder)
    database.close()
    return folder / "archive.db"


def read_words(path):
    with SealedPages(path, KEY) as pages:
        return len(list(Reading(pages, TABLES_OF).rows("words"))), pages.lost_in_log


def test_what_is_committed_in_the_log_is_read_and_only_that(killed) -> None:
    log = killed.with_name("archive.db-wal")
    assert read_words(killed) == (40, 0)
    whole = log.read_bytes()
    assert checksum(whole[:24], big=whole[3] == 0x83) == whole[24:32]
    log.write_bytes(whole + whole[32 : 32 + 24 + PAGE][:4] + bytes(4) + whole[40 : 32 + 24 + PAGE])  # no commit follows
    assert read_words(killed) == (40, 0)
    # of a commit that was undone frames may be left behind the end, whole and with the sign of a commit
    log.write_bytes(whole + whole[32 : 32 + 20 * (24 + PAGE)])
    assert read_words(killed) == (40, 0)
    log.write_bytes(whole[:-900] + bytes(900))  # torn by a power cut: neither committed nor damage
    assert read_words(killed) == (39, 0)
    log.write_bytes(b"")
    assert read_words(killed) == (0, 0)


def test_behind_a_damaged_page_of_the_log_the_others_are_read(killed) -> None:
    log = killed.with_name("archive.db-wal")
    held = bytearray(log.read_bytes())
    held[32 + 24 + 700] ^= 1  # the first of all: SQLite would read nothing of what follows
    log.write_bytes(held)
    assert read_words(killed) == (40, 1)


@pytest.mark.parametrize("place", range(0, 24, 3))
def test_behind_a_damaged_head_in_the_log_the_others_are_read(killed, place) -> None:
    """A page's number, what ends a commit, the log's salt, the frame's checksum: whichever of them is hit."""
    log = killed.with_name("archive.db-wal")
    held = bytearray(log.read_bytes())
    frame = 32 + 7 * (24 + PAGE)
    held[frame + place] ^= 4
    log.write_bytes(held)
    found, lost = read_words(killed)
    assert found == 40
    assert lost == (1 if place < 4 else 0), "a page whose number is lost"


def test_behind_a_sector_of_the_log_that_is_lost_the_others_are_read(killed) -> None:
    """Its frame's head is lost with it, and with that the chain of checksums."""
    log = killed.with_name("archive.db-wal")
    held = bytearray(log.read_bytes())
    frame = 32 + 7 * (24 + PAGE)
    held[frame - 200 : frame + 3896] = bytes(4096)
    log.write_bytes(held)
    found, lost = read_words(killed)
    assert (found, lost) == (40, 2)


def test_with_the_head_of_the_log_lost_what_follows_is_read(killed) -> None:
    """Its salt and its order of bytes are known no more, and the first frame is lost with it."""
    log = killed.with_name("archive.db-wal")
    held = bytearray(log.read_bytes())
    held[:4096] = bytes(4096)
    log.write_bytes(held)
    assert read_words(killed) == (40, 1)
