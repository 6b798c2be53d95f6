"""What crosses the wall: a clip shown in supervision by its client's consent, and what is marked to it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.model.timecode import Micros

#: the act of a step, and of the rows of the log, that say a clip was shown in supervision
SHOWN = "shown-in-supervision"


@dataclass(frozen=True, slots=True)
class ControllersWord:
    """The decision of the controller whose client is on the film: who decided, for which controller, on what ground."""

    controller: str
    decided_by: str
    day: date
    ground: str

    @property
    def says(self) -> bool:
        """Whether it names its controller, who decided and on what ground."""
        return all(part.strip() for part in (self.controller, self.decided_by, self.ground))


@dataclass(frozen=True, slots=True)
class Shown:
    """One showing: when, by whom (worker id), and the ids of the consents and decisions that it stood on."""

    at: datetime
    by: str
    stands_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClipUse:
    """A clip that a supervisee brings to a session, with the supervisee's question to it.

    Of the clip there is its id and no more: no name, no time, no word of the client's. `covered`: shown with faces
    covered, as is usual. `stopped`: somebody asked to stop, and it is shown no more in its session. `decision` is the
    decision of another controller where the client is that one's. `shown` grows with each showing, and stays.
    """

    id: str
    agreement_id: str
    session_id: str
    clip_id: str
    asker: str = ""
    question: str = ""
    covered: bool = True
    takeaway: str = ""
    stopped: bool = False
    decision: ControllersWord | None = None
    shown: tuple[Shown, ...] = ()


class Shared(StrEnum):
    """Who sees a mark."""

    PRIVATE = "private"  # whoever wrote it
    SUPERVISOR = "supervisor"
    GROUP = "group"  # whoever reads the agreement


@dataclass(frozen=True, slots=True)
class Reflection:
    """A supervisee's mark at a moment of the clip, in one round of speaking.

    `at` is the time on the film's own clock (µs). `author` is a supervisee's id; `by` is the worker at whose sign-in
    it was written, and who sees it while it is private. `turn` counts the rounds from 1.
    """

    id: str
    agreement_id: str
    use_id: str
    at: Micros
    author: str
    by: str
    turn: int = 1
    words: str = ""
    shared: Shared = Shared.PRIVATE

    def __post_init__(self) -> None:
        assert self.turn >= 1, "the first round is 1"

    def is_read_by(self, worker_id: str, supervisor: str) -> bool:
        """Whether a worker who reads the agreement sees it."""
        if worker_id == self.by or self.shared == Shared.GROUP:
            return True
        return self.shared == Shared.SUPERVISOR and worker_id == supervisor
