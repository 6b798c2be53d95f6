"""Figures of agreement as the documents that the command line gives to scripts. Times in seconds, shares from 0 to 1.

What cannot be computed is None, and the row's `reason` says in English which figure lacks and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.commands.what_was_read import WhatWasRead
from app.model.hidden_signs import shown_in_line
from app.model.timecode import Micros, to_seconds
from app.statistics.agreement import Agreement
from app.statistics.alpha import Level
from app.statistics.disagreements import Disagreement
from app.statistics.event_agreement import CodeAgreement, EventAgreement
from app.statistics.figure import Figure, Interval, Reason
from app.statistics.intraclass import FORMS
from app.statistics.rating_agreement import RatingFigures
from app.statistics.time_agreement import TimeAgreement

Document = dict[str, Any]

REASONS: dict[Reason, str] = {
    Reason.ONE_CATEGORY: "only one category in use",
    Reason.ONE_CATEGORY_ONE_WAY: "only one category in use in one direction",
    Reason.NO_EVENTS: "no events",
    Reason.ONE_CODER_WITHOUT_EVENTS: "one coder has no events",
    Reason.NO_PAIRS: "no paired events",
    Reason.NO_UNITS: "no time units that count",
    Reason.TOO_FEW_TARGETS: "too few targets rated by all",
    Reason.TOO_FEW_RATERS: "too few raters",
    Reason.MORE_THAN_TWO_RATERS: "only for two raters",
    Reason.NO_SHARED_TARGET: "no target rated by two",
    Reason.ZERO_VARIANCE: "all ratings are the same",
    Reason.TARGETS_ALIKE: "the targets' means do not vary",
    Reason.RATERS_APART: "the targets' means do not vary, the raters differ by a constant",
    Reason.LESS_THAN_CHANCE: "the targets' means vary less than the raters' errors do",
    Reason.FEWER_THAN_FIVE_TASKS: "fewer than five tasks",
    Reason.TASKS_ALIKE: "the tasks differ too little for an interval",
    Reason.UNDEFINED_WITHOUT_A_TASK: "undefined without one of the tasks",
    Reason.SEVERAL_SCALES: "the items have different scales",
    Reason.UNEQUAL_RATERS: "not all targets have as many raters",
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Rows of each table outside the window, codes that the scheme lacks, rows with modifiers, and what was read."""

    outside: list[int]
    unknown_codes: list[str]
    with_modifiers: list[int]
    read: list[WhatWasRead]

    def notes(self) -> list[str]:
        """English sentences: how much was read of each file and what is odd in it, and each that is not nothing."""
        found = [note for n, read in enumerate(self.read, start=1) for note in read.notes(n)]
        found += [
            f"File {n}: {count} {'row lies' if count == 1 else 'rows lie'} outside the window."
            for n, count in enumerate(self.outside, start=1)
            if count
        ]
        if self.unknown_codes:
            codes = ", ".join(map(shown_in_line, self.unknown_codes))
            found.append(f"Codes that the scheme lacks, each counted on its own: {codes}.")
        found += [
            f"File {n}: {count} {'row carries' if count == 1 else 'rows carry'} modifiers, which are not compared."
            for n, count in enumerate(self.with_modifiers, start=1)
            if count
        ]
        return found


def agreement_document(agreement: Agreement, passed_over: PassedOver) -> Document:
    """Agreement in one stretch of time, as `havainto agreement A.csv B.csv --json` prints it."""
    (window,) = agreement.window
    settings = agreement.settings
    return {
        "window": [to_seconds(window.start), to_seconds(window.end)],
        "unit": to_seconds(settings.unit),
        "state_tolerance": to_seconds(settings.state_tolerance),
        "point_tolerance": to_seconds(settings.point_tolerance),
        "excluded_units": agreement.excluded_units,
        "tasks": agreement.tasks,
        "rows_outside": passed_over.outside,
        "unknown_codes": passed_over.unknown_codes,
        "rows_with_modifiers": passed_over.with_modifiers,
        "read": [one.document() for one in passed_over.read],
        "notes": passed_over.notes(),
        "time_based": [_time(row) for row in agreement.time_based],
        "events": [_events(row) for row in agreement.events],
        "codes": [_code(row) for row in agreement.codes],
        "disagreements": [_disagreement(d) for d in agreement.disagreements],
    }


