"""The access log's chain: every mutation is located, and a cut is seen by the anchor."""

import hmac
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.errors import Cancelled
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case
from app.model.statement import Statement
from storage.store import access_log
from storage.store.database import Database, connect
from storage.store.logged_acts import LoggedAct
from storage.store.row_mapping import compact
from tests.material.archives import ARCHIVE_ID, AUDIT_KEY, KEY, MemoryAnchor, new_database, store_on
from tests.material.builders import A_DAY

ME = new_id()
ROWS = 12


@pytest.fixture
def anchor():
    return MemoryAnchor()


@pytest.fixture
def database(tmp_path, anchor):
    made = new_database(tmp_path)
    store = store_on(made, ME, anchor)
    for number in range(ROWS):
        store.note("export", Case, f"case-{number}")
    store.anchor()
    yield made
    made.close()


def by_hand(database, *statements):
    """What someone with the key and another program does: the triggers are no protection, only the chain is."""
    hand = connect(database.path, KEY)
    for trigger in ("audit_no_update", "audit_no_delete"):
        hand.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        hand.execute(statement)
    hand.commit()
    hand.close()


def troubles(database, anchor):
    return store_on(database, ME, anchor).verify()


def test_a_whole_chain(database, anchor):
    assert troubles(database, anchor) == ()
    assert anchor.head.count == ROWS


@pytest.mark.parametrize(
    "column", ["t_utc", "mono", "actor_slot", "actor_id", "actor_name", "session", "act", "object_kind", "object_id",
               "coding_id", "purpose", "detail_json", "prev", "mac"],
)  # fmt: skip
@pytest.mark.parametrize("row", [1, 6, ROWS])
def test_every_edit_is_located(database, anchor, column, row):
    value = "x'00'" if column in ("prev", "mac") else "7"
    by_hand(database, f"UPDATE audit SET {column} = {value} WHERE n = {row}")
    found = troubles(database, anchor)
    assert found[0] == f"audit-changed:{row}"
    # a MAC that was changed breaks the next row's link as well
    assert set(found) <= {f"audit-changed:{row}", f"audit-changed:{row + 1}"}


@pytest.mark.parametrize("column", ["mono", "actor_name", "detail_json", "prev"])
def test_a_value_of_a_kind_that_no_row_has_is_located(database, anchor, column):
    value = "'seven'" if column == "prev" else "x'37'"
    by_hand(database, f"UPDATE audit SET {column} = {value} WHERE n = 6")
    assert troubles(database, anchor) == ("audit-changed:6",)


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=11, max_size=11), number=st.integers()
)
def test_a_row_is_sealed_over_its_compact_form_whatever_its_words(texts, number):
    values = [number, texts[0], -number, *texts[1:]]
    mac = hmac.digest(AUDIT_KEY, b"before" + compact(values).encode(), "sha256")
    mac_of = access_log.keyed(AUDIT_KEY)
    assert access_log._is_sealed(mac_of, (*values, b"before", mac))
    assert not access_log._is_sealed(mac_of, (*values, b"behind", mac))


@given(key=st.binary(max_size=64), message=st.binary(max_size=300))
def test_the_seal_is_the_hmac_of_the_books(key, message):
    assert access_log.keyed(key)(message) == hmac.digest(key, message, "sha256")


def test_a_long_chain_can_be_left_in_the_middle(tmp_path, monkeypatch):
    made = new_database(tmp_path)
    store = store_on(made, ME)
    monkeypatch.setattr(access_log, "_ROWS_AT_A_TIME", 3)
    for number in range(ROWS):
        store.note("export", Case, f"case-{number}")
    asked: list[bool] = []
    with made.read() as connection, pytest.raises(Cancelled):
        store._log.verify(connection, cancelled=lambda: bool(asked.append(True)) or len(asked) == 2)
    assert len(asked) == 2
    store.close()


@pytest.mark.parametrize("row", [1, 6])
def test_a_deleted_row_is_located(database, anchor, row):
    by_hand(database, f"DELETE FROM audit WHERE n = {row}")
    assert troubles(database, anchor) == (f"audit-missing:{row}",)


def test_rows_moved_up_over_a_gap_are_located(database, anchor):
    by_hand(
        database,
        "DELETE FROM audit WHERE n = 6",
        *(f"UPDATE audit SET n = {n} WHERE n = {n + 1}" for n in range(6, ROWS)),
    )
    found = troubles(database, anchor)
    assert found[0] == "audit-changed:6"
    assert f"audit-cut-off:{ROWS}" in found


