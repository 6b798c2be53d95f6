"""The signed-in worker's own profile: title, employer and training, from which titles and signatures follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from PySide6.QtCore import QObject

from app.door import Door
from app.editing import Editor
from app.errors import AppError, InputError
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.partner_key import PartnerKey
from app.model.people import Training, TrainingPurpose, Worker
from app.model.units import ItemPlace
from app.office.passphrases import demand_enough
from app.ports import Archive, Store
from app.services.library import first


class ProfileEditor(Editor):
    """The only door through which a worker's own profile changes."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.worker = store.get(Worker, store.me)

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.worker = cast("Worker", change.after)

    def edit(self, **fields: Any) -> bool:
        after = replace(self.worker, **fields)
        return after == self.worker or self.do(self.texts.tr("Own details edited"), Change(self.worker, after))

    def add_training(self, method: str = "", purpose: TrainingPurpose = TrainingPurpose.OTHER_CLIENT_WORK) -> bool:
        """A training to fill in; in the method of the first service when none is said."""
        return self.edit(trainings=(*self.worker.trainings, Training(method or first().method, purpose)))

    def edit_training(self, number: ItemPlace, **fields: Any) -> bool:
        rows = list(self.worker.trainings)
        rows[number] = replace(rows[number], **fields)
        return self.edit(trainings=tuple(rows))

    def remove_training(self, number: ItemPlace) -> bool:
        return self.edit(trainings=tuple(t for n, t in enumerate(self.worker.trainings) if n != number))


def all_workers(store: Store) -> tuple[Worker, ...]:
    """In the order in which they came."""
    return store.find(Worker)


def by_name(store: Store) -> tuple[Worker, ...]:
    """In the order of a list that is looked through by name."""
    return tuple(sorted(all_workers(store), key=lambda w: w.name.casefold()))


def guest_ids(store: Store) -> frozenset[str]:
    """Who of them signs in as a guest."""
    return frozenset(w.id for w in store.find(Worker, guest=True))


def names_of_workers(store: Store) -> dict[str, str]:
    """Names by worker id."""
    return {w.id: w.name for w in all_workers(store)}


@dataclass(frozen=True, slots=True)
class Added:
    """A new worker, and the worker's own recovery code: it is nowhere else."""

    worker: Worker
    code: str


def add_worker(door: Door, archive: Archive, texts: Texts, name: str, passphrase: str) -> Added:
    """A second worker who can sign in to this archive with an own passphrase.

    The row comes first and the sign-in last: whenever the program ends in between, nobody can sign in as a worker who
    is not there. A row that was left so is taken up again.

    Raises ArchiveError when the name is taken, InputError(`worker-name-missing`, `passphrase-weak`); then nothing was
    added.
    """
    name = demand_sign_in(name, passphrase)
    worker = _left_without_sign_in(door.store, archive, name)
    if worker is None:
        worker = Worker(new_id(), name)
        door.write(texts.tr("Worker added"), [added(worker)], act="create")
    try:
        return Added(worker, archive.add_sign_in(worker, passphrase))
    except AppError:
        door.write(texts.tr("Worker not added"), [removed(worker)], act="delete")
        raise


def demand_sign_in(name: str, passphrase: str) -> str:
    """The name of a new sign-in. Raises InputError(`worker-name-missing`, `passphrase-weak`)."""
    name = name.strip()
    if not name:
        raise InputError("worker-name-missing")
    demand_enough(passphrase, name)
    return name


def _left_without_sign_in(store: Store, archive: Archive, name: str) -> Worker | None:
    """A worker of this name who never could sign in: adding was cut off. Who left once is another person's name.

    A partner on another computer has no sign-in either, and is nobody who was left half added.
    """
    known = {worker_id for worker_id, _ in archive.sign_ins()} | {key.person_id for key in store.find(PartnerKey)}
    for worker in store.find(Worker, name=name, guest=False):
        if worker.id not in known and {entry.act for entry in store.audit_log(worker.id)} <= {"create", "slot-added"}:
            return worker
    return None


def change_own_passphrase(store: Store, archive: Archive, old: str, new: str) -> None:
    """The signed-in worker's. Raises InputError(`passphrase-weak`), and what `Archive.change_passphrase` raises."""
    demand_enough(new, store.get(Worker, store.me).name)
    archive.change_passphrase(store.me, old, new)
