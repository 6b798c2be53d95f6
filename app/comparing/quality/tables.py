"""The pairs' quality as tables: all pairs together, then each pair by name. A row is a figure that opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from app.comparing.figures.tables import FigureTable, View
from app.comparing.quality.counting import Of, Quality, QualityKey
from app.comparing.quality.words import icc_column, in_order, pair_name, place_of, source_name, subject_name, told
from app.i18n import Texts
from app.statistics.pair_quality import Agreed, EventsAgreed, Two
from app.tables import Cell, Column, Figures, Table

M = TypeVar("M")
Made = FigureTable[QualityKey]


def quality_views(t: Texts, made: Quality) -> tuple[View[QualityKey], ...]:
    """Ratings of each form, states and events of each scheme; what rests on too few meetings is in none."""
    tables = _Tables(t, made)
    views = [
        View(f"{Of.ITEM}:{source}", _called(t, made, t.tr("Ratings"), source), tables.items(source))
        for source in sorted(made.office.forms)
    ]
    for source in sorted(made.office.schemes):
        states, events = tables.states(source), tables.events(source)
        views.append(View(f"{Of.STATE}:{source}", _called(t, made, t.tr("States"), source), states))
        views.append(View(f"{Of.EVENTS}:{source}", _called(t, made, t.tr("Events"), source), events))
    return tuple(view for view in views if view.tables)


def _called(t: Texts, made: Quality, what: str, source: str) -> str:
    """With its form or scheme only where there are several."""
    office = made.office
    several = len(office.forms if source in office.forms else office.schemes) > 1
    return f"{what} · {source_name(t, made, source)}" if several else what


class _Tables:
    def __init__(self, texts: Texts, made: Quality) -> None:
        self._texts, self._made, self._figures = texts, made, Figures(texts)

    def items(self, source: str) -> tuple[Made, ...]:
        t = self._texts
        head = (t.tr("Item"), t.tr("meetings"), t.tr("same"), t.tr("at most one apart"),
                t.tr("Fleiss' kappa"), t.tr("Krippendorff's alpha"))  # fmt: skip
        return self._each(source, self._made.items, head, self._item)

    def states(self, source: str) -> tuple[Made, ...]:
        t = self._texts
        head = (t.tr("What is marked"), t.tr("meetings"), t.tr("same"), t.tr("Fleiss' kappa"),
                t.tr("Krippendorff's alpha"))  # fmt: skip
        return self._each(source, self._made.states, head, self._state)

    def events(self, source: str) -> tuple[Made, ...]:
        t = self._texts
        head = (t.tr("What is marked"), t.tr("meetings"), t.tr("same"), t.tr("allowing for chance"))
        return self._each(source, self._made.events, head, self._event)

    def _each(
        self,
        source: str,
        figures: Mapping[QualityKey, M],
        head: tuple[str, ...],
        cells: Callable[[M], tuple[Cell, ...]],
    ) -> tuple[Made, ...]:
        tables = []
        for two in self._groups():
            names = (*head[1:], icc_column(self._texts, two)) if figures is self._made.items else head[1:]
            columns = (Column(head[0]), *(Column(name, is_figure=True) for name in names))
            own = [(key, one) for key, one in figures.items() if key.source == source and key.two == two]
            own.sort(key=lambda row: place_of(self._made, row[0]))
            rows = [(self._figures.words(subject_name(self._texts, self._made, key)), *cells(one)) for key, one in own]
            title = pair_name(self._texts, self._made, two)
            tables.append(FigureTable(title, Table(columns, tuple(rows)), tuple(key for key, _ in own)))
        return tuple(table for table in tables if table.keys)

    def _groups(self) -> tuple[Two | None, ...]:
        """All together, then each by name; where there is one pair alone it is all there is."""
        own = tuple(two for two, _ in in_order(self._texts, self._made))
        return own if self._made.is_one_pair else (None, *own)

    def _item(self, one: Agreed) -> tuple[Cell, ...]:
        t = self._texts
        return (
            self._figures.count(one.meetings),
            self._of(one.same, one.pairs),
            self._of(one.near, one.pairs),
            *(self._shown(told(t, figure)) for figure in (one.fleiss, one.alpha, one.icc)),
        )

    def _state(self, one: Agreed) -> tuple[Cell, ...]:
        t = self._texts
        share = self._figures.share(one.same / one.pairs if one.pairs else None)
        return self._figures.count(one.meetings), share, *(self._shown(told(t, x)) for x in (one.fleiss, one.alpha))

    def _event(self, one: EventsAgreed) -> tuple[Cell, ...]:
        return self._figures.count(one.meetings), self._of(one.same, one.of), self._shown(told(self._texts, one.kappa))

    def _of(self, part: int, whole: int) -> Cell:
        t = self._texts
        return self._shown(f"{t.number(part)}\u00a0/\u00a0{t.number(whole)}")

    @staticmethod
    def _shown(text: str) -> Cell:
        return Cell(text, text, is_figure=True)
