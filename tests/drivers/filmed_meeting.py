"""A meeting with its films, made through the use-cases behind the screens: for journeys that begin at the film."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.casework.case_editor import CaseEditor, new_case
from app.casework.plans import PlanEditor
from app.door import Door
from app.films import intake
from app.model.consent import Purpose
from app.model.people import Worker
from app.workspace import Workspace
from tests.material.films import Clip, build


class Work:
    """The work's side of a job that nobody follows."""

    @staticmethod
    def progress(_fraction: float) -> None: ...

    @staticmethod
    def cancelled() -> bool:
        return False


def filmed_meeting(space: Workspace, folder: Path, cameras: tuple[int, ...] = (1, 2), frames: int = 150) -> str:
    """Two tasks planned; a film of `frames` pictures from each camera, taken in one after the other, not aligned."""
    case = new_case(Door(space.store), space.texts, "Tähti 14")
    editor = CaseEditor(space.store, space.texts, case.id)
    partner = next(w for w in space.store.find(Worker) if w.id != space.store.me)
    editor.edit(editor.file.case, partner=partner.id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, date(2026, 11, 1))
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert meeting is not None
    plan = PlanEditor(space.store, space.texts, meeting.id)
    for card in plan.available()[:2]:
        assert plan.add(card)
    for camera in cameras:
        source = build(folder, Clip(frames=frames, b_frames=2, gop=50, sound="aac"), f"camera{camera}")
        wish = intake.Wish((source,), meeting.id, camera)
        film = intake.take_in(space.films.gate, space.media, wish, Work())
        intake.keep(Door(space.store), space.media, space.texts, film)
    return meeting.id
