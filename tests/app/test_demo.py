"""The example through the real door, gate and film: of one piece, so that every place has something true to show."""

from dataclasses import replace
from pathlib import Path

import pytest

from app import bootstrap
from app.casework.goals import courses
from app.comparing.common_view.laying_out import laid_out
from app.comparing.comparison import comparison
from app.comparing.words import figure_lines
from app.demo.making import make_demo
from app.errors import ArchiveError, Cancelled
from app.hours.entries import to_confirm
from app.i18n import Texts
from app.model.coding import CodingHeader
from app.model.hours import HoursState, Work, WorkEntry
from app.model.meeting import Meeting, Outcome
from app.model.people import Case, Worker
from app.model.recording import Recording
from app.model.service_work import Done
from app.model.statement import Statement, StatementStage
from app.model.supervision import SupervisionSession
from app.office.desk import Waiting, desk
from app.statement.editor import read_statement
from app.supervising.agreements import agreements
from app.supervising.sessions import in_order
from app.works.work_file import of_case, work_file
from tests.material.drawn import drawn_once

pytestmark = pytest.mark.long
SECRET = "sana toinen kolmas"


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory):
    folder, told = tmp_path_factory.mktemp("demo") / "archive", []
    case_id = make_demo(bootstrap.demo_makers(), folder, SECRET, Texts("fi"), told.append, lambda: False)
    return folder, case_id, told


@pytest.fixture
def archive(made):
    opened = bootstrap.demo_makers().door.unlock(made[0], "Leena Malli", SECRET)
    yield opened
    opened.archive.close()


def test_its_making_is_told_as_it_goes(made) -> None:
    told = made[2]
    assert told == sorted(told)
    assert (told[-1], len(told) > 10) == (1.0, True)


def test_both_workers_sign_in_with_the_same_passphrase(made) -> None:
    door = bootstrap.demo_makers().door
    assert door.names(made[0]) == ("Aino Esimerkki", "Leena Malli")
    for name in door.names(made[0]):
        opened = door.unlock(made[0], name, SECRET)
        assert opened.store.worker.name == name
        opened.archive.close()


def test_every_place_has_something_true(made, archive) -> None:
    store, case_id = archive.store, made[1]
    assert [c.id for c in store.find(Case)] == [case_id]
    (meeting,) = store.find(Meeting)
    assert len(meeting.plan) == 9
    (film,) = store.find(Recording)
    assert film.facts.duration == pytest.approx(120_000_000, rel=0.1)
    assert archive.media.verify(film)
    headers = store.find(CodingHeader)
    assert {h.state for h in headers} == {"ready"}
    assert {h.coder for h in headers} == {w.id for w in store.find(Worker)}
    found = comparison(store, meeting.id)
    assert all(line.figure for line in figure_lines(Texts("fi"), found))
    assert laid_out(found, "").differences
    assert found.agreement.pairs


def test_the_draft_is_filled_and_partly_written(archive) -> None:
    (statement,) = archive.store.find(Statement)
    text = read_statement(archive.store, statement.id)
    assert (statement.stage, statement.language) == (StatementStage.DRAFT, "fi")
    filled = {p.section for p in text.paragraphs}
    assert {"commission", "family", "how-done", "observations", "conclusions", "attachments"} <= filled
    assert any(not p.source for p in text.paragraphs)


def test_the_rooms_beside_the_film_are_filled(made) -> None:
    opened = bootstrap.demo_makers().door.unlock(made[0], "Aino Esimerkki", SECRET)
    store, case_id = opened.store, made[1]
    try:
        child, adult = courses(store, case_id)
        (work,) = of_case(store, case_id)
        file = work_file(store, work.id)
        (agreement,) = agreements(store)
        sessions = in_order(store.find(SupervisionSession, agreement_id=agreement.id))
        hours = store.find(WorkEntry, worker_id=store.me)
        theirs = to_confirm(store)
    finally:
        opened.archive.close()
    assert (len(child.reviews), len(adult.reviews), child.goal.has_scale) == (2, 1, True)
    assert work.is_open
    assert file.phase_state(file.template.phases[0]) == Done.PARTLY
    assert [s.outcome for s in sessions] == [Outcome.HELD, Outcome.OPEN]
    assert agreement.is_signed
    assert {HoursState.CONFIRMED, HoursState.DRAFT} <= {e.state for e in hours}
    assert [e.what for e in theirs] == [Work.MEETING]


def test_supervision_of_the_example_is_behind_the_wall(archive) -> None:
    assert agreements(archive.store) == ()


def test_the_desk_has_something_waiting(archive) -> None:
    from app.i18n import now

    found = desk(archive.store, archive.archive, 10**11, now())
    assert {i.what for i in found.items} == {Waiting.COMPARE, Waiting.CHOOSE_MOMENTS, Waiting.WRITE}
    assert found.deadlines


def test_the_archive_is_whole(archive) -> None:
    assert archive.archive.verify(lambda _: None, lambda: False) == ()


def test_what_lies_there_is_not_overwritten(made) -> None:
    with pytest.raises(ArchiveError) as told:
        make_demo(bootstrap.demo_makers(), made[0], SECRET, Texts("fi"), lambda _: None, lambda: False)
    assert told.value.key == "not-empty"


def test_it_can_be_cancelled_and_the_folder_is_free_again(qapp, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with pytest.raises(Cancelled):
        make_demo(bootstrap.demo_makers(), folder, SECRET, Texts("fi"), lambda _: None, lambda: True)
    assert not folder.exists() or not any(folder.iterdir())


class Crash(BaseException):
    """The program dies here."""


def crashing(opened):
    """A drawing that finds the archive half made and dies without taking anything away."""

    def draw(_path, _progress, _cancelled):
        opened()
        raise Crash

    return draw


def test_no_half_demo_bears_its_name_and_the_next_one_takes_its_place(qapp, tmp_path, monkeypatch) -> None:
    folder, seen = tmp_path / "demo", []
    makers = bootstrap.demo_makers()
    dying = replace(makers, draw=crashing(lambda: seen.extend(p.name for p in tmp_path.iterdir())))
    monkeypatch.setattr("storage.unfinished._take_back", lambda *_: None)  # a crash takes nothing back
    with pytest.raises(Crash):
        make_demo(dying, folder, SECRET, Texts("fi"), lambda _: None, lambda: False)
    assert seen == ["demo.unfinished"]
    assert [p.name for p in tmp_path.iterdir()] == ["demo.unfinished"]
    monkeypatch.undo()
    make_demo(replace(makers, draw=drawn_once), folder, SECRET, Texts("fi"), lambda _: None, lambda: False)
    assert [p.name for p in tmp_path.iterdir()] == ["demo"]


def test_a_demo_that_another_program_is_making_is_left_to_it(qapp, tmp_path) -> None:
    makers = bootstrap.demo_makers()
    with makers.door.making(tmp_path / "demo") as part:
        opened = makers.door.create(part, "Aino Esimerkki", SECRET)
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(ArchiveError) as caught:
            make_demo(makers, tmp_path / "demo", SECRET, Texts("fi"), lambda _: None, lambda: False)
        assert sorted(tmp_path.rglob("*")) == before
        opened.archive.close()
    assert caught.value.key == "in-use"
    assert [p.name for p in tmp_path.iterdir()] == ["demo"]
