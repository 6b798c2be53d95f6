"""An archive in memory with its pair at work: one case, a filmed meeting, two workers who can each open it."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.casework.case_editor import CaseEditor, new_case
from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.errors import ArchiveError, ContainerError
from app.i18n import Texts
from app.jobs import Jobs
from app.model.change import Change, added
from app.model.common_view import CONFIRMED
from app.model.consent import Purpose
from app.model.erasure import FilmOrder, Ground, MadeHow
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.people import Worker
from app.model.plan import planned
from app.model.receiving_key import PREFIX, encoded
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.model.training import CONFIRMABLE
from app.notices import Notice, Notices
from app.ports import OpenedArchive, Store, TakenIn
from app.ports.search import Search
from app.schemes import library
from app.settings.preferences import Preferences
from app.settings.values import Settings
from app.workspace import Workspace
from storage.store.sql_search import SqlSearch
from tests.material.archives import SqlArchive
from tests.material.builders import recording
from tests.material.pressing import press
from tests.stand_ins.fake_erasing import MemoryErasing
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_search import MemorySearch
from tests.stand_ins.fakes import MemoryArchive

MINUTE = 60 * SECOND
LONG_AGO = date(2020, 1, 1)
TASKS = ((0, 20), (20, 40), (40, 60))


class MemoryContainer:
    """A container being written in memory: the `NewContainer` of the port."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.name, self.wrapped_key = f"{new_id()}.vau", b"k" * 60
        self._files, self._written = files, bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def sync(self) -> None:
        """Memory is always written."""

    def keep(self) -> TakenIn:
        plain = bytes(self._written)
        self._files[self.name] = plain
        return TakenIn(self.name, self.wrapped_key, hashlib.sha256(plain).hexdigest(), len(plain), 1)

    def discard(self) -> None:
        self._files.pop(self.name, None)


