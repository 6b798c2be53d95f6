"""Two archives and no server, by the windows of both: a meeting over, two codings back, the same figures at both."""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.bootstrap import Program
from app.casework.case_editor import CaseEditor, new_case
from app.comparing.comparison import comparison
from app.door import Door
from app.films import intake
from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.observation import Observation
from app.model.people import Worker
from app.model.plan import planned
from app.model.receiving_key import fingerprint
from app.model.timecode import SECOND
from app.packages.partners import add_partner
from app.schemes import library
from tests.drivers.archive_steps import lock
from tests.drivers.filmed_meeting import Work
from tests.drivers.hands import Hands, one_in_sight
from tests.journeys.coded_film import REST, CodedFilm, Seen, coded_film
from tests.journeys.independent_count import Press, Task, cells, state_figures
from tests.material.films import Clip, build
from tests.material.golden import PASSPHRASE, TEXTS, door
from video.open.film_gate import ChildFilmGate
from widgets.cases.cases_screen import CasesScreen
from widgets.comparing.comparing_screen import ComparingScreen

AINO, LEENA = "Aino Esimerkki", "Leena Malli"


@dataclass(frozen=True)
class Both:
    """The two archives, where files are left for the other, and what each sees on the film."""

    folders: dict[str, Path]
    post: Path
    film: CodedFilm

    def presses(self, name: str) -> list[Press]:
        seen: tuple[Seen, ...] = self.film.a if name == AINO else self.film.b
        return [Press(one.code, round(one.at * SECOND)) for one in seen]

    @property
    def tasks(self) -> list[Task]:
        limits = (*self.film.starts, self.film.end)
        edges = [round(at * SECOND) for at in limits]
        return [Task(n, a, b) for n, (a, b) in enumerate(itertools.pairwise(edges), start=1)]


def begun(tmp_path: Path) -> Both:
    """Both archives with each other's keys; in Aino's a case with the filmed meeting that Leena codes, too."""
    seen = coded_film(tmp_path)
    # of its length, and nothing more: nobody looks at the pictures here
    pictures = Clip(fps=Fraction(5), frames=round((seen.end + REST) * 5), gop=25)
    film = replace(seen, path=build(tmp_path, pictures, "film"))
    made = Both({name: tmp_path / name for name in (AINO, LEENA)}, tmp_path / "post", film)
    made.post.mkdir()
    opened = {name: door().create(folder, name, PASSPHRASE) for name, folder in made.folders.items()}
    keys = {name: one.archive.receiving_key() for name, one in opened.items()}
    for name, other in ((AINO, LEENA), (LEENA, AINO)):
        heard = " ".join(fingerprint(keys[other]))
        add_partner(Door(opened[name].store), TEXTS, keys[name], other, keys[other], heard)
    store, media = opened[AINO].store, opened[AINO].media
    meeting = filmed(store, media, made)
    assert meeting.coders[0] == store.me
    for one in opened.values():
        one.archive.close()
    return made


def filmed(store, media, made: Both) -> Meeting:
    (partner,) = (w for w in store.find(Worker) if w.id != store.me)
    editor = CaseEditor(store, TEXTS, new_case(Door(store), TEXTS, "Tähti 14").id)
    editor.edit(editor.file.case, partner=partner.id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, date(2020, 1, 1))
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert meeting is not None
    gate = ChildFilmGate()
    try:
        taken = intake.take_in(gate, media, intake.Wish((made.film.path,), meeting.id, 1), Work())
    finally:
        gate.close()
    intake.keep(Door(store), media, TEXTS, taken)
    cards = tuple(planned(card, "of any age") for card in library.task_cards()[: len(made.tasks)])
    rows = [Segment(new_id(), meeting.id, t.number, t.start, t.end) for t in made.tasks]
    Door(store).write("plan", [Change(meeting, replace(meeting, plan=cards)), *map(added, rows)])
    return meeting


