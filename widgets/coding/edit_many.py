"""What can be done with the chosen observations at once: another code, a shift in time, merge, remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from app.coding.editor import CodingEditor
from app.model.observation import Observation
from app.model.plain_number import plain_number
from app.model.scheme import Code, Kind
from app.model.timecode import Micros, from_seconds
from widgets.forms.wrong import mark_wrong
from widgets.look.parts import beside, button, label


class EditMany(QWidget):
    """A row below the table; quiet until something is chosen. Every press is one step that can be undone."""

    def __init__(self, editor: CodingEditor, chosen: Callable[[], list[Observation]]) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._chosen = editor, chosen
        self._words = label("", "muted")
        self.code = button(t.tr("Code…"))
        self._codes = QMenu(self.code)
        self._codes.aboutToShow.connect(self._fill_codes)
        self.code.setMenu(self._codes)
        self.by = QLineEdit()
        self.by.setFixedWidth(84)
        self.by.setPlaceholderText(t.tr("+0.5 s"))
        self.by.setAccessibleName(t.tr("Move by seconds, + later, − earlier"))
        self.by.setToolTip(t.tr("Move by seconds, + later, − earlier"))
        self.by.returnPressed.connect(self.shift)
        self.move_button = button(t.tr("Move"), self.shift)
        self.merge = button(t.tr("Merge"), lambda: editor.merge(chosen()))
        self.remove = button(t.tr("Remove"), lambda: editor.remove(*chosen()), "quiet")
        self._acts: tuple[QPushButton | QLineEdit, ...] = (
            self.code,
            self.by,
            self.move_button,
            self.merge,
            self.remove,
        )
        self.setLayout(beside(self._words, None, *self._acts, spacing=6))
        self.refresh([])

    def refresh(self, chosen: list[Observation]) -> None:
        """Follow what is chosen in the table."""
        t, can = self._editor.texts, self._editor.is_open and bool(chosen)
        self._words.setText(t.trn("{n} chosen", "{n} chosen", len(chosen)) if chosen else "")
        for act in self._acts:
            act.setEnabled(can)
        self.merge.setEnabled(can and _one_state(self._editor, chosen))

    def shift(self) -> None:
        """Move the chosen by what was typed; what is no number of seconds is marked and nothing moves."""
        by = parsed_shift(self.by.text())
        mark_wrong(self.by, "" if by is not None else self._editor.texts.tr("Write seconds, as -0.5 or 2."))
        chosen = self._chosen()
        if by and chosen and self._editor.shift(chosen, by):
            self.by.clear()

    def _fill_codes(self) -> None:
        self._codes.clear()
        chosen = self._chosen()
        for code in _fitting(self._editor, chosen):
            words = f"{self._editor.texts.words(code.name)}\t{code.key}"
            self._codes.addAction(words, partial(self._recode, code))
        if self._codes.isEmpty():
            self._codes.addAction(self._editor.texts.tr("These have no code in common")).setEnabled(False)

    def _recode(self, code: Code) -> None:
        self._editor.edit_many([(o, replace(o, code=code.id, modifiers=())) for o in self._chosen()])


def _fitting(editor: CodingEditor, chosen: list[Observation]) -> list[Code]:
    """Codes of the same kind and person as all that is chosen: an act of the child never becomes the adult's."""
    was = [editor.scheme.code(o.code) for o in chosen]
    kinds = {(c.kind, c.actor, c.group) for c in was if c is not None}
    if None in was or len(kinds) != 1:
        return []
    return [c for c in editor.scheme.codes if (c.kind, c.actor, c.group) in kinds]


def _one_state(editor: CodingEditor, chosen: list[Observation]) -> bool:
    codes = {(o.code, o.person) for o in chosen}
    code = editor.scheme.code(chosen[0].code) if chosen else None
    return len(chosen) > 1 and len(codes) == 1 and code is not None and code.kind == Kind.STATE


#: a day, in seconds
LONGEST_SHIFT = 86_400


def parsed_shift(text: str) -> Micros | None:
    """Seconds as typed (`+0,5`, `-2`, `1.25 s`); None for what is no number, or more than a day."""
    seconds = plain_number(text.strip().casefold().removesuffix("s"), comma=True)
    if seconds is None or abs(seconds) > LONGEST_SHIFT:
        return None
    return from_seconds(Fraction(seconds))
