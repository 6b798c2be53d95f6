"""The templates that a piece of work can be begun by: what each is for, and whose its name is."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.model.template import Belongs, Template
from app.works.beginning import begin, offered
from app.works.work_file import is_proven
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import Row, button, choice_page
from widgets.screen import Go


def begin_page(space: Workspace, look: Look, belongs: Belongs, case_id: str, go: Go) -> QWidget:
    """A row for each template; its button begins the work and opens it."""
    t = space.texts

    def start(template: Template) -> None:
        try:
            work = begin(space.door, t, template.id, case_id=case_id or None)
        except AppError as error:
            space.notices.trouble(error)
            return
        go("service", work_id=work.id)

    rows: list[QWidget] = []
    for template in sorted(offered(space.store, belongs), key=lambda one: t.words(one.name).casefold()):
        proven = is_proven(space.store, template, (space.store.me,), case_id or None)
        said = [t.words(template.about)]
        if not proven and template.naming is not None:
            said.append(t.words(template.naming))
        if template.rights is not None:
            said.append(t.words(template.rights))
        pair = t.tr("in pair") if template.workers > 1 else ""
        act = button(t.tr("Begin"), partial(start, template))
        rows.append(Row(look, t.words(template.title(proven=proven)), "\n".join(said), "note", pair, act))
    return choice_page({t.tr("What is begun?"): rows})
