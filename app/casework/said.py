"""What was said on a meeting's film: the one door through which both workers write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from app.casework.film_use import Use, may_be_used
from app.casework.meeting_file import films_in_use
from app.editing import Editor
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.consent import Consent, ControllerDecision
from app.model.identity import timeless_id
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.timecode import Micros
from app.model.utterance import FIRST_LENGTH, Utterance, Voice, in_order, made_private, on_at, on_films
from app.ports import Store

#: no line is shorter: two presses of Enter at one picture were a slip of the hand
LEAST: Micros = 100_000


class SaidEditor(Editor):
    """The lines of one meeting. What it says of its steps is heard by this worker alone, who took them."""

    read_anew = Signal()

    def __init__(self, store: Store, texts: Texts, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts, self._meeting_id = texts, meeting_id
        self._held: dict[str, Utterance] = {}
        self._films: tuple[Recording, ...] = ()
        self._lines: tuple[Utterance, ...] | None = None
        self._read()

    def _read(self) -> None:
        self._held = {u.id: u for u in self._store.find(Utterance, meeting_id=self._meeting_id)}
        allowed = may_be_used(self._store, self._meeting_id, today(), Use.QUOTE)
        self._films = films_in_use(self._store, self._meeting_id) if allowed else ()
        self._lines = None

    @property
    def lines(self) -> tuple[Utterance, ...]:
        """As they were said; those of films that are closed, from use or by a consent, are not shown either."""
        if self._lines is None:
            self._lines = in_order(on_films(self._held.values(), self._films))
        return self._lines

    def line(self, line_id: str) -> Utterance | None:
        return self._held.get(line_id)

    def at(self, time: Micros) -> tuple[Utterance, ...]:
        """What is being said at a time."""
        return on_at(self.lines, time)

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.after is None:
                self._held.pop(change.id, None)
            else:
                self._held[change.id] = cast("Utterance", change.after)
        self._lines = None

    def hear(self, changes: Sequence[Change]) -> None:
        """Films come and go, and consents to them, and lines with them: it is read anew; older steps no longer fit."""
        kinds = {c.kind for c in changes if getattr(c.entity, "meeting_id", "") == self._meeting_id}
        if kinds & {Utterance, Recording} or any(c.kind in (Consent, ControllerDecision) for c in changes):
            had = dict(self._held)
            self._read()
            if had != self._held:
                self.stack.clear()
            self.read_anew.emit()

    # writing

    def add_line(self, text: str, start: Micros, speaker: str, **more: Any) -> Utterance | None:
        """A new line that begins at `start`; None when it was refused, or when there is nothing in it."""
        if not text.strip():
            return None
        until = start + FIRST_LENGTH
        line = Utterance(timeless_id(), self._meeting_id, start, until, speaker, text.strip(), **more)
        return line if self.do(self.texts.tr("Line written"), added(line)) else None

    def edit(self, line: Utterance, **fields: Any) -> bool:
        """New values for some fields of a line as it is now; nothing happens when they are what they were.

        An edge that would come too near the other one takes that along; a line whose text is emptied goes.
        """
        held = self._held.get(line.id)
        if held is None:
            return False
        text = fields.get("text")
        if text is not None:
            fields["text"] = text.strip()
            if not fields["text"]:
                return self.remove(held)
        after = replace(held, **_with_edges(held, fields))
        return after == held or self.do(self.texts.tr("Line changed"), Change(held, after))

    def remove(self, line: Utterance) -> bool:
        held = self._held.get(line.id)
        return held is not None and self.do(self.texts.tr("Line removed"), removed(held))

    def keep_back(self, wanted: Sequence[tuple[str, int, int]]) -> bool:
        """Many stretches, each `(line's id, from, to)` in characters, are kept back in one step."""
        texts: dict[str, str] = {}
        # from the end of each line, so that the places before stay what they are
        for line_id, start, end in sorted(wanted, key=lambda w: (w[0], -w[1])):
            held = self._held.get(line_id)
            if held is not None:
                texts[line_id] = made_private(texts.get(line_id, held.text), start, end)
        changes = [Change(self._held[i], replace(self._held[i], text=text)) for i, text in texts.items()]
        return self.do(self.texts.tr("Names made private"), *(c for c in changes if c.before != c.after))

    # who speaks

    def next_speaker(self, line: Utterance | None) -> str:
        """Who is likely to speak after a line: who spoke before it and is another; at first adult, then child."""
        meeting = self._store.get(Meeting, self._meeting_id)
        if line is None:
            return self.lines[-1].speaker if self.lines else meeting.adult_id
        before = [u.speaker for u in self.lines if u.start < line.start and u.speaker != line.speaker]
        if before:
            return before[-1]
        return meeting.child_id if line.speaker == meeting.adult_id else meeting.adult_id


def _with_edges(held: Utterance, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with edges that fit: one that would come too near the other, or past it, moves that one."""
    if not fields.keys() & {"start", "end"}:
        return fields
    start, end = fields.get("start", held.start), fields.get("end", held.end)
    if end - start < LEAST:
        if "start" in fields:
            end = start + max(held.end - held.start, LEAST)
        else:
            start = end - LEAST
    return {**fields, "start": start, "end": end}


#: who speaks besides the persons of the meeting, in the order of the list
VOICES = (Voice.WORKER, Voice.INTERPRETER, Voice.OTHER)
