"""The journal's rows: one per step and place, only what changed, small."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Segment
from app.model.observation import Observation
from app.model.people import Worker
from storage.store import journal, tables
from storage.store.kinds import KINDS
from storage.store.row_mapping import plan
from tests.contracts.test_store import IDS, coded, header
from tests.material.archives import Pair, new_database, store_on


@pytest.fixture
def database(tmp_path):
    made = new_database(tmp_path)
    yield made
    made.close()


@pytest.fixture
def pair(database):
    found = Pair(*(store_on(database, i) for i in IDS))
    found.begin(IDS)
    return found


def rows(database):
    with database.read() as connection:
        return connection.execute(sa.select(tables.journal).order_by(tables.journal.c.n)).all()


def test_a_large_step_is_one_small_row(database, pair):
    head, *_ = coded(pair)
    many = [Observation(new_id(), head.id, "S1", "adult1", n * 1000, note="sama sana") for n in range(1500)]
    before = len(rows(database))
    pair.a.apply("many", [added(o) for o in many])
    (row,) = rows(database)[before:]
    assert row.packed
    assert len(row.body) < 60 * len(many)
    assert (row.case_id, row.coding_id, row.label, row.act) == (pair.case.id, head.id, "many", "edit")
    (entry,) = pair.a.history(many[77].id)
    assert entry.after["start"] == 77_000


def named(database) -> set[str]:
    """What the newest row of the journal is found by."""
    table = tables.journal_entity
    with database.read() as connection:
        newest = connection.execute(sa.select(sa.func.max(table.c.journal_n))).scalar_one()
        return set(connection.execute(sa.select(table.c.entity_id).where(table.c.journal_n == newest)).scalars())


def test_a_row_of_thousands_names_none_of_them_and_each_is_found_in_it(database, pair):
    head, *_ = coded(pair)
    few = [Observation(new_id(), head.id, "S1", "adult1", n) for n in range(journal.NAMED)]
    pair.a.apply("few", [added(o) for o in few])
    assert named(database) == {o.id for o in few}
    one_more = Observation(new_id(), head.id, "S1", "adult1", 5)
    pair.a.apply("one", [added(one_more)])
    every = [*few, one_more]
    pair.a.apply("moved", [Change(o, replace(o, start=o.start + 1)) for o in every])
    assert len(named(database)) == 1
    assert named(database).isdisjoint(o.id for o in every)
    for one in (few[0], few[-1], one_more):
        made, moved = pair.a.history(one.id)
        assert (made.before, moved.label, moved.before, moved.after) == (
            None,
            "moved",
            {"start": one.start},
            {"start": one.start + 1},
        )
    pair.a.apply("gone", [Change(replace(few[7], start=few[7].start + 1), None)])
    assert [e.label for e in pair.a.history(few[7].id)] == ["few", "moved", "gone"], "also of what is there no more"


def test_a_row_of_thousands_follows_the_rule_of_its_coding(pair):
    head, one, *_ = coded(pair)
    many = [Observation(new_id(), head.id, "S1", "adult1", n) for n in range(journal.NAMED + 1)]
    pair.a.apply("many", [added(o) for o in many])
    assert [e.label for e in pair.a.history(many[3].id)] == ["many"]
    assert pair.b.history(many[3].id) == (), "the other coder's draft"
    assert all(e.entity_id == one.id for e in pair.a.history(one.id))
    assert "many" not in {e.label for e in pair.a.history(one.id)}


def test_an_edit_holds_only_what_differs(database, pair):
    _, one, *_ = coded(pair)
    pair.a.apply("x", [Change(one, replace(one, note="n"))])
    row = rows(database)[-1]
    assert not row.packed
    assert bytes(row.body) == f'[["observation","{one.id}",{{"note":"note-0"}},{{"note":"n"}}]]'.encode()


def test_each_place_has_its_row_and_the_case_is_found_from_below(database, pair):
    head = header(pair)
    one = Observation(new_id(), head.id, "S1", "adult1", 0)
    segment = Segment(new_id(), pair.meeting.id, 1, 0, 9)
    worker = Worker(new_id(), "W")
    before = len(rows(database))
    pair.a.apply("words", [added(e) for e in (one, head, segment, worker)])
    new = rows(database)[before:]
    assert {(r.case_id, r.coding_id, r.label) for r in new} == {
        (pair.case.id, head.id, "words"),
        (pair.case.id, "", ""),
        ("", "", ""),
    }
    assert len({r.step for r in new}) == 1


def test_revisions_count_the_changes_of_a_row(database, pair):
    _, one, *_ = coded(pair)
    edited = replace(one, note="b")
    pair.a.apply("x", [Change(one, edited)])
    pair.a.apply("x", [Change(edited, one)])
    table = tables.TABLES[Observation]
    with database.read() as connection:
        assert connection.execute(sa.select(table.c.revision).where(table.c.id == one.id)).scalar_one() == 3


def test_every_field_has_its_column():
    for kind in KINDS:
        columns = tables.TABLES[kind.entity].c
        assert {f.name for f in plan(kind.entity)} | {"revision"} == set(columns.keys())
