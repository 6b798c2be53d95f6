"""An archive's life in acts, and what must be true of it before and after each: told as it goes.

    facts   opens    {name: passphrase}, none for whom nothing opens
            rows     {kind: ids} of what everybody reads
            films    {id: "whole" or "erased"}
            own      {name: {coding id: {"state": …, "seen": ids}}}
            filming  {book id: bytes that were synced}
            backups  how many are whole; restored whether one was put back
            older    whether the archive that an older program made was opened
    rescued  whether another archive was made of what could be read
    pair     what two archives hold that send each other packages (`tests.power.pair`)

A step changes facts from those before to those after; what the disk holds is one of both, part by part.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingState
from app.model.consent import ConsentForm
from app.model.erasure import FilmOrder, Ground, MadeHow
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.meeting import Meeting, Stretch
from app.model.observation import Observation
from app.model.people import Case, Person, Role, Worker
from app.model.recording import Recording
from app.office.workers import add_worker
from app.ports import OpenedArchive
from storage import durable_file
from storage.archive import ArchiveDoorway
from storage.backups.backup_format import PART, PREFIX
from storage.vault.keys import KdfCost
from tests.material import old_archives
from tests.material.builders import A_DAY, meeting, recording
from tests.power import pair

AINO, LEENA = "Aino Esimerkki", "Leena Malli"
FIRST = {AINO: "ainon pitkä lause", LEENA: "leenan pitkä lause"}
NEXT = {AINO: "ainon seuraava lause", LEENA: "leenan seuraava lause"}
DOOR = ArchiveDoorway(KdfCost.FLOOR)
FILM = bytes(range(251)) * 1300  # five chunks
PIECE = 24_000  # of what a camera gives at once, in bytes

Facts = dict[str, Any]


def nothing_yet() -> Facts:
    return {"opens": {}, "rows": {}, "films": {}, "own": {}, "filming": {}, "backups": 0, "restored": False,
            "older": False, "rescued": False, "pair": pair.at_first()}  # fmt: skip


def filmed(size: int) -> bytes:
    """The front of what is filmed, the same at every time."""
    return b"".join(number.to_bytes(4, "little") for number in range(size // 4 + 1))[:size]


class World:
    """The folder of one life: `archive`, `usb` with its backups, and `older`; `outside` is no part of it.

    `older` is the archive of two that an earlier version made, `pair` those of two who write to each other.
    """

    def __init__(self, place: Path, tell: Callable[[bytes], None], outside: Path) -> None:
        self.place, self.archive, self.usb, self.outside = place, place / "archive", place / "usb", outside
        self._tell = tell
        self.facts = nothing_yet()
        self.opened: OpenedArchive | None = None
        self.name = ""
        self.codes: dict[str, str] = {}

    def begin(self) -> None:
        """The stick for backups is the user's, and is there; and so is what an older program made."""
        self.usb.mkdir()
        pair.laid_ready(self.place / "pair")
        older = old_archives.old_archive("two", self.place / "older")
        for path in (*older.rglob("*"), older, self.place):
            if path.is_dir():
                durable_file.sync_folder(path)
            else:
                with path.open("rb") as file:
                    durable_file.sync_file(file.fileno())

    def hear(self, tell: Callable[[bytes], None]) -> None:
        """From now on its steps are told here."""
        self._tell = tell

    # ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def step(self, after: Facts, do: Callable[[], object]) -> None:
        """One act of which the program says that it is done."""
        self._tell(json.dumps({"to": after}).encode())
        do()
        self.facts = after
        self._tell(json.dumps({"at": after}).encode())

    def after(self) -> Facts:
        return copy.deepcopy(self.facts)

    # ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def at(self, name: str) -> OpenedArchive:
        """The archive, unlocked by this worker."""
        if self.opened is None or self.name != name:
            self.close()
            self.opened = DOOR.unlock(self.archive, name, self.facts["opens"][name])
            self.name = name
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened, opened = None, self.opened
            opened.archive.close()

    def add(self, *entities: Any) -> None:
        """Rows that everybody reads, in one step."""
        assert self.opened is not None
        after = self.after()
        for one in entities:
            after["rows"].setdefault(type(one).__name__, []).append(one.id)
            if isinstance(one, Recording):
                after["films"][one.id] = "whole"
        store = self.opened.store
        self.step(after, lambda: store.apply("added", [added(e) for e in entities], act="create"))


# ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def create(world: World) -> None:
    after = world.after()
    after["opens"] = {AINO: FIRST[AINO]}

    def make() -> None:
        world.opened, world.name = DOOR.create(world.archive, AINO, FIRST[AINO]), AINO

    world.step(after, make)


