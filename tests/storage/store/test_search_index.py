"""The search's index forgets: what leaves it is in no page of the database, also before that is written anew."""

import hashlib
import tomllib
from dataclasses import replace

import pytest
import sqlalchemy as sa

import resources
from app.model.change import Change, added, removed
from app.model.commission import PICKED
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from app.model.sought import Area, Sought
from app.ports.search import Kept
from storage.archive import ArchiveDoorway
from storage.store import search_filling, search_kept, search_rows
from storage.store.database import copy_database
from storage.store.kinds import KINDS
from storage.store.searched import INDEX_VERSION, SEARCHED
from storage.store.sql_search import SqlSearch
from storage.store.tables import search_entry
from storage.vault.keys import KdfCost
from tests.drivers.plain_pages import everything
from tests.material.archives import KEY, Pair, SqlArchive

IDS = tuple(new_id() for _ in range(3))


@pytest.fixture
def held(tmp_path):
    archive = SqlArchive(tmp_path)
    pair = Pair(*(archive.open(i) for i in IDS))
    pair.begin(IDS)
    pair.archive, pair.folder = archive, tmp_path
    pair.search = SqlSearch(archive.database, IDS[0])
    yield pair
    archive.close()


def pages(held) -> bytes:
    held.archive.database.empty_log()
    return everything(held.folder, KEY)


def some_people(held, number=40):
    """Words that stand close to each other in the index, long and short, one of them many times."""
    made = [
        Person(new_id(), held.case.id, Role.SIBLING, "tuttu", f"Qvarnström{n} Xylografi", note="sana " * 60)
        for n in range(number)
    ]
    for person in made:
        held.a.apply("n", [added(person)])
    return made


def test_what_leaves_the_index_is_in_no_page(held):
    made = some_people(held)
    assert b"qvarnstrom" in pages(held)
    for person in made[:20]:
        held.a.apply("n", [removed(person)])
    there = pages(held)
    assert all(f"qvarnstrom{n}".encode() not in there for n in range(10, 20))
    # of words that begin alike only the first is whole in a page: what is left finds the rest
    assert len(held.search.find(Sought("qvarnström"), 99)) == 20
    for person in made[20:]:
        held.a.apply("n", [Change(person, replace(person, name="Yksi"))])
    index = index_of(held)
    assert b"qvarn" not in index
    assert b"xylo" not in index
    assert b"qv" not in index
    assert len(held.search.find(Sought("yksi"), 99)) == 20


def index_of(held) -> bytes:
    """What the full text keeps, without the words that the journal has by right until their case goes."""
    with held.archive.database.read() as connection:
        rows = connection.execute(sa.text("SELECT block FROM search_words_data")).all()
        entries = connection.execute(sa.select(search_entry.c.words)).scalars().all()
    return b"\0".join([*(bytes(row.block) for row in rows), *(words.encode() for words in entries)])


def test_an_index_that_is_older_or_missing_is_made_anew_when_the_archive_opens(held):
    with held.archive.database.read() as connection:
        assert search_filling.is_due(connection)  # the tables of tests are made without an archive around them
    held.search.rebuild(lambda _: None, lambda: False)
    with held.archive.database.read() as connection:
        assert not search_filling.is_due(connection)


def test_the_words_of_the_lists_are_those_that_the_index_was_last_made_with():
    """When they change: one more in `INDEX_VERSION`, and the new digest here."""
    tables = tomllib.loads((resources.folder() / "texts" / "statement.toml").read_text("utf-8"))
    said = repr([(table, sorted(tables[table].items())) for table in sorted(PICKED.values())])
    assert (INDEX_VERSION, hashlib.sha256(said.encode()).hexdigest()[:12]) == ("9", "fb03d36060d2")


def test_a_saved_filter_stays_when_a_case_goes_and_saved_words_that_found_it_do_not(held):
    filters = Sought("", (Area.PEOPLE,), closed=False)
    held.search.keep(Kept((filters, Sought("kuusi"))))
    with held.archive.database.write() as connection:
        search_kept.forget(connection, ["Kuusi 3"], ["x"])
    assert held.search.kept().saved == (filters,)


