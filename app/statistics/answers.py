"""The child seeks, an adult answers: how soon, and what was left unanswered (domain 2.3.3 and AE5 of 2.3.2).

A seek at `t` is answered when an answer begins in `[t, t + window)`, whoever of the adults gives it; one answer may
answer several seeks. The window ends where codable time ends: a seek whose window is cut short without an answer is
neither answered nor unanswered, for what came then was not seen. An answer at the very same picture has latency 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.model.scheme import Scheme
from app.model.timecode import SECOND, Micros
from app.statistics.coded import Coded, median


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """Which codes are the child's seeking and which the adult's answering."""

    seeks: tuple[str, ...]
    answers: tuple[str, ...]

    def fits(self, scheme: Scheme) -> bool:
        """Whether the scheme has a code of each."""
        known = {c.id for c in scheme.codes}
        return bool(known & set(self.seeks)) and bool(known & set(self.answers))


#: latency: every way of seeking, every answer that meets it; the wide codes are those that the core codes cover
SEEKING = (AnswerRule(("CE",), ("AE", "AM", "AN")), AnswerRule(("CE1", "CN1"), ("AE1", "AE3", "AN1", "AN2", "AN3")))
#: AE5, initiatives left unanswered: a CE without an AE, a CE1 without an AE1 (domain 2.3.2)
INITIATIVE = (AnswerRule(("CE",), ("AE",)), AnswerRule(("CE1",), ("AE1",)))
SEEKING_WINDOW: Micros = 5 * SECOND
INITIATIVE_WINDOW: Micros = 3 * SECOND
#: later than any time of a meeting
NEVER: Micros = 1 << 61


def rule_for(scheme: Scheme, rules: tuple[AnswerRule, ...]) -> AnswerRule | None:
    """The first of the rules whose codes the scheme has; None when it has no such codes."""
    return next((rule for rule in rules if rule.fits(scheme)), None)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Seeks that begin in one task (None: the whole window) and what became of them.

    `seeks = answered + unanswered + unseen`. `times` are the latencies of those answered, µs, ascending, each less than
    the window; `median` is None without any.
    """

    task: int | None
    seeks: int
    answered: int
    unanswered: int
    unseen: int
    times: tuple[Micros, ...]
    median: float | None


def answers(coded: Coded, rule: AnswerRule, window: Micros) -> tuple[AnswerRow, ...]:
    """Rows for the whole window and then each task. `window` in µs, more than 0."""
    assert window > 0, "a window has length"
    inside = coded.codable.holds(coded.start)
    seeks = np.flatnonzero(coded.of_codes(rule.seeks) & inside)
    given = np.append(coded.start[coded.of_codes(rule.answers) & inside], NEVER)
    t = coded.start[seeks]
    codable_end = coded.codable.end[coded.codable.place(t)] if len(t) else t
    first = given[np.searchsorted(given, t)]
    answered = first < np.minimum(t + window, codable_end)
    unanswered = ~answered & (t + window <= codable_end)
    rows = []
    for task, _ in coded.parts():
        mine = coded.begins_in(task)[seeks]
        times = np.sort((first - t)[mine & answered])
        numbers = (int(mine.sum()), len(times), int((mine & unanswered).sum()))
        unseen = numbers[0] - numbers[1] - numbers[2]
        rows.append(AnswerRow(task, *numbers, unseen, tuple(times.tolist()), median(times)))
    return tuple(rows)
