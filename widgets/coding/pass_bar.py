"""Coding in passes: which pass is on, how much of each is covered, and which comes next."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.coding.editor import CodingEditor
from app.model.coding import PASSES
from widgets.look.parts import beside, button, clear

ONE_PASS = ""


class PassBar(QWidget):
    """A row above the key pad. `chosen` names the pass: empty for all at once, an actor, or a layer of the scheme."""

    chosen = Signal(str)

    def __init__(self, editor: CodingEditor) -> None:
        super().__init__()
        self._editor, self.part = editor, ONE_PASS
        self._told: tuple[Any, ...] = ()
        t = editor.texts
        self.way = button(t.tr("Passes"))
        self.way.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.way.setToolTip(
            t.tr("In passes the eyes rest on one at a time: first the interaction, then the adult, then the child.")
        )
        self._menu = QMenu(self.way)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.way.setMenu(self._menu)
        self._pills = beside(spacing=6)
        row = beside(self.way, spacing=6)
        row.addLayout(self._pills, 1)
        self.setLayout(row)
        if editor.coding.header.in_passes:
            self.part = PASSES[0]
        self.refresh()

    def parts(self) -> tuple[str, ...]:
        """The passes that are offered, in their order."""
        layers = tuple(layer.id for layer in self._editor.scheme.layers)
        return (*(PASSES if self._editor.coding.header.in_passes else (ONE_PASS,)), *layers)

    def name(self, part: str) -> str:
        t = self._editor.texts
        names = {
            ONE_PASS: t.tr("All at once"),
            "dyad": t.tr("Interaction"),
            "adult": t.tr("Adult"),
            "child": t.tr("Child"),
        }
        layer = next((y for y in self._editor.scheme.layers if y.id == part), None)
        words = t.words(layer.name) if layer is not None else names[part]
        return words[:1].upper() + words[1:]

    def covered(self, part: str) -> tuple[int, int]:
        """How many of the tasks that are to be coded are covered in this pass, and how many there are."""
        editor = self._editor
        wanted, header = set(editor.tasks_to_code), editor.coding.header
        open_tasks = {s.number for s in editor.file.segments if not header.covers(s, part)}
        marked = {s.number for s in editor.file.segments}
        return len((wanted & marked) - open_tasks), len(wanted)

    def refresh(self) -> None:
        """Pills with what is covered: of the three passes when there are three, and of a later one while it is on."""
        if self.part not in self.parts():
            self.choose(self.parts()[0])
            return
        shown = [p for p in self.parts() if p in PASSES or p == self.part != ONE_PASS]
        rows = tuple((part, *self.covered(part)) for part in shown)
        if (self.part, rows) == self._told:
            return
        self._told = (self.part, rows)
        clear(self._pills)
        for part, done, all_tasks in rows:
            pill = button(f"{self.name(part)}  {done}/{all_tasks}", kind="pill")
            pill.setCheckable(True)
            pill.setChecked(part == self.part)
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            t = self._editor.texts
            spoken = t.tr("{name}, {done} of {all} tasks covered", name=self.name(part), done=done, all=all_tasks)
            pill.setAccessibleName(spoken)
            pill.setToolTip(spoken)
            pill.clicked.connect(partial(self._on_pill, part))
            self._pills.addWidget(pill)
        self._pills.addStretch(1)

    def choose(self, part: str) -> None:
        """Another pass, if it is one of those offered."""
        if part in self.parts():
            self.part = part
            self.refresh()
            self.chosen.emit(part)

    def next(self) -> None:
        """The pass after this one; after the last the first."""
        parts = self.parts()
        self.choose(parts[(parts.index(self.part) + 1) % len(parts)])

    def toggle_layer(self, layer: str) -> None:
        """A layer's key: to it, and pressed again back to the first pass."""
        self.choose(layer if self.part != layer else self.parts()[0])

    def following(self) -> str | None:
        """The recommended next pass, once this one is covered; None when there is none left to do."""
        done, all_tasks = self.covered(self.part)
        if done < all_tasks or self.part not in PASSES:
            return None
        return next((p for p in PASSES if self.covered(p)[0] < self.covered(p)[1]), None)

    def _on_pill(self, part: str, _on: bool = False) -> None:
        self.choose(part)

    def _fill_menu(self) -> None:
        t, editor = self._editor.texts, self._editor
        self._menu.clear()
        in_passes = editor.coding.header.in_passes
        for on, words in (
            (False, t.tr("All codes in one pass")),
            (True, t.tr("Three passes")),
        ):
            act = self._menu.addAction(words, partial(self._use, on=on))
            act.setCheckable(True)
            act.setChecked(on == in_passes)
            act.setEnabled(editor.is_open)
        self._menu.addSeparator()
        for layer in editor.scheme.layers:
            done, all_tasks = self.covered(layer.id)
            words = f"{self.name(layer.id)}  {done}/{all_tasks}\t{layer.key}"
            act = self._menu.addAction(words, partial(self.toggle_layer, layer.id))
            act.setCheckable(True)
            act.setChecked(layer.id == self.part)

    def _use(self, *, on: bool) -> None:
        if self._editor.code_in_passes(on=on):
            self.choose(PASSES[0] if on else ONE_PASS)
