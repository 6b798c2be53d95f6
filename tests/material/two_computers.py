"""Two workers with an archive each on computers of their own, who made sure of each other's keys by phone.

Aino has filmed a meeting that she codes with Leena. The archives are made once per run and copied.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.casework.case_editor import CaseEditor, new_case
from app.casework.elsewhere import exchange_of
from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.plan import planned
from app.model.receiving_key import fingerprint
from app.model.timecode import SECOND
from app.packages.codings import send_coding, send_key
from app.packages.handing_over import hand_over
from app.packages.partners import add_partner
from app.packages.taking_in import Taken, take_all
from app.ports import OpenedArchive
from app.schemes import library
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.builders import recording
from tests.material.once import once
from tests.material.pressing import press

SECRET = "viisi pitkää sanaa peräkkäin"
FILM = b"film" * 5_000
AINO, LEENA = "Aino", "Leena"
TEXTS = Texts("en")
CASE = "Star 14"
TASKS = ((0, 20), (20, 40), (40, 60))

Presses = list[tuple[str, float]]


class TwoComputers:
    """Both archives below a folder, and how a worker sits down at one of them and does the next thing.

    They are laid there anew, unless they lie there already: `lay` False.
    """

    def __init__(self, folder: Path, *, lay: bool = True) -> None:
        self.folder, self.post = folder, folder / "post"
        self._open: dict[str, OpenedArchive] = {}
        for name in (AINO, LEENA) if lay else ():
            shutil.copytree(once("two-computers", _both) / name, folder / name)
        self.post.mkdir(exist_ok=not lay)

    @contextmanager
    def at(self, name: str) -> Iterator[OpenedArchive]:
        """The worker's own archive, unlocked: it stays so until the worker leaves."""
        if name not in self._open:
            self._open[name] = ArchiveDoorway(KdfCost.FLOOR).unlock(self.folder / name, name, SECRET)
        yield self._open[name]

    def leave(self) -> None:
        """Both lock their archives."""
        for name in list(self._open):
            self._open.pop(name).archive.close()

    def doing(self, name: str, what: Callable, *args) -> object:
        """One thing done by a worker who sits down for it: `what(door, archive, texts, meeting id, *args)`."""
        with self.at(name) as opened:
            return what(Door(opened.store), opened.archive, TEXTS, meeting_id(opened), *args)

    def hand_over(self) -> Path:
        return self.doing(AINO, hand_over, self.post, lambda _: None, lambda: False)

    def code(self, name: str, presses: Presses, value: int = 4, *, ready: bool = True) -> None:
        with self.at(name) as opened:
            code(opened, presses, value, ready=ready)

    def send(self, name: str) -> Path:
        return self.doing(name, send_coding, self.post)

    def key(self, name: str) -> Path:
        return self.doing(name, send_key, self.post)

    def take(self, name: str, path: Path) -> Taken:
        with self.at(name) as opened:
            return take(opened, path)

    def next(self, name: str) -> str:
        with self.at(name) as opened:
            return exchange_of(opened.store, meeting_id(opened)).next.value


def take(opened: OpenedArchive, path: Path) -> Taken:
    return take_all(Door(opened.store), opened.archive, TEXTS, path, lambda _: None, lambda: False)


def meeting_id(opened: OpenedArchive) -> str:
    (meeting,) = opened.store.find(Meeting)
    return meeting.id


def editor_of(opened: OpenedArchive) -> CodingEditor:
    header = begin(Door(opened.store), TEXTS, meeting_id(opened))
    return CodingEditor(opened.store, TEXTS, meeting_file(opened.store, header.meeting_id), header)


def code(opened: OpenedArchive, presses: Presses, value: int = 4, *, ready: bool = True) -> None:
    """Press keys at seconds, cover and rate everything, and mark as ready."""
    editor = editor_of(opened)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    for item in editor.instrument.items:
        editor.rate(item.id, value, "seen")
    header = editor.coding.header
    editor.do("cover", Change(header, replace(header, covered=(Stretch(0, TASKS[-1][1] * SECOND),))))
    if ready:
        assert editor.mark_ready()


def _both(folder: Path) -> None:
    folder.mkdir()
    keys = {}
    for name in (AINO, LEENA):
        opened = ArchiveDoorway(KdfCost.FLOOR).create(folder / name, name, SECRET)
        keys[name] = opened.archive.receiving_key()
        opened.archive.close()
    for name, other in ((AINO, LEENA), (LEENA, AINO)):
        opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder / name, name, SECRET)
        heard = " ".join(fingerprint(keys[other]))
        partner = add_partner(Door(opened.store), TEXTS, keys[name], other, keys[other], heard)
        if name == AINO:
            _filmed(opened, partner.person_id, folder)
        opened.archive.close()


def _filmed(opened: OpenedArchive, partner: str, folder: Path) -> None:
    store = opened.store
    editor = CaseEditor(store, TEXTS, new_case(Door(store), TEXTS, CASE).id)
    editor.edit(editor.file.case, partner=partner)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, date(2020, 1, 1))
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert meeting is not None
    source = folder / "film"
    source.write_bytes(FILM)
    row = recording(meeting.id, TASKS[-1][1] * SECOND)
    taken = opened.media.take_in(source, row.id, lambda _: None, lambda: False)
    source.unlink()
    film = replace(
        row, sha256=taken.sha256, size=taken.size, chunks=taken.chunks, container=taken.container,
        wrapped_key=taken.wrapped_key,
    )  # fmt: skip
    cards = tuple(planned(card) for card in library.task_cards()[: len(TASKS)])
    marked = [
        Segment(new_id(), meeting.id, n, start * SECOND, end * SECOND) for n, (start, end) in enumerate(TASKS, start=1)
    ]
    Door(store).write("film", [Change(meeting, replace(meeting, plan=cards)), added(film), *map(added, marked)])
