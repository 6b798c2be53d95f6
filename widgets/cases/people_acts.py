"""What is done with the people of a case on the screen, for the parts that show one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.errors import AppError
from app.workspace import Workspace
from widgets.cases.section import Section
from widgets.look.look import Look
from widgets.screen import Go


class PeopleActs(Section):
    """Knows who is chosen; the editor decides what may be."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        self._go = go
        self.person_id = ""

    @property
    def names_shown(self) -> bool:
        return self.space.names.are_shown(self.file.case.id)

    def ask_names(self) -> None:
        """Real names of this case, noted in the log first."""
        try:
            self.space.names.show(self.file.case.id)
        except AppError as error:
            self.space.notices.trouble(error)

    def open_case(self, case_id: str) -> None:
        self._go("cases", case_id=case_id)

    def edit(self, key: str, value: Any) -> bool:
        person = self.file.person(self.person_id)
        if person is None or (key in ("name", "born") and not self.names_shown):
            return False
        if key == "called" and not value:
            self.space.notices.info(self.texts.tr("A person needs a word to be called by; the earlier one was kept."))
            return False
        return self.editor.edit(person, **{key: value})

    def write_showing(self, key: str, value: str) -> bool:
        return self.editor.write_showing(**{key: value})

    def keep_apart(self, other_id: str, *, apart: bool) -> None:
        person, other = self.file.person(self.person_id), self.file.person(other_id)
        if person is not None and other is not None:
            self.editor.keep_apart(person, other, apart=apart)

    def remove(self) -> None:
        person = self.file.person(self.person_id)
        if person is not None and not self.editor.remove_person(person):
            t = self.texts
            self.space.notices.info(
                t.tr("This person has a meeting, a consent or a dated fact, so the person stays in the case.")
            )

    def end_circumstance(self, row_id: str, day: date) -> None:
        for row in self.file.circumstances:
            if row.id == row_id:
                self.editor.end_circumstance(row, day)

    def check_circumstance(self, row_id: str, key: str, *, done: bool) -> None:
        for row in self.file.circumstances:
            if row.id == row_id:
                self.editor.check_circumstance(row, key, done=done)
