"""Real archives by state, made once per run through the program's own doors; a test gets a copy that it may change.

Each state is the one before it with more done: `empty` has its first worker; `case` has the partner, a case, a meeting
and its film; in `drafts` both have begun to code; in `ready` both are ready and differ; in `final` the statement is.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.films import intake
from app.i18n import Texts
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.people import Case, Worker
from app.model.plan import planned
from app.model.statement import Statement
from app.model.timecode import SECOND
from app.ports import OpenedArchive
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from app.statement.going_through import collect, go_through
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.films import Clip, build
from tests.material.once import once
from tests.material.pressing import press
from tests.material.written import read_by, whole
from video.open.film_gate import ChildFilmGate

AINO, LEENA = "Aino Esimerkki", "Leena Malli"
PASSPHRASE = "viisi sanaa riittää hyvin tähän"
TEXTS = Texts("fi")
#: the film's three seconds are three tasks
TASKS = ((0, 1), (1, 2), (2, 3))
PRESSES = {AINO: (("6", 0.0), ("q", 0.4), ("a", 1.2), ("7", 2.0)), LEENA: (("6", 0.0), ("q", 0.8), ("7", 2.4))}


def golden(state: str, folder: Path) -> Path:
    """The archive of a state, copied to `folder`, which is not there yet."""
    shutil.copytree(_made(state), folder)
    return folder


def door() -> ArchiveDoorway:
    return ArchiveDoorway(KdfCost.FLOOR)


@contextmanager
def opened(folder: Path, name: str = AINO) -> Iterator[OpenedArchive]:
    """An archive of this module, open as one of its workers."""
    archive = door().unlock(folder, name, PASSPHRASE)
    try:
        yield archive
    finally:
        archive.archive.close()


def _made(state: str) -> Path:
    before, go_on = STATES[state]

    def make(folder: Path) -> None:
        if before:
            shutil.copytree(_made(before), folder)
        go_on(folder)

    return once(f"golden-{state}", make)


def _empty(folder: Path) -> None:
    door().create(folder, AINO, PASSPHRASE).archive.close()


def _case(folder: Path) -> None:
    with opened(folder) as archive:
        store = archive.store
        partner = Worker(new_id(), LEENA)
        Door(store).write("workers", [added(partner)])
        archive.archive.add_sign_in(partner, PASSPHRASE)
        editor = CaseEditor(store, TEXTS, new_case(Door(store), TEXTS, "Tähti 14").id)
        editor.edit(editor.file.case, partner=partner.id)
        for person in editor.file.persons:
            editor.give_consent(person, Purpose.FILMING, datetime(2020, 1, 1, tzinfo=UTC).date())
        meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 9, tzinfo=UTC))
        assert meeting is not None
        full = replace(meeting, plan=tuple(planned(c) for c in library.task_cards()[: len(TASKS)]))
        rows = [Segment(new_id(), meeting.id, n, a * SECOND, b * SECOND) for n, (a, b) in enumerate(TASKS, start=1)]
        _take_a_film_in(archive, meeting, folder.parent)
        Door(store).write("plan", [Change(meeting, full), *(added(s) for s in rows)])


class _Work:
    """The work's side of a job that nobody follows."""

    @staticmethod
    def progress(_fraction: float) -> None: ...

    @staticmethod
    def cancelled() -> bool:
        return False


def _take_a_film_in(archive: OpenedArchive, meeting: Meeting, folder: Path) -> None:
    gate = ChildFilmGate()
    wish = intake.Wish((build(folder, Clip(frames=75, gop=25, sound="aac")),), meeting.id, 1)
    try:
        taken = intake.take_in(gate, archive.media, wish, _Work())
    finally:
        gate.close()
    intake.keep(Door(archive.store), archive.media, TEXTS, taken)


def _coding(archive: OpenedArchive) -> CodingEditor:
    (meeting,) = archive.store.find(Meeting)
    header = begin(Door(archive.store), TEXTS, meeting.id)
    return CodingEditor(archive.store, TEXTS, meeting_file(archive.store, meeting.id), header)


def _drafts(folder: Path) -> None:
    for name, presses in PRESSES.items():
        with opened(folder, name) as archive:
            editor = _coding(archive)
            for key, second in presses:
                assert press(editor, key, round(second * SECOND))


def _ready(folder: Path) -> None:
    for value, name in ((4, AINO), (3, LEENA)):
        with opened(folder, name) as archive:
            editor = _coding(archive)
            for item in editor.instrument.items:
                editor.rate(item.id, value, "näkyi")
            header = editor.coding.header
            editor.do("cover", Change(header, replace(header, covered=(Stretch(0, 3 * SECOND),))))
            assert editor.mark_ready()


def _final(folder: Path) -> None:
    with opened(folder) as archive:
        (case,) = archive.store.find(Case)
        statement = begin_statement(Door(archive.store), TEXTS, case.id, "fi")
        assert whole(StatementEditor(archive.store, TEXTS, statement.id)).ask_for_check()
    with opened(folder, LEENA) as archive:
        (statement,) = archive.store.find(Statement)
        editor = StatementEditor(archive.store, TEXTS, statement.id)
        assert editor.approve()
        assert go_through(editor)
        case = case_file(archive.store, statement.case_id)
        read_by(editor, case.adults[0].id)
        assert collect(editor)
        assert editor.approve()
    with opened(folder) as archive:
        editor = StatementEditor(archive.store, TEXTS, statement.id)
        assert editor.approve()
        assert make_final(editor, archive.media)


#: of each state, the one that it goes on from and what is done then
STATES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "empty": ("", _empty),
    "case": ("empty", _case),
    "drafts": ("case", _drafts),
    "ready": ("drafts", _ready),
    "final": ("ready", _final),
}
