"""Archives of the time when an interpreter was the case's and adults were kept apart as one."""

import dataclasses

import pytest
import sqlalchemy as sa

from app.casework.case_file import case_file
from app.model.people import Bond, Case, Interpreter, Person, Ring
from storage.migrations import HEAD, migrate
from tests.material.archives import store_on
from tests.material.older import older_database, rows_of


@pytest.fixture
def database(tmp_path):
    made = older_database(tmp_path)
    yield made
    made.close()


#: what cases have since
LATER = {"child_told", "returned", "closed_despite", "session_id", "bringer", "brought"}


def test_the_cases_interpreter_becomes_each_adults_and_nothing_else_changes(database) -> None:
    people, (matter,) = rows_of("person"), rows_of("client_case")
    with database.write() as connection:
        case = sa.table("client_case", *map(sa.column, ("interpreter", "interpreter_language", "keep_apart")))
        connection.execute(
            sa.update(case).values(interpreter="earpiece", interpreter_language="arabia", keep_apart=True)
        )
        migrate(connection, HEAD)
    store = store_on(database, rows_of("worker")[0]["id"])
    now = {p.id: p for p in store.find(Person)}
    assert len(now) == len(people) > 1
    for was in people:
        person = now[was["id"]]
        heard = (Interpreter.EARPIECE, "arabia") if person.is_adult else (Interpreter.NONE, "")
        assert (person.interpreter, person.interpreter_language) == heard
        assert (person.network_only, person.ring, person.bond, person.same) == (False, Ring.NOT_DRAWN, Bond.MET, "")
        assert (person.called, person.name, person.role, person.note) == tuple(
            was[k] for k in ("called", "name", "role", "note")
        )
    (held,) = store.find(Case)
    assert held.keep_apart
    assert {f.name for f in dataclasses.fields(Case)} <= set(matter) | {"purpose"} | LATER
    file = case_file(store, held.id)
    assert file.apart.pairs == {frozenset((a.id, b.id)) for a in file.adults for b in file.adults if a.id != b.id}


def test_without_an_adult_it_is_the_childs(database) -> None:
    with database.write() as connection:
        case, person = (
            sa.table("client_case", sa.column("interpreter")),
            sa.table("person", *map(sa.column, ("id", "role"))),
        )
        connection.execute(sa.update(case).values(interpreter="remote"))
        connection.execute(sa.update(person).where(person.c.role != "child").values(role="sibling"))
        migrate(connection, HEAD)
    found = store_on(database, rows_of("worker")[0]["id"]).find(Person)
    assert {p.interpreter for p in found if p.is_child} == {Interpreter.REMOTE}
    assert {p.interpreter for p in found if not p.is_child} <= {Interpreter.NONE}
