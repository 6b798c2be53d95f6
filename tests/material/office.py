"""An office whose pairs have coded many meetings: what each gave is drawn from a seed."""

from dataclasses import replace
from random import Random

from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Meeting, Stretch
from app.model.observation import Observation
from app.model.people import Worker
from app.model.rating import Rating
from app.model.scheme import Kind
from app.model.timecode import SECOND
from app.ports import Store
from tests.material.builders import recording
from tests.material.house import MINUTE, Home


def add_worker(home: Home, name: str) -> tuple[Worker, Store]:
    """A colleague with the archive open as the colleague's own."""
    worker = Worker(new_id(), name)
    home.a.apply("workers", [added(worker)], act="create")
    return worker, home.held.open(worker.id)


def filmed(home: Home, coders: tuple[str, str], day: int = 3) -> Meeting:
    """A meeting of the case that these two code."""
    adult = home.meeting.adult_id
    made = home.add_meeting(adult, day)
    coded = replace(made, coders=coders)
    home.a.apply("coders", [Change(made, coded)])
    home.a.apply("film", [added(recording(made.id, MINUTE))])
    home.mark_tasks(coded)
    return coded


def code(home: Home, store: Store, meeting: Meeting, draw: Random, truth: Random, *, ready: bool = True) -> None:
    """What a worker sees of what there is to see: mostly the same as the other of the same `truth`."""
    editor = home.editor(store, meeting)
    coding, scheme, made, states = editor.coding.id, editor.scheme, [], []
    points = [c for c in scheme.codes if c.kind == Kind.POINT][::3]
    at = 0.0
    while (at := at + truth.uniform(3, 9)) < MINUTE / SECOND - 1:
        key = truth.choice("678")
        states.append((key if draw.random() < 0.8 else draw.choice("678"), round(at * SECOND)))
        there = truth.choice(points)
        if draw.random() < 0.8:
            meant = there if draw.random() < 0.8 else points[0]
            person = "dyad" if meant.actor == "dyad" else f"{meant.actor}1"
            made.append(Observation(new_id(), coding, meant.id, person, round((at + draw.uniform(0, 0.8)) * SECOND)))
    ends = [*(start for _, start in states[1:]), MINUTE]
    for (key, start), end in zip(states, ends, strict=True):
        made.append(Observation(new_id(), coding, scheme.code_for(key).id, "dyad", start, end))
    for item in editor.instrument.items:
        value = truth.choice((2, 3, 3, 4, 4, 5))
        if draw.random() < 0.3:
            value = min(max(value + draw.choice((-1, 1)), 1), 5)
        made.append(Rating(new_id(), coding, item.id, value, "seen"))
    header = editor.coding.header
    editor.do("coded", *(added(x) for x in made), Change(header, replace(header, covered=(Stretch(0, MINUTE),))))
    if ready:
        assert editor.mark_ready()


def coded(home: Home, meetings: int, stores: tuple[Store, Store] | None = None, seed: int = 1) -> list[Meeting]:
    """So many meetings that two have coded, ready; Aino and Leena where no others are named."""
    a, b = stores or (home.a, home.b)
    made = []
    for n in range(meetings):
        meeting = filmed(home, (a.worker.id, b.worker.id), n % 27 + 1)
        for place, store in enumerate((a, b)):
            code(home, store, meeting, Random(f"{seed}.{n}.{place}"), Random(f"{seed}.{n}"))
        made.append(meeting)
    return made
