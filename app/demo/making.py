"""The demo archive: a made-up film and a made-up pair's work on it, all of one piece, made by the program itself.

Two workers, one case, one meeting with nine tasks, two codings that differ as people differ, and a draft statement;
the other rooms are filled by `app.demo.rooms`. Deterministic but for ids and the day.
"""

from __future__ import annotations

import random
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import resources
from app.casework.case_editor import CaseEditor, new_case
from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.demo.rooms import make_partners_hours, make_rooms
from app.door import Door
from app.errors import Cancelled as CancelledError
from app.films import intake
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.commission import Commission, Source
from app.model.consent import Purpose
from app.model.identity import new_id, timeless_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.observation import Observation
from app.model.order_keys import after_last
from app.model.people import Role, Worker
from app.model.plan import planned
from app.model.presses import PERSON_OF
from app.model.rating import Rating
from app.model.scheme import Kind, Scheme
from app.model.statement import Paragraph, Run
from app.model.timecode import SECOND, Micros
from app.model.utterance import Utterance
from app.ports import ArchiveDoor, Cancelled, FilmGate, OpenedArchive, Progress
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor

DEMO_WORKER = "Aino Esimerkki"
DEMO_PASSPHRASE = "esimerkki vain kokeiluun"  # noqa: S105  shown to everybody: it locks made-up people


class Script(Protocol):
    """What happens in the drawn film: times in microseconds from its first picture."""

    @property
    def tasks(self) -> Sequence[tuple[str, Micros, Micros]]: ...

    @property
    def states(self) -> Sequence[tuple[str, Micros, Micros]]: ...

    @property
    def moments(self) -> Sequence[tuple[str, Micros]]: ...

    @property
    def speech(self) -> Sequence[tuple[str, Micros, Micros]]: ...


@dataclass(frozen=True)
class Makers:
    """What the roof hands in: the archive's door, the film's gate, and who draws the film."""

    door: ArchiveDoor
    gate: FilmGate
    draw: Callable[[Path, Progress, Cancelled], Script]


class _Steps:
    """Progress over the parts of the work, and the place where a cancel is noticed."""

    def __init__(self, progress: Progress, cancelled: Cancelled) -> None:
        self._tell = progress
        self.cancelled = cancelled

    def part(self, start: float, end: float) -> Progress:
        return lambda share: self._tell(start + (end - start) * share)

    def progress(self, share: float) -> None:
        self._tell(share)
        if self.cancelled():
            raise CancelledError


def make_demo(
    makers: Makers, folder: Path, passphrase: str, texts: Texts, progress: Progress, cancelled: Cancelled
) -> str:
    """Make the demo archive in the empty `folder`; both workers get `passphrase`. Returns the case's id.

    Raises what taking in a film and making an archive raise, and Cancelled; what was made is then taken away. It is
    made beside the folder and gets its name when it is whole, so that after a crash no half of it looks like one; what
    a crash left goes when the demo is made there again.
    """
    told = tomllib.loads((resources.folder() / "demo" / "demo.toml").read_text("utf-8"))
    first, second = (_worker(row, texts.language) for row in told["workers"])
    with makers.door.making(folder) as part:
        opened = makers.door.create(part, first.name, passphrase)
        return _fill(makers, opened, (first, second), passphrase, texts, told, _Steps(progress, cancelled))


def _fill(
    makers: Makers,
    opened: OpenedArchive,
    workers: tuple[Worker, Worker],
    passphrase: str,
    texts: Texts,
    told: dict[str, Any],
    steps: _Steps,
) -> str:
    """Both workers' work on the made-up film; gives the case's id. Closes the archive."""
    folder, (first, second) = opened.folder, workers
    try:
        first = replace(first, id=opened.store.me)
        _make_workers(opened, texts, first, second, passphrase)
        meeting = _make_case(opened, texts, told, second)
        script = _make_film(makers, opened, texts, meeting, steps)
        meeting = _plan_and_segments(opened, texts, meeting, script)
        _say(opened, texts, meeting, script, told["said"])
        _code(opened, texts, meeting, script, told["ratings"], seed=14)
        make_rooms(opened.store, texts, meeting, told)
    finally:
        opened.archive.close()
    steps.progress(0.9)
    partner = makers.door.unlock(folder, second.name, passphrase)
    try:
        _code(partner, texts, meeting, script, told["ratings"], seed=41)
        make_partners_hours(partner.store, texts)
    finally:
        partner.archive.close()
    steps.progress(0.95)
    opened = makers.door.unlock(folder, first.name, passphrase)
    try:
        _write_statement(opened, texts, meeting.case_id, told)
    finally:
        opened.archive.close()
    steps.progress(1.0)
    return meeting.case_id


