"""Supervision and work of no case: after erasing no page, row or sealed file has a word of it, killed anywhere."""

import signal
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.model.change import Change, added, removed
from app.model.erasure import CaseOrder, Erasure, Ground, Whole, WholeOrder
from app.model.identity import new_id
from app.model.people import Case
from app.model.service_work import MOVED, FormRow, FormValue
from app.model.sought import Side, Sought
from app.model.supervision import AgreementState, SupervisionAgreement
from app.model.supervision_course import SupervisionEvaluation
from app.model.supervision_note import SupervisionNote
from app.model.template import Belongs
from app.ports.search import Kept
from storage.store.database import Database
from storage.store.tables import metadata
from tests.drivers.erasing_child import OF_WHOLES
from tests.drivers.plain_pages import everything
from tests.drivers.preloaded import child
from tests.material import templates
from tests.material.erased import NAME, Held, go_on, nothing
from tests.material.golden import PASSPHRASE as PASS
from tests.material.golden import golden
from tests.material.supervision import session, supervised

DAY = date(2026, 11, 2)
WORD = "Kanarialintu"
#: the certificate and the log tell ids
_STAYS = ("erasure", "audit", "journal", "made_backup")


@pytest.fixture
def held(tmp_path):
    made = Held(golden("empty", tmp_path / "archive"), tmp_path / "film.bin")
    yield made
    made.opened.archive.close()


def over(held) -> SupervisionAgreement:
    """Supervision that has ended, its word in every place; something of it was taken away before."""
    store = held.store
    made, parts = supervised(store)
    named = replace(made, title=f"{WORD} tiimi")
    met = session(made, themes=(f"{WORD} teema",))
    said = replace(next(p for p in parts if isinstance(p, SupervisionEvaluation)), id=new_id(), words=f"{WORD} arvio")
    store.apply("named", [Change(made, named), added(met), added(said)])
    store.apply("taken away", [removed(met)])
    note = next(p for p in parts if isinstance(p, SupervisionNote))
    store.apply("note", [Change(note, replace(note, text=f"{WORD} tuntuma"))])
    ended = replace(named, state=AgreementState.ENDED, ended=DAY)
    store.apply("over", [Change(named, ended)])
    held.opened.archive.search.keep(Kept((Sought(WORD.lower()),), ((SupervisionAgreement, made.id),)))
    return ended


def traces(held, *ids: str) -> set[str]:
    """Of the words, and of the ids outside the certificate and the access log."""
    there = everything(held.folder, held.key).lower()
    found = {word for word in (WORD, "keskener\u00e4ist\u00e4 ty\u00f6t\u00e4") if word.lower().encode() in there}
    database = Database(held.folder / "archive.db", held.key)
    with database.read() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).all() if table.name not in _STAYS else ()
            told = {value for row in rows for value in row if isinstance(value, str)}
            found |= {f"{table.name}: {key}" for key in ids if any(key in value for value in told)}
    database.close()
    return found


def found_by_search(held) -> tuple:
    search = held.opened.archive.search
    return tuple(one for side in Side for one in search.find(Sought(WORD, side=side), 10))


def test_nothing_of_erased_supervision_is_left(held) -> None:
    made = over(held)
    (sealed,) = (held.folder / "codings").glob("*.db")
    assert traces(held, made.id) > {WORD}
    assert found_by_search(held) != ()
    held.erasing.whole(WholeOrder(Whole.SUPERVISION, made.id, Ground.RETENTION, "aika on ohi"), nothing, go_on)
    held.erasing.finish(nothing, go_on)
    assert traces(held, made.id) == set()
    assert not sealed.exists()
    assert held.opened.archive.search.kept() == Kept()
    assert found_by_search(held) == ()
    assert held.opened.archive.verify(nothing, go_on) == ()
    held.reopen()
    assert held.opened.archive.to_tell() == ()
    assert traces(held, made.id) == set()


def test_nothing_of_an_erased_service_is_left(held) -> None:
    store = held.store
    work = templates.begun(store, templates.template(Belongs.GROUP), called=f"{WORD} ryhm\u00e4")
    rows = [FormRow(new_id(), work.id, "sheet", written=(FormValue("line", f"{WORD} {n}"),)) for n in range(2)]
    store.apply("filled", [added(rows[0]), added(rows[1])])
    store.apply("taken away", [removed(rows[1])])
    closed = replace(work, closed=DAY)
    store.apply("closed", [Change(work, closed)])
    held.erasing.whole(WholeOrder(Whole.SERVICE, work.id, Ground.OTHER, "p\u00e4\u00e4t\u00f6s"), nothing, go_on)
    held.erasing.finish(nothing, go_on)
    assert traces(held, work.id, *(r.id for r in rows)) == set()
    assert found_by_search(held) == ()


def test_what_a_consultation_said_of_a_client_goes_with_that_clients_case(held) -> None:
    store = held.store
    (case,) = store.find(Case)
    ours, theirs = templates.begun(store, templates.template(Belongs.PROFESSIONAL)), templates.template(Belongs.CASE)
    row = FormRow(new_id(), ours.id, "sheet", written=(FormValue("line", f"{WORD} kysymys"),))
    store.apply("said", [added(row)])
    of_case = templates.begun(store, theirs, case.id)
    moved = replace(row, id=new_id(), work_id=of_case.id, moved_from=row.id)
    left = replace(row, written=(), moved_to=moved.id)
    store.apply("moved", [added(moved), Change(row, left)], act=MOVED)
    held.erasing.case(CaseOrder(case.id, Ground.OTHER, "p\u00e4\u00e4t\u00f6s"), nothing, go_on)
    held.erasing.finish(nothing, go_on)
    assert traces(held, moved.id) == {f"form_row: {moved.id}"}, "that it was moved stays"
    assert store.find(FormRow) == (left,)


@pytest.mark.parametrize("place", OF_WHOLES)
def test_killed_at(place, held) -> None:
    made = over(held)
    held.opened.archive.close()
    with child("erasing_child", str(held.folder), NAME, PASS, place) as erasing:
        erasing.wait()
        assert erasing.returncode == -signal.SIGKILL
    held.reopen()
    assert held.opened.archive.verify(nothing, go_on) == ()
    if place == "logged":
        assert held.store.find(SupervisionAgreement) == (made,)
        assert len(held.store.find(SupervisionNote)) == 1
        assert not held.erasing.is_unfinished()
        return
    assert held.store.find(SupervisionAgreement) == held.store.find(SupervisionNote) == ()
    assert list((held.folder / "codings").glob("*.db")) == [], "the notes' file went at the sign-in at the latest"
    held.erasing.finish(nothing, go_on)
    assert traces(held, made.id) == set()
    assert [e.finished is not None for e in held.store.find(Erasure)] == [True]
