"""The player's port. It carries signals, so it brings QtCore in; the other ports do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from app.model import film_clock
from app.model.recording import AS_FILMED, Viewing
from app.model.timecode import Micros
from app.ports import Picture

#: pieces of a film's scrub copy that are held in memory: less than 5 MB each
PIECES = 8
#: slowest and fastest rate with the pitch kept, and the fastest shuttle, either way
SLOWEST, FASTEST, SHUTTLE = 0.1, 4.0, 8.0


@dataclass(frozen=True)
class ScrubPart:
    """One container of a film's scrub copy: the pictures from film time `start` up to `end`, with the same times.

    One that is not `kept` is a piece in memory, made for as long as the film is open.
    """

    start: Micros
    end: Micros
    source: Callable[[], BinaryIO]
    index: bytes
    kept: bool = True

    def covers(self, other: ScrubPart) -> bool:
        return self.start <= other.start and other.end <= self.end


def with_part(parts: Sequence[ScrubPart], new: ScrubPart) -> tuple[ScrubPart, ...]:
    """The parts with another one, and without those that it covers; of pieces in memory the newest `PIECES` stay."""
    if not new.kept and any(part.kept and part.covers(new) for part in parts):
        return tuple(parts)
    together = [*(part for part in parts if not new.covers(part)), new]
    pieces = [part for part in together if not part.kept][-PIECES:]
    return tuple(part for part in together if part.kept or part in pieces)


@dataclass(frozen=True)
class Reel:
    """One film of a meeting as a player needs it. `source` gives a new seekable file object per reader.

    `offset` (µs) and `drift_ppm` lay it on the meeting's clock (`app.model.film_clock`). Reels of one camera follow
    each other, reels of several cameras lie side by side. `holes` are (start, end) of film time without a picture,
    ascending: there is none there, as between two reels.
    """

    id: str
    camera: int
    source: Callable[[], BinaryIO]
    index: bytes
    offset: Micros = 0
    drift_ppm: float = 0.0
    viewing: Viewing = AS_FILMED
    scrub: tuple[ScrubPart, ...] = ()
    holes: tuple[tuple[Micros, Micros], ...] = ()

    def to_film(self, meeting_time: Micros) -> Micros:
        """Time on the film's own clock (`film_clock`), µs."""
        return film_clock.to_film(meeting_time, self.offset, self.drift_ppm)

    def to_meeting(self, film_time: Micros) -> Micros:
        """The first whole microsecond of the meeting at which the film has reached `film_time`."""
        return film_clock.to_meeting(film_time, self.offset, self.drift_ppm)


class Player(QObject):
    """Shows the films of one meeting exactly, with one playhead. Times are on the meeting's clock, in microseconds.

    All signals come on the main thread. One camera *leads*: stepping goes by its pictures, and the picture of it that
    its sink was given last is what is on the screen and what is coded (`shown_at`, `shown_on`). The others follow: each
    shows the picture that its own clock has at that time, or none where it has no film.
    """

    #: camera, and the Picture or None, after the camera's sink has it; a full picture that takes a small one's place is
    #: told again, and so is the leading camera's None while playing moves on through a gap
    shown = Signal(int, object)
    playing_changed = Signal(bool)
    rate_changed = Signal(float)  # below 0 while it runs backward
    loop_changed = Signal(object)  # (start, end) or None
    lead_changed = Signal(int)  # camera
    trouble = Signal(object)  # AppError; the other films go on

    def open(self, reels: Sequence[Reel]) -> None:
        """Open the films of one meeting and show the first picture of each; camera with the lowest number leads.

        Raises FilmError(`index-damaged`); later trouble is a signal.
        """
        raise NotImplementedError

    def set_sink(self, camera: int, sink: Callable[[Picture | None], None] | None) -> None:
        """Where a camera's pictures go, on the main thread; a new sink gets what is on."""
        raise NotImplementedError

    def set_box(self, camera: int, width: int, height: int) -> None:
        """How large a camera's pictures are drawn, in pixels of the screen: playing makes no more than that.

        At rest the sink gets the full picture all the same. A player may do without.
        """

    def cameras(self) -> tuple[int, ...]:
        raise NotImplementedError

    def lead(self, camera: int) -> None:
        raise NotImplementedError

    def leading(self) -> int:
        raise NotImplementedError

    def play(self) -> None:
        """Play on at the rate set with `set_rate`; from the beginning when the last picture is on."""
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def is_playing(self) -> bool:
        raise NotImplementedError

    def seek(self, time: Micros, *, dragging: bool = False) -> None:
        """Show what is on at `time`. While `dragging` a nearby keyframe may be shown first; the exact picture follows.

        Only the newest wanted time is decoded. Playing goes on from there.
        """
        raise NotImplementedError

    def step(self, pictures: int) -> None:
        """So many pictures of the leading film on or back from the one that is on or wanted; stops playing."""
        raise NotImplementedError

    def set_rate(self, rate: float) -> None:
        """`SLOWEST` to `FASTEST`, pitch kept."""
        raise NotImplementedError

    def rate(self) -> float:
        raise NotImplementedError

    def shuttle(self, rate: float) -> None:
        """Run without sound at −`SHUTTLE` to `SHUTTLE` times; 0 stops. `set_rate`'s rate stays what it was."""
        raise NotImplementedError

    def set_loop(self, start: Micros, end: Micros, pre_roll: Micros = 0) -> None:
        """From now on playing that reaches `end` goes back to `start − pre_roll`, until `clear_loop`."""
        raise NotImplementedError

    def clear_loop(self) -> None:
        raise NotImplementedError

    def play_range(self, start: Micros, end: Micros) -> None:
        """Play from `start` and stop at `end`, once: a disagreement, a moment of a statement."""
        raise NotImplementedError

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        raise NotImplementedError

    def listen_to(self, camera: int) -> None:
        """Whose sound is heard; which of its tracks and how loud follows from the reel's viewing."""
        raise NotImplementedError

    def listening_to(self) -> int:
        raise NotImplementedError

    def set_viewing(self, reel_id: str, viewing: Viewing) -> None:
        """Another turn, brightness, sound track…: what is on is shown anew at once."""
        raise NotImplementedError

    def set_place(self, reel_id: str, offset: Micros, drift_ppm: float) -> None:
        """Another place on the meeting's clock: what is on is shown anew at once."""
        raise NotImplementedError

    def add_scrub(self, reel_id: str, part: ScrubPart) -> None:
        """A part of the scrub copy was made while the film is open: it is used from now on."""
        raise NotImplementedError

    def shown_at(self) -> Micros | None:
        """The meeting's time of the leading picture on the screen; None before the first, or in a gap."""
        raise NotImplementedError

    def shown_on(self) -> tuple[str, Micros] | None:
        """Reel and film time of that same picture."""
        raise NotImplementedError

    def picture_time(self, time: Micros) -> Micros:
        """The meeting's time at which the leading picture that is on at `time` begins; `time` itself in a gap."""
        raise NotImplementedError

    def position(self) -> Micros:
        """Where the playhead is: `shown_at`, or the time that was wanted in a gap."""
        raise NotImplementedError

    def start(self) -> Micros:
        """The first moment of any film."""
        raise NotImplementedError

    def end(self) -> Micros:
        """The last moment of any film."""
        raise NotImplementedError

    def late_pictures(self) -> int:
        """How many pictures were left out, or shown more than a picture late, since the films were opened."""
        raise NotImplementedError

    def close(self) -> None:
        """End the threads and let go of the films' files."""
        raise NotImplementedError
