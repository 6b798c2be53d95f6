"""Codes pressed while the film runs: what a key does, how late the hand is, and the modifier that may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from app.coding import reaction
from app.coding.editor import CodingEditor
from app.coding.reaction import ReactionEditor
from app.model.meeting import Segment
from app.model.observation import MarkKind, Observation
from app.model.scheme import Code
from app.model.timecode import Micros
from app.notices import Notice, Tone
from app.ports.player import Player
from app.settings.preferences import Preferences
from app.shortcuts.names import shown
from widgets.coding.key_pad import ModifierStrip

#: so many codes at one paused picture, each within this time of the one before, are asked about
BURST, BURST_WITHIN_S = 3, 1.0


class LiveCoding(QObject):
    """A press codes the picture on the screen: its own timestamp, on the meeting's clock."""

    coded = Signal(str)  # a press is over: the id of the code that it took, empty for a flag and for what took nothing
    said = Signal(object)  # Notice
    stepped = Signal(object)  # Notice about the step just taken

    def __init__(
        self,
        editor: CodingEditor,
        player: Player,
        preferences: Preferences,
        part: Callable[[], str],
        late: ReactionEditor,
        parent: QObject | None = None,
    ) -> None:
        """`player` shows what is coded, `part` is the pass (`Scheme.codes_in`), `late` what the hand is late by."""
        super().__init__(parent)
        self._editor, self._player, self._preferences, self._part = editor, player, preferences, part
        self.reaction = late
        self.strip = ModifierStrip(editor.texts)
        self.strip.chosen.connect(self._on_modifier)
        self._pending: Observation | None = None
        self._burst: list[int] = []  # steps of codes at one picture, with when the last came
        self._burst_at, self._burst_place = 0.0, 0
        self._told_outside = ""  # the state of time that cannot be coded that was told last
        self._held: tuple[int, Code] | None = None  # a key that is down, and the state that is on as long

    def now(self) -> Micros:
        """The meeting's time of the picture on the screen: what a press codes. In a gap, where the playhead is."""
        return self._player.position()

    # keys

    def hold(self, event: QKeyEvent) -> None:
        """A key went down and was taken: a code that is on while it is held waits for its end."""
        if event.isAutoRepeat() or not event.text():
            return
        code = self._meant(event.text())
        if isinstance(code, Code) and code.hold and self._editor.is_open:
            self._held = (event.key(), code)

    def release(self, event: QKeyEvent) -> bool:
        """A key came up: a code that is on while it is held ends there."""
        if self._held is None or event.isAutoRepeat() or event.key() != self._held[0]:
            return False
        (_, code), self._held = self._held, None
        self._editor.let_go(code, self.now(), delay=self._delay())
        self.coded.emit("")
        return True

    def take_text(self, text: str) -> bool:
        """A letter that is a code's key, or a flag's."""
        meant = self._meant(text) if self._editor.is_open else None
        if isinstance(meant, Code):
            self.press(meant)
            return True
        return meant is not None and self.flag(meant)

    def _meant(self, text: str) -> Code | MarkKind | None:
        return self._preferences.keys.meant(self._editor.scheme, text, self._part())

    # what they do

    def press(self, code: Code) -> None:
        editor = self._editor
        if not editor.is_open:
            return
        seen = self._player.shown_on()
        if seen is None:
            self._say_gap()
            return
        before = editor.coding.newest
        taken = editor.code(code, self.now(), seen=seen, delay=self._delay())
        after = editor.coding.newest
        if taken and code.modifiers and after is not None and (before is None or after.id != before.id):
            self._pending = after
            self.strip.ask(code)
        self.coded.emit(code.id if taken else "")
        if taken:
            self._say_outside(code)
            self._count()

    def _count(self) -> None:
        """Several codes at one paused picture within a second are rarely meant: a press takes them all back."""
        step, place, when = self._editor.next_undo(), self.now(), monotonic()
        goes_on = self._burst and when - self._burst_at < BURST_WITHIN_S and place == self._burst_place
        if self._player.is_playing() or not goes_on:
            self._burst = []
        self._burst_at, self._burst_place = when, place
        self._burst.append(step)
        if len(self._burst) < BURST or self._player.is_playing():
            return
        t, steps = self._editor.texts, tuple(self._burst)
        words = t.trn("{n} code at one picture.", "{n} codes at one picture.", len(steps))
        self.said.emit(Notice(words, action_label=t.tr("Take all back"), action=lambda: self._take_back_all(steps)))

    def _take_back_all(self, steps: Sequence[int]) -> None:
        """As far as nothing else was done since."""
        for step in reversed(steps):
            if self._editor.next_undo() != step or not self._editor.undo():
                return
        self.coded.emit("")

    def flag(self, kind: MarkKind) -> bool:
        taken = self._editor.mark(kind, self.now())
        self.coded.emit("")
        return taken

    def safety(self) -> bool:
        """The safety flag, with the words that belong to it."""
        t = self._editor.texts
        if self._editor.is_training:
            words = t.tr("Nobody sees a flag in a training coding. Tell the pair of this case at once what you saw.")
            self.said.emit(Notice(words, Tone.WARNING))
            return False
        taken = self._editor.mark(MarkKind.SAFETY, self.now())
        if taken:
            words = t.tr("Talk at once with your work partner and the responsible social worker.")
            self.said.emit(Notice(words, Tone.WARNING))
        return taken

    def bookmark(self) -> None:
        if self._editor.is_open and self._editor.bookmark(self.now()):
            keys = shown(self._preferences.keys.of("coding.own-notes"))
            self.stepped.emit(Notice(self._editor.texts.tr("Bookmark left. Its word: {keys}.", keys=keys)))

    def split(self) -> None:
        """The state chosen, or else the one that is on, becomes two at the picture on the screen."""
        time = self.now()
        found = self._editor.to_split(time)
        if found is not None and self._editor.is_open:
            self._editor.split(found, time)

    def cover(self, segment: Segment | None = None) -> bool:
        """Declare a task, else the one at the picture, covered in this pass, or take it back. True when it is now."""
        editor, part = self._editor, self._part()
        segment = segment or editor.file.segment_at(self.now())
        if segment is None or not editor.is_open:
            return False
        covered = editor.coding.header.covers(segment, part)
        return editor.cover(segment, on=not covered, part=part) and not covered

    def take_back(self) -> None:
        self.strip.hide()
        self._editor.take_back()

    def _delay(self) -> Micros:
        """What the hand is late by now, on the meeting's clock."""
        player = self._player
        return reaction.shift(self.reaction.delay, player.rate(), playing=player.is_playing())

    def _say_outside(self, code: Code) -> None:
        """A mark in time that cannot be coded is kept, and in no figure: its coder is told, once for each such time."""
        gap = self._editor.scheme.cannot_be_coded
        if code.id == gap:
            return
        newest = self._editor.coding.newest
        at = newest.start if newest is not None else self.now()
        running = next((o for o in self._editor.coding.on_at(at) if o.code == gap), None)
        if running is None or running.id == self._told_outside:
            return
        self._told_outside = running.id
        t, named = self._editor.texts, self._editor.scheme.code(gap)
        words = t.tr(
            "Here “{state}” is on: what you mark is kept, but it is in no figure of the comparison.",
            state=t.words(named.name) if named else gap,
        )
        self.said.emit(Notice(words))

    def _say_gap(self) -> None:
        """A gap is not codable: nobody saw what happened there."""
        t = self._editor.texts
        if any(s.holds(self.now()) for s in self._editor.file.not_filmed):
            self.said.emit(Notice(t.tr("Nobody filmed here, so nothing was coded.")))
            return
        words = t.tr("The large picture's camera has no picture here, so nothing was coded.")
        if len(self._player.cameras()) > 1:
            keys = shown(self._preferences.keys.of("film.lead"))
            words += " " + t.tr("Another camera may have one: {keys}.", keys=keys)
        self.said.emit(Notice(words))
        self.coded.emit("")

    def _on_modifier(self, modifier: str) -> None:
        self.strip.hide()
        pending, self._pending = self._pending, None
        editor = self._editor
        if pending is not None and pending.id in editor.coding.observations:
            before = editor.coding.observations[pending.id]
            editor.qualify(before, replace(before, modifiers=(modifier,)))
        self.coded.emit("")