def _worker(row: dict[str, Any], language: str) -> Worker:
    return Worker(new_id(), row["name"], row["title"][language], row["employer"][language])


def _make_workers(opened: OpenedArchive, texts: Texts, first: Worker, second: Worker, passphrase: str) -> None:
    known = opened.store.get(Worker, first.id)
    Door(opened.store).write(texts.tr("Workers"), [Change(known, first), added(second)])
    opened.archive.add_sign_in(second, passphrase)


def _make_case(opened: OpenedArchive, texts: Texts, told: dict[str, Any], partner: Worker) -> Meeting:
    store, language = opened.store, texts.language
    row = told["case"]
    case = new_case(Door(store), texts, row["code_name"][language])
    editor = CaseEditor(store, texts, case.id)
    day = today()
    editor.edit(editor.file.case, partner=partner.id)
    child, adult = editor.file.child, editor.file.adults[0]
    assert child is not None
    editor.edit(
        child, called=row["child"][language], name=row["child_name"][language], born=day - timedelta(days=5 * 365 + 150)
    )
    editor.edit(
        adult, called=row["adult"][language], name=row["adult_name"][language], role=Role.BIRTH_PARENT, guardian=True
    )
    _commission(editor, told["commission"], language)
    for person in (editor.file.adults[0], editor.file.child):
        assert person is not None
        for purpose in (Purpose.FILMING, Purpose.FEEDBACK):
            editor.give_consent(person, purpose, day - timedelta(days=20), until=day + timedelta(days=300))
    held = (now().astimezone() - timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
    meeting = editor.add_meeting(editor.file.adults[0], held)
    assert meeting is not None
    editor.edit(meeting, place=row["place"][language])
    return store.get(Meeting, meeting.id)


def _commission(editor: CaseEditor, row: dict[str, Any], language: str) -> None:
    day = today()
    commission = editor.file.commission
    assert isinstance(commission, Commission)
    said = ("commissioner", "unit", "social_worker")
    editor.edit(
        commission,
        **{name: row[name][language] for name in said},
        **{name: row[name] for name in ("service_task", "assessment", "legal_context")},
        controller=row["commissioner"][language],
        decision=row["decision"],
        ordered=day - timedelta(days=30),
        deadline=day + timedelta(days=12),
        questions=tuple(q[language] for q in row["questions"]),
        sources=tuple(Source(s[language], day - timedelta(days=60)) for s in row["sources"]),
    )


def _make_film(makers: Makers, opened: OpenedArchive, texts: Texts, meeting: Meeting, steps: _Steps) -> Script:
    """Draw the film beside the archive, take it in as any film, and let the drawn original go."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "demo.mp4"
        script = makers.draw(path, steps.part(0.0, 0.5), steps.cancelled)
        work = _Inline(steps.part(0.5, 0.88), steps.cancelled)
        recording = intake.take_in(makers.gate, opened.media, intake.Wish((path,), meeting.id), work)
    intake.keep(Door(opened.store), opened.media, texts, recording)
    return script


def _say(opened: OpenedArchive, texts: Texts, meeting: Meeting, script: Script, told: dict[str, Any]) -> None:
    """What is said, written down as far as there are words for what is heard of the adult and of the child."""
    words = {who: iter(told[who]) for who in ("adult", "child")}
    speaks = {"adult": meeting.adult_id, "child": meeting.child_id}
    lines = [
        Utterance(timeless_id(), meeting.id, start, end, speaks[who], row[texts.language])
        for who, start, end in script.speech
        if (row := next(words[who], None)) is not None
    ]
    Door(opened.store).write(texts.tr("Line written"), [added(line) for line in lines])


@dataclass(frozen=True)
class _Inline:
    """The work's side of a job, for work that is part of another one."""

    progress: Progress
    cancelled: Cancelled


def _plan_and_segments(opened: OpenedArchive, texts: Texts, meeting: Meeting, script: Script) -> Meeting:
    cards = {c.id: c for c in library.task_cards()}
    planned_meeting = replace(meeting, plan=tuple(planned(cards[task_id]) for task_id, _, _ in script.tasks))
    segments = [
        Segment(new_id(), meeting.id, number, start, end)
        for number, (_, start, end) in enumerate(script.tasks, start=1)
    ]
    changes = [Change(meeting, planned_meeting), *(added(s) for s in segments)]
    Door(opened.store).write(texts.tr("Plan"), changes)
    return planned_meeting


def _code(
    opened: OpenedArchive, texts: Texts, meeting: Meeting, script: Script, ratings: dict[str, Any], seed: int
) -> None:
    """One worker's coding of the film, seen with this worker's eyes, rated and marked as ready."""
    store = opened.store
    door = Door(store)
    header = begin(door, texts, meeting.id)
    editor = CodingEditor(store, texts, meeting_file(store, meeting.id), header)
    observations = _seen(editor, script, random.Random(seed))
    door.write(texts.tr("Coding"), [added(o) for o in observations])
    values = ratings["first" if meeting.letter_of(store.me) == "A" else "second"]
    rows = [
        Rating(new_id(), header.id, item.id, value or None, ratings["reason"][texts.language])
        for item, value in zip(editor.instrument.items, values, strict=True)
    ]
    covered = replace(header, covered=(Stretch(script.tasks[0][1], script.tasks[-1][2]),))
    door.write(texts.tr("Ratings"), [*(added(r) for r in rows), Change(header, covered)])
    editor = CodingEditor(store, texts, meeting_file(store, meeting.id), covered)
    assert editor.mark_ready()


def _seen(editor: CodingEditor, script: Script, chance: random.Random) -> list[Observation]:
    """What one worker marks: most of it, a little early or late, sometimes another word for the same."""
    film = editor.file.recordings[0]
    rows: list[Observation] = []

    def observe(code_id: str, start: Micros, end: Micros | None) -> None:
        code = editor.scheme.code(code_id)
        assert code is not None
        which = (chance.choice(code.modifiers).id,) if code.modifiers else ()
        rows.append(
            Observation(
                new_id(), editor.coding.id, code_id, PERSON_OF[code.actor], start, end,
                modifiers=which, pressed=start, seen_on=film.id, seen_at=film.to_film(start),
            )
        )  # fmt: skip

    for code_id, at in script.moments:
        roll = chance.random()
        shift = round(chance.gauss(0, 0.35) * SECOND)
        if roll > 0.12:
            observe(_other_word(editor.scheme, code_id, chance) if roll > 0.95 else code_id, max(at + shift, 0), None)
    begun = script.states[0][1]
    for code_id, _, end in script.states:
        until = end if end == script.states[-1][2] else max(end + round(chance.gauss(0, 0.9) * SECOND), begun + SECOND)
        middle = (begun + until) // 2
        if chance.random() < 0.3 and until - begun > 6 * SECOND and code_id != editor.scheme.cannot_be_coded:
            observe(code_id, begun, middle)
            observe(_other_state(editor.scheme, code_id, chance), middle, until)
        else:
            observe(code_id, begun, until)
        begun = until
    return rows


def _other_word(scheme: Scheme, code_id: str, chance: random.Random) -> str:
    """Another point code of the same actor."""
    code = scheme.code(code_id)
    assert code is not None
    return chance.choice([c.id for c in scheme.codes if c.actor == code.actor and c.kind == Kind.POINT])


def _other_state(scheme: Scheme, code_id: str, chance: random.Random) -> str:
    """Another state that can be coded, of the same group."""
    code = scheme.code(code_id)
    assert code is not None
    others = [c.id for c in scheme.in_group(code.group) if c.id not in (code_id, scheme.cannot_be_coded)]
    return chance.choice(others)


def _write_statement(opened: OpenedArchive, texts: Texts, case_id: str, told: dict[str, Any]) -> None:
    store = opened.store
    statement = begin_statement(Door(store), texts, case_id, texts.language)
    editor = StatementEditor(store, texts, statement.id)
    for row in told["written"]:
        place = after_last([p.place for p in editor.text.section(row["section"])])
        paragraph = Paragraph(new_id(), statement.id, row["section"], place, (Run(row["text"][texts.language]),))
        editor.do(texts.tr("Text"), added(paragraph))
