"""How two who code on different computers each come to the other's coding, and neither before both are committed.

Each, when the own coding is ready, makes a *coding file*: the coding shut under a key of its own, and a commitment to
it. The key goes in a second, small *key file*, which is made only where the other's coding file was taken in, and
which says for which commitment it was made. So whoever opens anything has committed, and to what was sent.

Here is what one side may do next and what becomes of what comes in, over values only, in whatever order it comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.errors import NotAllowed, PackageError
from app.model.coding import CodingHeader
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.rating import Rating
from app.model.timecode import Micros

#: what of a coding goes over with its header: all that both may read on one computer; own notes never do
GOES_OVER = (Observation, Mark, Rating, Bookmark)
Part = Observation | Mark | Rating | Bookmark


@dataclass(frozen=True, slots=True)
class SentCoding:
    """That a ready coding was sent to a partner on another computer (`person_id`), and what was committed to.

    `commitment` is in hex. While one is not `withdrawn`, the coding cannot be taken back. `key_for` is the partner's
    commitment for which the own key was made; empty until then.
    """

    id: str
    meeting_id: str
    coding_id: str
    person_id: str
    commitment: str
    made: datetime
    withdrawn: datetime | None = None
    key_for: str = ""


@dataclass(frozen=True, slots=True)
class PartnerCoding:
    """A partner's ready coding that came from another computer; `opened` when its key came. The id is its file's own.

    Of several the one that was `made` last counts, until the own key was made for one of them.
    """

    id: str
    meeting_id: str
    person_id: str
    coding_id: str
    commitment: str
    made: datetime
    taken: datetime
    opened: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeclaredFilm:
    """A film by its content, and where it lies on the meeting's clock."""

    id: str
    sha256: str
    offset: Micros
    drift_ppm: float


@dataclass(frozen=True, slots=True)
class Declaration:
    """On what a coding rests, which both know: the very same on both sides, or the two codings are not of one thing."""

    scheme: str
    instrument: str
    tasks: tuple[Segment, ...]
    films: tuple[DeclaredFilm, ...]

    def check_equal(self, other: Declaration) -> None:
        """Raises PackageError: `coding-scheme-differs`, `coding-film-differs`, `coding-tasks-differ`."""
        if (self.scheme, self.instrument) != (other.scheme, other.instrument):
            raise PackageError("coding-scheme-differs")
        if _by_id(self.films) != _by_id(other.films):
            raise PackageError("coding-film-differs")
        if _by_id(self.tasks) != _by_id(other.tasks):
            raise PackageError("coding-tasks-differ")


@dataclass(frozen=True, slots=True)
class CodingFile:
    """What a coding file says beside the coding that is shut in it."""

    id: str
    meeting_id: str
    coding_id: str
    commitment: str
    made: datetime
    declared: Declaration


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What opens one coding file (`id` is the file's), and the recipient's commitment for which it was made."""

    id: str
    meeting_id: str
    commitment: str
    key_for: str
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FinishedCoding:
    """A whole ready coding as it goes over; its coder is `sender`."""

    header: CodingHeader
    parts: tuple[Part, ...] = ()


class Next(StrEnum):
    """What one side does next, or waits for."""

    HAND_OVER = "hand-over"  # before anything else, on the side that has the films
    CODE = "code"
    SEND_CODING = "send-coding"
    WAIT_FOR_CODING = "wait-for-coding"
    SEND_KEY = "send-key"
    WAIT_FOR_KEY = "wait-for-key"
    COMPARE = "compare"


class Coming(StrEnum):
    """What becomes of a file that came in."""

    NEW = "new"
    SAME = "same"  # it is here already: nothing changes
    OLDER = "older"  # a newer one is here: nothing changes
    REPLACES = "replaces"  # the partner withdrew what is here, and nothing of it was opened


@dataclass(frozen=True, slots=True)
class Exchange:
    """How far one side is: whether the own coding is ready, what was `sent` of it (None once withdrawn), what came."""

    is_ready: bool = False
    sent: SentCoding | None = None
    theirs: PartnerCoding | None = None

    @property
    def is_key_made(self) -> bool:
        """Whether the own key was made, for whatever came."""
        return self.sent is not None and bool(self.sent.key_for)

    @property
    def is_open(self) -> bool:
        """Whether the partner's coding is here to be read."""
        return self.theirs is not None and self.theirs.opened is not None

    @property
    def next(self) -> Next:
        """The one thing to do, or to wait for."""
        if not self.is_ready:
            return Next.CODE
        if self.sent is None:
            return Next.SEND_CODING
        if self.theirs is None:
            return Next.WAIT_FOR_CODING
        if not self.is_key_made:
            return Next.SEND_KEY
        return Next.COMPARE if self.is_open else Next.WAIT_FOR_KEY

    def check_sending(self) -> None:
        """Raises NotAllowed(`coding-not-ready`)."""
        if not self.is_ready:
            raise NotAllowed("coding-not-ready")

    def check_withdrawing(self) -> None:
        """Raises NotAllowed: `coding-not-sent`, `both-ready` once the partner's is here."""
        if self.sent is None:
            raise NotAllowed("coding-not-sent")
        if self.theirs is not None or self.is_key_made:
            raise NotAllowed("both-ready")

    def check_key(self) -> str:
        """The partner's commitment for which the own key may be made: again, if it was.

        Raises NotAllowed: `coding-not-sent`, `key-before-coding` while nothing of the partner's was taken in.
        """
        if self.sent is None:
            raise NotAllowed("coding-not-sent")
        if self.theirs is None:
            raise NotAllowed("key-before-coding")
        return self.theirs.commitment

    def coming(self, file: CodingFile) -> Coming:
        """What becomes of a partner's coding file.

        Raises PackageError(`coding-changed`) for another coding than the one that was opened, or that the key is for.
        """
        held = self.theirs
        if held is None:
            return Coming.NEW
        if (held.id, held.commitment) == (file.id, file.commitment):
            return Coming.SAME
        if (file.made, file.id) < (held.made, held.id):
            return Coming.OLDER
        if self.is_key_made or self.is_open:
            raise PackageError("coding-changed")
        return Coming.REPLACES

    def opening(self, key: KeyFile) -> Coming:
        """What becomes of a partner's key file: NEW opens the coding, SAME was opened before.

        Raises PackageError: `key-without-coding` while the coding file is not here, `key-of-other-coding` for another's
        key, `key-for-other-coding` when it was not made for what was sent from here.
        """
        held = self.theirs
        if held is None:
            raise PackageError("key-without-coding")
        if (held.id, held.commitment) != (key.id, key.commitment):
            raise PackageError("key-of-other-coding")
        if held.opened is not None:
            return Coming.SAME
        if self.sent is None or self.sent.commitment != key.key_for:
            raise PackageError("key-for-other-coding")
        return Coming.NEW


def in_force(sent: Iterable[SentCoding]) -> SentCoding | None:
    """The one that was not withdrawn."""
    return next((one for one in sent if one.withdrawn is None), None)


def _by_id(things: Iterable[Segment] | Iterable[DeclaredFilm]) -> dict[str, object]:
    return {one.id: one for one in things}
