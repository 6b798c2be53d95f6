"""The access log, newest first: of the whole archive or of one case, and as a report on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView
from shiboken6 import isValid

from app.casework.case_file import case_file
from app.casework.case_list import all_cases
from app.i18n import Texts
from app.jobs import Job, JobLane
from app.office.log_check import in_words
from app.office.log_report import (
    KINDS,
    LogLine,
    Wanted,
    act_in_words,
    chosen,
    log_lines,
    moment_in_words,
    object_in_words,
    write_log_report,
)
from app.workspace import Workspace
from widgets.cases.log_report_dialog import LogReportDialog
from widgets.forms.date_field import DateField
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import columns, named
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import Card, beside, button, label
from widgets.rows_model import Index, RowsModel

ROW, LEAST_HEIGHT, TALL = 32, 300, 34


class _Lines(RowsModel):
    """When, who, what, and what of; a screen reader hears the cells as they stand."""

    def __init__(self, texts: Texts, parent: QTableView) -> None:
        heads = (texts.tr("When"), texts.tr("Who"), texts.tr("What was done"), texts.tr("Of what"))
        super().__init__(heads, parent)
        self._texts = texts
        self._lines: tuple[LogLine, ...] = ()

    def show(self, lines: tuple[LogLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def count(self) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line, t = self._lines[index.row()], self._texts
        said = (moment_in_words(t, line), line.worker, act_in_words(t, line), object_in_words(t, line))
        return said[index.column()]


class LogCard(Card):
    """Read in the archive's lane when the page comes into sight, so that a long log never holds the window."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._workspace = workspace
        self._lines: tuple[LogLine, ...] = ()
        self._job: Job | None = None
        t = workspace.texts
        self.case, self.worker, self.kind = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.begin, self.end = DateField(t, t.tr("From")), DateField(t, t.tr("To"))
        for box in (self.case, self.worker, self.kind):
            box.currentIndexChanged.connect(self._show)
        for day in (self.begin, self.end):
            day.committed.connect(self._show)
        self.asked = button(t.tr("A client's log report…"), self._ask_report)
        self._save = button(t.tr("Save a log report…"), self._save_report)
        self._check = button(t.tr("Check the log"), workspace.log_check.begin)
        self._whole = label("", "muted", wrap=True)
        workspace.log_check.changed.connect(self._tell_check)  # bound: the workspace outlives the card
        self._count = label("", "muted")
        boxes = ((t.tr("Log of"), self.case), (t.tr("By whom"), self.worker), (t.tr("Of what"), self.kind))
        choosers = columns(*(named(words, box) for words, box in boxes), self.begin, self.end)
        row = beside(self._count, None, self.asked, self._save, spacing=14)
        self._count.setMinimumHeight(TALL)  # its words in the middle of the button's height
        self.table = self._make_table()
        self.column.addLayout(choosers)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        checked = beside(self._check, self._whole, spacing=14)
        checked.setStretch(1, 1)  # the words take what the button leaves
        self.column.addLayout(checked)
        self._tell_check()
        words = t.tr("Use and disclosures of this archive. Log data are given out by the controller.")
        self.column.addWidget(label(words, "caption", wrap=True))

    def _tell_check(self) -> None:
        """What the newest check of the whole chain found, and when."""
        t, check = self._workspace.texts, self._workspace.log_check
        self._check.setEnabled(not check.is_running)
        said = in_words(t, check)
        when = "" if check.checked is None else t.tr("checked {time}", time=t.time(check.checked))
        self._whole.setText(t.tr("Checking…") if check.is_running else " · ".join(x for x in (said, when) if x))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self._workspace.texts.tr("Rows of the access log"))
        self._model = _Lines(self._workspace.texts, table)
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((200, 150)):
            header.resizeSection(column, width)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(LEAST_HEIGHT)
        return table

    def refresh(self) -> None:
        """The choice of cases; the log itself is read when the page is shown."""
        chosen = self.case.currentData()
        self.case.blockSignals(True)
        self.case.clear()
        self.case.addItem(self._workspace.texts.tr("the whole archive"), "")
        for case in all_cases(self._workspace.store):
            self.case.addItem(case.code_name, case.id)
        self.case.setCurrentIndex(max(0, self.case.findData(chosen)))
        self.case.blockSignals(False)
        if self.isVisible():
            self._read()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if self._job is not None and not self._job.is_done:
            return
        space = self._workspace
        self._job = space.jobs.run(
            space.texts.tr("Reading the access log"),
            lambda job: log_lines(space.store, job.cancelled),
            self._on_read,
            lane=JobLane.ARCHIVE,
        )

    def _on_read(self, lines: tuple[LogLine, ...]) -> None:
        if isValid(self):  # the window may have been made anew in another language meanwhile
            self._lines = lines
            t = self._workspace.texts
            self._fill(self.worker, {line.worker_id: line.worker for line in lines}, t.tr("everybody"))
            kinds = {KINDS.get(line.kind, line.kind) for line in lines}
            self._fill(self.kind, {kind: t.tr(kind) for kind in kinds}, t.tr("everything"))
            self._show()

    def _fill(self, box: ChoiceBox, names: Mapping[str, str], all_: str) -> None:
        """What of the rows can be chosen, by name; what was chosen stays so."""
        held = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(all_, "")
        for key, name in sorted(names.items(), key=lambda one: one[1].casefold()):
            box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(held)))
        box.blockSignals(False)

    def _wanted(self) -> Wanted:
        case, worker, kind = (box.currentData() or "" for box in (self.case, self.worker, self.kind))
        begin, end = (None if day.is_wrong() else day.value() for day in (self.begin, self.end))
        return Wanted(case, worker, kind, begin, end)

    def _shown(self) -> tuple[LogLine, ...]:
        return chosen(self._lines, self._wanted())

    def _ask_report(self) -> None:
        """Who has seen: the report of the case that is chosen, as a client asks for it."""
        file = case_file(self._workspace.store, self.case.currentData())
        LogReportDialog(self._workspace, file, self).exec()

    def _show(self, *_: object) -> None:
        has_case = bool(self.case.currentData())
        self.asked.setEnabled(has_case)
        why = "" if has_case else self._workspace.texts.tr("Choose whose log it is first.")
        self.asked.setToolTip(why)
        self.asked.setAccessibleDescription(why)
        shown = self._shown()
        self._model.show(shown)
        self._count.setText(self._workspace.texts.trn("{n} row", "{n} rows", len(shown)))
        self._save.setEnabled(bool(shown))

    def _save_report(self) -> None:
        space, t, lines, wanted = self._workspace, self._workspace.texts, self._shown(), self._wanted()
        space.notices.paper({x for line in lines for x in (line.worker, line.case)})
        name = t.tr("Log report {case}", case=self.case.currentText() if wanted.case_id else "").strip()
        path = FileDialogs(self).save(t.tr("Save as PDF"), f"{name}.pdf", PDF)
        if path is not None:
            space.jobs.run(
                t.tr("Making a log report"),
                lambda _job: write_log_report(space.store, path, lines, wanted, t),
                lambda _: space.notices.done(t.tr("The log report was saved.")),
                lane=JobLane.ARCHIVE,
            )
