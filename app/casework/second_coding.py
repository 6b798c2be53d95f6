"""Which tasks get a second coding when not all do: drawn by lot over meetings of one case, before anybody codes.

Coder A codes every task, coder B those that were drawn; both rate the whole film. What was drawn over is the plan: the
draw knows nothing of what is on the film, and less of what anybody thought of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.casework.meeting_file import MeetingFile, read_filmed, sample_of
from app.casework.pair import is_begun
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, now
from app.model.change import added
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.reliability_sample import (
    SEED_DIGITS,
    USUAL,
    Drawing,
    ReliabilitySample,
    SampledTask,
    drawn,
    is_seed,
    sample_id,
)
from app.model.units import Percent
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Drawable:
    """A meeting of the case, the tasks that can be drawn of it, and why it cannot be in a draw: empty when it can.

    `why` is `no-tasks`, `drawn` or `begun`.
    """

    meeting: Meeting
    tasks: tuple[SampledTask, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """What is asked for. Without a `seed` the program makes one."""

    meetings: tuple[str, ...]
    percent: Percent = USUAL
    drawing: Drawing = Drawing.RANDOM
    seed: str = ""


def drawable(store: Store, case_id: str) -> tuple[Drawable, ...]:
    """The case's meetings in the order in which they are held."""
    meetings = sorted(store.find(Meeting, case_id=case_id), key=lambda m: (m.held, m.id))
    return tuple(_drawable(store, meeting) for meeting in meetings)


def _drawable(store: Store, meeting: Meeting) -> Drawable:
    skipped = read_filmed(store, meeting.id).skipped
    tasks = tuple(
        SampledTask(meeting.id, number, task.task_id, task.dimensions)
        for number, task in enumerate(meeting.plan, start=1)
        if number not in skipped
    )
    if sample_of(store, meeting.id) is not None:
        return Drawable(meeting, tasks, "drawn")
    if is_begun(store, meeting.id):
        return Drawable(meeting, tasks, "begun")
    return Drawable(meeting, tasks, "" if tasks else "no-tasks")


def draw(door: Door, texts: Texts, case_id: str, wanted: Draw) -> tuple[ReliabilitySample, ...]:
    """Draw, and write it once: of each meeting what was drawn, in the order of the meetings.

    Raises NotAllowed: `sample-empty` for no meeting, `sample-seed` for a seed that is no number, `sample-after-coding`,
    `sample-exists`; then nothing is written.
    """
    chosen = [one for one in drawable(door.store, case_id) if one.meeting.id in wanted.meetings]
    _refuse_undrawable(chosen)
    seed = wanted.seed.strip() or new_seed()
    if not is_seed(seed):
        raise NotAllowed("sample-seed")
    tasks = tuple(task for one in chosen for task in one.tasks)
    places, size = drawn(seed, wanted.percent, wanted.drawing, tasks)
    draw_id, at, me = new_id(), now(), door.store.me
    samples = tuple(
        ReliabilitySample(
            sample_id(draw_id, one.meeting.id), one.meeting.id, draw_id, wanted.percent, seed, wanted.drawing, tasks,
            places, size, me, at,
        )
        for one in chosen
    )  # fmt: skip
    label = texts.trn("{n} task drawn for a second coding", "{n} tasks drawn for a second coding", size)
    door.write(label, [added(sample) for sample in samples], act="create")
    return samples


def _refuse_undrawable(chosen: Sequence[Drawable]) -> None:
    whys = {one.why for one in chosen}
    if not chosen or "no-tasks" in whys:
        raise NotAllowed("sample-empty")
    if "begun" in whys:
        raise NotAllowed("sample-after-coding")
    if "drawn" in whys:
        raise NotAllowed("sample-exists")


def new_seed() -> str:
    """A seed that nobody chose: eight digits."""
    return str(secrets.randbelow(10**SEED_DIGITS)).zfill(SEED_DIGITS)


def sample_sentence(texts: Texts, file: MeetingFile) -> str:
    """What was drawn of a meeting, with all that a figure of it must say; empty where all is coded by both."""
    sample = file.sample
    if sample is None:
        return ""
    numbers = file.second_coded
    said = {
        "of": texts.number(len(sample.numbers)),
        "percent": texts.percent(sample.percent / 100),
        "seed": sample.seed,
        "numbers": listed(texts, numbers),
    }
    return texts.trn(
        "{n} of the {of} tasks was drawn for a second coding before anybody coded ({percent}, seed {seed}): task"
        " {numbers}. The agreement is of this task alone.",
        "{n} of the {of} tasks were drawn for a second coding before anybody coded ({percent}, seed {seed}): tasks"
        " {numbers}. The agreement is of these tasks alone.",
        len(numbers),
        **said,
    )


def listed(texts: Texts, numbers: Collection[int]) -> str:
    """*2, 5 ja 7*."""
    return texts.listed([str(number) for number in sorted(numbers)])
