"""When the place is opened from the rail: which meeting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.casework.case_file import case_file
from app.casework.meeting_file import films_in_use
from app.i18n import Texts
from app.model.coding import CodingState
from app.model.filming import OpenRecording
from app.model.meeting import Meeting
from app.model.people import Case
from app.services.library import meeting_called
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import EmptyState, ListCard, Row, button, scrolled, section_label, stacked


def meeting_list(
    workspace: Workspace,
    look: Look,
    title: str,
    wanted: Callable[[Meeting], tuple[str, bool]],
    choose: Callable[[str], None],
) -> QWidget | None:
    """Meetings with their state; `wanted` says it in words and whether to open. None when there are no meetings."""
    t = workspace.texts
    rows: list[QWidget] = []
    for case in workspace.store.find(Case):
        file = case_file(workspace.store, case.id)
        for meeting in reversed(file.meetings):
            adult = file.person(meeting.adult_id)
            state, can_open = wanted(meeting)
            act = button(t.tr("Open"), partial(choose, meeting.id))
            act.setEnabled(can_open)
            name = f"{case.code_name} · {meeting_called(t, meeting, adult)}"
            rows.append(Row(look, name, t.date(meeting.held.astimezone().date()), "film", state, act))
    if not rows:
        return None
    inside = QWidget()
    column = stacked(section_label(title), ListCard(rows), spacing=10, margins=(28, 24, 28, 28))
    column.addStretch(1)
    inside.setLayout(column)
    return scrolled(inside)


def codable(workspace: Workspace, meeting: Meeting) -> tuple[str, bool]:
    """Whether this worker can code the meeting, in words."""
    t, store = workspace.texts, workspace.store
    if store.worker.id not in meeting.coders:
        return t.tr("others code this"), False
    if store.find(OpenRecording, meeting_id=meeting.id):
        return t.tr("being filmed"), False
    if not films_in_use(store, meeting.id):
        return t.tr("no film yet"), False
    state = store.coding_states(meeting.id).get(store.worker.id)
    return state_words(t, state), True


def state_words(texts: Texts, state: CodingState | None) -> str:
    """How far somebody is with an own coding of a meeting."""
    if state is None:
        return texts.tr("not begun")
    return texts.tr("ready") if state == CodingState.READY else texts.tr("in progress")


def nothing_to_code(workspace: Workspace, go: Callable[..., None]) -> QWidget:
    t = workspace.texts
    return EmptyState(
        t.tr("Nothing to code yet"),
        t.tr(
            "Here a film is coded: eyes on the picture, hands on the keys. First a case needs a meeting and its film."
        ),
        button(t.tr("To the clients"), lambda: go("cases"), "primary"),
    )
