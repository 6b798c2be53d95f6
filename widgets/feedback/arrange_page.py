"""Where moments are chosen and arranged: the film, the order of the talk, and the card of the moment that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clips.words import GROUPS, planned_words, total_words
from app.i18n import Texts
from app.model.feedback import Clip, FeedbackTalk, Group, Placed
from app.settings.preferences import Preferences
from widgets.feedback.clip_card import ClipCard
from widgets.feedback.film_side import FilmSide
from widgets.feedback.order_list import OrderList
from widgets.feedback.order_row import OrderLine
from widgets.feedback.quiet_area import QuietArea
from widgets.feedback.talk_bar import TalkBar
from widgets.feedback.talk_head import TalkHead
from widgets.forms.form import held
from widgets.forms.inputs import named_choice
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, OneLine, beside, button, clear, label, scrolled, section_label, stacked

#: the part of the list with what is in no group of this talk
REST = "rest"


class ArrangePage(QWidget):
    """Shows what it is given; what a hand does is told by the parts' own signals."""

    meeting_chosen = Signal(str)
    begun = Signal(str)  # person id: a talk with that one is to be there

    def __init__(self, look: Look, texts: Texts, preferences: Preferences) -> None:
        super().__init__()
        self._texts = texts
        self.head = TalkHead(look, texts)
        self.order = OrderList(look, texts)
        self.bar = TalkBar(look, texts)
        self.card = ClipCard(look, texts, preferences)
        self.film: FilmSide | None = None
        self.meetings = named_choice(texts.tr("Meeting"), ())
        self.meetings.activated.connect(lambda _: self.meeting_chosen.emit(self.meetings.currentData()))
        self._timeline = stacked(spacing=0)
        self._film = stacked(spacing=0)
        self._nothing = label("", "muted", wrap=True)
        self._for_whom = Flow()
        self._who: tuple[tuple[str, str], ...] = ()
        self._hint = ""
        self._build()

    def _build(self) -> None:
        t = self._texts
        strip = Card(spacing=0, padding=6)
        strip.column.addLayout(self._timeline)
        left = QWidget()
        left.setLayout(stacked(self.meetings, self._film, spacing=6))
        left.setFixedWidth(404)
        self._total = label("", "caption")
        self._planned, self._talk = OneLine("muted"), label("", "strong")
        self._planned.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = beside(self._talk, self._planned)
        foot.setStretch(1, 1)
        order = Card(self.order, foot, self.bar, spacing=8, padding=12)
        self._middle = QWidget()
        head = beside(section_label(t.tr("Order")), None, self._total)
        self._order = order
        whom = held(self._for_whom)
        column = stacked(head, self._nothing, whom, order, None, spacing=6)
        column.setStretch(3, 1)
        column.setStretch(4, 0)  # what is left, while there is no order
        self._middle.setLayout(column)
        holder = QWidget()
        holder.setLayout(stacked(self.card, None))
        self._right = scrolled(holder, QuietArea())
        self._beside = stacked(spacing=0)
        columns = beside(left, self._middle, self._beside, spacing=16)
        columns.setStretch(1, 1)
        self._below = stacked(spacing=0)
        column = stacked(self.head, strip, columns, self._below, spacing=10, margins=(20, 12, 20, 12))
        column.setStretch(2, 1)
        inside = QWidget()
        inside.setLayout(column)
        self.setLayout(stacked(scrolled(inside, QuietArea()), spacing=0))
        self.fold(is_narrow=False)

    def fold(self, *, is_narrow: bool) -> None:
        """On a small screen the card stands below the film and the order."""
        for place in (self._beside, self._below):
            place.removeWidget(self._right)
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(16_777_215)
        if is_narrow:
            self._right.setMinimumHeight(300)
            self._below.addWidget(self._right)
        else:
            self._right.setMinimumHeight(0)
            self._right.setFixedWidth(372)
            self._beside.addWidget(self._right)

    # filling

    def hold_film(self, film: FilmSide | None) -> FilmSide | None:
        """Another meeting's film, or none; returns the one before, to be let go of."""
        before, self.film = self.film, film
        for place, part in ((self._film, film), (self._timeline, None if film is None else film.timeline)):
            _swap(place, part)
        return before

    def show_meetings(self, rows: list[tuple[str, str]], shown: str) -> None:
        """(id, words) of the meetings whose films may be chosen from."""
        self.meetings.blockSignals(True)
        self.meetings.clear()
        for meeting_id, words in rows:
            self.meetings.addItem(words, meeting_id)
        self.meetings.setCurrentIndex(max(self.meetings.findData(shown), 0))
        self.meetings.blockSignals(False)
        self.meetings.setVisible(len(rows) > 1)

    def show_for_whom(self, people: Sequence[tuple[str, str]]) -> None:
        """(id, words) of those with whom a talk can begin, while there is none; the first is the main action."""
        if tuple(people) == self._who:
            return
        self._who = tuple(people)
        clear(self._for_whom)
        for number, (person_id, words) in enumerate(people):
            made = button(words, partial(self.begun.emit, person_id), "" if number else "primary")
            self._for_whom.addWidget(made)

    def hint(self, words: str) -> None:
        """What helps with this talk, over its order; empty for nothing."""
        self._hint = words

    def show_order(
        self, talk: FeedbackTalk | None, lines: dict[str, list[OrderLine]], clips: tuple[Clip, ...], unseen: int
    ) -> None:
        """The groups of a talk with their lines, and what is in none; without a talk nothing but that."""
        t = self._texts
        groups = [(g.value, t.tr(GROUPS[g]), lines.get(g.value, [])) for g in Group] if talk is not None else []
        rest = lines.get(REST, [])
        if rest or talk is None:
            title = t.tr("Chosen moments") if talk is None else t.tr("Chosen, in this talk not yet")
            groups.append((REST, title, rest))
        self.order.show_groups(groups, self.order.chosen_id())
        self._order.setVisible(bool(groups) and (talk is not None or bool(rest)))
        self._total.setText(total_words(t, clips) if talk is not None else "")
        for part in (self._talk, self._planned, self.bar):
            part.setVisible(talk is not None)
        words = "" if talk is not None else t.tr("For whom is the talk? Moments can be chosen before too.")
        if unseen:
            words = t.trn(
                "{n} moment of this talk is not there: its film is gone, or another chose it and a coding is open.",
                "{n} moments of this talk are not there: a film is gone, or another chose them and a coding is open.",
                unseen,
            )
        self._nothing.setText(words or self._hint)
        self._nothing.setVisible(bool(self._nothing.text()))
        if talk is not None:
            self._talk.setText(t.tr("Talk {n} min", n=talk.minutes))
            self._planned.show_text(planned_words(t, talk))
            numbers = [(line.number, place.minutes) for line, place in _placed(talk, lines)]
            self.bar.show_talk(talk, numbers)


def _placed(talk: FeedbackTalk, lines: dict[str, list[OrderLine]]) -> list[tuple[OrderLine, Placed]]:
    found = {line.clip_id: line for group in Group for line in lines.get(group.value, [])}
    return [(found[place.clip_id], place) for place in talk.in_order() if place.clip_id in found]


def _swap(place: QVBoxLayout, part: QWidget | None) -> None:
    while (item := place.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.setParent(None)
    if part is not None:
        place.addWidget(part)
        part.show()
