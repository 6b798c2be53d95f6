"""Archives of the time when a pick-list's words were kept in the language of the day."""

import dataclasses

import pytest
import sqlalchemy as sa

from app.model.commission import Commission
from app.vocabulary import StatementTexts
from storage.migrations import HEAD, migrate
from storage.migrations.versions import v0012_picked_words_by_key as step
from tests.material.archives import store_on
from tests.material.older import older_database, rows_of

TABLES = {"assessment": "assessments", "service_task": "service_tasks", "legal_context": "legal_contexts"}


@pytest.fixture
def database(tmp_path):
    made = older_database(tmp_path)
    yield made
    made.close()


def test_what_was_picked_is_told_in_each_language_and_own_words_stay(database) -> None:
    (was,) = rows_of("commission")
    with database.write() as connection:
        table = sa.table("commission", *map(sa.column, was))
        for n, words in enumerate(
            (
                {
                    "assessment": "Bedömning av föräldraskapet",
                    "service_task": "Barnskydd",
                    "legal_context": "öppenvård",
                },
                {"assessment": "own wish", "service_task": "child welfare ", "legal_context": "Avohuolto,\nsijoitus"},
            )
        ):
            connection.execute(sa.insert(table).values(**{**was, "id": was["id"][:-1] + "ab"[n], **words}))
        migrate(connection, HEAD)
    first, swedish, own = sorted(
        store_on(database, rows_of("worker")[0]["id"]).find(Commission), key=lambda c: c.id[-1]
    )
    picked = ("parenting", "child-welfare", "open-care")
    assert (first.assessment, first.service_task, first.legal_context) == picked
    assert (swedish.assessment, swedish.service_task, swedish.legal_context) == picked
    assert (own.assessment, own.service_task) == ("own wish", "child-welfare")
    assert own.legal_context == "Avohuolto,\nsijoitus"
    kept = {f.name for f in dataclasses.fields(Commission)} - {
        "id",
        *TABLES,
        "document",
        "ordered",
        "deadline",
        "questions",
        "sources",
    }
    assert all(getattr(first, name) == was[name] for name in kept & set(was))


def test_every_word_that_was_offered_finds_its_key() -> None:
    """The step keeps the words of its day, as they are offered still."""
    for column, table in TABLES.items():
        for language, n in (("fi", 0), ("sv", 1), ("en", 2)):
            words = StatementTexts(language)
            for key in words.keys(table):
                if key in step.WORDS[column]:  # others came to the list later, and were never kept as words
                    assert step.WORDS[column][key][n] == words.of(table, key)
                assert words.said(table, key) == words.of(table, key)
        assert StatementTexts("sv").said(table, "egna ord") == "egna ord"
