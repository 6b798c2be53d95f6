"""*Kuka on nähnyt*: a case's log report, asked as the county's form asks it. Nothing typed here is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.casework.case_file import CaseFile
from app.error_texts import sentence
from app.errors import NotAllowed
from app.i18n import today
from app.jobs import Job, JobLane
from app.office.client_log import LogRequest, demand_whole, free_since, needs_reason, write_client_log
from app.office.log_report import LogLine
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import columns, named
from widgets.look.parts import beside, button, label, primary_button, scrolled, section_label, stacked

WIDTH, HEIGHT = 620, 640


class LogReportDialog(QDialog):
    """The period is the last two years until another is typed; what is older needs a reason, else nothing is made."""

    def __init__(self, space: Workspace, file: CaseFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._file, self._texts = space, file, space.texts
        t, day = space.texts, today()
        self.setWindowTitle(t.tr("Who has seen"))
        self.begin, self.end = DateField(t, t.tr("From")), DateField(t, t.tr("To"))
        self.begin.set_value(free_since(day))
        self.end.set_value(day)
        self.reason, self.name, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.contact, self.services, self.units = QLineEdit(), QLineEdit(), QLineEdit()
        self._prefill()
        self.wrong = label("", "danger", wrap=True)
        self.make = primary_button(t.tr("Make the report…"), self._make)
        foot = QWidget()
        cancel = button(t.tr("Cancel"), self.reject, "quiet")
        foot.setLayout(stacked(self.wrong, beside(cancel, None, self.make), margins=(24, 8, 24, 20)))
        self.wrong.hide()
        self.setLayout(stacked(self._asked(), foot, spacing=0))
        size_to_fit(self, WIDTH, HEIGHT)
        for field in (self.begin, self.end):
            field.line.textChanged.connect(self._on_period)
        self.reason.textChanged.connect(lambda _: self._say(""))
        self._on_period()
        self.make.setFocus()

    def _prefill(self) -> None:
        """What the commission says; it may be written over."""
        commission, words = self._file.commission, StatementTexts(self._texts.language)
        if commission is not None:
            service = words.said("service_tasks", commission.service_task) if commission.service_task else ""
            self.services.setText(service)
            self.units.setText(
                ", ".join(x for x in (commission.commissioner, words.said("units", commission.unit)) if x)
            )

    def _asked(self) -> QWidget:
        t, inside = self._texts, QWidget()
        what = t.tr("Use and disclosures of this archive. Log data are given out by the controller.")
        kept = t.tr("This goes on the paper only. Nothing of it is kept.")
        self._reason = named(t.tr("Reason for what is older than two years"), self.reason)
        column = stacked(
            label(f"{t.tr('Log report')} · {self._file.case.code_name}", "title", wrap=True),
            label(what, "muted", wrap=True),
            columns(self.begin, self.end),
            self._reason,
            section_label(t.tr("Who asks")),
            label(kept, "caption", wrap=True),
            columns(named(t.tr("Name"), self.name), named(t.tr("Identity code"), self.code)),
            named(t.tr("Contact"), self.contact),
            section_label(t.tr("What is asked about")),
            columns(named(t.tr("Services"), self.services), named(t.tr("Units"), self.units)),
            None,
            spacing=12,
            margins=(24, 24, 24, 4),
        )
        inside.setLayout(column)
        return scrolled(inside)

    def _on_period(self, *_: object) -> None:
        """The reason is asked for where it is needed."""
        self._say("")
        begin = None if self.begin.is_wrong() else self.begin.value()
        self._reason.setEnabled(begin is not None and needs_reason(begin, today()))

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def request(self) -> LogRequest:
        """What stands in the fields. Raises ValueError where a day cannot be read or is missing."""
        begin, end = self.begin.value(), self.end.value()
        if begin is None or end is None:
            raise ValueError
        texts = (self.name, self.code, self.contact, self.services, self.units, self.reason)
        return LogRequest(self._file.case.id, begin, end, *(line.text().strip() for line in texts))

    def _make(self) -> None:
        t = self._texts
        try:
            request = self.request()
            demand_whole(request, today())
        except ValueError:
            self._say(t.tr("Write both days of the period."))
            return
        except NotAllowed as error:
            self._say(sentence(t, error))
            if error.key == "log-period-without-reason":
                self.reason.setFocus()
            return
        name = t.tr("Log report {case}", case=self._file.case.code_name).strip()
        path = FileDialogs(self).save(t.tr("Save as PDF"), f"{name}.pdf", PDF)
        if path is not None:
            write(self._space, path, request)
            self.accept()


def write(space: Workspace, path: Path, request: LogRequest) -> None:
    """Beside the window; what came of it is said."""
    t = space.texts

    def work(job: Job) -> tuple[LogLine, ...]:
        return write_client_log(space.store, path, request, t, job.cancelled)

    def done(lines: tuple[LogLine, ...]) -> None:
        space.notices.done(t.tr("The log report was saved."))
        space.notices.paper({x for line in lines for x in (line.worker, line.case)} | {request.name, request.contact})

    space.jobs.run(t.tr("Making a log report"), work, done, lane=JobLane.ARCHIVE)
