"""A draw of tasks for a second coding in words: how many that is, what was drawn, and how anybody can draw it again."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.second_coding import listed
from app.i18n import Texts
from app.model.meeting import Meeting
from app.model.reliability_sample import Drawing, ReliabilitySample, SampledTask, lot, rounded_up
from app.model.units import Percent
from app.tables import Cell, Column, Figures, Table

#: of a lot so many digits are shown: enough to tell any two tasks apart
LOT_DIGITS = 12


def size_sentence(texts: Texts, percent: Percent, count: int) -> str:
    """*20 % 9 tehtävästä on 1,8: arvotaan 2.*; empty without tasks."""
    if not count:
        return ""
    size, exact = rounded_up(percent, count), percent * count / 100
    share, of = texts.percent(percent / 100), texts.trn("{n} task", "{n} tasks", count)
    if exact == size:
        return texts.tr("{percent} of {tasks} is {size}.", percent=share, tasks=of, size=texts.number(size))
    return texts.tr(
        "{percent} of {tasks} is {exact}, rounded up {size}.",
        percent=share,
        tasks=of,
        exact=texts.number(exact, 2 if percent * count % 10 else 1),
        size=texts.number(size),
    )


def more_sentence(texts: Texts, drawing: Drawing) -> str:
    """What can make it more than the share."""
    if drawing == Drawing.BY_DIMENSION:
        return texts.tr("At least one is drawn of each meeting and of each dimension, so it can be more.")
    return texts.tr("At least one is drawn of each meeting, so it can be more.")


def drawing_name(texts: Texts, drawing: Drawing) -> str:
    """The ways of drawing, as they are chosen from."""
    names = {
        Drawing.RANDOM: texts.tr("Each task has the same chance"),
        Drawing.BY_DIMENSION: texts.tr("Each dimension is represented"),
    }
    return names[drawing]


def short_line(texts: Texts, sample: ReliabilitySample) -> str:
    """The line below the plan, as *Toiseen koodaukseen arvottu 2 tehtävää 9:stä, numerot 2 ja 7*."""
    numbers = sample.drawn_numbers
    return texts.trn(
        "Drawn for a second coding: {n} of {of} tasks, number {numbers}. {percent}, seed {seed}.",
        "Drawn for a second coding: {n} of {of} tasks, numbers {numbers}. {percent}, seed {seed}.",
        len(numbers),
        of=texts.number(len(sample.numbers)),
        numbers=listed(texts, numbers),
        percent=texts.percent(sample.percent / 100),
        seed=sample.seed,
    )


def result_lines(texts: Texts, sample: ReliabilitySample, drawn_by: str) -> tuple[str, ...]:
    """When and by whom, how many these are, and how it was drawn."""
    at = sample.drawn_at.astimezone()
    said = {"day": texts.date(at.date()), "time": texts.time(at), "name": drawn_by}
    # who drew it may be unknown where it came in a package
    when = texts.tr("Drawn on {day} at {time} by {name}.", **said) if drawn_by else ""
    when = when or texts.tr("Drawn on {day} at {time}.", day=said["day"], time=said["time"])
    count = len(sample.tasks)
    size = size_sentence(texts, sample.percent, count)
    if sample.size > rounded_up(sample.percent, count):
        of_all = texts.trn(
            "{n} was drawn: {why}", "{n} were drawn: {why}", sample.size, why=_why(texts, sample.drawing)
        )
        size = f"{size} {of_all}"
    return when, size


def _why(texts: Texts, drawing: Drawing) -> str:
    if drawing == Drawing.BY_DIMENSION:
        return texts.tr("at least one of each meeting and of each dimension.")
    return texts.tr("at least one of each meeting.")


def repeated(texts: Texts, sample: ReliabilitySample) -> str:
    """How anybody draws the same again."""
    return texts.tr(
        "Anybody gets the same with the same seed. The lot of a task is SHA-256 of the text {seed}:place, its place in"
        " this list; in a shell: printf {seed}:1 | sha256sum. The tasks are in the order of their lots, the least"
        " first. First each one is taken that brings a meeting, or a dimension where each is to be represented, that"
        " had none yet; then the next ones until there are enough. If a drawn task is left out while filming, the"
        " next of the same meeting takes its place.",
        seed=sample.seed,
    )


def lots(texts: Texts, file: CaseFile, sample: ReliabilitySample) -> Table:
    """Every task that could be drawn, in the order of the list, with its lot and what became of it."""
    meetings = {m.id: m for m in file.meetings}
    columns = (
        Column(texts.tr("No"), is_figure=True),
        Column(texts.tr("Meeting")),
        Column(texts.tr("Task")),
        Column(texts.tr("Lot")),
        Column(texts.tr("Result")),
    )
    drawn = set(sample.places[: sample.size])
    rows = []
    for place, task in enumerate(sample.tasks, start=1):
        meeting = meetings.get(task.meeting_id)
        cells = (
            Figures(texts).count(place),
            Cell("" if meeting is None else texts.date(meeting.held.astimezone().date())),
            Cell(_task(texts, meeting, task)),
            Cell(lot(sample.seed, place)[:LOT_DIGITS]),
            Cell(_became(texts, sample, place, is_drawn=place in drawn)),
        )
        rows.append(cells)
    return Table(columns, tuple(rows))


def _task(texts: Texts, meeting: Meeting | None, task: SampledTask) -> str:
    name = ""
    if meeting is not None and task.number <= len(meeting.plan):
        name = texts.words(meeting.plan[task.number - 1].name)
    return f"{task.number} {name}".strip()


def _became(texts: Texts, sample: ReliabilitySample, place: int, *, is_drawn: bool) -> str:
    if is_drawn:
        return texts.tr("drawn")
    return texts.tr("in reserve, {n}", n=texts.number(sample.places.index(place) + 1 - sample.size))
