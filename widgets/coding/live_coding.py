"""Codes pressed while the film runs: what a key does, how late the hand is, and the modifier that may follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent

from app.coding import reaction
from app.coding.reaction import ReactionEditor
from app.model.keying import MARK_KEYS
from app.model.observation import MarkKind, Observation
from app.model.scheme import Code
from app.model.timecode import Micros
from widgets.coding.key_pad import ModifierStrip

if TYPE_CHECKING:
    from widgets.coding.coding_room import CodingRoom


class LiveCoding:
    """A press codes the picture on the screen: its own timestamp, on the meeting's clock."""

    def __init__(self, room: CodingRoom) -> None:
        self._room, self._texts = room, room.texts
        space = room.place.workspace
        self.reaction: ReactionEditor = space.editor("reaction", lambda: ReactionEditor(space.store, space.texts))
        self.strip = ModifierStrip(room.texts)
        self.strip.chosen.connect(self._on_modifier)
        self._pending: Observation | None = None
        self._held: tuple[int, Code] | None = None  # a key that is down, and the state that is on as long

    # keys

    def hold(self, event: QKeyEvent) -> None:
        """A key went down and was taken: a code that is on while it is held waits for its end."""
        if event.isAutoRepeat() or not event.text():
            return
        code = self._code_for(event.text())
        if code is not None and code.hold and self._room.editor.is_open:
            self._held = (event.key(), code)

    def release(self, event: QKeyEvent) -> bool:
        """A key came up: a code that is on while it is held ends there."""
        if self._held is None or event.isAutoRepeat() or event.key() != self._held[0]:
            return False
        (_, code), self._held = self._held, None
        self._room.editor.let_go(code, self._room.now(), delay=self._delay())
        self._room.light()
        return True

    def take_text(self, text: str) -> bool:
        """A letter that is a code's key, or a flag's."""
        if not self._room.editor.is_open:
            return False
        code = self._code_for(text)
        if code is not None:
            self.press(code)
            return True
        kind = MARK_KEYS.get(text.casefold())
        return kind is not None and self.flag(kind)

    def _code_for(self, text: str) -> Code | None:
        room = self._room
        return room.keys_now.code_for(room.editor.scheme, text, room.passes.part)

    # what they do

    def press(self, code: Code) -> None:
        room, editor = self._room, self._room.editor
        if not editor.is_open:
            return
        seen = room.watching.shown_on()
        if seen is None:
            self._say_gap()
            return
        before = tuple(editor.coding.observations)[-1:]
        if editor.code(code, room.now(), seen=seen, delay=self._delay()):
            room.pad.flash(code.id)
            after = tuple(editor.coding.observations)[-1:]  # what is new stands last
            if code.modifiers and after != before:
                self._pending = editor.coding.observations[after[0]]
                self.strip.ask(code)
        room.light()  # a pill that was clicked shows what is on, not that it was clicked
        room.place.setFocus()

    def flag(self, kind: str) -> bool:
        room = self._room
        taken = room.editor.is_open and room.editor.mark(MarkKind(kind), room.now())
        room.place.setFocus()
        return taken

    def take_back(self) -> None:
        self.strip.hide()
        self._room.editor.take_back()

    def _delay(self) -> Micros:
        """What the hand is late by now, on the meeting's clock."""
        player = self._room.player
        return reaction.shift(self.reaction.delay, player.rate(), playing=player.is_playing())

    def _say_gap(self) -> None:
        """A gap is not codable: nobody saw what happened there."""
        t, room = self._texts, self._room
        words = t.tr("The large picture's camera has no picture here, so nothing was coded.")
        if len(room.player.cameras()) > 1:
            words += " " + t.tr("Another camera may have one: Ctrl+T.")
        room.place.workspace.notices.info(words)
        room.place.setFocus()

    def _on_modifier(self, modifier: str) -> None:
        self.strip.hide()
        self._room.place.setFocus()
        pending, self._pending = self._pending, None
        editor = self._room.editor
        if pending is not None and pending.id in editor.coding.observations:
            before = editor.coding.observations[pending.id]
            editor.qualify(before, replace(before, modifiers=(modifier,)))
