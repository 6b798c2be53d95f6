"""The groups that are kept by codes, as a page to open one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.model.service_work import Done
from app.model.template import Belongs
from app.works.work_file import called, groups, work_file
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import EmptyState, Row, button, choice_page, primary_button
from widgets.screen import Go
from widgets.services.work_words import state_line


def group_list(space: Workspace, look: Look, go: Go) -> tuple[QWidget, bool]:
    """The page, and whether there are any groups."""
    t, store = space.texts, space.store
    found: dict[str, list[QWidget]] = {t.tr("Open"): [], t.tr("Ended"): []}
    for work in groups(store):
        file = work_file(store, work.id)
        states = [file.phase_state(phase) for phase in file.template.phases]
        done = t.tr("{n} / {all} phases done", n=states.count(Done.DONE), all=len(states))
        act = button(t.tr("Open"), partial(go, "service", work_id=work.id))
        row = Row(look, called(store, t, file), state_line(t, work), "cases", done, act)
        found[t.tr("Open") if work.is_open else t.tr("Ended")].append(row)
    if any(found.values()):
        return choice_page(found), True
    words = t.tr("Groups and trainings of clients are kept here by codes, without anybody's name.")
    begin = primary_button(t.tr("Begin a group"), lambda: go("service", part="begin", belongs=Belongs.GROUP))
    return EmptyState(t.tr("No groups yet"), words, begin), False
