"""One film of a meeting: its checksum, its container, its index, and its place on the meeting's clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.model import film_clock
from app.model.erasure import Original
from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class SoundTrack:
    codec: str
    channels: int
    rate: int


#: what a film says of itself besides damage: a stretch that nobody filmed, and a place where its clock jumped
NOT_FILMED, SEAM = "not-filmed", "seam"


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a film that could not be decoded as it should, in film time, or that nobody filmed (`NOT_FILMED`).

    A `SEAM` has no length: there the film's own clock jumped by `jump` µs, forward or back (0: nobody knows how far),
    and the film's time goes on as if it had not.
    """

    start: Micros
    end: Micros
    what: str
    jump: Micros = 0


#: codecs whose decoders patch up most damage without a word. Of films that were damaged at random, in which pictures
#: looked otherwise afterward, none was found in DV, 6 of 100 in VP8, 46 to 60 in the others (H.264: 92, MPEG-2: 93)
HIDE_DAMAGE = {"dvvideo": "always", "vp8": "always", "hevc": "often", "vp9": "often", "mjpeg": "often"}


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """The verdict on a film (video.md). `rate_kind` is *constant* or *variable*; sizes in pixels after rotation."""

    frames: int
    duration: Micros
    rate_kind: str
    fps: float
    min_fps: float
    max_fps: float
    width: int
    height: int
    rotation: int
    keyframes: int
    video_codec: str
    sound_tracks: tuple[SoundTrack, ...] = ()
    damage: tuple[Damage, ...] = ()

    @property
    def holes(self) -> tuple[tuple[Micros, Micros], ...]:
        """Film time in which nobody filmed: the last picture before each is over, the next not there yet."""
        return tuple((d.start, d.end) for d in self.damage if d.what == NOT_FILMED)

    @property
    def is_damaged(self) -> bool:
        """Whether something that was filmed cannot be seen or heard as it was."""
        return any(d.what not in (NOT_FILMED, SEAM) for d in self.damage)

    @property
    def filmed(self) -> Micros:
        """How long it shows pictures: its duration without its holes."""
        return self.duration - sum(end - start for start, end in self.holes)

    @property
    def unseen(self) -> tuple[tuple[Micros, Micros], ...]:
        """Film time over which nothing is counted: the holes, and the last microsecond before each seam.

        What lies on the two sides of a seam does not follow one another, so it is a stretch too, the shortest there is.
        """
        return tuple(sorted((*self.holes, *((d.start - 1, d.start) for d in self.damage if d.what == SEAM))))

    @property
    def hides_damage(self) -> str:
        """*often* or *always* when damage inside a picture leaves no trace that a check could find, else empty."""
        return HIDE_DAMAGE.get(self.video_codec, "")


@dataclass(frozen=True, slots=True)
class Viewing:
    """How a film is shown and heard; the film itself never changes.

    `turn` is degrees clockwise (0, 90, 180, 270) beyond the film's own rotation; `brightness` −1 to 1, 0 as filmed;
    `contrast` 0.25 to 4, 1 as filmed; `sound_track` counts from 0; `gain_db` 0 to 30 for quiet voices.
    """

    turn: int = 0
    brightness: float = 0.0
    contrast: float = 1.0
    deinterlace: bool = False
    sound_track: int = 0
    gain_db: float = 0.0


AS_FILMED = Viewing()


class Origin(StrEnum):
    """How a film came into the archive."""

    TAKEN_IN = "taken-in"
    FILMED = "filmed"
    RESCUED = "rescued"
    SALVAGED = "salvaged"  # taken in, of a file that its camera never finished


class Again(StrEnum):
    """What a film that was fetched again has in common with the one before."""

    BYTES = "same-bytes"
    FILES = "same-files"  # those from which it was joined before: every picture at its time, packed anew
    PICTURES = "same-pictures"  # found by comparing them, and how well they fit is told


#: pictures are compared at so many places at least, and fit within so much at most, or it is not the same film
FEWEST_PLACES, MOST_APART = 8, 120_000


