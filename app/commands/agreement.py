"""`havainto agreement`: two observation tables or two and more rating tables in, figures out, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.commands.agreement_document import Document, PassedOver, agreement_document, ratings_document
from app.commands.what_was_read import what_was_read
from app.errors import InputError
from app.exchange.tables import ObservationTable, read_observation_table, read_ratings
from app.model.hidden_signs import shown_in_line
from app.model.meeting import Stretch
from app.model.rounding import rounded
from app.model.scheme import Scheme
from app.model.timecode import SECOND, Micros
from app.statistics.acts import reaches
from app.statistics.agreement import AgreementSettings, Compared, agree
from app.statistics.rating_agreement import rating_figures

LONGEST: Micros = 24 * 3600 * SECOND
UNITS = (SECOND // 10, 5 * SECOND)
#: more different codes than any scheme has: the wrong column was taken for the codes
MOST_CODES = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of two observation tables; times in µs."""

    first: Path
    second: Path
    start: Micros
    end: Micros
    unit: Micros
    state_tolerance: Micros
    point_tolerance: Micros

    def check(self) -> None:
        """Refuse with InputError a window, a unit or a tolerance that makes no sense."""
        if not self.start < self.end <= self.start + LONGEST:
            raise InputError("agreement-window")
        if not UNITS[0] <= self.unit <= UNITS[1]:
            raise InputError("agreement-unit")
        if min(self.state_tolerance, self.point_tolerance) < 0:
            raise InputError("agreement-tolerance")
        self.settings.check([Stretch(self.start, self.end)])

    @property
    def settings(self) -> AgreementSettings:
        return AgreementSettings(self.unit, self.state_tolerance, self.point_tolerance)


def observations(question: Question, scheme: Callable[[], Scheme], *, as_json: bool) -> str:
    """The answer for two observation tables. `scheme` is asked for only when the tables could be read.

    Raises InputError for a question or a table that cannot be answered.
    """
    question.check()
    tables = read_observation_table(question.first, 1), read_observation_table(question.second, 2)
    both = tables[0].acts, tables[1].acts
    if len({act.code for acts in both for act in acts}) > MOST_CODES:
        raise InputError("agreement-codes", most=MOST_CODES)
    known, window = scheme(), Stretch(question.start, question.end)
    agreement = agree(Compared(*both, known, [window], question.settings))
    document = agreement_document(agreement, _passed_over(tables, known, window))
    return _json(document) if as_json else _agreement_text(document)


def _passed_over(tables: Sequence[ObservationTable], scheme: Scheme, window: Stretch) -> PassedOver:
    """What of the tables is in no figure, is odd, or stands on its own: nobody should have to guess."""
    outside = [sum(not reaches(act, window) for act in table.acts) for table in tables]
    codes = sorted({act.code for table in tables for act in table.acts if scheme.code(act.code) is None})
    read = [what_was_read(table.acts, scheme) for table in tables]
    return PassedOver(outside, codes, [table.with_modifiers for table in tables], read)


def ratings(paths: Sequence[Path], scale: tuple[int, int], *, as_json: bool) -> str:
    """The answer for two or more rating tables. Raises InputError for fewer tables or one that cannot be read."""
    if len(paths) < 2:
        raise InputError("agreement-tables")
    figures = rating_figures([read_ratings(path, scale, place) for place, path in enumerate(paths, start=1)], scale)
    document = ratings_document(figures)
    return _json(document) if as_json else _ratings_text(document)


def _json(document: Document) -> str:
    return json.dumps(document, indent=2, allow_nan=False)


def _agreement_text(document: Document) -> str:
    start, end = document["window"]
    head = (
        f"Window {start:g}-{end:g} s, unit {document['unit']:g} s, tolerance {document['state_tolerance']:g} s for "
        f"states and {document['point_tolerance']:g} s for points; "
        f"{document['excluded_units']} units that could not be coded are left out."
    )
    head = "\n".join([head, *document["notes"]])
    time = [
        (r["person"], r.get("group") or r.get("code"), r["units"], *_figures(r, "percent", *KAPPAS), r["reason"] or "")
        for r in document["time_based"]
    ]
    events = [
        (r["person"], r["dimension"] or "all", *_counts(r), *_figures(r, "agreement", *LINKED), _lacks(r))
        for r in document["events"]
    ]
    codes = [
        (r["person"], r["code"], r["a"], r["b"], r["agreed"], *_figures(r, "agreement")) for r in document["codes"]
    ]
    differ = [(f"{d['at_s']:.3f}", d["person"], d["a"] or "-", d["b"] or "-") for d in document["disagreements"]]
    parts = [
        (
            "Time-based",
            ("person", "what", "units", "same", "kappa", "A to B", "B to A", "95 % interval", "lacks"),
            time,
        ),
        (
            "Events",
            ("person", "dimension", *COUNTS, "same", "kappa", "kappa of pairs", "95 % interval", "lacks"),
            events,
        ),
        ("Codes", ("person", "code", "A", "B", "agreed", "same"), codes),
        ("Disagreements", ("at, s", "person", "A", "B"), differ),
    ]
    return "\n\n".join([head, *(f"{title}\n{_table(names, rows)}" for title, names, rows in parts)])


KAPPAS = ("kappa", "kappa_a_to_b", "kappa_b_to_a", "interval")
LINKED = ("kappa", "kappa_paired", "interval")
LAST = ("95 % interval", "lacks")
COUNTS = ("A", "B", "paired", "agreed", "of")


def _ratings_text(document: Document) -> str:
    names = {
        "exact": "exactly the same",
        "within_one": "within one step",
        "kappa": "kappa",
        "kappa_linear": "kappa, linear weights",
        "kappa_quadratic": "kappa, quadratic weights",
    }
    rows = [("targets rated by all", str(document["targets"]))]
    rows += [(name, _figure(document[key])) for key, name in names.items()]
    rows += [(f"ICC({form})", _figure(value)) for form, value in document["icc"].items()]
    rows += [(f"alpha, {level}", _figure(value)) for level, value in document["alpha"].items()]
    lacking = [f"\nLacks: {document['reason']}"] if "reason" in document else []
    if document["targets"] and document["indicative"]:
        lacking.append("\nOnly indicative: fewer than 10 targets rated by all.")
    return "\n".join([_table(("figure", "value"), rows), *lacking])


def _counts(row: Document) -> list[int]:
    return [row[name.lower()] for name in COUNTS]


def _figures(row: Document, *names: str) -> list[str]:
    return [_figure(row[name]) for name in names]


def _figure(value: float | list[float] | None) -> str:
    if value is None:
        return "-"
    return " ... ".join(_number(v) for v in value) if isinstance(value, list) else _number(value)


def _number(value: float) -> str:
    """Four digits; more where it would read as 1 or 0 without being it."""
    return rounded(value, 4)


def _lacks(row: Document) -> str:
    """Why a figure lacks, and that few events only point in a direction."""
    return "; ".join(x for x in (row["reason"], "only indicative" if row["indicative"] and row["of"] else "") if x)


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns as wide as what stands in them."""
    lines = [list(names), *([shown_in_line(str(cell)) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)
