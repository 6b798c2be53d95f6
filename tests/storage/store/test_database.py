"""The encrypted file under trouble: a full disk, refused writes, damaged pages, a wrong key."""

import contextlib
import resource
import traceback
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.errors import StoreError
from app.model.change import Change, added
from app.model.coding import CodingKind
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.people import Case
from app.model.rating import Rating
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import SealedPages
from storage.store.database import Database, connect, copy_database
from storage.store.kinds import KINDS, kind_of
from storage.store.row_mapping import to_row
from storage.store.tables import TABLES
from tests.contracts.test_store import IDS, coded, header, make_ready
from tests.drivers.page_damage import TABLES_OF, keys_of
from tests.material.archives import KEY, Pair, new_database, store_on
from tests.material.golden import golden, opened


@pytest.fixture
def database(tmp_path):
    made = new_database(tmp_path)
    yield made
    made.close()


def pair_on(database):
    pair = Pair(*(store_on(database, i) for i in IDS))
    pair.begin(IDS)
    return pair


def common(pair):
    """The pair's common view with one observation: a coding that lies in the archive itself."""
    for coder, store in enumerate((pair.a, pair.b)):
        head, *_ = coded(pair, coder)
        make_ready(store, head)
    for store in (pair.a, pair.b):
        store.release_due()
    head = header(pair, kind=CodingKind.COMMON_VIEW)
    first = Observation(new_id(), head.id, "S1", "adult1", 1_000_000, note="note-0")
    pair.a.apply("common", [added(head), added(first)])
    return head, first


def fill(store, coding_id, most=2000):
    """Commit observations until the store refuses; what was acknowledged and the refusal's key."""
    kept = []
    for number in range(most):
        one = Observation(new_id(), coding_id, "S1", "adult1", number, note="x" * 2000)
        try:
            store.apply("one", [added(one)])
        except StoreError as error:
            return kept, error.key
        kept.append(one)
    return kept, ""


def test_a_full_disk_loses_nothing_that_was_acknowledged(database, tmp_path):
    pair = pair_on(database)
    head, first = common(pair)
    with database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 60}")
    kept, key = fill(pair.a, head.id)
    assert key == "disk-full"
    assert len(kept) > 10
    assert pair.a.find(Observation, coding_id=head.id) == (first, *kept)
    with pytest.raises(StoreError) as caught:
        pair.a.apply(
            "much", [added(Observation(new_id(), head.id, "S1", "adult1", n, note="y" * 900)) for n in range(90)]
        )
    assert caught.value.key == "disk-full"
    assert pair.a.verify() == ()
    database.close()
    again = Database(tmp_path / "archive.db", KEY)
    store = store_on(again, IDS[0])
    assert store.find(Observation, coding_id=head.id) == (first, *kept)
    assert store.verify() == ()
    store.apply("room again", [added(Case(new_id(), "K", IDS[0]))])
    again.close()