def test_two_rows_exchanged(database, anchor):
    by_hand(
        database,
        "UPDATE audit SET n = 99 WHERE n = 4",
        "UPDATE audit SET n = 4 WHERE n = 5",
        "UPDATE audit SET n = 5 WHERE n = 99",
    )
    assert troubles(database, anchor)[:2] == ("audit-changed:4", "audit-changed:5")


def test_a_cut_tail_is_seen_by_the_anchor_and_stays_seen(database, anchor):
    by_hand(database, f"DELETE FROM audit WHERE n > {ROWS - 3}")
    assert troubles(database, anchor) == (f"audit-cut-off:{ROWS - 2}",)
    store = store_on(database, ME, anchor)
    # working on must not paint over it, however many rows come
    for _ in range(120):
        store.note("export", Case, "later")
    store.anchor()
    assert anchor.head.count == ROWS
    assert store.verify() == (f"audit-changed:{ROWS}",)


def test_an_older_database_beside_a_newer_anchor(database, anchor):
    store_on(database, ME, anchor).note("view", Case, "c")
    old = anchor.head
    store_on(database, ME, anchor).anchor()
    assert anchor.head.count == old.count + 1
    by_hand(database, f"DELETE FROM audit WHERE n = {ROWS + 1}")
    assert troubles(database, anchor) == (f"audit-cut-off:{ROWS + 1}",)


def test_a_chain_of_another_archive_or_key_does_not_fit(database):
    with database.read() as connection:
        for key, archive_id in ((AUDIT_KEY, "other"), (bytes(32), ARCHIVE_ID)):
            log = access_log.AuditLog(key, archive_id, access_log.Actor("", "", "", ""), MemoryAnchor())
            assert log.verify(connection)[0] == "audit-changed:1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'x'",
        "DELETE FROM audit WHERE n = 3",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE n = 3",
        "REPLACE INTO audit SELECT * FROM audit",
    ],
)
def test_rows_are_only_ever_added(database, anchor, statement):
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), database.write() as connection:
        connection.exec_driver_sql(statement)
    assert troubles(database, anchor) == ()


def test_the_end_is_anchored_every_hundredth_row_and_at_close(tmp_path):
    anchor = MemoryAnchor()
    store = store_on(new_database(tmp_path), ME, anchor)
    for number in range(205):
        store.note("export", Case, str(number))
    assert (anchor.times, anchor.head.count) == (2, 200)
    store.close()
    assert (anchor.times, anchor.head.count) == (3, 205)
    store = store_on(Database(tmp_path / "archive.db", KEY), ME, anchor)
    store.close()
    assert anchor.times == 3


def test_log_and_step_are_one_transaction(tmp_path, monkeypatch):
    database = new_database(tmp_path)
    store = store_on(database, ME)
    case = Case(new_id(), "K", ME)
    monkeypatch.setattr(access_log.AuditLog, "append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.apply("x", [added(case)])
    monkeypatch.undo()
    assert store.find(Case) == ()
    assert store.history(case.id) == ()
    assert store.audit_log() == ()
    store.close()


def test_the_chain_is_what_the_paper_says(database):
    """A second reader of the format, from the words of trust.md §4 alone."""
    import hashlib
    import hmac
    import json

    hand = connect(database.path, KEY)
    prev = hmac.new(b"havainto-audit-1", ARCHIVE_ID.encode(), hashlib.sha256).digest()
    for *values, held_prev, mac in hand.execute("SELECT * FROM audit ORDER BY n"):
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        assert held_prev == prev
        assert mac == hmac.new(AUDIT_KEY, prev + text.encode(), hashlib.sha256).digest()
        prev = mac
    hand.close()


def test_the_file_is_no_plain_database(database):
    with closing(sqlite3.connect(database.path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM audit")
    with pytest.raises(dbapi2.DatabaseError):
        connect(database.path, bytes(32))


def test_a_row_that_says_a_class_is_read_by_the_kinds_word(database) -> None:
    """Older programs noted exports of a statement as `Statement`; the sealed rows stay, and are read as one word."""
    store = store_on(database, ME)
    log = access_log.AuditLog(AUDIT_KEY, ARCHIVE_ID, access_log.Actor("s", ME, "", "x"), MemoryAnchor())
    with database.write() as connection:
        log.append(connection, A_DAY, [LoggedAct("export", "Statement", "t"), LoggedAct("view", "Meeting", "m")])
    store.note("export", Statement, "t")
    assert [e.object_kind for e in store.audit_log("t")] == ["statement", "statement"]
    assert [e.object_kind for e in store.audit_log("m")] == ["meeting"]
    assert store.verify() == ()