class MemoryVault:
    """Films are not opened here: the player that stands in needs none. All else lies in `files`, by container."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.lost: set[str] = set()  # containers of films that are gone

    def open(self, recording) -> io.BytesIO:
        """What shows that a container is there, and no more: nobody reads a film here."""
        if recording.container in self.lost:
            raise ContainerError("container-missing")
        return io.BytesIO()

    def trouble(self, recording, _progress, _cancelled) -> str:
        return "container-missing" if recording.container in self.lost else ""

    def begin(self, _owner_id: str, _wrapped_key: bytes = b"") -> MemoryContainer:
        return MemoryContainer(self.files)

    def discard(self, container: str) -> None:
        del self.files[container]

    def erase(self, containers) -> None:
        for name in containers:
            self.files.pop(name, None)

    def take_in(self, source, owner_id, progress, cancelled, wrapped_key=b"") -> TakenIn:
        file = self.begin(owner_id, wrapped_key)
        file.write(source.read_bytes())
        return file.keep()

    def open_file(self, _owner, container: str) -> io.BytesIO:
        if container not in self.files:
            raise ContainerError("missing")
        return io.BytesIO(self.files[container])

    def verify(self, recording) -> bool:
        return hashlib.sha256(self.files[recording.container]).hexdigest() == recording.sha256

    def free_bytes(self) -> int:
        return 10**11


def search_of(held: MemoryArchive | SqlArchive, store) -> Search:
    """What finds in the archive of a store, for its worker."""
    worker_id = store.me
    return MemorySearch(store) if isinstance(held, MemoryArchive) else SqlSearch(held.database, worker_id)


class QuietArchive:
    """Sign-ins and backups of the archive, as told."""

    folder = Path("archive")
    erasing: MemoryErasing
    search: Search

    def __init__(self) -> None:
        self.code, self.backups, self.closed = False, [], False
        self.hows: list[MadeHow] = []
        self.place, self.backup_trouble, self.left_over = "", None, (0, 0)
        self.last: datetime | None = None
        self.names: list[tuple[str, str]] = []
        self.key_changes = 0
        self.acknowledged = 0
        self.witnessed: list[tuple[str, str]] = []
        self.sealed: dict[str, int] = {}
        self.secrets: dict[str, str] = {}
        self.stores: dict[str, Store] = {}

    def sign_ins(self):
        return tuple(self.names)

    def add_sign_in(self, worker, passphrase) -> str:
        self.names.append((worker.id, worker.name))
        return "WXYZ-1234"

    def remove_sign_in(self, worker_id) -> None:
        self.names = [row for row in self.names if row[0] != worker_id]

    def change_key(self) -> None:
        self.key_changes += 1

    def receiving_key(self) -> str:
        return encoded(PREFIX, bytes(range(32)))

    def witness(self, worker_id, passphrase):
        self.witnessed.append((worker_id, passphrase))
        return ()

    def confirm_beside(self, worker_id, passphrase, label, changes):
        """As the partner's own step, where the archive's stores are known."""
        assert {c.kind for c in changes} <= CONFIRMABLE, "nothing but a confirmation is made so"
        if self.secrets.get(worker_id, passphrase) != passphrase:
            raise ArchiveError("wrong-passphrase", wait=0)
        self.witnessed.append((worker_id, passphrase))
        return self.stores[worker_id].apply(label, changes, act=CONFIRMED)

    def confirm_erasing(self, worker_id, passphrase, object_id) -> None:
        if self.secrets.get(worker_id, passphrase) != passphrase:
            raise ArchiveError("wrong-passphrase", wait=0)
        self.erasing.confirmed(worker_id, object_id)

    def sealed_of(self, worker_id) -> int:
        return self.sealed.get(worker_id, 0)

    def moments_sealed_of(self, worker_id) -> int:
        return self.sealed.get(worker_id, 0)

    def to_tell(self):
        return ()

    def check_log(self, cancelled):
        return ()

    def acknowledge(self) -> None:
        self.acknowledged += 1

    def change_passphrase(self, worker_id, old, new) -> None:
        self.changed = (worker_id, old, new)

    def make_recovery_code(self) -> str:
        return "ABCD-EFGH"

    def confirm_recovery_code(self, typed: str, worker_id: str = "") -> bool:
        if worker_id:
            return typed == "WXYZ-1234"
        self.code = typed == "ABCD-EFGH"
        return self.code

    def has_recovery_code(self) -> bool:
        return self.code

    def backup(self, target, progress, cancelled, how=MadeHow.BY_HAND) -> str:
        if self.backup_trouble is not None:
            raise self.backup_trouble
        self.backups.append(target)
        self.hows.append(how)
        self.last = datetime.now(UTC)
        return "backup"

    def backup_place(self) -> str:
        return self.place

    def choose_backup_place(self, folder) -> None:
        self.place = str(folder)

    def backup_place_is_here(self) -> bool:
        return Path(self.place).is_dir()

    def last_backup(self):
        return self.last

    def verify(self, progress, cancelled):
        return ()

    def unclaimed(self):
        return self.left_over

    def remove_unclaimed(self):
        removed, self.left_over = self.left_over[0], (0, 0)
        return removed

    def close(self) -> None:
        self.closed = True


class Home:
    """What the pair's archive holds; `aino` leads and is coder A, `leena` is coder B."""

    def __init__(self, language: str = "en", held: MemoryArchive | SqlArchive | None = None) -> None:
        self.texts = Texts(language)
        self.vault = MemoryVault()
        self.held = held or MemoryArchive()
        self.aino, self.leena = Worker(new_id(), "Aino Esimerkki"), Worker(new_id(), "Leena Malli")
        self.a, self.b = self.held.open(self.aino.id), self.held.open(self.leena.id)
        self.a.apply("workers", [added(self.aino), added(self.leena)], act="create")
        case = new_case(Door(self.a), self.texts, "Star 14")
        editor = CaseEditor(self.a, self.texts, case.id)
        editor.edit(editor.file.case, partner=self.leena.id)
        commission = editor.file.commission
        assert commission is not None
        editor.edit(commission, commissioner="County", questions=("How do they meet?", "What helps?"))
        for person in editor.file.persons:
            editor.give_consent(person, Purpose.FILMING, LONG_AGO)
        self.case_id = case.id
        self.meeting = self.add_meeting(editor.file.adults[0].id)
        self.film = recording(self.meeting.id, MINUTE)
        self.a.apply("film", [added(self.film)])
        self.mark_tasks(self.meeting)

    def add_meeting(self, adult_id: str, day: int = 3) -> Meeting:
        """A meeting of the child and an adult, who has consented to be filmed, with three tasks planned."""
        editor = CaseEditor(self.a, self.texts, self.case_id)
        adult = editor.file.person(adult_id)
        assert adult is not None
        if not any(c.person_id == adult_id for c in editor.file.consents):
            editor.give_consent(adult, Purpose.FILMING, LONG_AGO)
        made = editor.add_meeting(adult, datetime(2026, 11, day, 9, tzinfo=UTC))
        assert made is not None
        planned_meeting = replace(made, plan=tuple(planned(c) for c in library.task_cards()[:3]))
        self.a.apply("plan", [Change(made, planned_meeting)])
        return planned_meeting

    def mark_tasks(self, meeting: Meeting) -> None:
        rows = [
            Segment(new_id(), meeting.id, n, start * SECOND, end * SECOND)
            for n, (start, end) in enumerate(TASKS, start=1)
        ]
        self.a.apply("tasks", [added(s) for s in rows])

    def lose(self, film: Recording) -> None:
        """As if a film had never come: no step of the store takes one away."""
        assert isinstance(self.held, MemoryArchive)
        self.held.entities = {key: held for key, held in self.held.entities.items() if key != film.id}

    def erase(self, film: Recording, vault=None) -> Recording:
        """The film is erased; the shell that is left."""
        erasing = MemoryErasing(self.a, (vault or self.vault).erase)
        erasing.film(FilmOrder(film.id, Ground.MISTAKE, "typed"), lambda: False)
        return self.a.get(Recording, film.id)

    def editor(self, store=None, meeting: Meeting | None = None) -> CodingEditor:
        store, meeting = store or self.a, meeting or self.meeting
        header = begin(Door(store), self.texts, meeting.id)
        return CodingEditor(store, self.texts, meeting_file(store, meeting.id), header)

    def code(self, store, presses: list[tuple[str, float]], meeting: Meeting | None = None, value: int = 4) -> None:
        """Press keys at seconds, cover and rate everything, and mark as ready."""
        editor = self.editor(store, meeting)
        for key, second in presses:
            press(editor, key, round(second * SECOND))
        for item in editor.instrument.items:
            editor.rate(item.id, value, "seen")
        editor.do("cover", Change(editor.coding.header, replace(editor.coding.header, covered=(Stretch(0, MINUTE),))))
        assert editor.mark_ready()

    def compare(self) -> None:
        """Both codings ready: alike but for one point and where the state changes."""
        self.code(self.a, [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)])
        self.code(self.b, [("6", 0), ("q", 5.4), ("q", 25.2), ("h", 33), ("7", 36)], value=3)


