"""Workers, and the people of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.model.brought import Brought


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
    """Who signs in, codes and signs. `name` is also the sign-in name on the unlock window.

    A `guest` codes what a pass opens (`app.model.guests`) and reads nothing else, for good: also when no pass is left.
    `office` is the region office that the worker's hours are counted in.
    """

    id: str
    name: str
    title: str = ""
    employer: str = ""
    trainings: tuple[Training, ...] = ()
    guest: bool = False
    office: str = ""

    def is_proven_in(self, method: str, purpose: TrainingPurpose) -> bool:
        """Proof of training in `method` for `purpose` (title rule, domain 4.3)."""
        return self.is_proven_for(method, purpose)

    def is_proven_for(self, method: str, purpose: TrainingPurpose | None) -> bool:
        """The same; None where the method is not learned for one purpose or another."""
        proven = (t for t in self.trainings if t.method == method and t.proof.strip())
        return any(purpose in (None, t.purpose) for t in proven)


class Role(StrEnum):
    """A person's place in the case (domain 1.3)."""

    CHILD = "child"
    BIRTH_PARENT = "birth-parent"
    FOSTER_PARENT = "foster-parent"
    ADOPTIVE_PARENT = "adoptive-parent"
    KINSHIP_FOSTER_PARENT = "kinship-foster-parent"
    STEP_PARENT = "step-parent"
    RELATIVE = "relative"
    OWN_WORKER = "own-worker"
    OTHER_ADULT = "other-adult"
    SIBLING = "sibling"


class Interpreter(StrEnum):
    """Where the interpreter is; latencies are off and the statement says so when there is one (domain 1.3)."""

    NONE = "none"
    IN_ROOM = "in-room"
    REMOTE = "remote"
    EARPIECE = "earpiece"


class Ring(StrEnum):
    """Where a person stands on the map of the child's close network."""

    NOT_DRAWN = "not-drawn"
    HOME = "home"
    CLOSE = "close"


class Bond(StrEnum):
    """How it is between the child and a person of the network now."""

    TIGHT = "tight"
    MET = "met"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of one case. `called` is the word used on screen and in text (*äiti*), not the name.

    `network_only`: of the child's close network, neither filmed nor asked for anything. `ring` and `bond` place the
    person on the map of that network. `interpreter` is where the interpreter of this person's speech is, `same` an id
    that the entries of one human being in several cases share, empty for none. `leading_hand` is a key of the pick-list
    of hands, empty while it is not known.
    """

    id: str
    case_id: str
    role: Role
    called: str
    name: str = ""
    born: date | None = None
    language: str = "fi"
    guardian: bool = False
    note: str = ""
    interpreter: Interpreter = Interpreter.NONE
    interpreter_language: str = ""
    network_only: bool = False
    ring: Ring = Ring.NOT_DRAWN
    bond: Bond = Bond.MET
    same: str = ""
    leading_hand: str = ""

    @property
    def is_child(self) -> bool:
        return self.role == Role.CHILD

    @property
    def is_adult(self) -> bool:
        return self.role not in (Role.CHILD, Role.SIBLING)


@dataclass(frozen=True, slots=True)
class Case:
    """One child's matter, known on screen by its code name. The pair is `lead` and `partner` (worker ids).

    `keep_apart`: no two of its adults may meet, whoever comes to the case; pairs of them are `KeptApart`. `child_told`
    and `returned` are the days on which the child heard that the work ends, and what is the register-keeper's went
    back; `closed_despite` says why the case was closed although something of its checklist was not done.

    One with a `session_id` is no child's matter but a *folder*: the recording of that session of supervision lies in
    it, with nothing else, on the far side of the wall. Who was recorded and agreed to it is the session's to say
    (`app.model.recorded_session`), and no list of client work knows it. One with `brought` holds what a supervisee
    (`bringer`, that one's id) brings to the session instead: a film of a client of another controller.
    """

    id: str
    code_name: str
    lead: str
    partner: str = ""
    opened: date | None = None
    closed: date | None = None
    keep_apart: bool = False
    purpose: TrainingPurpose = TrainingPurpose.OTHER_CLIENT_WORK
    note: str = ""
    child_told: date | None = None
    returned: date | None = None
    closed_despite: str = ""
    session_id: str = ""
    bringer: str = ""
    brought: Brought | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it is where the recording of a session of supervision lies, or a film that was brought to it."""
        return bool(self.session_id)


def age_on(born: date, day: date) -> tuple[int, int]:
    """Whole years and months of age on `day`."""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return divmod(max(months, 0), 12)
