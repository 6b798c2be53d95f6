"""*Säilyttäminen*: what of the case is kept until when, what keeps it from going, and by which rules."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.casework.closing import Step
from app.casework.retention import Kept, kept_case, kept_films
from app.i18n import today
from app.model.retention import Material
from app.workspace import Workspace
from widgets.cases.meeting_words import meeting_words
from widgets.cases.section import WIDEST, Section
from widgets.look.look import Look
from widgets.look.parts import bring_in_sight, section_label
from widgets.retention.closing_card import ClosingCard
from widgets.retention.erasing_act import ask_to_erase, ask_to_erase_case
from widgets.retention.hold_card import HoldCard
from widgets.retention.kept_list import KeptList
from widgets.retention.rule_card import RuleCard
from widgets.screen import Go


class RetentionSection(Section):
    """Films and the case with their days, holds, rules, and the checklist of closing."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        t = self.texts
        none = t.tr("There are no films in this case.")
        self.kept = KeptList(t, look, none, t.tr("Erase…"), self._erase, closed=True)
        self.holds = HoldCard(space)
        self.rules = [RuleCard(space, m, of_case=True) for m in (Material.FILMS, Material.CASE)]
        self.closing = ClosingCard(space, look, go, {Step.FILMS: self.kept, Step.HOLDS: self.holds})
        for part in (section_label(t.tr("What is kept, and until when")), self.kept, self.holds):
            self._add(part)
        self._add(section_label(t.tr("Rules")))
        for rule in self.rules:
            self._add(rule)
        self._add(self.closing)
        self.column.addStretch(1)

    def _add(self, part: QWidget) -> None:
        part.setMaximumWidth(WIDEST)
        self.column.addWidget(part)

    def read(self, *, anew: bool) -> None:
        t, file, store, day = self.texts, self.file, self.space.store, today()
        rows = []
        for kept in kept_films(store, file, day):
            assert kept.film is not None
            assert kept.meeting is not None
            rows.append((f"{meeting_words(t, file, kept.meeting)} · {t.tr('Camera {n}', n=kept.film.camera)}", kept))
        self.kept.show_rows([*rows, (t.tr("The whole case"), kept_case(store, file, day))])
        self.holds.show_case(file, [(m.id, meeting_words(t, file, m)) for m in file.meetings], anew=anew)
        self.closing.show_case(file, anew=anew)
        for rule in self.rules:
            rule.show_case(file.case.id)

    def show_closing(self) -> None:
        """The checklist comes in sight, when it has its place."""
        QTimer.singleShot(0, self.closing, lambda: bring_in_sight(self.closing))

    def _erase(self, kept: Kept) -> None:
        if kept.film is not None:
            ask_to_erase(self.space, kept.film, self)
        else:
            ask_to_erase_case(self.space, kept.case, self)
