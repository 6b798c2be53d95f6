"""What came of a talk: the words to each moment, what is tried and filmed next, and the person's rounds so far."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile
from app.clips.feedback import FeedbackEditor
from app.clips.lookup import Lookup
from app.clips.words import clip_called, person_called
from app.model.feedback import FAR, THERE, Clip, FeedbackTalk
from widgets.feedback.round_line import RoundLine
from widgets.feedback.words_card import WordsCard
from widgets.forms.form import Form, columns
from widgets.look.parts import Card, clear, label, scrolled, section_label, stacked
from widgets.screen import Screen


class WordsPage(QWidget):
    """Edits go by `talk_edited`; those of a moment's words straight to the editor."""

    talk_edited = Signal(str, object)

    def __init__(self, place: Screen, editor: FeedbackEditor) -> None:
        super().__init__()
        self._place, self._texts, self._editor = place, place.texts, editor
        self._lookup = Lookup(place.workspace.store, place.texts)
        self._form = Form(place.texts, self._on_edit)
        self._talk: FeedbackTalk | None = None
        self._cards: dict[str, WordsCard] = {}
        self._build()

    def _build(self) -> None:
        t, form = self._texts, self._form
        numbers = [(None, t.tr("not given")), *((n, str(n)) for n in range(FAR, THERE + 1))]
        whole = Card(section_label(t.tr("The talk as a whole")), spacing=10, padding=16)
        self._situation = form.text("situation", t.tr("What was filmed: the situation"))
        whole.column.addWidget(self._situation)
        self._near = form.choice("scaling", t.tr("How near your wish are things now? 0 = far, 10 = there"), numbers)
        parts = (
            columns(
                form.text("working_point", t.tr("What is tried next, one thing")),
                form.text("next_film", t.tr("What is filmed next")),
            ),
            columns(
                form.line("present", t.tr("Who was there")),
                form.line("how", t.tr("How it was gone through")),
                self._near,  # the last one: a child is not asked for it
            ),
        )
        for part in parts:
            whole.column.addLayout(part)
        self._line = RoundLine(self._place.look, t)
        own = t.tr("The parent's own numbers, from round to round. They measure nobody.")
        self._rounds = Card(section_label(t.tr("Rounds")), label(own, "caption", wrap=True), self._line, padding=16)
        self._words = stacked(spacing=10)
        self._none = label(t.tr("No moment is in this talk yet."), "muted")
        inside = QWidget()
        inside.setMaximumWidth(1100)
        column = stacked(whole, self._rounds, section_label(t.tr("Words to each moment")), self._none, spacing=12)
        column.addLayout(self._words)
        column.addStretch(1)
        column.setContentsMargins(20, 14, 20, 20)
        inside.setLayout(column)
        self.setLayout(stacked(scrolled(inside), spacing=0))

    def show_talk(self, case: CaseFile, talk: FeedbackTalk | None) -> None:
        before, self._talk = self._talk, talk
        if talk is None:
            return
        fields = ("situation", "working_point", "next_film", "scaling", "present", "how")
        is_other = before is None or before.id != talk.id
        self._form.load({name: getattr(talk, name) for name in fields}, anew=is_other)
        rounds = [r for r in self._editor.talks if r.person_id == talk.person_id and r.cycle]
        self._situation.setVisible(bool(talk.cycle))
        self._rounds.setVisible(bool(talk.cycle))
        self._line.show_rounds(sorted(rounds, key=lambda r: r.cycle))
        self._show_words(case, talk)

    def _show_words(self, case: CaseFile, talk: FeedbackTalk) -> None:
        """A card for each moment of the talk; the ones that are there are filled, not made anew."""
        placed = [clip for _, clip in self._editor.placed(talk)]
        wanted = [f"{talk.id}/{clip.id}" for clip in placed]
        if list(self._cards) != wanted:
            clear(self._words)
            self._cards = {}
            for key, clip in zip(wanted, placed, strict=True):
                made = self._cards[key] = WordsCard(self._texts, 62)
                made.said.connect(partial(self._on_said, clip.id))
                self._words.addWidget(made)
        who, child = person_called(case, talk.person_id), case.child
        gives_numbers = child is None or child.id != talk.person_id
        self._near.setVisible(gives_numbers)
        for card in self._cards.values():
            card.show_scale(on=gives_numbers)
        for number, (key, clip) in enumerate(zip(wanted, placed, strict=True), start=1):
            self._cards[key].show_words(self._head(number, clip, who), self._editor.words_of(talk.id, clip.id))
        self._none.setVisible(not placed)

    def _head(self, number: int, clip: Clip, who: str) -> str:
        return f"{number} · {clip_called(self._texts, clip, self._lookup.about(clip))} · {who}"

    def commit(self) -> None:
        if self._talk is not None:
            self._form.commit()
            for card in self._cards.values():
                card.commit()

    def _on_said(self, clip_id: str, field: str, value: Any) -> None:
        clip = self._editor.clip(clip_id)
        if self._talk is not None and clip is not None:
            self._editor.say(self._talk, clip, **{field: value})

    def _on_edit(self, key: str, value: Any) -> bool:
        self.talk_edited.emit(key, value)
        return True
