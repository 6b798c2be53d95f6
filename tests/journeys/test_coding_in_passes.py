"""Coding with the keyboard alone: three passes of a playing film at double speed, a newer scheme in between.

The first seconds of the film, or all of it when HAVAINTO_WHOLE_FILM is 1.
"""

import os
from collections import Counter

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu

from app.casework.interpreting import interpreter_in
from app.model.coding import PASSES
from app.model.stored import ContentKind
from app.numbers.numbers import numbers_of
from app.schemes.drafts import ContentEditor, ContentShelf
from tests.drivers.archive_steps import add_second_worker, make_archive
from tests.drivers.case_steps import make_case, make_meeting, take_film_in
from tests.drivers.coding_steps import FRAME, Coder
from tests.drivers.hands import CTRL, Hands, Key
from tests.journeys.coded_film import CodedFilm, Seen, coded_film, shorter
from tests.journeys.independent_count import Press, Task, is_state, person_of

WHOLE = os.environ.get("HAVAINTO_WHOLE_FILM") == "1"
SECONDS = 14.0
#: of a pass, where the code's person is told by its first letter
PERSONS = {"dyad": "dyad", "adult": "adult1", "child": "child1"}


def test_three_passes_by_keys_alone(program, hands, tmp_path, monkeypatch) -> None:
    film = coded_film(tmp_path)
    if not WHOLE:
        film = shorter(film, SECONDS + 1, tmp_path)
    make_archive(hands, program, tmp_path)
    add_second_worker(hands, program)
    make_case(hands, program)
    meeting_id = make_meeting(hands, program, film)
    take_film_in(hands, program, film, monkeypatch)
    publish(program, "w")
    coder = Coder(hands, program, meeting_id)
    assert coder.room.editor.use_scheme("perusrunko-kopio")
    coder.screen.close_film()
    coder.screen.opened(meeting_id=meeting_id)
    coder.room = coder.screen.room
    coder.mark_tasks(film)
    tasks = coder.tasks()

    choose_three_passes(hands, coder)
    pressed: list[Press] = []
    for number, part in enumerate(PASSES):
        assert coder.room.passes.part == part
        mine = wanted(film, part)
        pressed += one_pass(hands, coder, mine)
        if number == 0:
            publish(program, "x")  # a newer version of the scheme, in the midst of the work
        if number == 1:
            edits_and_undo(hands, coder)
        cover_all(hands, coder, film)
        hands.key(coder.screen, Key.Key_F4)

    editor = coder.room.editor
    assert (editor.scheme.id, editor.scheme.version) == ("perusrunko-kopio", 1)
    assert editor.scheme.code("AS").key == "w"
    kept = Counter((o.code, o.start) for o in editor.coding.observations.values())
    assert kept == Counter((p.code, p.at) for p in pressed)
    assert all(editor.coding.covers(s) for s in editor.file.segments)
    numbers_equal_the_count(program, coder, pressed, tasks)


def publish(program, key: str) -> None:
    """An own scheme, or its next version: *leads clearly* has another key."""
    store, texts = program.workspace.store, program.workspace.texts
    shelf = ContentShelf(store, texts, ContentKind.SCHEME)
    own = shelf.row("perusrunko-kopio")
    work = ContentEditor(store, texts, shelf.begin(own) if own else shelf.copy(shelf.row("perusrunko")))
    place = next(n for n, code in enumerate(work.scheme.codes) if code.id == "AS")
    assert work.edit_entry("codes", place, key=key)
    assert work.publish()


def choose_three_passes(hands: Hands, coder: Coder) -> None:
    """Tab to *Kierrokset*, Space, down to *Kolme kierrosta*, Enter."""
    way = coder.room.passes.way

    def in_the_menu() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(2):
            hands.key(menu, Key.Key_Down)
        hands.key(menu, Key.Key_Return)

    hands.focus(way)
    QTimer.singleShot(300, in_the_menu)
    hands.key(way, Key.Key_Space)
    hands.until(lambda: coder.room.editor.coding.header.in_passes)
    coder.screen.setFocus()


