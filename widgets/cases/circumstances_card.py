"""*Päivätyt tiedot*: what holds of a person from which day on, and what a change asks to be checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.casework.circumstances import checks_of, holding, in_order, unchecked
from app.casework.places import placement_words
from app.i18n import Texts, today
from app.model.circumstance import WORDLESS, Circumstance, CircumstanceKind
from app.model.people import Person
from widgets.cases.people_acts import PeopleActs
from widgets.forms.date_field import DateField
from widgets.forms.form import below_name, columns, named
from widgets.forms.inputs import Choice, Suggestions
from widgets.look.parts import Card, beside, button, clear, hairline, label, stacked

#: whose words are picked from which list
LISTS = {
    CircumstanceKind.STATUS: "statuses",
    CircumstanceKind.CUSTODY: "custodies",
    CircumstanceKind.PLACEMENT: "placements",
    CircumstanceKind.RESTRICTION: "restrictions",
    CircumstanceKind.SAFETY: "safety",
    CircumstanceKind.SUPPORT: "supports",
}
#: the words are somebody's name
NAMES = frozenset((CircumstanceKind.TRUSTEE,))


class _Ending(QWidget):
    """The day from which a fact holds no longer, asked in its row."""

    def __init__(self, texts: Texts, end: Callable[[date], None]) -> None:
        super().__init__()
        self._end = end
        self.day = DateField(texts, texts.tr("No longer from"))
        self.record = button(texts.tr("Record the end"), self._on_record)
        self.setLayout(beside(self.day, below_name(self.record)))
        self.hide()

    def begin(self) -> None:
        self.day.set_value(today())
        self.show()
        self.day.line.setFocus()

    def _on_record(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        if day is None:
            self.day.line.setFocus()
        else:
            self._end(day)


class CircumstancesCard(Card):
    """The rows of the chosen person, and a short form for a new one. Nothing is written before *Record*."""

    def __init__(self, section: PeopleActs) -> None:
        super().__init__(spacing=10, padding=20)
        self._section = section
        self._person: Person | None = None
        self._shown: tuple[object, ...] = ()
        t, words = section.texts, section.words
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.kind = Choice([(k, words.of("circumstances", k)) for k in CircumstanceKind])
        self.value = Suggestions([])
        line = self.value.lineEdit()
        assert line is not None
        line.setAccessibleName(t.tr("What holds from the day on"))
        self.since = DateField(t, t.tr("From the day on"))
        self.record = button(t.tr("Record"), self._on_record)
        self.kind.activated.connect(lambda _: self._offer())
        self.kind.set_value(CircumstanceKind.STATUS)
        first = columns(named(t.tr("Fact"), self.kind), self.since)
        second = columns(named(t.tr("What holds from the day on"), self.value), below_name(self.record), shares=(4, 1))
        note = t.tr("What held before stays as it was, and ends on that day.")
        self.column.addLayout(self._rows)
        self.column.addWidget(hairline())
        self.column.addLayout(stacked(first, second, label(note, "caption", wrap=True), spacing=10))
        self.checks: dict[tuple[str, str], QCheckBox] = {}
        self._offer()

    def show_person(self, person: Person, *, anew: bool) -> None:
        if anew or self._person is None or self._person.id != person.id:
            self.since.set_value(today())
            self.value.set_value("")
        self._person = person
        section, day = self._section, today()
        rows = in_order(c for c in section.file.circumstances if c.person_id == person.id)
        shown = (rows, day, section.names_shown, section.file.circumstances, section.texts.language)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        self.checks = {}
        if not rows:
            words = section.texts.tr("Custody, placement, restrictions and the like are recorded here with their days.")
            self._rows.addWidget(label(words, "muted", wrap=True))
        now = {r.id for r in holding(section.file, day, person_id=person.id)}
        for row in sorted(rows, key=lambda r: r.id not in now):
            self._add(row, is_now=row.id in now)

    def _add(self, row: Circumstance, *, is_now: bool) -> None:
        t, words = self._section.texts, self._section.words
        kind = words.of("circumstances", row.kind)
        said = self._said(row)
        line = label(f"{kind[:1].upper()}{kind[1:]}{': ' if said else ''}{said}", "" if is_now else "muted", wrap=True)
        when = label(self._when(row), "caption")
        parts = [stacked(line, when, spacing=1)]
        head = beside(*parts)
        head.setStretch(0, 1)
        if is_now and row.kind == CircumstanceKind.DEATH:
            take_back = button(t.tr("Take back"), partial(self._section.end_circumstance, row.id, row.since), "quiet")
            take_back.setAccessibleName(f"{take_back.text()}: {kind}")
            head.addWidget(take_back)
            self._rows.addLayout(head)
        elif is_now:
            end = button(t.tr("Ended…"), kind="quiet")
            end.setAccessibleName(f"{end.text()}: {kind}")
            ending = _Ending(t, partial(self._section.end_circumstance, row.id))
            end.clicked.connect(ending.begin)
            end.clicked.connect(end.hide)
            head.addWidget(end)
            self._rows.addLayout(head)
            self._rows.addWidget(ending)
        else:
            self._rows.addLayout(head)
        if is_now and unchecked(self._section.file, row):
            self._add_checks(row)

    def _add_checks(self, row: Circumstance) -> None:
        """The checklist of a change, until everything of it has been looked at."""
        t, words = self._section.texts, self._section.words
        boxes = stacked(label(t.tr("Check now, because this changed:"), "caption"), spacing=0)
        for key in checks_of(self._section.file, row):
            box = QCheckBox(words.of("circumstance_checks", key))
            box.setChecked(key in row.checked)
            box.clicked.connect(partial(self._on_check, row.id, key))
            self.checks[row.id, key] = box
            boxes.addWidget(box)
        self._rows.addLayout(boxes)

    def _on_check(self, row_id: str, key: str) -> None:
        self._section.check_circumstance(row_id, key, done=self.checks[row_id, key].isChecked())

    def _said(self, row: Circumstance) -> str:
        section, day = self._section, today()
        if row.kind in NAMES and not section.names_shown:
            return section.texts.tr("name hidden")
        if row.kind == CircumstanceKind.PLACEMENT:
            return placement_words(section.file, section.words, row.value, day) or section.texts.tr("place hidden")
        return section.words.said(LISTS[row.kind], row.value) if row.kind in LISTS else row.value

    def _when(self, row: Circumstance) -> str:
        t = self._section.texts
        if row.kind == CircumstanceKind.DEATH:
            day = t.date(row.since)
            return day if row.until is None else t.tr("{day}, taken back", day=day)
        if row.until is None:
            return t.tr("from {day}", day=t.date(row.since))
        return f"{t.date(row.since)} – {t.date(row.until)}"

    def _offer(self) -> None:
        kind, words = self.kind.value(), self._section.words
        table = LISTS.get(kind, "")
        self.value.offer([(key, words.of(table, key)) for key in words.keys(table)] if table else [])
        self.value.setEnabled(kind not in WORDLESS)

    def _on_record(self) -> None:
        since = None if self.since.is_wrong() else self.since.value()
        if self._person is None or since is None:
            self.since.line.setFocus()
        elif self._section.editor.change_circumstance(self._person, self.kind.value(), self.value.value(), since):
            self.value.set_value("")
        else:
            self.value.setFocus()
