"""The one rule of independence, read over values and over the database's columns: both say the same of every archive.

And what the database itself holds of it: one coding of a kind and reading for each meeting and coder.
"""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.change import added
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.identity import new_id
from app.model.independence import is_open_among, of_pair
from app.model.observation import Observation
from app.model.people import Case
from storage.migrations import migrate
from storage.store import coding_rows
from storage.store.database import Database
from tests.material.archives import KEY, SqlArchive, store_on
from tests.material.builders import meeting

WORKERS = ("aino", "leena", "third")
PAIR = WORKERS[:2]
MEETINGS = ("m1", "m2")
KEPT = [kind for kind in CodingKind if kind != CodingKind.RECODED]
PLACES = st.tuples(st.sampled_from(MEETINGS), st.sampled_from(WORKERS), st.sampled_from(KEPT), st.integers(1, 2))
CODINGS = st.dictionaries(PLACES, st.sampled_from(CodingState), max_size=12)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    made = SqlArchive(tmp_path_factory.mktemp("rule"))
    case = Case("case", "Kuusi", WORKERS[0], WORKERS[1])
    meetings = [replace(meeting("case", "p", "c", PAIR), id=i) for i in MEETINGS]
    made.open(WORKERS[0]).apply("begin", [added(e) for e in (case, *meetings)])
    yield made
    made.close()


def header(meeting_id, coder, kind, reading, state=CodingState.DRAFT):
    return CodingHeader(new_id(), meeting_id, coder, "s", 1, "i", 1, state, kind=kind, reading=reading)


@given(CODINGS, st.sampled_from(WORKERS))
@settings(max_examples=80, deadline=None)
def test_values_and_columns_say_the_same(archive, codings, worker) -> None:
    headers = [header(*place, state) for place, state in codings.items()]
    parts = {h: Observation(new_id(), h.id, "AS", "adult1", 1) for h in headers}
    of_meeting = {m: of_pair([h for h in headers if h.meeting_id == m], PAIR) for m in MEETINGS}
    seen = {h for h in headers if is_open_among(h, of_meeting[h.meeting_id], worker)}
    with archive.database.engine.connect() as connection:
        coding_rows.write(connection, [added(e) for e in (*headers, *parts.values())], {})
        assert set(coding_rows.find(connection, CodingHeader, {}, worker)) == seen
        assert set(coding_rows.find(connection, Observation, {}, worker)) == {parts[h] for h in seen}
        for head, part in parts.items():
            # the parts of one coding are asked for by its id, on a shorter way
            found = coding_rows.find(connection, Observation, {"coding_id": head.id}, worker)
            assert found == ((part,) if head in seen else ())
            assert coding_rows.one(connection, Observation, part.id, worker) == (part if head in seen else None)
        connection.rollback()


def test_the_database_holds_one_coding_of_a_kind_and_reading(archive) -> None:
    first = header("m1", "aino", CodingKind.OWN, 1)
    others = [
        header("m1", "aino", CodingKind.OWN, 2),
        header("m1", "aino", CodingKind.REFERENCE, 1),
        header("m1", "leena", CodingKind.OWN, 1),
        header("m2", "aino", CodingKind.OWN, 1),
    ]
    with archive.database.engine.connect() as connection:
        coding_rows.write(connection, [added(h) for h in (first, *others)], {})
        with pytest.raises(sa.exc.IntegrityError):
            coding_rows.write(connection, [added(header("m1", "aino", CodingKind.OWN, 1))], {})
        connection.rollback()


def test_codings_of_an_older_archive_are_first_own_readings(tmp_path) -> None:
    database = Database(tmp_path / "old.db", KEY)
    with database.write() as connection:
        migrate(connection, "0004")
        _add_old(connection, "client_case", id="case")
        _add_old(
            connection, "meeting", id="m1", case_id="case", held="2026-11-03T12:00:00+02:00", coders='["aino","leena"]'
        )
        for worker in PAIR:
            _add_old(connection, "coding", id=f"of-{worker}", meeting_id="m1", coder=worker, state="draft")
    with database.write() as connection:
        migrate(connection)
        index = next(i for i in sa.inspect(connection).get_indexes("coding") if i["name"].startswith("uq_"))
    assert index["unique"]
    assert index["column_names"] == ["meeting_id", "coder", "kind", "reading"]
    store = store_on(database, "aino")
    (held,) = store.find(CodingHeader)
    assert (held.id, held.kind, held.reading, held.checksum) == ("of-aino", CodingKind.OWN, 1, "[]")
    assert store.coding_states("m1") == {"aino": CodingState.DRAFT, "leena": CodingState.DRAFT}
    store.close()


def _add_old(connection: sa.Connection, name: str, **values: object) -> None:
    """A row of a table as it stood then, with a value in every column that needs one."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    assert "reading" not in table.c
    needed = {c.name: "[]" if isinstance(c.type, sa.Text) else 1 for c in table.c if not c.nullable}
    connection.execute(sa.insert(table), {**needed, **values})
