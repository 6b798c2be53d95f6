"""A filled case in memory, and the place *Asiakkaat* shown over it with real widgets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import CaseFile, case_file
from app.door import Door
from app.errors import FilmError
from app.i18n import Texts
from app.jobs import Jobs
from app.model.change import added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Worker
from app.notices import Notice, Notices
from app.ports import Inspected, OpenedArchive, TakenIn
from app.settings.preferences import Preferences
from app.workspace import Workspace
from tests.drivers.open_section import Opened
from tests.material.builders import facts
from tests.material.house import MemoryVault
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_search import MemorySearch
from tests.stand_ins.fakes import MemoryStore
from widgets.cases.cases_screen import CasesScreen
from widgets.look import look as looks


class FakeGate:
    """Says what it was told to say about a film."""

    def __init__(self) -> None:
        self.facts = facts()
        self.error: FilmError | None = None

    def inspect(self, path: Path, progress, cancelled, copies=None) -> Inspected:
        progress(1.0)
        if self.error is not None:
            raise self.error
        return Inspected(self.facts, b"index")


@dataclass
class FakeVault(MemoryVault):
    """Remembers what was taken in and what was let go."""

    files: dict[str, bytes] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    taken: list[Path] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)

    def take_in(self, source: Path, recording_id: str, progress, cancelled, _key=b"") -> TakenIn:
        self.taken.append(source)
        progress(1.0)
        return TakenIn(f"{recording_id}.vau", b"key", "0" * 64, source.stat().st_size, 1)

    def discard(self, container: str) -> None:
        self.discarded.append(container)
        self.files.pop(container, None)

    def free_bytes(self) -> int:
        return 10**12


class FakeArchive:
    def __init__(self, store: MemoryStore) -> None:
        self.search = MemorySearch(store)

    def sign_ins(self) -> tuple[tuple[str, str], ...]:
        return ()

    def close(self) -> None:
        pass


class House:
    """One worker's unlocked archive, what was said, and where was gone."""

    def __init__(self, *, partner: bool = True) -> None:
        self.me, self.partner = Worker(new_id(), "Aino"), Worker(new_id(), "Leena")
        self.store = MemoryStore(self.me.id)
        self.store.apply("workers", [added(w) for w in ((self.me, self.partner) if partner else (self.me,))])
        self.gate, self.vault = FakeGate(), FakeVault()
        self.texts = Texts("en")
        opened = OpenedArchive(Path(), self.store, self.vault, FakeArchive(self.store))
        self.jobs, self.notices = Jobs(), Notices(self.texts)
        self.space = Workspace(opened, film_tools(gate=self.gate), self.texts, self.jobs, self.notices, Preferences())
        self.said: list[Notice] = []
        self.notices.said.connect(self.said.append)
        self.gone: list[tuple[str, dict]] = []

    def go(self, place: str, **ids: str) -> None:
        self.gone.append((place, ids))

    def case(self, name: str = "Star 14", *, partner: bool = True) -> str:
        case = new_case(Door(self.store), self.texts, name)
        if partner:
            editor = CaseEditor(self.store, self.texts, case.id)
            editor.edit(editor.file.case, partner=self.partner.id)
        return case.id

    def editor(self, case_id: str) -> CaseEditor:
        """The one through which every place edits a case."""
        return self.space.editor(f"case/{case_id}", lambda: CaseEditor(self.store, self.texts, case_id))

    def consent(self, case_id: str) -> None:
        """Everybody of a case may be filmed."""
        editor = self.editor(case_id)
        for person in editor.file.persons:
            assert editor.give_consent(person, Purpose.FILMING, date(2020, 1, 1))

    def file(self, case_id: str) -> CaseFile:
        return case_file(self.store, case_id)

    def meeting(self, case_id: str, day: date = date(2026, 11, 3)) -> Meeting:
        editor = CaseEditor(self.store, self.texts, case_id)
        held = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        made = editor.add_meeting(editor.file.adults[0], held)
        assert made is not None
        return made


@pytest.fixture
def house(qapp: QApplication) -> Iterator[House]:
    made = House()
    yield made
    made.space.close()


@pytest.fixture
def show(qtbot, house):
    """Show the place, on a case when one is given."""
    windows: list[QWidget] = []

    def make(**ids: str) -> Opened:
        # in a window of its own, as in the program: the offscreen platform knows no least size of a window
        window = QWidget()
        window.resize(1274, 712)
        screen = CasesScreen(house.space, looks.Look(looks.LIGHT), house.go)
        screen.setParent(window)
        screen.setGeometry(window.rect())
        qtbot.addWidget(window)
        windows.append(window)
        screen.opened(**ids)
        window.show()
        return Opened(screen)

    return make
