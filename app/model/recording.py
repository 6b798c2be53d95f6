"""One film of a meeting: its checksum, its container, its index, and its place on the meeting's clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class SoundTrack:
    codec: str
    channels: int
    rate: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a film that could not be decoded as it should, in film time."""

    start: Micros
    end: Micros
    what: str


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


@dataclass(frozen=True, slots=True)
class Recording:
    """A film in the archive. `sha256` is of the plain film; `wrapped_key` opens its container and is never journaled.

    `index` is the packed frame index that `video/` made and reads; nobody else looks into it.
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
    wrapped_key: bytes = field(default=b"", repr=False, metadata={"journal": False})
    index: bytes = field(default=b"", repr=False, metadata={"journal": False})

    def to_film(self, meeting_time: Micros) -> Micros:
        """t_film = (t_meeting − offset) · (1 + drift_ppm / 10⁶)."""
        return round((meeting_time - self.offset) * (1 + self.drift_ppm / 1_000_000))

    def to_meeting(self, film_time: Micros) -> Micros:
        return round(film_time / (1 + self.drift_ppm / 1_000_000)) + self.offset
