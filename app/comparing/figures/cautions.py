"""What a figure cannot tell, in the words and numbers of the case: zero, below zero, none, little data, one side."""

from __future__ import annotations

from collections.abc import Sequence

from app.casework.second_coding import sample_sentence
from app.comparing.comparison import Comparison
from app.comparing.figures.explanation import Numbers, Writer
from app.i18n import Texts
from app.model.people import Interpreter
from app.statistics.event_agreement import INDICATIVE_BELOW, EventAgreement
from app.statistics.figure import Reason
from app.statistics.intervals import FEWEST_TASKS
from app.statistics.rating_agreement import INDICATIVE_BELOW as INDICATIVE_ITEMS
from app.statistics.time_agreement import TimeAgreement

#: from this share of all marks on one category leaves so much to chance that a figure allowing for it tells little
NEARLY_ALL = 0.9
#: what arithmetic leaves over of zero
_ZERO = 1e-12


def of_value(w: Numbers, kappa: float | None, observed: float, chance: float) -> list[str]:
    """What zero and less mean; `observed` and `chance` are shares, 0 to 1. Never clipped."""
    t = w.texts
    if kappa is None or kappa > _ZERO:
        return []
    said = {"same": t.percent(observed), "chance": t.percent(chance)}
    if kappa < -_ZERO:
        return [
            t.tr(
                "Below zero: {same} are the same, and chance alone would make {chance}. That is no error: the figure is"
                " shown as it is.",
                **said,
            )
        ]
    return [t.tr("Zero: {same} are the same, just as many as chance alone would make.", **said)]


def of_distances(w: Numbers, kappa: float | None, apart: float, chance: float) -> list[str]:
    """The same of a weighted figure, which counts no shares: `apart` and `chance` are distances together."""
    t = w.texts
    if kappa is None or kappa > _ZERO:
        return []
    said = {"apart": w.share(apart), "chance": w.share(chance)}
    if kappa < -_ZERO:
        return [
            t.tr(
                "Below zero: the distances together are {apart}, and chance alone would make {chance}. That is no"
                " error: the figure is shown as it is.",
                **said,
            )
        ]
    return [t.tr("Zero: the distances together are {apart}, just as much as chance alone would make.", **said)]


def of_one_value(w: Numbers, names: Sequence[str], marks: Sequence[int], *, unit: str) -> list[str]:
    """*Kaikki paitsi yksi ovat samoja*: `marks` of both coders by category; `unit` is what they are called in plural.

    Nothing is said where no category has nearly all.
    """
    t, total = w.texts, sum(marks)
    if not total:
        return []
    most = max(range(len(marks)), key=lambda n: marks[n])
    rest = total - marks[most]
    if not rest:
        return [
            t.tr(
                "All {n} {unit} of the two are the same, {value}: a figure that allows for chance cannot tell anything"
                " apart.",
                n=t.number(total),
                unit=unit,
                value=names[most],
            )
        ]
    if marks[most] / total < NEARLY_ALL:
        return []
    return [
        t.trn(
            "All {unit} of the two but one ({total}) are the same, {value}: the figure cannot tell.",
            "All {unit} of the two but {n} ({total}) are the same, {value}: the figure can hardly tell.",
            rest,
            unit=unit,
            total=t.number(total),
            value=names[most],
        )
    ]


def of_few_events(t: Texts, of: int) -> list[str]:
    """`of` is the number of events that a figure is counted of."""
    said = t.trn(
        "Only {n} event: the figure only points in a direction. {least} would carry it.",
        "Only {n} events: the figure only points in a direction. {least} would carry it.",
        of,
        least=INDICATIVE_BELOW,
    )
    return [said] if 0 < of < INDICATIVE_BELOW else []


def of_few_items(t: Texts, rated: int) -> list[str]:
    """`rated` is the number of items that both rated."""
    said = t.trn(
        "Only {n} rated item: the figure only points in a direction. {least} would carry it.",
        "Only {n} rated items: the figure only points in a direction. {least} would carry it.",
        rated,
        least=INDICATIVE_ITEMS,
    )
    return [said] if 0 < rated < INDICATIVE_ITEMS else []


def of_one_side(w: Writer, event: EventAgreement) -> list[str]:
    """Codes that only one of the two used."""
    columns, said = list(zip(*event.table, strict=True)), []
    for name, own, other in ((w.a, event.table, columns), (w.b, columns, event.table)):
        used = [
            f"{w.code(code)} ({w.texts.number(sum(own[place]))})"
            for place, code in enumerate(event.codes)
            if sum(own[place]) and not sum(other[place])
        ]
        if used:
            said.append(w.texts.tr("Only {name} used: {codes}.", name=name, codes=", ".join(used)))
    return said


def of_one_side_in_time(w: Writer, row: TimeAgreement) -> list[str]:
    """States that only one of the two had on; `row` is of a group or of one code."""
    said = []
    a, b = ([sum(line) for line in table] for table in (row.table_a_to_b, row.table_b_to_a))
    for name, own, other in ((w.a, a, b), (w.b, b, a)):
        used = [
            f"{w.code(category)} ({w.texts.number(mine)})"
            for category, mine, theirs in zip(row.categories, own, other, strict=True)
            if category and mine and not theirs
        ]
        if used:
            said.append(w.texts.tr("Only {name} used: {codes}.", name=name, codes=", ".join(used)))
    return said


def of_no_interval(w: Writer, tasks: int, reason: Reason) -> str:
    """Why there is no interval, with the number of tasks that there are."""
    t = w.texts
    if reason == Reason.UNDEFINED_WITHOUT_A_TASK:
        return t.tr("no interval: without one of the tasks the figure cannot be computed")
    if reason == Reason.TASKS_ALIKE:
        return t.tr("no interval: the tasks are too alike")
    if tasks >= FEWEST_TASKS:
        return t.tr("no interval: fewer than five tasks tell of it")
    return t.trn(
        "no interval: it needs five tasks, here is {n}", "no interval: it needs five tasks, here are {n}", tasks
    )


def of_meeting(t: Texts, found: Comparison) -> tuple[str, ...]:
    """What holds for every figure of the meeting."""
    drawn = sample_sentence(t, found.file)
    said = (drawn,) if drawn else ()
    if found.interpreter == Interpreter.NONE:
        return said
    return (
        *said,
        t.tr(
            "There was an interpreter: both workers heard the speech through the same interpretation, and the figures"
            " do not tell how right that was."
        ),
    )
