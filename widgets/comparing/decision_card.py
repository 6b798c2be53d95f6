"""The chosen difference: what each marked, the own words of both, what is replayed, and what the pair decides."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import Side, decided_words, sides_of, title_of, verdict_words, what_of
from app.i18n import Texts
from app.model.decision import Decision, DisagreementKind, Verdict, verdicts_of
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from app.tables import upper
from widgets.keys.captions import KeyFollower
from widgets.look.flow import Flow
from widgets.look.look import font
from widgets.look.parts import AsHighAsItsWords, Card, beside, button, clear, label, scrolled, section_label, stacked

#: pixels of a difference that are always in sight
LEAST = 96
#: the key of each verdict, by the action that it is
ACTIONS = {
    Verdict.A: "comparing.a",
    Verdict.B: "comparing.b",
    Verdict.BOTH: "comparing.both",
    Verdict.NEITHER: "comparing.neither",
    Verdict.NEW: "comparing.new",
    Verdict.DIFFERENTLY: "comparing.differently",
}


class DecisionCard(Card):
    """Shows one difference; what is pressed and typed is told, and nothing is written here."""

    verdict_pressed = Signal(object)  # Verdict
    reopen_pressed = Signal()
    unlock_pressed = Signal()
    play_pressed = Signal()
    reasons_written = Signal(str, str, str, str)  # which difference, the one reason, and of *differently* A's and B's
    evidence_pressed = Signal(object)  # Linked: a moment that a rating rests on
    left = Signal()  # the keys are done here
    stepped = Signal(int)  # to the next difference (1) or the one before (-1), from a reason

    def __init__(self, walk: Walk, texts: Texts, preferences: Preferences, who: dict[str, str]) -> None:
        super().__init__(spacing=8)
        self._walk, self._texts, self._preferences, self._who = walk, texts, preferences, who
        self._shown: Decision | None = None
        self._is_locked = False
        t = texts
        self.count = label("", "muted")
        self.count.setFont(font(tabular=True))
        self._title = label("", "title", wrap=True)
        self._what = label("", "", wrap=True)
        self._sides = stacked(spacing=4)
        self._span = label("", "muted")
        self._span.setFont(font(tabular=True))
        self._play = button("", self.play_pressed.emit, "link")
        self._verdicts = {v: self._verdict_button(v) for v in ACTIONS}
        choices = QWidget()
        choices.setLayout(Flow(*self._verdicts.values()))
        choices.setAccessibleName(t.tr("Decision"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        choices.setSizePolicy(policy)
        self._choices = choices
        self.reason = _Reason(t.tr("Reason"))
        a, b = walk.found.short_names
        self.reason_a, self.reason_b = (_Reason(t.tr("{name}'s reason", name=name)) for name in (a, b))
        for one in self._fields():
            one.editingFinished.connect(self.commit)
            one.done.connect(self.left)
            one.stepped.connect(self.stepped)
        self._decided = label("", "caption", wrap=True)
        self._reopen = button(t.tr("Take the decision back"), self.reopen_pressed.emit, "link")
        self._locked = label("", "caption", wrap=True)
        self._unlock = button(t.tr("Change the decision"), self.unlock_pressed.emit, "link")
        self._lay_out()
        KeyFollower(preferences, self, self._show_keys)

    def _lay_out(self) -> None:
        """Where there is little height, all but the heading scrolls."""
        replay = Flow(self._span, self._play)
        column = stacked(self._title, self._what, self._sides, replay, spacing=8)
        for part in (self._choices, *self._fields()):
            column.addWidget(part)
        for words, act in ((self._decided, self._reopen), (self._locked, self._unlock)):
            column.addWidget(words)  # what is hidden takes no place, as a layout of its own would
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        body = QWidget()
        body.setLayout(column)
        self._area = scrolled(body, AsHighAsItsWords())
        self._area.setObjectName("bare")
        self._area.setMinimumHeight(LEAST)
        body.setStyleSheet("QWidget#body { background: transparent; }")
        self.column.addLayout(beside(section_label(self._texts.tr("Disagreement")), None, self.count))
        self.column.addWidget(self._area, 1)

    def _fields(self) -> tuple[_Reason, _Reason, _Reason]:
        return self.reason, self.reason_a, self.reason_b

    def _verdict_button(self, verdict: Verdict) -> QPushButton:
        made = button("", partial(self.verdict_pressed.emit, verdict), "pill")
        made.setCheckable(True)
        return made

    def _show_keys(self, keys: KeyMap) -> None:
        t, (a, b) = self._texts, self._walk.found.short_names
        words = {
            Verdict.A: a,
            Verdict.B: b,
            Verdict.BOTH: t.tr("both"),
            Verdict.NEITHER: t.tr("neither"),
            Verdict.NEW: t.tr("new…"),
            Verdict.DIFFERENTLY: t.tr("we see it differently…"),
        }
        for verdict, made in self._verdicts.items():
            pressed = on_cap(keys.of(ACTIONS[verdict]))
            made.setText(f"{words[verdict]} ({pressed})" if pressed else words[verdict])
        self._play.setText(t.tr("Play this ({keys})", keys=on_cap(keys.of("comparing.play"))))

    # what is shown

    def show_decision(self, d: Decision | None, span: str, *, is_locked: bool) -> None:
        """One difference; `span` is what is replayed, `is_locked` as long as what was confirmed is left alone."""
        other = self._shown is None or d is None or self._shown.id != d.id
        if other:
            self.commit()
            self._area.verticalScrollBar().setValue(0)
        self._shown, self._is_locked = d, is_locked
        self.setEnabled(d is not None)
        progress = self._walk.progress
        self.count.setText(self._texts.tr("{n}/{of} decided", n=progress.settled, of=progress.of))
        self.count.setVisible(not self._walk.only_looks)
        if d is None:
            self._show_nothing()
            return
        t, found = self._texts, self._walk.found
        self._title.setText(title_of(t, found, d))
        self._what.setText(what_of(t, found, d))
        self._what.setVisible(d.kind != DisagreementKind.RATING)  # whose values stand with their reasons
        self._show_sides(sides_of(t, found, d))
        self._span.setText(span)
        self._play.setVisible(d.start is not None)
        if self._walk.only_looks:
            self._show_codes(d)
            return
        self._show_verdicts(d)
        self._show_reasons(d)

    def _show_nothing(self) -> None:
        t = self._texts
        done = self._walk.progress
        words = t.tr("The two codings differ in nothing.") if not done.of else t.tr("No differing point is chosen.")
        self._title.setText(words)
        for part in (self._what, self._span, self._decided, self._locked):
            part.setText("")
        clear(self._sides)
        for hidden in (self._play, self._choices, self._reopen, self._unlock, *self._fields()):
            hidden.hide()

    def _show_sides(self, sides: tuple[Side, Side]) -> None:
        """The own words of both, where there are any: one beneath the other; of a rating beside each other."""
        clear(self._sides)
        if self._shown is not None and self._shown.kind == DisagreementKind.RATING:
            columns = [self._rated(s) for s in sides]
            row = beside(*columns, spacing=16)
            for place in range(len(columns)):
                row.setStretch(place, 1)
            self._sides.addLayout(row)
            return
        for side in sides:
            if side.note:
                self._sides.addWidget(label(f"{side.name}: {side.note}", "muted", wrap=True))

    def _rated(self, side: Side) -> QVBoxLayout:
        """One's value, reason, and the times of the moments that it rests on, which lead to the film."""
        column = stacked(label(f"{side.name}: {side.what}"), label(side.note, "muted", wrap=True), spacing=2)
        links = Flow()
        for moment in side.evidence:
            made = button(self._texts.short_clock(moment.start), partial(self.evidence_pressed.emit, moment), "link")
            made.setToolTip(moment.words)
            made.setAccessibleName(f"{side.name}, {moment.words}")
            links.addWidget(made)
        if side.evidence:
            column.addLayout(links)
        column.addStretch(1)
        return column

    def _show_codes(self, d: Decision) -> None:
        """Where nothing is decided: what the codes of the two mean."""
        for hidden in (self._choices, self._decided, self._reopen, self._locked, self._unlock, *self._fields()):
            hidden.hide()
        t, scheme = self._texts, self._walk.found.scheme
        codes = [code for i in dict.fromkeys((d.a, d.b)) if (code := scheme.code(i)) is not None]
        for code in codes:
            self._sides.addWidget(label(upper(t.words(code.name)), "strong", wrap=True))
            self._sides.addWidget(label(t.words(code.code_when), "muted", wrap=True))

    def _show_verdicts(self, d: Decision) -> None:
        possible, may = verdicts_of(d), self._walk.may_decide and not self._is_locked
        self._choices.show()
        for verdict, made in self._verdicts.items():
            made.setVisible(verdict in possible)
            made.setEnabled(may)
            made.setChecked(d.verdict == verdict)
            words, done = verdict_words(self._texts, self._walk.found, verdict), self._texts.tr("decided")
            made.setAccessibleName(f"{words}, {done}" if d.verdict == verdict else words)
        who = self._who.get(d.decided_by, "")
        self._decided.setText(decided_words(self._texts, self._walk.found, d, who))
        self._decided.setVisible(not d.is_open)
        self._reopen.setVisible(not d.is_open and may)
        self._locked.setText(self._why_locked())
        self._locked.setVisible(not may)
        self._unlock.setVisible(self._is_locked and self._walk.may_decide)

    def _why_locked(self) -> str:
        t, walk = self._texts, self._walk
        if walk.led_by:
            return t.tr("{name} leads and decides now. Take the lead to decide here.", name=walk.led_by)
        if walk.may_decide:
            return t.tr("Confirmed. When a decision is changed, both need to confirm again.")
        return t.tr("Only the pair itself decides. You can look.")

    def _show_reasons(self, d: Decision) -> None:
        apart = d.verdict == Verdict.DIFFERENTLY
        for one, text, is_there in (
            (self.reason, d.reason, not apart),
            (self.reason_a, d.reason_a, apart),
            (self.reason_b, d.reason_b, apart),
        ):
            one.setVisible(is_there)
            one.setReadOnly(self._is_locked or not self._walk.may_decide)
            if not (one.hasFocus() and one.isModified()):  # what is being typed is nobody else's
                with QSignalBlocker(one):
                    one.show_text(text)
        self.reason.setEnabled(not d.is_open)
        later = self._texts.tr("Reason, once it is decided")
        self.reason.setPlaceholderText(later if d.is_open else self._texts.tr("Reason"))

    def can_decide(self, verdict: Verdict) -> bool:
        """Whether the shown difference may be decided so now."""
        made = self._verdicts[verdict]
        return made.isVisibleTo(self) and made.isEnabled()

    # what is typed

    def ask_reason(self) -> bool:
        """The keys go to the reason that is still missing; False where none can be written."""
        shown = [f for f in self._fields() if f.isVisibleTo(self) and f.isEnabled() and not f.isReadOnly()]
        target = next((f for f in shown if not f.text().strip()), shown[0] if shown else None)
        if target is not None:
            self._area.ensureWidgetVisible(target)
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return target is not None

    def commit(self) -> None:
        """What is being typed is told."""
        d = self._shown
        typed = any(f.isModified() for f in self._fields())
        if d is None or d.is_open or not typed:
            return
        for f in self._fields():
            f.setModified(False)
        self.reasons_written.emit(d.id, self.reason.text(), self.reason_a.text(), self.reason_b.text())


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Reason(QLineEdit):
    """Enter keeps what was typed and gives the keys back, Esc puts it back as it was; up and down go on."""

    done = Signal()
    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self._kept = ""
        self.returnPressed.connect(self.done)

    def show_text(self, text: str) -> None:
        """As it is in the archive."""
        self._kept = text
        self.setText(text)
        self.setCursorPosition(0)
        self.setModified(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_text(self._kept)
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            event.accept()  # it ended the reason, and plays nothing
        elif event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.done.emit()
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
