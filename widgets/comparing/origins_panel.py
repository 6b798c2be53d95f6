"""Beside the common view: the picture, where the chosen part comes from, how much came from whom, who has confirmed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coding.telling import person_name
from app.coding.telling import when as span
from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import (
    LETTERS,
    Side,
    code_name,
    decided_words,
    origin_counts,
    sides_of,
    title_of,
    verdict_words,
)
from app.model.common_view import Origin
from app.model.decision import Decision, Verdict
from app.model.observation import Observation
from app.model.rating import Rating
from widgets.comparing.confirming import Confirming
from widgets.comparing.pair_timeline import came_words
from widgets.look.look import font
from widgets.look.parts import beside, button, clear, hairline, label, scrolled, section_label, stacked
from widgets.screen import Screen


class OriginsPanel(QWidget):
    """`show_decision` and `show_part` open one; `slot` holds the picture while there is room beside the lanes."""

    decision_asked = Signal(str)  # its id: it is to be decided anew, in the walk
    verdict_pressed = Signal(object)  # Verdict: the next part that came so

    def __init__(self, place: Screen, walk: Walk, who: dict[str, str], confirming: Confirming) -> None:
        super().__init__()
        self._walk, self._who, self._texts = walk, who, place.texts
        self.slot = QVBoxLayout()
        self._chosen = stacked(spacing=8)
        self._counts = stacked(spacing=0)
        self._decision = ""
        body = QWidget()
        body.setLayout(stacked(self._chosen, self._counts, None, spacing=14, margins=(0, 0, 4, 0)))
        area = scrolled(body)
        area.setObjectName("bare")
        body.setStyleSheet("QWidget#body { background: transparent; }")
        column = stacked(self.slot, area, hairline(), confirming, spacing=10)
        for part, share in enumerate((1, 2)):  # a third is the picture's while it stands here
            column.setStretch(part, share)
        self.setLayout(column)
        confirming.show()
        self.refresh()

    def refresh(self) -> None:
        """As it is now."""
        clear(self._counts)
        t, common = self._texts, self._walk.common
        if common is None:
            return
        progress = self._walk.progress
        count = label(t.tr("{n}/{of} decided", n=progress.settled, of=progress.of), "muted")
        self._counts.addLayout(beside(section_label(t.tr("Where the common view comes from")), None, count))
        for row in origin_counts(t, self._walk.found, common):
            sign = label(row.sign, "strong")
            sign.setFixedWidth(30)
            number = label(t.number(row.count))
            number.setFont(font(tabular=True))
            words: QWidget = label(row.words, wrap=True)
            words.setMinimumHeight(32)  # as high as what can be pressed
            if row.count and row.verdict is not None:
                words = button(row.words, partial(self.verdict_pressed.emit, row.verdict), "link")
                words.setToolTip(t.tr("To the next one"))
            line = beside(sign, words, number)
            line.setStretch(1, 1)
            self._counts.addLayout(line)
        outside = len(self._walk.editor.outside) if self._walk.editor is not None else 0
        if outside:
            self._counts.addWidget(
                label(
                    t.trn(
                        "{n} mark is not in it: only one of the two went through that time or could code it.",
                        "{n} marks are not in it: only one of the two went through that time or could code it.",
                        outside,
                    ),
                    "caption",
                    wrap=True,
                )
            )
        if self._decision and (d := self._walk.decision(self._decision)) is not None:
            self.show_decision(d)

    # the chosen part

    def show_nothing(self) -> None:
        self._decision = ""
        clear(self._chosen)
        words = self._texts.tr("Choose a mark in the lanes: here stands where it comes from.")
        self._chosen.addWidget(label(words, "muted", wrap=True))

    def show_decision(self, d: Decision) -> None:
        """A difference and what was decided about it."""
        self._decision = d.id
        clear(self._chosen)
        t, found = self._texts, self._walk.found
        sign, words = LETTERS.get(d.verdict, "?"), verdict_words(t, found, d.verdict)
        when = "" if d.start is None else span(t, d.start, d.end)
        self._head(f"{sign}  {words[:1].upper() + words[1:]}", when)
        about = title_of(t, found, d) if d.start is None else self._about(d.person, d.a or d.b)
        self._chosen.addWidget(label(about, wrap=True))
        a, b = sides_of(t, found, d)
        self._side(a, d.reason_a if d.verdict == Verdict.DIFFERENTLY else "")
        self._side(b, d.reason_b if d.verdict == Verdict.DIFFERENTLY else "")
        if d.reason:
            self._chosen.addWidget(label(t.tr("Reason: {reason}", reason=d.reason), wrap=True))
        decided = decided_words(t, found, d, self._who.get(d.decided_by, ""))
        if decided:
            self._chosen.addWidget(label(decided, "caption", wrap=True))
        if d.verdict == Verdict.DIFFERENTLY:
            self._chosen.addWidget(
                label(
                    t.tr(
                        "Both reasons come into the statement. The difference is in how the workers look, not in the "
                        "family."
                    ),
                    "caption",
                    wrap=True,
                )
            )
        asks = t.tr("Decide this") if d.is_open else t.tr("Change the decision")
        self._chosen.addLayout(beside(button(asks, lambda: self.decision_asked.emit(d.id), "link"), None))

    def show_part(self, thing: Observation | Rating, origin: Origin) -> None:
        """What both had marked, or what else came over without a decision."""
        self._decision = ""
        clear(self._chosen)
        t, found = self._texts, self._walk.found
        words = came_words(t, self._walk, origin)
        when = span(t, thing.start, thing.end) if isinstance(thing, Observation) else ""
        self._head(words[:1].upper() + words[1:], when)
        if isinstance(thing, Observation):
            self._chosen.addWidget(label(self._about(thing.person, thing.code), wrap=True))
        for letter, name, coding, ids in zip(
            "AB", found.short_names, (found.a, found.b), (origin.a_ids, origin.b_ids), strict=True
        ):
            own = [o for i in ids if (o := coding.observations.get(i)) is not None]
            what = ", ".join(f"{code_name(t, found, o.code)} {span(t, o.start, o.end)}" for o in own)
            note = "\n".join(o.note for o in own if o.note)
            self._side(Side(letter, name, what or t.tr("did not mark"), note), "")

    def _about(self, person: str, code: str) -> str:
        return f"{person_name(self._texts, person)} · {code_name(self._texts, self._walk.found, code)}"

    def _head(self, title: str, when: str) -> None:
        heading = label(title, "heading", wrap=True)
        time = label(when, "muted")
        time.setFont(font(tabular=True))
        row = beside(heading, time)
        row.setStretch(0, 1)
        self._chosen.addLayout(row)

    def _side(self, side: Side, reason: str) -> None:
        """One of the two: what was marked, and the own words."""
        self._chosen.addWidget(hairline())
        letter = label(side.letter, "strong")
        letter.setFixedWidth(18)
        words = stacked(label(f"{side.name}: {side.what}", "muted", wrap=True), spacing=2)
        own = reason or side.note
        if own:
            words.addWidget(label(own, wrap=True))
        row = beside(stacked(letter, None), words)
        row.setStretch(1, 1)
        self._chosen.addLayout(row)