@dataclass(frozen=True, slots=True)
class Replacement:
    """That a film was fetched again: when, by whom, and what was in its place before (`sha256` to `drift_ppm`).

    `container` is the earlier one, which is kept where something may still be read in it. At `places` pictures were
    compared: no picture of the film before is shown more than `worst` from its time, half of them within `median`.
    `lacks_start` and `lacks_end` are how much of the film before the other one has not, at its two ends.
    """

    at: datetime
    worker_id: str
    how: Again
    sha256: str
    size: int
    container: str
    offset: Micros
    drift_ppm: float
    places: int = 0
    worst: Micros = 0
    median: Micros = 0
    lacks_start: Micros = 0
    lacks_end: Micros = 0

    def is_close(self) -> bool:
        """Whether it is the same film for all that was seen in it."""
        return self.how != Again.PICTURES or (self.places >= FEWEST_PLACES and 0 <= self.worst <= MOST_APART)


@dataclass(frozen=True, slots=True)
class Recording:
    """A film in the archive. `sha256` is of the plain film; `wrapped_key` opens its container and is never journaled.

    `index` is the packed frame index that `video/` made and reads; nobody else looks into it. Films of one camera may
    follow each other with a gap. `lost_pictures` were dropped while filming. A film with `closed_from_use` is neither
    shown nor coded: it waits for erasure. Of one that was `erased` only this row is left, without key, container and
    index: `erasure_id` is its certificate's. `replaced` tells each time that it was fetched again from elsewhere, the
    oldest first. `stood` is the room and where in it the camera stood, in own words, `original` where the file lies
    that it was taken in from: outside the archive, until somebody destroys it.
    """

    id: str
    meeting_id: str
    camera: int
    sha256: str
    size: int
    chunks: int
    container: str
    facts: FilmFacts
    offset: Micros = 0
    drift_ppm: float = 0.0
    viewing: Viewing = AS_FILMED
    origin: Origin = Origin.TAKEN_IN
    lost_pictures: int = 0
    closed_from_use: datetime | None = None
    erased: datetime | None = None
    erasure_id: str = ""
    replaced: tuple[Replacement, ...] = ()
    stood: str = ""
    original: Original = Original.UNKNOWN
    wrapped_key: bytes = field(default=b"", repr=False, metadata={"journal": False})
    index: bytes = field(default=b"", repr=False, metadata={"journal": False})

    def to_film(self, meeting_time: Micros) -> Micros:
        """Time on the film's own clock (`film_clock`), µs."""
        return film_clock.to_film(meeting_time, self.offset, self.drift_ppm)

    def to_meeting(self, film_time: Micros) -> Micros:
        """Time on the meeting's clock (`film_clock`), µs."""
        return film_clock.to_meeting(film_time, self.offset, self.drift_ppm)

    @property
    def is_from_outside(self) -> bool:
        """Whether it was taken in, and not filmed by this program."""
        return self.origin in (Origin.TAKEN_IN, Origin.SALVAGED)

    @property
    def in_use(self) -> bool:
        """Whether the film may be looked at, coded and worked on; else it is erased or waits for it."""
        return self.was_seen and not self.is_erased

    @property
    def was_seen(self) -> bool:
        """Whether the film is or was to be looked at, also when it is erased since."""
        return self.closed_from_use is None

    @property
    def is_erased(self) -> bool:
        """Whether nothing of the film is left but this row."""
        return self.erased is not None

    def erased_at(self, at: datetime, erasure_id: str) -> Recording:
        """What is left of the film when it is erased: neither its key, its room nor what was made from its pictures."""
        without = tuple(replace(one, container="") for one in self.replaced)
        return replace(
            self,
            erased=at,
            erasure_id=erasure_id,
            container="",
            replaced=without,
            stood="",
            wrapped_key=b"",
            index=b"",
        )

    @property
    def containers(self) -> tuple[str, ...]:
        """Its container, and those that it had before and that were kept; none of an erased film."""
        return tuple(name for name in (self.container, *(one.container for one in self.replaced)) if name)

    @property
    def end(self) -> Micros:
        """Where the film's last picture goes off, on the meeting's clock."""
        return self.to_meeting(self.facts.duration)


class DerivedKind(StrEnum):
    """What a job makes from a film; everything works before it exists, only slower."""

    SCRUB = "scrub"
    WAVEFORM = "waveform"
    THUMBNAILS = "thumbnails"


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """A file made from a recording, in a container of its own under the recording's key.

    A scrub copy is one container per five minutes of film: `part` counts from 0, and the pictures from film time
    `start` up to `end` are in it. `index` is the part's packed frame index (scrub) or empty.
    """

    id: str
    recording_id: str
    kind: DerivedKind
    part: int
    start: Micros
    end: Micros
    container: str
    sha256: str
    size: int
    chunks: int
    index: bytes = field(default=b"", repr=False, metadata={"journal": False})
