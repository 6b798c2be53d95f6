"""Entries within an entry: the steps of a phase, the fields of a form. Which one is chosen above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.model.content_edits import entries
from app.model.content_problems import Problem
from app.schemes.drafts import ContentEditor
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import beside, label
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called


class InnerPage(PartPage):
    """`inner` is the field of the entries of `above.part`; the page follows what is chosen on the page above."""

    inner = ""

    def __init__(
        self, editor: ContentEditor, look: Look, above: PartPage, names: tuple[str, str], purpose: str
    ) -> None:
        """`names`: of the page, and of the entry that its own entries are within."""
        self.above = above
        self._of_number = -1
        super().__init__(editor, look, names[0], purpose)
        self.of = Choice()
        self.of.setAccessibleName(names[1])
        self.of.setMinimumContentsLength(28)
        self.of.activated.connect(lambda _: self._turn(self.of.value()))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(0, beside(label(names[1], "caption"), self.of, None, margins=(0, 0, 0, 8)))
        above.turned.connect(lambda: self.refresh(self._problems))

    def holds(self, part: str) -> bool:
        return self._within(part) is not None

    def turn_to(self, part: str) -> None:
        found = self._within(part)
        outer = entries(self.editor.value, self.above.part)
        number = next((n for n, e in enumerate(outer) if found and e.id == found[1]), -1)
        if number >= 0:
            self._turn(number)

    def refresh(self, problems: Sequence[Problem], *, anew: bool = False) -> None:
        outer, number = entries(self.editor.value, self.above.part), self.above.number
        self.of.offer([(n, called(self.texts, e)) for n, e in enumerate(outer)])
        self.of.setEnabled(bool(outer))
        if not 0 <= number < len(outer):
            self.part, self._number, self._of_number = "", -1, -1
            self._problems = problems
            self._body.setCurrentWidget(self.empty)
            self.empty.setEnabled(False)
            return
        self.empty.setEnabled(True)
        self.of.set_value(number)
        self.part = f"{self.above.part}[{outer[number].id}].{self.inner}"
        if number != self._of_number:
            self._of_number, self._number, anew = number, 0, True
        super().refresh(problems, anew=anew)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        if self.part:
            super().show_problems(problems)

    def show_entry(self, number: int, path: str = "") -> None:
        self.refresh(self._problems)
        super().show_entry(number, path)

    def _within(self, part: str) -> re.Match[str] | None:
        return re.fullmatch(rf"{self.above.part}\[(.*)\]\.{self.inner}", part, re.DOTALL)

    def _turn(self, number: int) -> None:
        self.form.commit()
        self.above.choose(number)
