"""Archives of the time when every document had all sections, and its case's commission gave it its title."""

import pytest
import sqlalchemy as sa

from app.model.commission import DocumentKind
from app.model.statement import Statement
from storage.migrations import HEAD, migrate
from storage.migrations.versions import v0041_kinds_of_document as step
from tests.material.archives import store_on
from tests.material.older import older_database, rows_of

LINE = {"place": "zz", "runs": '[{"bold":false,"evidence":"","italic":false,"text":"Oma."}]', "kind": "body"}


def kinds_after(tmp_path, asked: str, section: str = "", source: str = "") -> set[DocumentKind]:
    """What an older archive's documents are once their commission asked for a kind and something more stands there."""
    database = older_database(tmp_path)
    with database.write() as connection:
        migrate(connection, step.down_revision)
        connection.execute(sa.text("DELETE FROM paragraph WHERE section IN ('conclusions', 'recommendation')"))
        connection.execute(sa.text("UPDATE commission SET document = :asked"), {"asked": asked})
        if section:
            statement = connection.execute(sa.text("SELECT id FROM statement")).scalars().first()
            row = LINE | {"id": "p", "statement_id": statement, "section": section, "source": source, "about": ""}
            row |= {"by_hand": False, "cells": "[]", "revision": 1}
            connection.execute(sa.insert(sa.table("paragraph", *map(sa.column, row))).values(**row))
        migrate(connection, HEAD)
    kinds = {s.kind for s in store_on(database, rows_of("worker")[0]["id"]).find(Statement)}
    database.close()
    return kinds


@pytest.mark.parametrize(
    ("asked", "section", "source", "kind"),
    [
        ("statement", "", "", {DocumentKind.STATEMENT}),
        ("recommendation", "conclusions", "", {DocumentKind.RECOMMENDATION}),
        ("summary", "", "", {DocumentKind.SUMMARY}),
        ("summary", "conclusions", "question/1", {DocumentKind.SUMMARY}),
        ("summary", "strengths", "", {DocumentKind.SUMMARY}),
    ],
)
def test_it_is_what_its_commission_asked_for(tmp_path, asked, section, source, kind) -> None:
    assert kinds_after(tmp_path, asked, section, source) == kind


def test_where_a_hand_wrote_what_the_kind_lacks_no_word_is_lost(tmp_path) -> None:
    assert DocumentKind.STATEMENT in kinds_after(tmp_path, "summary", "conclusions")