@contextlib.contextmanager
def files_at_most(size):
    """The system refuses every write beyond `size` bytes of a file, as it does when the disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("more", [1, 700, 4096 + 24, 9000, 30_000, 55_555])
def test_a_refused_write_at_any_byte_loses_nothing(database, tmp_path, more):
    pair = pair_on(database)
    head, first = common(pair)
    log = tmp_path / "archive.db-wal"
    with files_at_most(log.stat().st_size + more):
        kept, key = fill(pair.a, head.id)
        assert key in {"disk-full", "disk-error"}
        assert pair.a.find(Observation, coding_id=head.id) == (first, *kept)
    more_kept, _ = fill(pair.a, head.id, most=3)
    assert pair.a.find(Observation, coding_id=head.id) == (first, *kept, *more_kept)
    assert len(more_kept) == 3
    assert pair.a.verify() == ()


def test_a_damaged_page_is_told(database, tmp_path):
    pair = pair_on(database)
    head, _ = common(pair)
    fill(pair.a, head.id, most=60)
    assert pair.a.verify() == ()
    database.close()
    path = tmp_path / "archive.db"
    whole = path.read_bytes()
    found = set()
    for page in range(1, len(whole) // 4096, 7):
        damaged = bytearray(whole)
        damaged[page * 4096 + 1234] ^= 0x40
        path.write_bytes(damaged)
        again = Database(path, KEY)
        troubles = store_on(again, IDS[0]).verify()
        assert troubles, page
        found.update(troubles)
        again.close()
    assert {key.split(":")[0] for key in found} <= {"database-pages", "database-damaged", "database-structure"}


def test_a_session_that_met_a_damaged_page_goes_on_reading_everything_else(tmp_path):
    folder = golden("final", tmp_path / "archive")
    with opened(folder) as archive:
        before = {kind.entity: archive.store.find(kind.entity) for kind in KINDS}
    path, name = folder / "archive.db", kind_of(Rating).name
    with SealedPages(path, keys_of(folder).database) as pages:
        hit = {page for _, on in Reading(pages, TABLES_OF).placed(name) for page in on}
    content = bytearray(path.read_bytes())
    for page in hit:
        content[(page - 1) * 4096 + 1000] ^= 1
    path.write_bytes(content)
    with opened(folder) as archive:
        for _ in range(2):
            for kind, held in before.items():
                with pytest.raises(StoreError, match="damaged"):  # in between, each time
                    archive.store.find(Rating)
                if kind is not Rating:
                    assert archive.store.find(kind) == held
        (case,) = archive.store.find(Case)
        archive.store.apply("goes on", [Change(case, replace(case, code_name="Tähti 15"))])
        assert archive.store.get(Case, case.id).code_name == "Tähti 15"


def test_reading_a_damaged_page_is_expected_trouble(database, tmp_path):
    pair = pair_on(database)
    head, _ = common(pair)
    fill(pair.a, head.id, most=60)
    database.close()
    path = tmp_path / "archive.db"
    damaged = bytearray(path.read_bytes())
    for page in range(1, len(damaged) // 4096):
        damaged[page * 4096 + 99] ^= 1
    path.write_bytes(damaged)
    again = Database(path, KEY)
    with pytest.raises(StoreError) as caught:
        store_on(again, IDS[0]).find(Observation)
    assert caught.value.key == "damaged"
    again.close()


def test_another_key_opens_nothing_and_the_file_says_nothing(database, tmp_path, capfd):
    pair = pair_on(database)
    common(pair)
    for path in tmp_path.glob("archive.db*"):
        content = path.read_bytes()
        for word in (b"SQLite format 3", b"observation", b"note-0", b"Kuusi", b"Aino"):
            assert word not in content
    wrong = Database(tmp_path / "archive.db", bytes(32))
    with pytest.raises(StoreError) as caught, wrong.read():
        pass
    assert caught.value.key == "damaged"
    assert capfd.readouterr() == ("", "")
    wrong.close()


def test_error_texts_tell_no_values(database):
    secret = new_id()  # not to be read in the lines of this test, which a traceback quotes
    row = {**to_row(Case(new_id(), secret, secret)), "revision": None}
    with pytest.raises(sa.exc.IntegrityError) as bug, database.write() as connection:
        connection.execute(sa.insert(TABLES[Case]), row)
    with pytest.raises(StoreError) as trouble:
        store_on(database, IDS[0]).get(Case, secret)
    for error in (bug.value, trouble.value):
        assert secret not in "".join(traceback.format_exception(error))


def test_a_database_held_by_another_is_locked(database, tmp_path):
    pair = pair_on(database)
    other = connect(tmp_path / "archive.db", KEY)
    other.execute("BEGIN IMMEDIATE")
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreError) as caught:
        pair.a.apply("x", [added(Case(new_id(), "K", IDS[0]))])
    assert caught.value.key == "locked"
    other.rollback()
    other.close()
    pair.a.apply("x", [added(Case(new_id(), "K", IDS[0]))])


def test_a_copy_is_one_file_under_the_other_key(database, tmp_path):
    pair = pair_on(database)
    head, first = common(pair)
    target = tmp_path / "copy.db"
    copy_database(database.path, KEY, target, bytes(32))
    assert [p.name for p in tmp_path.glob("copy.db*")] == ["copy.db"]
    target.chmod(0o400)
    copied = Database(target, bytes(32), wal=False)
    assert store_on(copied, IDS[0]).find(Observation, coding_id=head.id) == (first,)
    copied.close()
    with pytest.raises(StoreError):
        copy_database(database.path, bytes(32), tmp_path / "none.db", KEY)
