"""The figure behind a key, read from what was counted."""

from __future__ import annotations

from dataclasses import dataclass

from app.comparing.comparison import Comparison, scale_of
from app.comparing.figure_key import About, FigureKey
from app.statistics.closer import EventFigure, Link, Part
from app.statistics.rating_agreement import RatingAgreement, agree_ratings
from app.statistics.time_agreement import TimeAgreement


@dataclass(frozen=True, slots=True)
class CodeFigure:
    """One person's code in one part: what is called so by either, and how often. `other` is a pair of two codes."""

    code: str
    a: int
    b: int
    agreed: int
    only_a: int
    only_b: int
    other: int
    links: tuple[Link, ...]

    @property
    def of(self) -> int:
        """How many `agreed` is counted of: every event that either called so."""
        return self.a + self.b - self.agreed


def time_figure(part: Part, key: FigureKey) -> TimeAgreement | None:
    return next((r for r in part.time_based if (r.person, r.group or r.code) == (key.person, key.of)), None)


def event_figure(part: Part, key: FigureKey) -> EventFigure | None:
    wanted = key.person, key.of, key.layer
    return next((r for r in part.events if (r.event.person, r.event.dimension, r.event.layer) == wanted), None)


def code_figures(found: Comparison, row: EventFigure) -> tuple[CodeFigure, ...]:
    """The codes of a person's row, in the order of the row's table."""
    event, nil = row.event, len(row.event.codes)
    codes = [{o.id: o.code for o in coding.observations.values()} for coding in (found.a, found.b)]
    made = []
    for place, code in enumerate(event.codes):
        across, down = event.table[place], [line[place] for line in event.table]
        links = tuple(x for x in row.links if code in (codes[0].get(x.a_id), codes[1].get(x.b_id)))
        a, b, agreed = sum(across), sum(down), across[place]
        only_a, only_b = across[nil], down[nil]
        made.append(CodeFigure(code, a, b, agreed, only_a, only_b, a + b - 2 * agreed - only_a - only_b, links))
    return tuple(made)


def code_figure(found: Comparison, part: Part, key: FigureKey) -> CodeFigure | None:
    row = event_figure(part, FigureKey(About.EVENTS, key.person, "", key.task, key.layer))
    return None if row is None else next((c for c in code_figures(found, row) if c.code == key.of), None)


def rating_figure(found: Comparison, key: FigureKey) -> RatingAgreement:
    """Of all items, or of those of one actor or one dimension, whose words both stand in `of`; or of one task.

    A form that is of the whole film has nothing of a task.
    """
    if not key.of and key.task is None:
        return found.ratings
    wanted = {i.id for i in found.instrument.items if key.of in ("", i.actor, i.dimension)}
    rows = [row for row in found.ratings.values if row[0].partition("/")[0] in wanted]
    if key.task is not None:
        own = {s.id for s in found.file.segments if s.number == key.task}
        rows = [row for row in rows if row[0].partition("/")[2] in own]
    sheets = ({item: a for item, a, _ in rows}, {item: b for item, _, b in rows})
    return agree_ratings(*sheets, scale_of(found.instrument))