def wanted(film: CodedFilm, part: str) -> list[Seen]:
    last = film.end if WHOLE else film.starts[0] + SECONDS
    rows = [s for s in film.a if person_of(s.code) == PERSONS[part] and film.starts[0] <= s.at < last]
    return [
        s for s, following in zip(rows, [*rows[1:], None], strict=True) if following is None or is_apart(s, following)
    ]


def is_apart(one: Seen, following: Seen) -> bool:
    """Two states that begin at one picture are one press."""
    return not is_state(one.code) or round(following.at - one.at, 3) > 2 * FRAME / 1e6


def one_pass(hands: Hands, coder: Coder, rows: list[Seen]) -> list[Press]:
    """From before the first task, at double speed, each key when its picture comes."""
    room, player = coder.room, coder.room.player
    coder.show(max(rows[0].at - 2, 0.0))
    while player.rate() < 2.0:
        hands.key(coder.screen, Key.Key_Up, CTRL)
    assert player.rate() == 2.0
    hands.key(coder.screen, Key.Key_Space)
    hands.until(player.is_playing)
    pressed = []
    for seen in rows:
        hands.until(lambda at=seen.at: room.now() >= round(at * 1e6), timeout=200_000)
        before = room.now()
        code = room.editor.scheme.code(seen.code)
        held = set(coder.observations)
        hands.key(coder.screen, code.key)
        (made,) = (o for key, o in coder.observations.items() if key not in held)
        assert made.code == seen.code
        assert before <= made.start == made.pressed <= before + FRAME
        if code.modifiers:
            hands.key(coder.screen, "1")
        pressed.append(Press(seen.code, made.start))
    hands.key(coder.screen, Key.Key_Space)
    hands.until(lambda: not player.is_playing())
    late = [p.at / 1e6 - s.at for p, s in zip(pressed, rows, strict=True)]
    print(f"  {len(rows)} presses at 2x, late by {1000 * sum(late) / len(late):.0f} ms, most {1000 * max(late):.0f} ms")
    return pressed


def edits_and_undo(hands: Hands, coder: Coder) -> None:
    """A press too many is taken back; what was taken back and put in again is what it was."""
    editor = coder.room.editor
    before = dict(coder.observations)
    hands.key(coder.screen, "w")
    assert len(coder.observations) == len(before) + 1
    hands.key(coder.screen, Key.Key_Backspace)
    assert coder.observations == before
    assert editor.redo()
    assert len(coder.observations) == len(before) + 1
    assert editor.undo()
    assert coder.observations == before


def cover_all(hands: Hands, coder: Coder, film: CodedFilm) -> None:
    for second in film.starts:
        coder.show(second + 1)
        hands.key(coder.screen, Key.Key_Return, CTRL)


def numbers_equal_the_count(program, coder: Coder, pressed: list[Press], tasks: list[Task]) -> None:
    """Counts and state durations of every task, once more from the presses by plain loops."""
    editor = coder.room.editor
    space = program.workspace
    found = numbers_of(editor.coding, editor.scheme, editor.file, interpreter_in(space.store, editor.file.meeting))
    end = max(t.end for t in tasks)
    spans = state_spans(pressed, end)
    dark = [(a, b) for code, a, b in spans if code == "DS0"]
    checked = 0
    for row in found.rows:
        if not row.code or row.task is None:
            continue
        task = tasks[row.task]
        if is_state(row.code):
            if row.code != "DS0":
                lasted = sum(max(min(b, task.end) - max(a, task.start), 0) for c, a, b in spans if c == row.code)
                assert row.duration == lasted, (row.code, row.task)
        else:
            inside = [p for p in pressed if p.code == row.code and task.start <= p.at < task.end]
            assert row.count == len([p for p in inside if not any(a <= p.at < b for a, b in dark)]), row.code
        checked += 1
    assert checked >= 6


def state_spans(pressed: list[Press], end: int) -> list[tuple[str, int, int]]:
    """A state is on until the next one begins."""
    states = sorted((p for p in pressed if is_state(p.code)), key=lambda p: p.at)
    ends = [p.at for p in states[1:]] + [end]
    return [(p.code, p.at, until) for p, until in zip(states, ends, strict=True)]
