"""As a new user would: an interview is booked, told of and noted, seen in the calendar, and the agenda printed."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.casework.case_editor import CaseEditor
from app.model.meeting import Meeting, Outcome
from app.model.meeting_note import MeetingNote, NoteKind
from app.model.people import Role
from app.services.library import kind_of
from tests.drivers.archive_steps import AINO, lock, make_archive_of_two, sign_in
from tests.drivers.case_steps import choose, make_case
from tests.drivers.hands import one_in_sight
from widgets.calendar.calendar_screen import CalendarScreen
from widgets.cases.cases_screen import CasesScreen
from widgets.desk.desk_screen import DeskScreen


def test_an_interview_from_its_booking_to_the_agenda(program, hands, tmp_path: Path, monkeypatch) -> None:
    make_archive_of_two(hands, program, tmp_path)
    case_id = make_case(hands, program)
    screen = one_in_sight(program.window, CasesScreen)
    screen.show_section(screen.meetings)
    section = screen.meetings
    next(act for act in section.book.menu().actions() if act.text() == "Haastattelu").trigger()
    hands.settle()
    panel = section.panel
    assert not panel.film.isVisible()
    hands.fill(panel.form.widgets["time"].line, "9.00")
    choose(hands, panel.course.form.widgets["delivery"], "videoyhteys")
    hands.click(panel.notes.adds[NoteKind.SAID])
    (row,) = panel.notes.rows.values()
    hands.type(row.form.widgets["text"], "Illat sujuvat.")
    choose(hands, panel.course.form.widgets["outcome"], "pidetty")
    store = program.workspace.store
    (made,) = store.find(Meeting)
    assert (made.is_filmed, made.outcome, made.held.astimezone().hour) == (False, Outcome.HELD, 9)
    (note,) = store.find(MeetingNote)
    assert (note.kind, note.text) == (NoteKind.SAID, "Illat sujuvat.")

    editor = CaseEditor(store, program.texts, case_id)
    other = editor.add_person(Role.FOSTER_PARENT, "sijaisäiti")
    editor.keep_apart(editor.file.person(made.adult_id), other, apart=True)
    editor.book(kind_of(made), other, made.end)
    program.window.go("desk")
    desk = one_in_sight(program.window, DeskScreen)
    hands.press(desk, "Kalenteri")
    calendar = one_in_sight(program.window, CalendarScreen)
    hands.settle()
    cell = calendar.grid.cell_of(made.held.astimezone().date())
    assert [e.code_name for e in cell.entries] == ["Tähti 14", "Tähti 14"]
    assert all(e.is_near for e in cell.entries)
    assert "äiti" not in hands.words(calendar)

    path = tmp_path / "ohjelma.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    hands.press(calendar, "Tallenna PDF…")
    hands.until(path.exists)
    hands.until(lambda: not program.workspace.jobs.running)
    lock(hands, program)
    sign_in(hands, program, AINO)
    hands.until(lambda: program.window is not None)
    (again,) = (m for m in program.workspace.store.find(Meeting) if m.id == made.id)
    assert again == made
    assert path.read_bytes().startswith(b"%PDF")