def test_opening_tells_how_far_it_is_while_it_makes_the_index_anew_and_nothing_else(tmp_path, monkeypatch):
    door, told = ArchiveDoorway(KdfCost.FLOOR), []
    secret = "viisi sanaa vain tämän kokeen"
    door.create(tmp_path / "a", "Aino Esimerkki", secret).archive.close()
    for version, progress in (("99", [1.0]), ("99", []), ("100", [1.0])):
        monkeypatch.setattr(search_filling, "INDEX_VERSION", version)
        told.clear()
        door.unlock(tmp_path / "a", "Aino Esimerkki", secret, told.append).archive.close()
        assert told[-1:] == progress, version


def test_a_group_is_gone_on_with_where_it_ended_and_the_others_with_it(held):
    """Newer and older things of two groups in turn."""
    people = some_people(held, 12)
    cases = [Case(new_id(), f"Qvarnström {n}", IDS[0], IDS[1]) for n in range(12)]
    for case in cases:
        held.a.apply("n", [added(case)])
    first = held.search.find(Sought("qvarn"), 5)
    assert [f.id for f in first] == [e.id for e in (*cases[:-6:-1], *people[:-6:-1])]
    assert [f.id for f in held.search.find(Sought("qvarn", (Area.PEOPLE,)), 5, first[-1].place)] == [
        p.id for p in people[-6:-11:-1]
    ]
    # what is older than a place, in every group
    assert [f.id for f in held.search.find(Sought("qvarn"), 99, first[-1].place)] == [p.id for p in people[-6::-1]]
    assert held.search.find(Sought("qvarn", (Area.TASKS, Area.CONSENTS)), 5) == ()


def test_a_copy_of_the_database_has_its_index(held, tmp_path):
    copy_database(held.archive.database.path, KEY, tmp_path / "copy.db", KEY)
    assert (tmp_path / "copy.db").stat().st_size
    assert held.archive.database.troubles() == ()


def test_saved_searches_forget_an_erased_case_with_it(held):
    saved = Sought("kuu"), Sought("muualla"), Sought("äiti muualla")
    for who in range(2):
        search = SqlSearch(held.archive.database, IDS[who])
        search.keep(Kept(saved, ((Person, held.child.id), (Person, "another"))))
    with held.archive.database.write() as connection:
        search_rows.forget_case(connection, held.case.id)
    for who in range(2):
        search = SqlSearch(held.archive.database, IDS[who])
        assert search.kept() == Kept(saved[1:], ((Person, "another"),))
    assert held.search.find(Sought("kuu"), 9) == ()


#: what holds no words of anybody's, or none that are sought
WORDLESS = frozenset(
    (
        "case_rule",
        "goal_rating",
        "reflection",
        "supervision_notebook",
        "supervision_note",
        "office_rule",
        "worker",
        "work_entry",
        "work_period",
        "price",
        "invoice_basis",
        "closed_statistics",
        "guest_pass",
        "calibration",
        "partner_key",
        "stored_content",
        "content_draft",
        "content_terms",
        "licensed_package",
        "consent_form",
        "taken_package",
        "segment",
        "recording",
        "derived_file",
        "example_clip",
        "clip_cover",
        "open_recording",
        "filming_event",
        "coding",
        "bookmark",
        "private_note",
        "common_view",
        "decision",
        "origin",
        "statement",
        "evidence",
        "approved_text",
        "final_statement",
        "signature",
        "paper_signature",
        "redaction",
        "redacted_copy",
        "statement_delivery",
        "erasure",
        "made_backup",
        "circumstance",
        "kept_apart",
        "reliability_sample",
        "sent_coding",
        "partner_coding",
        "reference",
        "training_result",
        "own_word",
        "text_block",
        "letterhead",
    )
)


def test_every_kind_is_searched_or_is_said_to_hold_nothing_to_search():
    """A new kind with words of people's is to be named in `storage/store/searched.py`, any other one here."""
    searched = {kind.name for kind in KINDS if kind.entity in SEARCHED}
    assert searched.isdisjoint(WORDLESS)
    assert {kind.name for kind in KINDS} == searched | WORDLESS
