"""Whose turn it is to speak of a clip, *Seis*, and what was said at which moment of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clips.words import length
from app.i18n import Texts
from app.model.supervision import Supervisee, SupervisionAgreement
from app.model.supervision_film import Reflection, Shared
from app.model.timecode import Micros
from app.supervising.film import Rounds
from app.supervising.film_words import SHARED
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, hairline, label, section_label, stacked


class RoundsPart(QWidget):
    """The moment of a mark is the one that is on when its first letter is typed."""

    next_pressed = Signal()
    stop_pressed = Signal()
    wrote = Signal(str, str, object)  # who (supervisee id), words, Shared
    play_asked = Signal(object)  # µs of the film
    shared_chosen = Signal(object, object)  # Reflection, Shared
    remove_asked = Signal(object)  # Reflection
    typing_begun = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._offered: set[str] = set()
        t = texts
        self._turn, self._round = label("", "heading", wrap=True), label("", "caption")
        self.next = button(t.tr("The next one speaks"), self.next_pressed.emit)
        self.stop = button(t.tr("Stop now"), self.stop_pressed.emit, "danger")
        self.stop.setToolTip(t.tr("Anybody may say stop, and nobody has to say why."))
        rule = label(
            t.tr("Stop: the film stops, nobody has to say why, and it is not shown again today."), "caption", wrap=True
        )
        order = Card(
            beside(section_label(t.tr("Whose turn it is")), None, self._round),
            self._turn,
            beside(self.next, self.stop, None),
            rule,
            spacing=8,
            padding=14,
        )
        self._moment = label("", "caption")
        self.author, self.shared = Choice(), Choice([(s, t.tr(name)) for s, name in SHARED.items()])
        self.author.setAccessibleName(t.tr("Who says"))
        self.shared.setAccessibleName(t.tr("Who sees the mark"))
        self.shared.set_value(Shared.PRIVATE)
        self.words = GrowingText(2)
        self.words.setAccessibleName(t.tr("Words at this moment"))
        self.words.setPlaceholderText(t.tr("What do you see, what does it wake in you?"))
        self.words.textChanged.connect(self._on_typed)
        self.write = button(t.tr("Write at this moment"), self._write)
        private = label(
            t.tr("Private until it is shared: only at the sign-in where it was written is it seen."),
            "caption",
            wrap=True,
        )
        self._writing = Card(
            beside(section_label(t.tr("At this moment")), None, self._moment),
            beside(self.author, self.shared),
            self.words,
            beside(None, self.write),
            private,
            spacing=8,
            padding=14,
        )
        self._rows = stacked(spacing=6)
        marks = Card(section_label(t.tr("Reflections by time")), self._rows, spacing=8, padding=14)
        self.setLayout(stacked(order, self._writing, marks, None, spacing=12))
        self._is_typing = False
        self.write.setEnabled(False)

    # showing

    def show_rounds(self, held: Rounds, *, stopped: bool, mine: bool) -> None:
        """Whose turn it is now."""
        t, speaker = self._texts, held.speaker
        self._round.setText("" if stopped else t.tr("round {n}", n=held.turn))
        said = speaker.called if speaker is not None else t.tr("nobody's")
        self._turn.setText(t.tr("The clip was stopped.") if stopped else said)
        self.next.setEnabled(not stopped and len(held.speakers) > 1)
        self.stop.setEnabled(not stopped)
        self.next.setVisible(mine)
        self.stop.setVisible(mine)
        if speaker is not None and not self._is_typing and speaker.id in self._offered:
            self.author.set_value(speaker.id)

    def offer(self, people: Sequence[Supervisee]) -> None:
        """Those who speak here: in the room everybody, at an own sign-in oneself."""
        self._offered = {one.id for one in people}
        self.author.offer([(one.id, one.called) for one in people])
        if self.author.currentIndex() < 0 and people:
            self.author.set_value(people[0].id)
        self._writing.setVisible(bool(people))

    def show_moment(self, since: Micros) -> None:
        """The moment at which a mark would be, from the beginning of the clip."""
        self._moment.setText(length(self._texts, since))

    def show_marks(self, agreement: SupervisionAgreement, marks: Sequence[Reflection], first: Micros, me: str) -> None:
        """What was said, by time; a press on the time plays from there."""
        t = self._texts
        clear(self._rows)
        if not marks:
            self._rows.addWidget(label(t.tr("Nothing is written to this clip yet."), "muted", wrap=True))
        for number, mark in enumerate(marks):
            if number:
                self._rows.addWidget(hairline())
            self._rows.addLayout(self._row(agreement, mark, first, me))

    def _row(self, agreement: SupervisionAgreement, mark: Reflection, first: Micros, me: str) -> QVBoxLayout:
        t = self._texts
        said = agreement.supervisee(mark.author)
        who = said.called if said is not None else ""
        at = length(t, max(mark.at - first, 0))
        play = button(at, partial(self.play_asked.emit, mark.at), "quiet")
        play.setIcon(self._look.icon("play", "text", 14))
        play.setAccessibleName(t.tr("Play from {time}: {who}", time=at, who=who))
        head = beside(play, label(" · ".join((who, t.tr("round {n}", n=mark.turn))), "caption"), None, spacing=6)
        foot = beside(spacing=6)
        if mark.by == me:
            shared = Choice([(s, t.tr(name)) for s, name in SHARED.items()])
            shared.setAccessibleName(t.tr("Who sees the mark"))
            shared.set_value(mark.shared)
            shared.activated.connect(lambda _: self.shared_chosen.emit(mark, shared.value()))
            away = button(t.tr("Remove"), partial(self.remove_asked.emit, mark), "quiet")
            away.setAccessibleName(t.tr("Remove the mark of {who} at {time}", who=who, time=at))
            foot = beside(shared, away, None, spacing=6)
        return stacked(head, label(mark.words, wrap=True), foot, spacing=2)

    # writing

    def _on_typed(self) -> None:
        typed = bool(self.words.toPlainText().strip())
        if typed and not self._is_typing:
            self.typing_begun.emit()
        self._is_typing = typed
        self.write.setEnabled(typed)

    @property
    def is_typing(self) -> bool:
        """Whether words stand in the field that are not written yet."""
        return self._is_typing

    def _write(self) -> None:
        said, who = self.words.toPlainText().strip(), self.author.value()
        if said and isinstance(who, str):
            self.wrote.emit(who, said, self.shared.value())

    def commit(self) -> None:
        """Words that stand in the field are written: nothing typed is lost."""
        if self._is_typing:
            self._write()

    def let_go(self) -> None:
        """An empty field for the next one, private again."""
        self.words.clear()
        self.shared.set_value(Shared.PRIVATE)
