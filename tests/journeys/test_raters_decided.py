"""Two raters' codings of the drawn film in the real window: each difference decided by keys, both confirm, a statement.

Its numbers are counted once more from what the raters saw and what the hands decided, by plain code. In the long run
HAVAINTO_WHOLE_FILM is 1: then it is the whole film, with either scheme.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.model.decision import Decision, DisagreementKind, Verdict, is_settled, verdicts_of
from app.model.instrument import Instrument
from app.model.meeting import Meeting, Stretch
from app.model.scheme import Actor
from app.model.timecode import SECOND, Micros
from app.schemes import library
from tests.drivers import pages as read
from tests.drivers.archive_steps import AINO, LEENA, lock, make_archive_of_two, sign_in
from tests.drivers.comparing_steps import both_confirm, decide, new_one, open_together, originals, see_differently
from tests.drivers.hands import Hands
from tests.drivers.rated_meeting import bring_film, code_all, mark_tasks, planned_meeting
from tests.drivers.statement_steps import Writer
from tests.journeys.coded_film import CodedFilm, coded_film
from tests.journeys.independent_count import Press, Task, in_common, is_state, paired, person_of, state_figures
from widgets.comparing.comparing_room import ComparingRoom

WHOLE = os.environ.get("HAVAINTO_WHOLE_FILM") == "1"
SCHEMES = {"raters_core": "perusrunko", "raters": "laaja-runko"}
VALUES_A, VALUES_B = (4, 3, 5, 3, 2), (2, 3, 4, 3, 4)
PEOPLE = {Actor.ADULT: "vanhempi", Actor.CHILD: "lapsi", Actor.DYAD: "yhdessä"}
REASONS = "Käsi rauhoitti.", "Käsi ohjasi."
K, V = DisagreementKind, Verdict
KEYS = {V.A: "a", V.B: "b", V.BOTH: "m", V.NEITHER: "k", V.NEW: "u", V.DIFFERENTLY: "e"}


@dataclass(frozen=True)
class Decided:
    """What the hands decided about one difference, as it stood on the screen."""

    kind: DisagreementKind
    verdict: Verdict
    a: tuple[tuple[str, Micros], ...]
    b: tuple[tuple[str, Micros], ...]
    span: tuple[Micros, Micros] | None
    new: tuple[tuple[str, Micros], ...]
    item: str
    value: int | None


@pytest.mark.parametrize("raters", [*SCHEMES] if WHOLE else ["raters"])
def test_the_statement_counts_what_the_pair_decided(
    program: Program, hands: Hands, tmp_path: Path, monkeypatch, raters: str
) -> None:
    film = coded_film(tmp_path, raters)
    scheme = SCHEMES[raters] if film.second is not None else "perusrunko"  # the program's own film has one camera
    make_archive_of_two(hands, program, tmp_path)
    meeting_id = laid_in(program, film)
    code_all(program.workspace, meeting_id, film.a, VALUES_A, scheme)
    lock(hands, program)
    sign_in(hands, program, LEENA)
    code_all(program.workspace, meeting_id, film.b, VALUES_B, scheme)

    room = open_together(hands, program, meeting_id)
    before = originals(program)
    decided = decide_everything(hands, room)
    verdicts, kinds = {one.verdict for one in decided}, {one.kind for one in decided}
    if film.second is not None:  # in the first tasks of the program's own film there are fewer kinds
        assert (verdicts, kinds) == ({*Verdict} - {V.OPEN}, {*DisagreementKind})
    assert {V.A, V.B, V.NEITHER, V.NEW, V.DIFFERENTLY} <= verdicts
    both_confirm(hands, program, room, LEENA, AINO)
    assert originals(program) == before

    case_id = program.workspace.store.get(Meeting, meeting_id).case_id
    writer = Writer(hands, program, case_id)
    hands.press(writer.screen, "Aloita")
    text = read.body(writer.export(tmp_path / "draft.pdf", monkeypatch))
    a, b = ([Press(one.code, round(one.at * SECOND)) for one in seen] for seen in (film.a, film.b))
    tasks = tasks_of(film)
    marks_equal_the_count(text, film, (a, b), decided, scheme)
    states_equal_the_count(text, (a, b), tasks, decided)
    agreement_equals_the_count(text, (a, b), tasks)
    ratings_equal_the_count(text, room.walk.found.instrument, decided)


def laid_in(program: Program, film: CodedFilm) -> str:
    """The meeting with its films and tasks."""
    space = program.workspace
    assert space is not None
    meeting_id = planned_meeting(space, film.cards)
    bring_film(space, film.path, meeting_id, 1)
    if film.second is not None:
        bring_film(space, film.second, meeting_id, 2, film.late)
    mark_tasks(space, meeting_id, [Stretch(t.start, t.end) for t in tasks_of(film)])
    return meeting_id


def tasks_of(film: CodedFilm) -> list[Task]:
    edges = [round(at * SECOND) for at in (*film.starts, film.end)]
    return [Task(n, start, end) for n, (start, end) in enumerate(pairwise(edges), start=1)]


def decide_everything(hands: Hands, room: ComparingRoom) -> list[Decided]:
    """Each difference in the order of the walk, by keys alone; what may be decided of its kind in turn."""
    turns: dict[DisagreementKind, int] = Counter()
    decided = []
    while room.walk.next_open("") is not None:
        hands.key(room.list, "j")
        d = room.chosen()
        assert d is not None
        assert not is_settled(d)
        offered = sorted(verdicts_of(d), key=lambda v: v != V.BOTH)  # of two codes there are few differences
        verdict = offered[turns[d.kind] % len(offered)]
        turns[d.kind] += 1
        if verdict == V.DIFFERENTLY:
            see_differently(hands, room, *REASONS)
        elif verdict == V.NEW:
            new_one(hands, room)
        else:
            decide(hands, room, KEYS[verdict])
        after = room.chosen()
        assert after is not None
        assert after.verdict == verdict
        assert is_settled(after)
        decided.append(told(room, after))
    return decided


def told(room: ComparingRoom, d: Decision) -> Decided:
    found = room.walk.found
    a, b = (
        tuple((o.code, o.start) for i in ids if (o := coding.observations.get(i)) is not None)
        for coding, ids in ((found.a, d.a_ids), (found.b, d.b_ids))
    )
    span = None if d.start is None or d.end is None else (d.start, d.end)
    return Decided(d.kind, d.verdict, a, b, span, tuple((m.code, m.start) for m in d.new_marks), d.item, d.new_value)


def takes(one: Decided) -> tuple[tuple[str, Micros], ...]:
    """The marks that come into the common view."""
    both = (*one.a, *one.b)
    return {V.A: one.a, V.B: one.b, V.BOTH: both, V.NEW: one.new}.get(one.verdict, ())


def marks_equal_the_count(
    text: str, film: CodedFilm, presses: tuple[list[Press], list[Press]], decided: list[Decided], scheme: str
) -> None:
    """What both marked, at the middle of both times, and what was decided; every mark of either is in one of these."""
    tasks, marks = tasks_of(film), list[tuple[str, Micros]]()
    events = [one for one in decided if one.kind in (K.CODE, K.UNPAIRED)]
    rest = [Counter((p.code, p.at) for p in own if not is_state(p.code)) for own in presses]
    for person in ("adult1", "child1", "dyad"):
        ours, theirs = ([p for p in own if not is_state(p.code) and person_of(p.code) == person] for own in presses)
        for i, j in paired(ours, theirs):
            if ours[i].code == theirs[j].code:
                marks.append((ours[i].code, (ours[i].at + theirs[j].at) // 2))
                for one, left in zip((ours[i], theirs[j]), rest, strict=True):
                    left[one.code, one.at] -= 1
    assert +rest[0] == Counter(mark for one in events for mark in one.a)
    assert +rest[1] == Counter(mark for one in events for mark in one.b)
    marks += [mark for one in events for mark in takes(one)]
    counted = defaultdict(list)
    for code, at in sorted(marks, key=lambda mark: mark[1]):
        counted[next(t.number for t in tasks if t.start <= at < t.end), code].append(at // SECOND)
    printed = read.shared(text.rpartition(" 17. Liitteet ")[2], library.scheme(scheme), film.cards, PEOPLE)
    assert printed == {key: tuple(times) for key, times in counted.items()}


def states_equal_the_count(
    text: str, presses: tuple[list[Press], list[Press]], tasks: list[Task], decided: list[Decided]
) -> None:
    def of(at: Micros) -> Callable[[str, str], str] | None:
        one = next((d for d in decided if d.kind == K.STATE and d.span and d.span[0] <= at < d.span[1]), None)
        if one is None:
            return None
        new = [code for code, start in one.new if start <= at]
        return lambda a, b: {V.A: a, V.B: b, V.NEW: new[-1] if new else ""}.get(one.verdict, "")

    counted, whole = in_common(*presses, tasks, of), sum(t.end - t.start for t in tasks)
    printed = read.states(read.section(text, "8. Havainnot", "15. Allekirjoitukset"))
    assert {code for code, (seconds, _) in printed.items() if seconds} <= {*counted}
    for code, (seconds, percent) in printed.items():
        assert abs(seconds - counted.get(code, 0) / SECOND) < 1
        assert abs(percent - counted.get(code, 0) / whole * 100) <= 0.5 + 1e-9


def agreement_equals_the_count(text: str, presses: tuple[list[Press], list[Press]], tasks: list[Task]) -> None:
    """From before the common view, whatever was decided."""
    percent, kappa = read.agreement(text)
    figures = state_figures(*presses, tasks)
    assert abs(percent - figures.percent * 100) <= 0.5 + 1e-9
    assert abs(kappa - figures.kappa) <= 0.005 + 1e-9
    printed = read.events(text)
    for person in ("adult1", "child1", "dyad"):
        ours, theirs = ([p for p in own if not is_state(p.code) and person_of(p.code) == person] for own in presses)
        pairs = paired(ours, theirs)
        agreed, events = sum(ours[i].code == theirs[j].code for i, j in pairs), len(ours) + len(theirs) - len(pairs)
        assert printed.get(person) == ((agreed, events) if events else None), person


def ratings_equal_the_count(text: str, form: Instrument, decided: list[Decided]) -> None:
    """How often both gave the same before; and what is printed of each item of the adult after."""
    values = {item.id: (VALUES_A[n % len(VALUES_A)], VALUES_B[n % len(VALUES_B)]) for n, item in enumerate(form.items)}
    gaps = [abs(x - y) for x, y in values.values()]
    assert read.rated(text) == (gaps.count(0), sum(gap <= 1 for gap in gaps), len(gaps))
    of = {one.item: one for one in decided if one.kind == K.RATING}
    assert {*of} == {item for item, (x, y) in values.items() if x != y}
    expected = {}
    for item in form.items:
        x, y = values[item.id]
        one = of.get(item.id)
        shown = {V.A: (x,), V.B: (y,), V.DIFFERENTLY: (x, y), V.NEW: (one.value,) if one else ()}
        points = (x,) if one is None else shown.get(one.verdict, ())
        if item.actor == Actor.ADULT and points:
            expected[item.name.text("fi")] = points
    dimensions = {d.id: d.name.text("fi") for d in library.scheme("perusrunko").dimensions}
    names = {item.name.text("fi"): dimensions[item.dimension] for item in form.items if item.actor == Actor.ADULT}
    assert read.agreed_ratings(text, names) == expected
