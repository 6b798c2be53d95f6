"""The journal's rows: one per step and place, only what changed, small."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.model.change import Change, added
from app.model.coding import CodingKind
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.people import Worker
from storage.store import journal, tables
from storage.store.kinds import KINDS
from storage.store.row_mapping import plan
from tests.contracts.test_store import IDS, coded, header, make_ready
from tests.material.archives import Pair, new_database, own_file, store_on


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


def rows(held):
    """The journal of a database, or of a sealed coding."""
    with held.read() as connection:
        return connection.execute(sa.select(tables.journal).order_by(tables.journal.c.n)).all()


def test_a_large_step_is_one_small_row(pair):
    head, *_ = coded(pair)
    many = [Observation(new_id(), head.id, "S1", "adult1", n * 1000, note="sama sana") for n in range(1500)]
    file = own_file(pair.a)
    before = len(rows(file))
    pair.a.apply("many", [added(o) for o in many])
    (row,) = rows(file)[before:]
    assert row.packed
    assert len(row.body) < 60 * len(many)
    assert (row.case_id, row.coding_id, row.label, row.act) == ("", head.id, "many", "edit"), (
        "its case stands there when it is released"
    )
    (entry,) = pair.a.history(many[77].id)
    assert entry.after["start"] == 77_000


def named(held) -> set[str]:
    """What the newest row of the journal is found by."""
    table = tables.journal_entity
    with held.read() as connection:
        newest = connection.execute(sa.select(sa.func.max(table.c.journal_n))).scalar_one()
        return set(connection.execute(sa.select(table.c.entity_id).where(table.c.journal_n == newest)).scalars())


def test_a_row_of_thousands_names_none_of_them_and_each_is_found_in_it(pair):
    head, *_ = coded(pair)
    few = [Observation(new_id(), head.id, "S1", "adult1", n) for n in range(journal.NAMED)]
    pair.a.apply("few", [added(o) for o in few])
    assert named(own_file(pair.a)) == {o.id for o in few}
    one_more = Observation(new_id(), head.id, "S1", "adult1", 5)
    pair.a.apply("one", [added(one_more)])
    every = [*few, one_more]
    pair.a.apply("moved", [Change(o, replace(o, start=o.start + 1)) for o in every])
    assert len(named(own_file(pair.a))) == 1
    assert named(own_file(pair.a)).isdisjoint(o.id for o in every)
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


def test_an_edit_holds_only_what_differs(pair):
    _, one, *_ = coded(pair)
    pair.a.apply("x", [Change(one, replace(one, note="n"))])
    row = rows(own_file(pair.a))[-1]
    assert not row.packed
    assert bytes(row.body) == f'[["observation","{one.id}",{{"note":"note-0"}},{{"note":"n"}}]]'.encode()


def test_each_place_has_its_row_and_the_case_is_found_from_below(database, pair):
    heads = [coded(pair, n)[0] for n in range(2)]
    for store, head in zip((pair.a, pair.b), heads, strict=True):
        make_ready(store, head)
        store.release_due()
    common = header(pair, kind=CodingKind.COMMON_VIEW)
    one = Observation(new_id(), common.id, "S1", "adult1", 0)
    worker = Worker(new_id(), "W")
    before = len(rows(database))
    pair.a.apply("words", [added(e) for e in (one, common, replace(pair.case, id=new_id()), worker)])
    new = rows(database)[before:]
    assert {(bool(r.case_id), r.coding_id, r.label) for r in new} == {
        (True, common.id, "words"),
        (True, "", ""),
        (False, "", ""),
    }
    assert len({r.step for r in new}) == 1
    # of a coding that was sealed, too
    assert {r.case_id for r in rows(database) if r.coding_id in {h.id for h in heads}} == {pair.case.id}


def test_revisions_count_the_changes_of_a_row(pair):
    _, one, *_ = coded(pair)
    edited = replace(one, note="b")
    pair.a.apply("x", [Change(one, edited)])
    pair.a.apply("x", [Change(edited, one)])
    table = tables.TABLES[Observation]
    with own_file(pair.a).read() as connection:
        assert connection.execute(sa.select(table.c.revision).where(table.c.id == one.id)).scalar_one() == 3


def test_every_field_has_its_column():
    for kind in KINDS:
        columns = tables.TABLES[kind.entity].c
        sorted_by = {tables.LISTED_AS} if kind.sorted_by else set()
        assert {f.name for f in plan(kind.entity)} | {"revision"} | sorted_by == set(columns.keys())
