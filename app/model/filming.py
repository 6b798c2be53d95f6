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
    # nothing was recorded; `number` is the task that was on, `reason` is `lost` or `asleep` when nobody asked
    PAUSE = "pause"
    CAMERA_LOST = "camera-lost"  # `number` is the camera
    SOUND_LOST = "sound-lost"  # until it was heard again
    SECOND_COPY_LOST = "second-copy-lost"
    DISK_FULL = "disk-full"
    PICTURES_LOST = "pictures-lost"  # `number` pictures; `reason` is the camera's number
    # from the first to the last moment of it, `number` milliseconds in whole; `reason` is the camera's number
    COMPUTER_LATE = "computer-late"  # pictures are missing because the computer did not keep up
    CAMERA_SHORT = "camera-short"  # pictures are missing that the camera did not give
    SOUND_SHORT = "sound-short"  # no sound came
    # so many milliseconds of the film were on no disk yet at worst; while it is filmed, for a rescue
    DISK_LATE = "disk-late"
    WRITE_FAILED = "write-failed"
    CAMERA_BACK = "camera-back"  # a lost camera films again, in a film of its own
    SLEPT = "slept"  # the computer slept: nothing was filmed
    RESCUED = "rescued"  # the program ended while filming; from `start` on something is missing
    ENDED_AT_ONCE = "ended-at-once"  # `reason` is what was decided: `keep` or `close`, empty until then


SKIP_REASONS = ("child-does-not-want", "safety", "time", "material-missing")
INTERRUPTION_REASONS = ("child-left", "adult-left", "worker-in-room", "technical-fault")
#: what lasts from its start to its end; all else is a moment
LASTING = (Happening.INTERRUPTION, Happening.PAUSE, Happening.RESCUED, Happening.SLEPT)


@dataclass(frozen=True, slots=True)
class FilmingEvent:
    """One happening on the meeting's clock; `end` is None for a moment, or while it lasts.

    `reason` is a key: for a skip one of `SKIP_REASONS`, for an interruption one of `INTERRUPTION_REASONS`, for a start
    in spite of warnings the keys of the checks, with commas between.
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
    """A film that is being recorded now, or was when the program ended: what a rescue needs.

    It becomes the Recording `recording_id` when its container is finished, in one step: so its own id is another.
    `offset` is where its first picture is on the meeting's clock; `second_folder` holds the second copy, if there is
    one, under the name `second_container`.
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
    recording_id: str = ""


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
