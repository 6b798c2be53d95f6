"""The people of a case at a glance: the child, the adults side by side, a dashed line between those kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.casework.case_file import CaseFile
from app.casework.circumstances import holding
from app.casework.film_use import FilmMark, is_asked, person_mark
from app.casework.languages import language_name
from app.casework.network import with_age
from app.casework.places import placement_words
from app.i18n import Texts, today
from app.model.circumstance import CircumstanceKind
from app.model.consent import Purpose
from app.model.people import Interpreter, Person
from app.vocabulary import StatementTexts
from widgets.look.consent_mark import SIZE, mark_words, shape
from widgets.look.look import Look
from widgets.look.parts import Card, beside, clear, hairline, label, stacked

#: adults beside each other
IN_A_ROW = 2


class PersonTile(QPushButton):
    """One person: what the person is called, and what is known in a few lines. Pressing it chooses the person."""

    def __init__(self, on_press: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self._title = label("", "strong", wrap=True)
        self._lines = label("", wrap=True)
        self._more = label("", "caption", wrap=True)
        self._sign = QLabel()
        head = beside(self._title, self._sign)
        head.setStretch(0, 1)
        layout = stacked(head, self._lines, self._more, None, spacing=3, margins=(12, 10, 12, 10))
        for part in (self._title, self._sign, self._lines, self._more):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(lambda _=False: on_press())

    def show_mark(self, look: Look, mark: FilmMark | None, words: str) -> None:
        """How it stands with this person's consent to be filmed; nothing of who is asked for none."""
        self._sign.setVisible(mark is not None)
        if mark is None:
            return
        self._sign.setPixmap(look.pixmap(*shape(mark.mark), SIZE))
        self._sign.setToolTip(words)
        self.setAccessibleName(f"{self.accessibleName()}, {words}")

    def show_person(self, title: str, lines: Sequence[str], more: Sequence[str], *, chosen: bool) -> None:
        self._title.setText(title)
        for part, words in ((self._lines, lines), (self._more, more)):
            part.setText("\n".join(words))
            part.setVisible(bool(words))
        self.setAccessibleName(", ".join((title, *lines, *more)))
        self.setChecked(chosen)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(90, self.heightForWidth(max(self.width(), 90)))


class _Apart(QWidget):
    """The dashed line between two adults who must not meet, or nothing."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._color = QColor(look.palette.text)
        self.setFixedWidth(9)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        pen = QPen(self._color, 2)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(4, 12, 4, self.height() - 12)
        painter.end()


class FamilyCard(Card):
    """`choose(person_id)` is called when a tile is pressed."""

    def __init__(self, texts: Texts, look: Look, choose: Callable[[str], None]) -> None:
        super().__init__(spacing=0, padding=1)
        self._texts, self._look, self._choose = texts, look, choose
        self._words = StatementTexts(texts.language)
        self.tiles: dict[str, PersonTile] = {}
        self._shape: tuple[object, ...] = ()
        self.apart = label("", wrap=True)
        self.apart.setContentsMargins(14, 10, 14, 10)
        self._line = hairline()  # above it
        for part in (self._line, self.apart):
            part.hide()
            self.column.addWidget(part)

    def show_case(self, case: CaseFile, chosen: str) -> None:
        """Tiles stay while their people do, so that the keys stay where they are."""
        shape = self._shape_of(case)
        if shape != self._shape:
            self._shape = shape
            self._build(case)
        for person in case.persons:
            title, lines, more = self._told(case, person)
            self.tiles[person.id].show_person(title, lines, more, chosen=person.id == chosen)
            mark = person_mark(case, person, Purpose.FILMING, today()) if is_asked(case, person) else None
            self.tiles[person.id].show_mark(self._look, mark, "" if mark is None else self._filming_words(mark))
        self.apart.setText(self._apart_words(case))
        for part in (self._line, self.apart):
            part.setVisible(bool(self.apart.text()))

    def _shape_of(self, case: CaseFile) -> tuple[object, ...]:
        return tuple((p.id, p.is_child, p.is_adult, p.network_only) for p in case.persons), case.apart.pairs

    def _build(self, case: CaseFile) -> None:
        for part in (self._line, self.apart):
            self.column.removeWidget(part)  # they stay, below the tiles
        clear(self.column)
        self.tiles = {p.id: PersonTile(partial(self._choose, p.id)) for p in case.persons}
        children = [p for p in case.persons if not p.is_adult]
        groups = [[p] for p in sorted(children, key=lambda p: not p.is_child)]
        groups += _rows(case.adults)
        for number, group in enumerate(groups):
            if number:
                self.column.addWidget(hairline())
            self.column.addLayout(self._row(case, group))
        self.column.addWidget(self._line)
        self.column.addWidget(self.apart)

    def _row(self, case: CaseFile, people: Sequence[Person]) -> QGridLayout:
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, person in enumerate(people):
            if number and case.apart.parts([people[number - 1].id, person.id]):
                row.addWidget(_Apart(self._look, self._texts.tr("Kept apart")), 0, 2 * number - 1)
            row.addWidget(self.tiles[person.id], 0, 2 * number)
            row.setColumnStretch(2 * number, 1)
        return row

    def _told(self, case: CaseFile, person: Person) -> tuple[str, list[str], list[str]]:
        t, words, day = self._texts, self._words, today()
        title = with_age(t, person, day)
        role = "" if words.is_word_for(person.role, person.called) else words.role(person.role)
        lives = [
            placement_words(case, words, row.value, day)
            for row in holding(case, day, CircumstanceKind.PLACEMENT, person_id=person.id)
        ]
        lines = [role, t.tr("guardian") if person.guardian else "", *lives]
        more = [t.tr("language: {name}", name=language_name(t, person.language))]
        if person.interpreter != Interpreter.NONE:
            more.append(words.of("interpreters", person.interpreter))
        return f"{title[:1].upper()}{title[1:]}", [x for x in lines if x], more

    def _filming_words(self, mark: FilmMark) -> str:
        return self._texts.tr("being filmed: {state}", state=mark_words(self._texts, mark))

    def _apart_words(self, case: CaseFile) -> str:
        if not any(pair for pair in case.apart.pairs):
            return ""
        t = self._texts
        pairs = [(a.called, b.called) for a, b in combinations(case.everybody, 2) if case.apart.parts([a.id, b.id])]
        who = "; ".join(" – ".join(pair) for pair in pairs)
        return t.tr("Kept apart: {who}. Times, waiting places and drafts of their own.", who=who)


def _rows(people: Sequence[Person]) -> list[list[Person]]:
    return [list(people[n : n + IN_A_ROW]) for n in range(0, len(people), IN_A_ROW)]