def ratings_document(figures: RatingFigures) -> Document:
    """Agreement of rating sheets, as `havainto agreement --ratings … --json` prints it; `reason` only where one is."""
    named: dict[str, Figure] = {
        "exact": figures.exact,
        "within_one": figures.within_one,
        "kappa": figures.kappa,
        "kappa_linear": figures.kappa_linear,
        "kappa_quadratic": figures.kappa_quadratic,
    }
    icc = {form: figures.icc[form].figure for form in FORMS}
    alpha = {level.value: figures.alpha[level] for level in Level}
    document: Document = {"targets": figures.targets, "indicative": figures.indicative}
    document |= {name: figure.value for name, figure in named.items()}
    document["icc"] = {form: figure.value for form, figure in icc.items()}
    document["alpha"] = {level: figure.value for level, figure in alpha.items()}
    lacking = named | {f"icc {form}": f for form, f in icc.items()} | {f"alpha {name}": f for name, f in alpha.items()}
    if reason := _reason({name: figure.reason for name, figure in lacking.items()}):
        document["reason"] = reason
    return document


def _time(row: TimeAgreement) -> Document:
    what = {"group": row.group} if row.group else {"code": row.code}
    reasons = {
        "percent": Reason.NONE if row.percent is not None else row.reason,
        "kappa": row.reason,
        "kappa_a_to_b": Reason.NONE if row.kappa_a_to_b is not None else row.reason,
        "kappa_b_to_a": Reason.NONE if row.kappa_b_to_a is not None else row.reason,
        "interval": row.interval_reason,
    }
    return {
        "person": row.person,
        **what,
        "units": row.units,
        "percent": row.percent,
        "kappa": row.kappa,
        "kappa_a_to_b": row.kappa_a_to_b,
        "kappa_b_to_a": row.kappa_b_to_a,
        "interval": _interval(row.interval),
        "reason": _reason(reasons),
    }


def _events(row: EventAgreement) -> Document:
    reasons = {
        "agreement": Reason.NONE if row.agreement is not None else Reason.NO_EVENTS,
        "kappa": row.reason,
        "kappa_paired": row.paired_reason,
        "interval": row.interval_reason,
    }
    return {
        "person": row.person,
        "dimension": row.dimension or None,
        "a": row.a,
        "b": row.b,
        "paired": row.paired,
        "agreed": row.agreed,
        "agreement": row.agreement,
        "kappa": row.kappa,
        "kappa_paired": row.kappa_paired,
        "interval": _interval(row.interval),
        "reason": _reason(reasons),
        "differing": row.differing,
        "omissions": row.omissions,
        "of": row.of,
        "indicative": row.indicative,
    }


def _code(row: CodeAgreement) -> Document:
    return {
        "person": row.person,
        "code": row.code,
        "a": row.a,
        "b": row.b,
        "agreed": row.agreed,
        "agreement": row.agreement,
    }


def _disagreement(d: Disagreement) -> Document:
    return {"at_s": _seconds(d.start), "person": d.person, "a": d.a or None, "b": d.b or None}


def _seconds(time: Micros | None) -> float | None:
    return None if time is None else to_seconds(time)


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _reason(reasons: dict[str, Reason]) -> str | None:
    """`kappa, interval: only one category in use`; None when nothing lacks."""
    lacking: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        if reason:
            lacking.setdefault(REASONS[reason], []).append(name)
    return "; ".join(f"{', '.join(names)}: {why}" for why, names in lacking.items()) or None
