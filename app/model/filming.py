"""What happened while a meeting was filmed: live marks, interruptions, what was skipped, and the talk right after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.model.observation import MarkKind
from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class LiveMark:
    """A moment marked while filming: the meeting's, not a coder's, and no observation. Both workers see it."""

    id: str
    meeting_id: str
    kind: MarkKind
    at: Micros
    text: str = ""


class Happening(StrEnum):
    """What kind of thing happened while filming."""

    STARTED_DESPITE = "started-despite"  # a warning of the preflight was known; `reason` says which
    SKIPPED = "skipped"  # task `number` was left out, with `reason`
    INTERRUPTION = "interruption"  # filming went on, not codable, with `reason`
    PAUSE = "pause"  # nothing was recorded
    CAMERA_LOST = "camera-lost"  # `number` is the camera
    SOUND_LOST = "sound-lost"
    SECOND_COPY_LOST = "second-copy-lost"
    DISK_FULL = "disk-full"
    PICTURES_LOST = "pictures-lost"  # `number` pictures; `reason` is the camera's number
    RESCUED = "rescued"  # the program ended while filming; from `start` on something is missing
    ENDED_AT_ONCE = "ended-at-once"


@dataclass(frozen=True, slots=True)
class FilmingEvent:
    """One happening on the meeting's clock; `end` is None for a moment, or while it lasts.

    `reason` is a key: for a skip `child-does-not-want`, `safety`, `time`, `material-missing`; for an interruption
    `child-left`, `adult-left`, `worker-in-room`, `technical-fault`.
    """

    id: str
    meeting_id: str
    kind: Happening
    start: Micros
    end: Micros | None = None
    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenRecording:
    """A film that is being recorded now, or was when the program ended: what a rescue needs. Its id is the film's.

    It becomes a Recording when its container is finished. `offset` is where its first picture is on the meeting's
    clock; `second_folder` holds the second copy, if there is one, under the name `second_container`.
    """

    id: str
    meeting_id: str
    camera: int
    container: str
    begun: datetime
    offset: Micros
    second_folder: str = ""
    second_container: str = ""
    wrapped_key: bytes = field(default=b"", repr=False, metadata={"journal": False})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question; `question` is its key in `resources/texts`."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk right after filming with one adult (domain 1.6): the adult's own view, apart from observations."""

    id: str
    meeting_id: str
    person_id: str
    held: datetime
    child_where: str = ""
    answers: tuple[Answer, ...] = ()
