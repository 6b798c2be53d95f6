"""Archives of the time before services were data: sections by number, statements that did not say their meetings."""

import json

import pytest

from app.model.meeting import Meeting
from app.model.statement import Statement, StatementStage
from app.services import library
from app.statement.editor import read_statement
from storage.migrations import HEAD, migrate, needs_migration, revision_of
from tests.material.archives import store_on
from tests.material.older import older_database, rows_of


@pytest.fixture
def store(tmp_path):
    database = older_database(tmp_path)
    with database.write() as connection:
        assert needs_migration(connection)
        migrate(connection)
        assert revision_of(connection) == HEAD
    yield store_on(database, rows_of("worker")[0]["id"])
    database.close()


def test_every_paragraph_keeps_its_section_under_the_sections_key(store) -> None:
    numbers = {s.key: s.number for s in library.first().sections}
    were = {row["id"]: row for row in rows_of("paragraph")}
    now = [p for s in store.find(Statement) for p in read_statement(store, s.id).paragraphs]
    assert len(now) == len(were) > 80
    for p in now:
        was = were[p.id]
        assert numbers[p.section] == was["section"]
        assert (p.place, p.source, p.about) == (was["place"], was["source"], was["about"])
        assert "".join(r["text"] for r in json.loads(was["runs"])) == p.text
    assert len({p.section for p in now}) > 10


def test_statements_say_their_service_and_the_meetings_they_were_about(store) -> None:
    first, second = store.find(Statement)
    met, later = store.find(Meeting)
    assert (first.stage, second.stage) == (StatementStage.FINAL, StatementStage.DRAFT)
    assert {first.service, second.service} == {library.first().id}
    assert first.meetings == (met.id,), "a meeting made after it was final is not what it is about"
    assert second.meetings == (met.id, later.id), "until now an open one was about all"
    assert {m.kind for m in (met, later)} == {"mim"}
    assert library.of_meeting(met) == library.first()
