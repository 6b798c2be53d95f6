"""Rows are written by their id, whatever the fields of their kind are called."""

from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from app.model.change import Change, added, removed
from storage.store import entity_rows
from storage.store.large_steps import MANY
from storage.store.row_mapping import edited_fields
from storage.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Keyed:
    """A kind whose fields have the names that a statement could want for itself."""

    id: str
    key: str
    value: str = ""
    row: int = 0


@pytest.fixture
def connection(monkeypatch):
    columns = (sa.Column("key", sa.Text), sa.Column("value", sa.Text), sa.Column("row", sa.BigInteger))
    revision = sa.Column("revision", sa.BigInteger)
    table = sa.Table("keyed", sa.MetaData(), sa.Column("id", sa.Text, primary_key=True), *columns, revision)
    monkeypatch.setitem(TABLES, Keyed, table)
    engine = sa.create_engine("sqlite://")
    with engine.begin() as made:
        table.create(made)
        yield made
    engine.dispose()


@pytest.mark.parametrize("count", [2, MANY], ids=["few", "many"])
@pytest.mark.parametrize("edit", [{"key": "new"}, {"key": "new", "value": "v", "row": 7}], ids=["key", "all"])
def test_an_entity_with_a_field_named_key_is_edited_and_removed(connection, count, edit) -> None:
    before = [Keyed(f"{n:03}", "old") for n in range(count)]
    stays = Keyed("other", "old")
    entity_rows.write(connection, [*map(added, before), added(stays)], {})
    changes = [Change(one, replace(one, **edit)) for one in before]
    entity_rows.write(connection, changes, edited_fields(changes))
    after = tuple(change.after for change in changes)
    assert entity_rows.find(connection, Keyed, {}, sa.true()) == (*after, stays)
    entity_rows.write(connection, map(removed, after), {})
    assert entity_rows.find(connection, Keyed, {}, sa.true()) == (stays,)
