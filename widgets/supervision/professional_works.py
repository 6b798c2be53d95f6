"""Consultations, trainings and such by a template, in the list of this side of the wall."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.i18n import Texts
from app.model.template import Belongs
from app.works.work_file import called, professional, work_file
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import Row, button
from widgets.screen import Go


def professional_rows(space: Workspace, look: Look, go: Go) -> list[QWidget]:
    """A row for each, those that are open first."""
    t, store = space.texts, space.store
    rows: list[QWidget] = []
    for work in professional(store):
        opened = t.tr("begun {day}", day=t.date(work.opened)) if work.opened else ""
        when = t.tr("ended {day}", day=t.date(work.closed)) if work.closed else opened
        act = button(t.tr("Open"), partial(go, "service", work_id=work.id))
        rows.append(Row(look, called(store, t, work_file(store, work.id)), work.customer, "note", when, act))
    return rows


def begin_button(texts: Texts, go: Go) -> QPushButton:
    """To what can be begun here by a template."""
    ids = {"part": "begin", "belongs": Belongs.PROFESSIONAL}
    return button(texts.tr("Begin a consultation or training"), partial(go, "service", **ids))