def cover_all(editor: CodingEditor) -> None:
    """Declare every task covered, without which no coding is ready."""
    for segment in editor.file.segments:
        assert editor.cover(segment, on=True)


class Room:
    """One worker's open workspace over a home, and what was said and where was gone."""

    def __init__(self, home: Home, store=None) -> None:
        self.home, self.store = home, store or home.a
        self.archive, self.vault = QuietArchive(), home.vault
        self.archive.stores = {home.aino.id: home.a, home.leena.id: home.b}
        self.archive.erasing = MemoryErasing(self.store, self.vault.erase)
        self.archive.search = search_of(home.held, self.store)
        self.jobs, self.notices = Jobs(), Notices(home.texts)
        self.preferences = Preferences(settings=Settings(language="en"))
        opened = OpenedArchive(Path("archive"), self.store, self.vault, self.archive)
        self.space = Workspace(opened, film_tools(), home.texts, self.jobs, self.notices, self.preferences)
        self.said: list[Notice] = []
        self.notices.said.connect(self.said.append)
        self.gone: list[tuple[str, dict]] = []

    def go(self, place: str, **ids: str) -> None:
        self.gone.append((place, ids))


@contextmanager
def opened(home: Home, store=None) -> Iterator[Room]:
    room = Room(home, store)
    yield room
    room.space.close()
