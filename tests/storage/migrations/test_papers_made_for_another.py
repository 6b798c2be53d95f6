"""Archives of the time when a commission's unit, role, ground and return rule were kept in the words of the day."""

import pytest
import sqlalchemy as sa

from app.casework.retention import periods, source_words
from app.model.commission import PICKED, Commission
from app.model.retention import CaseRule
from app.vocabulary import StatementTexts
from storage.migrations import HEAD, migrate
from storage.migrations.versions import v0038_papers_made_for_another as step
from tests.material.archives import store_on
from tests.material.older import older_database, rows_of

TABLES = {"unit": "units", "worker_role": "process_roles", "basis": "bases", "return_rule": "return_rules"}

#: what the lists say in other words since
SAID_OTHERWISE = {("units", "service-needs")}


@pytest.fixture
def database(tmp_path):
    made = older_database(tmp_path)
    yield made
    made.close()


def test_what_was_picked_is_kept_by_its_key_and_own_words_stay(database) -> None:
    with database.write() as connection:
        migrate(connection, step.down_revision)
        commission = sa.table("commission", *map(sa.column, ("unit", "worker_role", "basis", "return_rule")))
        words = {
            "unit": "Socialt arbete med familjer ",
            "worker_role": "omaohjaaja",
            "basis": "for the service organiser by the commission agreement",
            "return_rule": "kuten sovittiin 3.5.",
        }
        connection.execute(sa.update(commission).values(**words))
        case_id = connection.execute(sa.text("SELECT id FROM client_case")).scalars().first()
        rule = {"id": "r", "case_id": case_id, "material": "case", "since": "closed", "months": 360, "revision": 1}
        rule["source"] = source_words("families", "sv")
        connection.execute(sa.insert(sa.table("case_rule", *map(sa.column, rule))).values(**rule))
        migrate(connection, HEAD)
    store = store_on(database, rows_of("worker")[0]["id"])
    held = store.find(Commission)[0]
    assert (held.unit, held.worker_role, held.basis) == ("family-social-work", "own-worker", "commissioned")
    assert held.return_rule == "kuten sovittiin 3.5."
    assert [r.source for r in store.find(CaseRule)] == ["families"]


def test_the_step_the_model_and_the_lists_know_the_same_keys_and_words() -> None:
    for column, table in TABLES.items():
        for n, language in enumerate(("fi", "sv", "en")):
            words = StatementTexts(language)
            known = {k: w[n] for k, w in step.WORDS[column].items() if (table, k) not in SAID_OTHERWISE}
            assert known.items() <= {k: words.of(table, k) for k in words.keys(table)}.items()
        assert set(step.WORDS[column]) <= set(StatementTexts("fi").keys(table))
        assert PICKED[column] == table
    for _, _, key in periods():
        assert step.SOURCES[key] == tuple(source_words(key, language) for language in ("fi", "sv", "en"))
