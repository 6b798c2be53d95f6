"""*Palvelut*: what is done for the client by a template, and the way to begin another."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.service_work import Done, ServiceWork
from app.model.template import Belongs
from app.works.work_file import of_case, title, work_file
from app.workspace import Workspace
from widgets.cases.section import WIDEST, Section
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, beside, button, clear, label, section_label
from widgets.screen import Go


class ServicesSection(Section):
    """Open services first, the newest of them first."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        t = self.texts
        self._go = go
        self.begin = button(t.tr("Begin a service"), self._begin)
        self.none = label(
            t.tr("No services by a template in this case. A template gives a service its phases, sheets and papers."),
            "muted",
            wrap=True,
        )
        self._list = QVBoxLayout()
        self.column.addLayout(beside(self.begin, None))
        self.column.addWidget(section_label(t.tr("Services")))
        self.column.addWidget(self.none)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def read(self, *, anew: bool) -> None:  # noqa: ARG002  # every row is of the case that is shown
        works = of_case(self.space.store, self.file.case.id)
        clear(self._list)
        self.none.setVisible(not works)
        if works:
            rows: list[QWidget] = [self._row(work) for work in works]
            made = ListCard(rows)
            made.setMaximumWidth(WIDEST)
            self._list.addWidget(made)

    def _row(self, work: ServiceWork) -> Row:
        t, store = self.texts, self.space.store
        file = work_file(store, work.id)
        states = [file.phase_state(phase) for phase in file.template.phases]
        done = t.tr("{n} / {all} phases done", n=states.count(Done.DONE), all=len(states))
        if work.closed is not None:
            when = t.tr("ended {day}", day=t.date(work.closed))
        else:
            when = t.tr("begun {day}", day=t.date(work.opened)) if work.opened else ""
        act = button(t.tr("Open"), partial(self._go, "service", work_id=work.id))
        under = " · ".join(part for part in (work.called, when) if part)
        return Row(self.look, t.words(title(store, file)), under, "note", done, act)

    def _begin(self) -> None:
        self._go("service", part="begin", belongs=Belongs.CASE, case_id=self.file.case.id)
