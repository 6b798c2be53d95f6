"""When the place is opened from the rail: which meeting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.casework.case_list import MeetingLine, meeting_lines
from app.casework.film_use import FilmMark, film_marks
from app.coding.opening import Codable, codable, state_of
from app.i18n import Texts, today
from app.model.coding import CodingState
from app.model.meeting import Meeting
from app.model.units import RowCount
from app.services.library import meeting_called
from app.workspace import Workspace
from widgets.forms.paged_choice import SomeRows, paged_choice
from widgets.look.consent_mark import ConsentMark
from widgets.look.look import Look
from widgets.look.parts import EmptyState, Row, button


def meeting_list(
    workspace: Workspace,
    look: Look,
    title: str,
    wanted: Callable[[Meeting], tuple[str, bool]],
    choose: Callable[[str], None],
) -> QWidget | None:
    """Meetings with their state; `wanted` says it in words and whether to open. None when there are no meetings."""
    t, store = workspace.texts, workspace.store

    def read(number: RowCount, mine: bool) -> SomeRows:
        lines = meeting_lines(store, number, mine=mine)
        # what can be opened comes first: the latest are often still to be filmed
        told = sorted(((line, *wanted(line.meeting)) for line in lines), key=lambda one: not one[2])
        marks = film_marks(store, [line.meeting for line in lines], today())
        return SomeRows({title: [row(*one, marks[one[0].meeting.id]) for one in told]}, len(lines) < number)

    def row(line: MeetingLine, state: str, can_open: bool, consents: FilmMark) -> QWidget:
        act = button(t.tr("Open"), partial(choose, line.meeting.id))
        act.setEnabled(can_open)
        mark = ConsentMark(look, t, consents)
        name = f"{line.case.code_name} · {meeting_called(t, line.meeting, line.adult)}"
        return Row(look, name, t.date(line.meeting.held.astimezone().date()), "film", state, act, mark=mark)

    return paged_choice(t, read)


def codable_words(workspace: Workspace, meeting: Meeting) -> tuple[str, bool]:
    """Whether this worker can code the meeting, in words."""
    t, store = workspace.texts, workspace.store
    can = codable(store, meeting)
    words = {
        Codable.OTHERS: t.tr("others code this"),
        Codable.BEING_FILMED: t.tr("being filmed"),
        Codable.NO_FILM: t.tr("no film yet"),
        Codable.NO_CONSENT: t.tr("closed: a consent is not in force"),
    }
    if can in words:
        return words[can], False
    return state_words(t, state_of(store, meeting, store.me)), True


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
