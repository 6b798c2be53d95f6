"""A filmed meeting with what two raters saw in it, laid in through the use-cases behind the screens."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.casework.case_editor import CaseEditor, new_case
from app.casework.plans import PlanEditor
from app.door import Door
from app.films import intake
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.people import Worker
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.schemes import library
from app.workspace import Workspace
from tests.drivers.filmed_meeting import Work
from tests.journeys.coded_film import Seen
from tests.material.pressing import press


def planned_meeting(space: Workspace, cards: Sequence[str]) -> str:
    """A case of the two workers with consents, and a meeting with its plan; gives the meeting's id."""
    case = new_case(Door(space.store), space.texts, "Tähti 14")
    editor = CaseEditor(space.store, space.texts, case.id)
    partner = next(w for w in space.store.find(Worker) if w.id != space.store.me)
    editor.edit(editor.file.case, partner=partner.id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, date(2026, 11, 1))
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert meeting is not None
    plan, known = PlanEditor(space.store, space.texts, meeting.id), {c.id: c for c in library.task_cards()}
    for card in cards:
        assert plan.add(known[card]), card
    return meeting.id


def bring_film(space: Workspace, path: Path, meeting_id: str, camera: int, late: Micros = 0) -> Recording:
    """A film taken in as any other, and laid on the meeting's clock where its camera began `late`."""
    film = intake.take_in(space.films.gate, space.media, intake.Wish((path,), meeting_id, camera), Work())
    intake.keep(Door(space.store), space.media, space.texts, film)
    if late:
        assert space.films_editor(meeting_id).place(film.id, late, 0.0)
    return space.store.get(Recording, film.id)


def mark_tasks(space: Workspace, meeting_id: str, spans: Sequence[Stretch]) -> None:
    rows = [Segment(new_id(), meeting_id, n, span.start, span.end) for n, span in enumerate(spans, start=1)]
    Door(space.store).write("tasks", [added(s) for s in rows])


def code_all(
    space: Workspace, meeting_id: str, seen: Sequence[Seen], values: Sequence[int | None], scheme: str = ""
) -> None:
    """What who is signed in saw, by the keys of the codes; every item rated, all tasks covered, marked as ready."""
    editor = space.coding_editor(meeting_id)
    if scheme and scheme != editor.scheme.id:
        assert editor.use_scheme(scheme)
    for one in seen:
        code = editor.scheme.code(one.code)
        assert code is not None, one.code
        assert press(editor, code.key, round(one.at * SECOND)) == code
    for number, item in enumerate(editor.instrument.items):
        assert editor.rate(item.id, values[number % len(values)], "näkyi tehtävissä")
    spans = [s.stretch for s in editor.file.segments]
    header = editor.coding.header
    covered = (Stretch(spans[0].start, spans[-1].end),)
    assert editor.do("cover", Change(header, replace(header, covered=covered)))
    assert editor.mark_ready()