def people(world: World) -> None:
    """A case, its people and a meeting: one step; then thirty rows at once, and one by one."""
    opened = world.at(AINO)
    me = opened.store.me
    others = [w.id for w in opened.store.find(Worker) if w.id != me]
    case = Case(new_id(), "Kuusi", me, *others[:1])
    child, adult = Person(new_id(), case.id, Role.CHILD, "lapsi"), Person(new_id(), case.id, Role.BIRTH_PARENT, "isä")
    world.add(case, child, adult, meeting(case.id, adult.id, child.id, (me, (*others, new_id())[0])))
    world.add(*(Case(new_id(), f"Mänty {n}" * 40, me) for n in range(30)))
    for n in range(4):
        world.add(Case(new_id(), f"Koivu {n}", me))


def add_leena(world: World) -> None:
    opened, after = world.at(AINO), world.after()
    after["opens"][LEENA] = FIRST[LEENA]

    def add() -> None:
        made = add_worker(Door(opened.store), opened.archive, Texts("en"), LEENA, FIRST[LEENA])
        world.codes[LEENA] = made.code

    world.step(after, add)


def film_in(world: World) -> None:
    opened = world.at(AINO)
    source = world.outside / "film.bin"
    source.write_bytes(FILM)
    plan = recording(_meeting(opened).id)
    taken = opened.media.take_in(source, plan.id, lambda _: None, lambda: False)
    world.add(_taken(plan, taken))


def _meeting(opened: OpenedArchive) -> Meeting:
    return min(opened.store.find(Meeting), key=lambda m: m.id)


def _taken(plan: Recording, taken: Any) -> Recording:
    said = {"sha256": taken.sha256, "size": taken.size, "chunks": taken.chunks}
    return replace(plan, container=taken.container, wrapped_key=taken.wrapped_key, **said)


def filming(world: World) -> None:
    """A film from a camera: its book first, then bytes that are synced now and then, then the film for the book."""
    opened = world.at(AINO)
    plan = recording(_meeting(opened).id)
    file = opened.media.begin(plan.id, live=True)
    book = OpenRecording(
        new_id(), plan.meeting_id, 1, file.name, A_DAY, 0, wrapped_key=file.wrapped_key, recording_id=plan.id
    )
    after = world.after()
    after["filming"][book.id] = 0
    world.step(after, lambda: opened.store.apply("filming", [added(book)]))
    content = filmed(20 * PIECE)
    for at in range(0, len(content), PIECE):
        file.write(content[at : at + PIECE])
        if at // PIECE % 3 == 2:
            after = world.after()
            # whole chunks are what can be synced
            after["filming"][book.id] = (at + PIECE) // 16_384 * 16_384
            world.step(after, file.sync)
    taken = file.keep()
    after = world.after()
    del after["filming"][book.id]
    after["films"][plan.id] = "whole"
    after["rows"].setdefault("Recording", []).append(plan.id)
    world.step(after, lambda: opened.store.apply("filmed", [removed(book), added(_taken(plan, taken))]))


def form(world: World) -> None:
    opened = world.at(AINO)
    file = opened.media.begin(form_id := new_id())
    file.write(FILM[:9000])
    taken = file.keep()
    (case, *_) = opened.store.find(Case)
    world.add(
        ConsentForm(form_id, case.id, A_DAY, taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key)
    )


def coding(world: World, name: str, met: Meeting | None = None) -> str:
    """A coding is begun and coded: single observations, thirty in one step, one with a long note."""
    opened = world.at(name)
    covered = (Stretch(0, 1_000_000),)
    met = met or _meeting(opened)
    head = CodingHeader(new_id(), met.id, opened.store.me, "core", 1, "sheet", 1, covered=covered)
    after = world.after()
    after["own"].setdefault(name, {})[head.id] = {"state": "draft", "seen": []}
    world.step(after, lambda: opened.store.apply("begin", [added(head)]))
    _code(world, name, head.id, 1)
    _code(world, name, head.id, 30)
    _code(world, name, head.id, 1, "x" * 6000)
    return head.id


def _code(world: World, name: str, coding_id: str, many: int, note: str = "") -> None:
    opened = world.at(name)
    points = [Observation(new_id(), coding_id, "S1", "adult1", n, note=note) for n in range(many)]
    after = world.after()
    after["own"][name][coding_id]["seen"] += [point.id for point in points]
    world.step(after, lambda: opened.store.apply("coding", [added(point) for point in points]))


def code_aino(world: World) -> None:
    coding(world, AINO)


def code_leena(world: World) -> None:
    coding(world, LEENA)


def _own(world: World, name: str) -> CodingHeader:
    opened = world.at(name)
    return min(opened.store.find(CodingHeader, coder=opened.store.me), key=lambda h: h.id)


def _turn(world: World, name: str, state: CodingState) -> None:
    head = _own(world, name)
    opened, after = world.at(name), world.after()
    is_ready = state == CodingState.READY
    made = replace(
        head, state=state, ready_at=datetime.now(UTC) if is_ready else None, checksum="sum" if is_ready else ""
    )
    after["own"][name][head.id]["state"] = str(state)
    act = "ready" if is_ready else "ready-taken-back"
    world.step(after, lambda: opened.store.apply(act, [Change(head, made)], act=act))


def ready_aino(world: World) -> None:
    _turn(world, AINO, CodingState.READY)


