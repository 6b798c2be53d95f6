"""One rule of retention: what holds, where it comes from, and the fields with which it is changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.casework.retention import (
    case_rule,
    drop_case_rule,
    least_rule_of,
    office_rule,
    periods,
    set_case_rule,
    set_office_rule,
    source_words,
)
from app.casework.retention_words import material_words, rule_words, since_words, span_words, whose_words
from app.errors import AppError
from app.model.retention import COUNTED, MOST_MONTHS, CaseRule, Material, OfficeRule, Rule, Since
from app.workspace import Workspace
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice, Number, Suggestions
from widgets.look.parts import Card, beside, button, label, stacked


class RuleCard(Card):
    """The office's rule, or with `show_case` the one of a case. The fields open with *Change…*."""

    def __init__(self, space: Workspace, material: Material, *, of_case: bool) -> None:
        super().__init__(spacing=10, padding=20)
        self._space, self._material, self._of_case = space, material, of_case
        self._case_id = ""
        t, known = space.texts, periods() if material == Material.CASE else ()
        self._says = label("", "strong", wrap=True)
        self._source = label("", "caption", wrap=True)
        self.change = button(t.tr("Another for this case…") if of_case else t.tr("Change…"), self._open)
        self.drop = button(t.tr("The office's rule again"), self._on_drop, "quiet")
        for act in (self.change, self.drop):
            act.setAccessibleName(f"{act.text()}: {material_words(t, material)}")
        head = beside(stacked(label(material_words(t, material)), self._says, self._source, spacing=3))
        head.setStretch(0, 1)
        head.addWidget(self.drop)
        head.addWidget(self.change)
        self.since = Choice((s, since_words(t, s)) for s in COUNTED[material])
        self.months = Number(0 if material != Material.BACKUPS else 1, MOST_MONTHS)
        self.source = Suggestions([(key, source_words(key, t.language)) for _, _, key in known])
        line = self.source.lineEdit()
        assert line is not None
        line.setMaxLength(400)
        line.setAccessibleName(t.tr("Where the rule comes from"))
        self._least = label("", "caption", wrap=True)
        self._fields = QWidget()
        asked = columns(named(t.tr("Months"), self.months), named(t.tr("Counted"), self.since), shares=(1, 2))
        where = named(t.tr("Where the rule comes from"), self.source)
        self.keep = button(t.tr("Keep the rule"), self._on_keep)
        acts = beside(button(t.tr("Cancel"), self._close, "quiet"), None, self.keep)
        self._fields.setLayout(stacked(*self._known_periods(known), asked, where, self._least, acts, spacing=12))
        self.column.addLayout(head)
        self.column.addWidget(self._fields)
        self._fields.hide()
        self.since.currentIndexChanged.connect(lambda _: self.months.setEnabled(self.since.value() != Since.FOREVER))

    def show_case(self, case_id: str) -> None:
        """The rule of a case, read anew."""
        if case_id != self._case_id:
            self._close()
        self._case_id = case_id
        self.refresh()

    def refresh(self) -> None:
        """As the archive has it now."""
        t, rule = self._space.texts, self._rule()
        self._says.setText(rule_words(t, rule))
        is_own = isinstance(rule, CaseRule)
        whose = whose_words(t, rule.source, own=is_own)
        self._source.setText(whose if self._of_case else source_words(rule.source, t.language))
        self.drop.setVisible(is_own)
        self._least.setVisible(self._of_case and self._material == Material.CASE)
        if self._of_case and self._material == Material.CASE:
            self._least.setText(self._least_words())

    def _rule(self) -> Rule:
        store = self._space.store
        own = case_rule(store, self._case_id, self._material) if self._of_case else None
        return own or office_rule(store, self._material)

    def _open(self) -> None:
        rule = self._rule()
        self.since.set_value(rule.since)
        self.months.setValue(rule.months)
        is_told = rule.id and (isinstance(rule, CaseRule) or not self._of_case)
        self.source.set_value(rule.source if is_told else "")
        self._fields.show()
        self.change.hide()
        self.months.setFocus()

    def _close(self) -> None:
        if not self._fields.isHidden():
            self._fields.hide()
            self.change.show()
            self.change.setFocus()

    def _least_words(self) -> str:
        """What the law asks at least, and when less is allowed."""
        t = self._space.texts
        return t.tr(
            "The law's period for this service task: {period}. Less is possible where the commission says what goes "
            "back to the controller; then the case waits until it has gone back.",
            period=span_words(t, *least_rule_of(self._space.store, self._case_id)),
        )

    def _known_periods(self, rows: Sequence[tuple[Since, int, str]]) -> tuple[QWidget, ...]:
        """Those of the National Archives fill the fields."""
        t = self._space.texts
        if not rows:
            return ()
        known = Choice([(None, t.tr("own")), *((p, source_words(p[2], t.language)) for p in rows)])

        def take(_at: int) -> None:
            if (chosen := known.value()) is not None:
                since, months, key = chosen
                self.since.set_value(since)
                self.months.setValue(months)
                self.source.set_value(key)

        known.activated.connect(take)
        return (named(t.tr("Take a known period"), known),)

    def _on_keep(self) -> None:
        space = self._space
        since, months, source = self.since.value(), self.months.value(), self.source.value()
        try:
            if self._of_case:
                set_case_rule(
                    space.door, space.texts, CaseRule("", self._case_id, self._material, since, months, source)
                )
            else:
                set_office_rule(space.door, space.texts, OfficeRule("", self._material, since, months, source))
        except AppError as error:
            space.notices.trouble(error)
            self.source.setFocus()
            return
        self._close()
        self.refresh()

    def _on_drop(self) -> None:
        space = self._space
        try:
            drop_case_rule(space.door, space.texts, self._case_id, self._material)
        except AppError as error:
            space.notices.trouble(error)
        self.refresh()
        self.change.setFocus()
