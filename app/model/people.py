"""Workers, and the people of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TrainingPurpose(StrEnum):
    """What a worker was trained to use a method for; the title rule asks for it (domain 4.3)."""

    THERAPLAY_PROCESS = "theraplay-process"
    OTHER_CLIENT_WORK = "other-client-work"


@dataclass(frozen=True, slots=True)
class Training:
    """One training in one method for one purpose; without `proof` it does not count for a title."""

    method: str
    purpose: TrainingPurpose
    name: str = ""
    proof: str = ""
    completed: date | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """Who signs in, codes and signs. `name` is also the sign-in name on the unlock window."""

    id: str
    name: str
    title: str = ""
    employer: str = ""
    trainings: tuple[Training, ...] = ()

    def is_proven_in(self, method: str, purpose: TrainingPurpose) -> bool:
        """Proof of training in `method` for `purpose` (title rule, domain 4.3)."""
        return any(t.method == method and t.purpose == purpose and t.proof.strip() for t in self.trainings)


class Role(StrEnum):
    """A person's place in the case (domain 1.3)."""

    CHILD = "child"
    BIRTH_PARENT = "birth-parent"
    FOSTER_PARENT = "foster-parent"
    ADOPTIVE_PARENT = "adoptive-parent"
    KINSHIP_FOSTER_PARENT = "kinship-foster-parent"
    OTHER_ADULT = "other-adult"
    SIBLING = "sibling"


@dataclass(frozen=True, slots=True)
class Person:
    """A child or an adult of one case. `called` is the word used on screen and in text (*äiti*), not the name."""

    id: str
    case_id: str
    role: Role
    called: str
    name: str = ""
    born: date | None = None
    language: str = "fi"
    guardian: bool = False
    note: str = ""

    @property
    def is_child(self) -> bool:
        return self.role == Role.CHILD

    @property
    def is_adult(self) -> bool:
        return self.role not in (Role.CHILD, Role.SIBLING)


class Interpreter(StrEnum):
    """Where the interpreter is; latencies are off and the statement says so when there is one (domain 1.3)."""

    NONE = "none"
    IN_ROOM = "in-room"
    REMOTE = "remote"
    EARPIECE = "earpiece"


@dataclass(frozen=True, slots=True)
class Case:
    """One child's matter, known on screen by its code name. The pair is `lead` and `partner` (worker ids)."""

    id: str
    code_name: str
    lead: str
    partner: str = ""
    opened: date | None = None
    closed: date | None = None
    interpreter: Interpreter = Interpreter.NONE
    interpreter_language: str = ""
    keep_apart: bool = False
    purpose: TrainingPurpose = TrainingPurpose.OTHER_CLIENT_WORK
    note: str = ""


def age_on(born: date, day: date) -> tuple[int, int]:
    """Whole years and months of age on `day`."""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return divmod(max(months, 0), 12)
