"""*Luvut*: the numbers of the coding that is open, sheet by sheet, counted anew when it rests after a change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QWidget

from app.casework.interpreting import interpreter_in
from app.coding.editor import CodingEditor
from app.errors import AppError
from app.model.timecode import SECOND
from app.numbers.in_another_scheme import SCHEME, other_schemes, with_schemes
from app.numbers.numbers import Numbers, NumberSettings, Series, numbers_of, over_time
from app.numbers.sheets import answers, counts, profile, sequences
from app.numbers.sheets import over_time as time_sheet
from app.numbers.sheets.export import note_copy, save_table, table_to_paste
from app.numbers.sheets.naming import Names
from app.numbers.sheets.sheet import Sheet
from app.schemes import library
from app.schemes.recoding import Recoded, recode
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, scrolled, stacked
from widgets.numbers.chart_painting import image_of
from widgets.numbers.clipboard import Clipboard
from widgets.numbers.sheet_page import SheetPage

#: how long the coding must rest before it is counted anew
REST_MS = 500


class NumbersPanel(QWidget):
    """The drawer Ctrl+3, and the body of the window of its own. `refresh()` counts and shows anew."""

    window_pressed = Signal()

    def __init__(self, workspace: Workspace, editor: CodingEditor, look: Look) -> None:
        super().__init__()
        self._space, self._editor, self._look = workspace, editor, look
        self.settings = NumberSettings()
        self._chosen: dict[str, dict[str, str]] = {}
        self._numbers: Numbers | None = None
        self._series: tuple[Series, ...] | None = None
        self._others = other_schemes(workspace.store, editor.scheme)
        self._scheme = ""  # the id of another scheme than its own
        self._recoded: Recoded | None = None
        self._clipboard = Clipboard(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        self.page: SheetPage | None = None
        self._build()
        editor.changed.connect(self._on_changed)  # bound: the editor outlives the panel
        workspace.closing.connect(self._clipboard.clear)

    # building

    def _build(self) -> None:
        t = self._space.texts
        names = (
            ("counts", t.tr("Counts")), ("states", t.tr("States")), ("answers", t.tr("Answers")),
            ("reconnections", t.tr("Contact returns")), ("transitions", t.tr("Transitions")),
            ("follows", t.tr("Who follows whom")), ("over-time", t.tr("Over time")), ("profile", t.tr("Profile")),
        )  # fmt: skip
        self._group = QButtonGroup(self)
        self._ids = [name for name, _ in names]
        self._pills = []
        for place, (_, words) in enumerate(names):
            pill = button(words, kind="pill")
            pill.setCheckable(True)
            pill.setChecked(place == 0)
            self._group.addButton(pill, place)
            self._pills.append(pill)
        self._group.idClicked.connect(lambda _place: self._show())
        self.own_window = button(t.tr("Window of its own"), self.window_pressed.emit, "quiet")
        self._scroll: QScrollArea = scrolled(QWidget())
        head = beside(label(t.tr("Numbers"), "title"), None, self.own_window)
        self.setLayout(stacked(head, Flow(*self._pills), self._scroll, spacing=10))

    # what is shown

    @property
    def sheet_id(self) -> str:
        return self._ids[self._group.checkedId()]

    def open_sheet(self, sheet_id: str) -> None:
        self._pills[self._ids.index(sheet_id)].setChecked(True)
        self._show()

    def refresh(self) -> None:
        """Count the coding as it is now, and show the sheet that is open."""
        self._rest.stop()
        editor = self._editor
        heard = interpreter_in(self._space.store, editor.file.meeting)
        other = next((s for s in self._others if s.id == self._scheme), None)
        self._recoded = recode(editor.coding, editor.scheme, other) if other is not None else None
        coding = self._recoded.coding if self._recoded is not None else editor.coding
        self._numbers = numbers_of(coding, other or editor.scheme, editor.file, heard, self.settings)
        self._series = None
        self._show()

    def take_focus(self) -> None:
        """To the name of the sheet that is open."""
        self._pills[self._group.checkedId()].setFocus()

    def _show(self) -> None:
        if self._numbers is None:
            self.refresh()
            return
        t = self._space.texts
        held = self._held_field()
        words = {"export": t.tr("Save table…"), "table": t.tr("Copy table"), "picture": t.tr("Copy picture")}
        page = SheetPage(self._sheet(self._numbers), self._look, words)
        page.chosen.connect(self._on_chosen)
        page.turned.connect(self._on_turned)
        page.export_pressed.connect(self._export)
        page.copy_table_pressed.connect(self._copy_table)
        page.copy_picture_pressed.connect(self._copy_picture)
        page.setObjectName("body")
        place = self._scroll.verticalScrollBar().value() if self._same(page) else 0
        self.page = page
        old = self._scroll.takeWidget()  # it may be its own field that asks: it goes when that is done
        self._scroll.setWidget(page)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._scroll.verticalScrollBar().setValue(place)
        if held in page.fields:
            page.fields[held].setFocus()

    def _held_field(self) -> str:
        """The field that has the focus: it keeps it when the page is made anew."""
        fields = self.page.fields if self.page is not None else {}
        return next((name for name, field in fields.items() if field.hasFocus()), "")

    def _same(self, page: SheetPage) -> bool:
        return self.page is not None and self.page.sheet.id == page.sheet.id

    def _sheet(self, numbers: Numbers) -> Sheet:
        t, sheet_id = self._space.texts, self.sheet_id
        chosen = self._chosen.get(sheet_id, {})
        if sheet_id == "over-time":
            return time_sheet.over_time(t, self._over_time(), self.settings, self._space.worker_name, chosen)
        if sheet_id == "profile":
            names = Names(t, numbers)
            tasks = {s.id: names.task(place) for place, s in enumerate(numbers.file.segments)}
            editor = self._editor
            form = library.outside(self._space.store, editor.instrument)
            return profile.rating_profile(t, editor.coding, form, editor.scheme, tasks, chosen)
        makers = {
            "counts": counts.counts, "states": counts.states, "answers": answers.answers,
            "reconnections": answers.reconnections, "transitions": sequences.transitions, "follows": sequences.follows,
        }  # fmt: skip
        made = makers[sheet_id](t, numbers, chosen)
        return with_schemes(t, made, self._editor.scheme, self._others, self._recoded)

    def _over_time(self) -> tuple[Series, ...]:
        if self._series is None:
            meeting = self._editor.file.meeting
            self._series = over_time(self._space.store, meeting.adult_id, meeting.child_id, self.settings)
        return self._series

    # what happens

    def _on_changed(self, _changes: object = None) -> None:
        self._numbers = None
        if self.isVisible():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._numbers is None:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._rest.stop()
        super().hideEvent(event)

    def _on_chosen(self, choice: str, option: str) -> None:
        if choice == SCHEME:
            self._scheme = option
            self.refresh()
            return
        self._chosen.setdefault(self.sheet_id, {})[choice] = option
        self._show()

    def _on_turned(self, dial: str, seconds: int) -> None:
        self.settings = replace(self.settings, **{dial: seconds * SECOND})
        self.refresh()

    # out of the program

    def _export(self) -> None:
        t, page = self._space.texts, self.page
        if page is None or page.sheet.table is None:
            return
        name = f"{t.tr('Numbers')} {page.sheet.title}.csv"
        chosen = FileDialogs(self).save(t.tr("Save table"), name, "CSV (*.csv)")
        if chosen is None:
            return
        try:
            save_table(self._space.store, self._editor.coding.id, page.sheet, chosen)
        except AppError as error:
            self._space.notices.trouble(error)
        else:
            self._space.notices.done(t.tr("The table was saved. It is not encrypted: keep it as any secret paper."))

    def _copy_table(self) -> None:
        if self.page is not None and self.page.sheet.table is not None:
            self._clipboard.put_text(table_to_paste(self._space.store, self._editor.coding.id, self.page.sheet))
            self._tell_copied()

    def _copy_picture(self) -> None:
        if self.page is not None and self.page.sheet.pictures:
            sheet = self.page.sheet
            note_copy(self._space.store, self._editor.coding.id, sheet)
            self._clipboard.put_image(image_of(sheet.pictures, sheet.title, sheet.notes))
            self._tell_copied()

    def _tell_copied(self) -> None:
        self._space.notices.done(self._space.texts.tr("Copied. The clipboard is cleared in 30 seconds."))