def back_aino(world: World) -> None:
    _turn(world, AINO, CodingState.DRAFT)


def ready_leena(world: World) -> None:
    """The last of both: hers is released."""
    _turn(world, LEENA, CodingState.READY)


def release_aino(world: World) -> None:
    """His own waits for this sign-in."""
    world.close()
    world.at(AINO)


def remove_coding(world: World) -> None:
    """Another meeting's coding is begun and taken away."""
    opened = world.at(AINO)
    first = _meeting(opened)
    world.add(other := replace(first, id=new_id()))
    coding_id = coding(world, AINO, other)
    (head,) = opened.store.find(CodingHeader, id=coding_id)
    held = [removed(e) for e in opened.store.find(Observation, coding_id=coding_id)]
    after = world.after()
    del after["own"][AINO][coding_id]
    world.step(after, lambda: opened.store.apply("gone", [*held, removed(head)]))


def passphrase(world: World) -> None:
    opened, after = world.at(AINO), world.after()
    old = world.facts["opens"][AINO]
    new = NEXT[AINO] if old == FIRST[AINO] else FIRST[AINO]
    after["opens"][AINO] = new
    world.step(after, lambda: opened.archive.change_passphrase(opened.store.me, old, new))


def code_for_paper(world: World) -> None:
    """A recovery code, typed back."""
    opened = world.at(LEENA)
    world.codes[LEENA] = opened.archive.make_recovery_code()
    assert opened.archive.confirm_recovery_code(world.codes[LEENA])


def recover(world: World) -> None:
    world.close()
    after = world.after()
    after["opens"][LEENA] = NEXT[LEENA]

    def by_code() -> None:
        world.opened, world.name = DOOR.recover(world.archive, LEENA, world.codes[LEENA], NEXT[LEENA]), LEENA

    world.step(after, by_code)


def rotate(world: World) -> None:
    """Another key for the archive: begun, and ended by locking."""
    world.at(AINO).archive.change_key()
    world.close()
    world.at(AINO)


def remove_leena(world: World) -> None:
    opened, after = world.at(AINO), world.after()
    (leena,) = opened.store.find(Worker, name=LEENA)
    after["opens"][LEENA] = None
    world.step(after, lambda: opened.archive.remove_sign_in(leena.id))


def erase(world: World) -> None:
    """The first film goes, as the other worker confirms it."""
    opened = world.at(AINO)
    film = next(f for f in opened.store.find(Recording) if not f.is_erased)
    (leena,) = opened.store.find(Worker, name=LEENA)
    after = world.after()
    after["films"][film.id] = "erased"

    def go() -> None:
        opened.archive.confirm_erasing(leena.id, world.facts["opens"][LEENA], film.id)
        opened.archive.erasing.film(FilmOrder(film.id, Ground.MISTAKE, "typed"), lambda: False)

    world.step(after, go)
    opened.archive.erasing.finish(lambda _: None, lambda: False)


def back_up(world: World, how: MadeHow = MadeHow.BY_HAND, gone: int = 0) -> None:
    """`gone` older ones go with it."""
    opened, after = world.at(AINO), world.after()
    after["backups"] += 1 - gone
    world.step(after, lambda: opened.archive.backup(world.usb, lambda _: None, lambda: False, how))
    assert len(backups(world.usb)) == after["backups"]


def back_up_by_itself(world: World) -> None:
    """Twice on one day: with that the older of both is over."""
    back_up(world, MadeHow.BY_ITSELF)
    back_up(world, MadeHow.BY_ITSELF, gone=1)


def restore(world: World) -> None:
    """The newest backup into a folder below one that is not there yet."""
    world.close()
    backup = backups(world.usb)[-1]
    after = world.after()
    after["restored"] = True
    into = world.place / "elsewhere" / "again"
    secret = world.facts["opens"][AINO]
    world.step(after, lambda: DOOR.restore(backup, into, secret, lambda _: None, lambda: False))


def backups(usb: Path) -> list[Path]:
    """Folders that say of themselves that they are whole."""
    if not usb.is_dir():
        return []
    return sorted(p for p in usb.iterdir() if p.name.startswith(PREFIX) and not p.name.endswith(PART))


def migrate(world: World) -> None:
    """The first sign-in to an archive of an older program."""
    world.close()
    after = world.after()
    after["older"] = True
    secret = old_archives.SECRETS[old_archives.AINO]
    older = world.place / "older"

    def sign_in() -> None:
        DOOR.unlock(older, old_archives.AINO, secret).archive.close()

    world.step(after, sign_in)


def rescue(world: World) -> None:
    """All that can be read of the archive is written into a new one; this one stays as it is."""
    world.close()
    after = world.after()
    after["rescued"] = True
    into, secret = world.place / "elsewhere" / "rescued", world.facts["opens"][AINO]
    world.step(after, lambda: DOOR.rescue(world.archive, into, secret, lambda _: None, lambda: False))


def lock(world: World) -> None:
    world.close()
