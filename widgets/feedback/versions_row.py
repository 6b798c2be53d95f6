"""The row above Palaute's pages: the steps of the work, for whom it is, and what can be begun."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from app.casework.case_file import CaseFile
from app.clips.words import apart_words, is_childs, talk_words
from app.i18n import Texts
from app.model.feedback import FeedbackTalk
from widgets.forms.inputs import named_choice
from widgets.look.parts import OneLine, beside, button, label

CHOOSE, ARRANGE, SHOW, WORDS = "choose", "arrange", "show", "words"


class VersionsRow(QWidget):
    """It tells what was pressed and decides nothing: a step, a talk that exists, or one to begin or to remove."""

    step_pressed = Signal(str)
    talk_chosen = Signal(str)
    begin_pressed = Signal(str, bool)  # whose, and whether it is a round of filming and looking
    remove_pressed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        t = self._texts = texts
        self._case: CaseFile | None = None
        self._has_talk = False
        self._versions = named_choice(t.tr("For whom"), ())
        self._versions.setMinimumWidth(120)
        self._versions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._versions.setMaximumWidth(400)
        self._versions.activated.connect(lambda _: self.talk_chosen.emit(self._versions.currentData()))
        self._new = button(t.tr("New"))
        self._new.setMenu(QMenu(self._new))
        self._new.menu().aboutToShow.connect(self._fill_new)
        self._apart = OneLine("muted")
        self._apart.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._steps: dict[str, QPushButton] = {}
        parts = self._build_steps()
        row = beside(*parts, self._apart, self._versions, self._new, spacing=6)
        row.setStretch(len(parts), 1)
        row.setStretch(len(parts) + 1, 4)
        row.setContentsMargins(20, 8, 20, 8)
        self.setLayout(row)

    def _build_steps(self) -> list[QWidget]:
        t = self._texts
        rows = (
            (CHOOSE, t.tr("Choose moments")),
            (ARRANGE, t.tr("Arrange")),
            (SHOW, t.tr("Show")),
            (WORDS, t.tr("The parent's words")),
        )
        parts: list[QWidget] = []
        for key, words in rows:
            made = self._steps[key] = button(words, partial(self.step_pressed.emit, key), "pill")
            made.setCheckable(True)
            parts += [made, label("→", "muted")]
        return parts[:-1]

    def _fill_new(self) -> None:
        """A version for each adult, one for the child, and rounds of filming and looking."""
        t, menu = self._texts, self._new.menu()
        menu.clear()
        if self._case is None:
            return
        for person_id, words in talks_to_begin(t, self._case):
            menu.addAction(words, partial(self.begin_pressed.emit, person_id, False))
        menu.addSeparator()
        for person in self._case.adults:
            words = t.tr("Round of filming and looking: {who}", who=person.called)
            menu.addAction(words, partial(self.begin_pressed.emit, person.id, True))
        if self._has_talk:
            menu.addSeparator()
            menu.addAction(t.tr("Remove this talk"), self.remove_pressed.emit)

    def show_talks(self, case: CaseFile, talks: Sequence[FeedbackTalk], talk: FeedbackTalk | None) -> None:
        """All versions, and whose is open."""
        t, self._case, self._has_talk = self._texts, case, talk is not None
        self._versions.clear()
        for one in talks:
            self._versions.addItem(talk_words(t, case, one), one.id)
        self._versions.setCurrentIndex(self._versions.findData("" if talk is None else talk.id))
        self._versions.setVisible(bool(talks))
        self._apart.show_text("" if talk is None else apart_words(t, case, talk))

    def show_step(self, now: str, talk: FeedbackTalk | None) -> None:
        """Which step's page is open; without a talk there is nothing to show and nothing was said."""
        t = self._texts
        for key, step in self._steps.items():
            step.setChecked(key == now)
            step.setEnabled(key in (CHOOSE, ARRANGE) or talk is not None)
        is_its = talk is not None and self._case is not None and is_childs(self._case, talk)
        self._steps[WORDS].setText(t.tr("The child's words") if is_its else t.tr("The parent's words"))


def talks_to_begin(t: Texts, case: CaseFile) -> list[tuple[str, str]]:
    """(person id, words): with each adult, and with the child."""
    people = (*case.adults, *([case.child] if case.child else []))
    return [(person.id, t.tr("Feedback talk: {who}", who=person.called)) for person in people]