def test_a_meeting_goes_over_and_two_codings_come_back(program, hands, tmp_path: Path, monkeypatch) -> None:
    both = begun(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_n: str(both.post))
    sit_down(hands, program, both, AINO)
    waits(hands, program, "Luovuta tapaaminen työparin koneelle")
    panel = at_meeting(hands, program)
    does(hands, program, panel, "Luovuta tapaaminen…", "Koodaa tapaaminen")
    code(program, both, AINO, 4)
    panel = at_meeting(hands, program)
    does(hands, program, panel, "Lähetä koodaukseni…", "Koodauksesi on lähetetty. Odotetaan työparin koodausta")
    lock(hands, program)

    sit_down(hands, program, both, LEENA)
    program.window.go("settings", part="partners")
    hands.click(button(program.window, "Ota vastaan työparilta…"))
    hands.until(lambda: not program.workspace.jobs.running and program.workspace.store.find(Meeting))
    nothing_is_seen_of(both, program, AINO)
    panel = at_meeting(hands, program)
    hands.until(lambda: "Koodaa tapaaminen" in hands.words(panel))
    code(program, both, LEENA, 3)
    panel = at_meeting(hands, program)
    does(hands, program, panel, "Lähetä koodaukseni…", "on täällä suljettuna. Lähetä avaimesi")
    does(hands, program, panel, "Lähetä avaimeni…", "Odotetaan työparin avainta")
    program.window.go("comparing", meeting_id=meeting_of(program).id)
    place = one_in_sight(program.window, ComparingScreen)
    hands.until(lambda: "koodaa toisella koneella" in hands.words(place))
    nothing_is_seen_of(both, program, AINO)
    lock(hands, program)

    sit_down(hands, program, both, AINO)
    waits(hands, program, "Odottaa, mitä työpari lähettää")
    panel = at_meeting(hands, program)
    does(hands, program, panel, f"Ota vastaan: {LEENA}…", "Lähetä avaimesi")
    figures = [compared(hands, program, both)]
    panel = at_meeting(hands, program)
    does(hands, program, panel, "Lähetä avaimeni…", "Molemmat koodaukset ovat täällä auki")
    lock(hands, program)

    sit_down(hands, program, both, LEENA)
    panel = at_meeting(hands, program)
    does(hands, program, panel, f"Ota vastaan: {AINO}…", "Molemmat koodaukset ovat täällä auki")
    figures.append(compared(hands, program, both))
    assert figures[0] == figures[1]
    assert program.workspace.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)


def sit_down(hands: Hands, program: Program, both: Both, name: str) -> None:
    program.unlock(both.folders[name], name, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())


def meeting_of(program: Program) -> Meeting:
    (meeting,) = program.workspace.store.find(Meeting)
    return meeting


def at_meeting(hands: Hands, program: Program) -> QWidget:
    program.window.go("cases", meeting_id=meeting_of(program).id)
    panel = one_in_sight(program.window, CasesScreen).meetings.panel.exchange
    hands.settle()
    return panel


def does(hands: Hands, program: Program, panel: QWidget, act: str, then: str) -> None:
    """Press the one next thing; the panel then says what is next."""
    hands.click(button(panel, act))
    hands.until(lambda: not program.workspace.jobs.running and then in hands.words(panel))


def button(within: QWidget, text: str) -> QPushButton:
    return next(b for b in within.findChildren(QPushButton) if b.text() == text and not b.isHidden())


def waits(hands: Hands, program: Program, what: str) -> None:
    program.window.go("desk")
    hands.until(lambda: what in hands.words(program.window))


def code(program: Program, both: Both, name: str, value: int) -> None:
    """Everything that this coder saw, rated, covered and marked as ready."""
    editor = program.workspace.coding_editor(meeting_of(program).id)
    for seen in both.presses(name):
        kind = editor.scheme.code(seen.code)
        assert kind is not None
        assert editor.code(kind, seen.at)
    for item in editor.instrument.items:
        editor.rate(item.id, value, "nähty")
    header = editor.coding.header
    covered = tuple(Stretch(task.start, task.end) for task in both.tasks)
    editor.do("cover", Change(header, replace(header, covered=covered)))
    assert editor.mark_ready()


def nothing_is_seen_of(both: Both, program: Program, name: str) -> None:
    """Neither a row of the store's nor a word in the window."""
    store = program.workspace.store
    assert all(header.coder == store.me for header in store.find(CodingHeader))
    own = {o.start for o in store.find(Observation)}
    assert own in (set(), {p.at for p in both.presses(LEENA if name == AINO else AINO)})


def compared(hands: Hands, program: Program, both: Both) -> object:
    """The figures of both codings, equal to the count from what was pressed, and shown."""
    meeting = meeting_of(program)
    found = comparison(program.workspace.store, meeting.id)
    a, b = both.presses(AINO), both.presses(LEENA)
    counted = cells(a, b, both.tasks)
    agreed, alone = sum(len(c.both) for c in counted.values()), sum(c.one for c in counted.values())
    told = [row for row in found.agreement.events if not row.dimension]
    assert (sum(row.agreed for row in told), sum(row.a + row.b - 2 * row.agreed for row in told)) == (agreed, alone)
    states = state_figures(a, b, both.tasks)
    (whole,) = (row for row in found.agreement.time_based if row.group)
    assert abs(whole.percent - states.percent) < 1e-9
    assert abs(whole.kappa - states.kappa) < 1e-9
    program.window.go("comparing", meeting_id=meeting.id)
    place = one_in_sight(program.window, ComparingScreen)
    hands.until(lambda: "koodaa toisella koneella" not in hands.words(place))
    hands.until(lambda: not program.workspace.jobs.running)
    return found.agreement
