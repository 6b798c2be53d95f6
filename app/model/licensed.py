"""Licensed content: packages that an owner of a licence keeps in the own archive. Their words never leave it.

A plan holds of a licensed task only its id, a neutral name and the package that has its words (`PlannedTask.package`):
so nothing that is made of a plan can carry them away. The words are looked up here, for those who may use them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.model.words import Words


@dataclass(frozen=True, slots=True)
class LicensedTask:
    """A task as its package's file says it; `id` is the package's own, `weights` go with `dimensions`."""

    id: str
    name: Words
    text: Words
    dimensions: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    materials: Words | None = None
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LicensedPackage:
    """One version of a package. Its tasks stay as they are: other words are another version.

    `key` is the package's own id, `holder` who holds the licence, `licence` its number, `expires` its last day (none
    without an end). `taken_by` is the id of the worker who took it in, `workers` are the ids of those who may use it,
    named one by one. `instruments` are the ids of the versions of rating instruments that came with it (`stored_id`).
    One that is `aside` is offered for no plan; what was planned with it keeps its words. The tasks are in no journal:
    a package that is gone leaves no words behind.
    """

    id: str
    key: str
    version: int
    name: str
    rights_holder: str
    licence: str
    holder: str
    expires: date | None
    taken_in: datetime
    taken_by: str
    workers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    tasks: tuple[LicensedTask, ...] = field(default=(), metadata={"journal": False})
    aside: bool = False

    def is_in_force(self, day: date) -> bool:
        """Whether the licence runs on `day`."""
        return self.expires is None or day <= self.expires

    def offers(self, worker_id: str, day: date) -> bool:
        """Whether a worker may plan with it for `day`."""
        return not self.aside and self.is_in_force(day) and worker_id in self.workers

    def task(self, task_id: str) -> LicensedTask | None:
        """A task by the id that it has in plans."""
        return next((task for task in self.tasks if self.task_id(task) == task_id), None)

    def task_id(self, task: LicensedTask) -> str:
        """The id that a task of the package has in plans, whatever the package's version."""
        return f"{self.key}/{task.id}"


def package_id(key: str, version: int) -> str:
    """The id of one version of a package, the same on every computer; versions are from 1."""
    return f"licensed/{key}/{version}"
