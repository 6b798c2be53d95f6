"""Where a moment begins and ends: moved by pictures, to the picture on the screen, to a pause, to another camera."""

from __future__ import annotations

from collections.abc import Callable

from app.clips.feedback import FeedbackEditor
from app.clips.lookup import Lookup
from app.model.feedback import Clip
from app.model.recording import Recording
from app.model.timecode import Micros
from widgets.feedback.film_side import PRE_ROLL, FilmSide


class ClipEdges:
    """Of the moment that is `chosen` and the film that is `shown`; without one of both nothing happens."""

    def __init__(
        self,
        editor: FeedbackEditor,
        lookup: Lookup,
        chosen: Callable[[], Clip | None],
        shown: Callable[[], FilmSide | None],
        no_pause: Callable[[], None],
    ) -> None:
        """`no_pause` is called where the sound has no pause to go to."""
        self._editor, self._lookup, self._chosen, self._shown, self._no_pause = editor, lookup, chosen, shown, no_pause

    def step(self, edge: str, pictures: int) -> None:
        """One edge of the chosen moment goes so many pictures on or back."""
        if (found := self._found()) is not None:
            clip, film, recording = found
            self._set(edge, film.neighbor(recording, getattr(clip, edge), pictures))

    def place(self, edge: str) -> None:
        """One edge at the picture on the screen."""
        at = self._here()
        if at is not None:
            self._set(edge, at)

    def to_still(self) -> None:
        """Only the picture on the screen is left of the moment."""
        clip, at = self._chosen(), self._here()
        if clip is not None and at is not None:
            self.trim(clip, at, at)

    def pre_roll(self) -> None:
        """It begins a little before."""
        if (found := self._found()) is not None:
            clip, film, recording = found
            self._set("first", film.snapped(recording, max(clip.first - PRE_ROLL, 0)))

    def to_pause(self) -> None:
        """The end goes to the next pause of the sound; without one it is said."""
        if (found := self._found()) is None:
            return
        clip, film, recording = found
        at = film.pause_after(recording, clip.last)
        if at is None:
            self._no_pause()
        else:
            self._set("last", at)

    def trim(self, clip: Clip, first: Micros, last: Micros) -> None:
        """Both edges of any moment at once."""
        film = next((f for f in self._lookup.file(clip.meeting_id).recordings if f.id == clip.recording_id), None)
        if film is not None:
            self._editor.trim(clip, first, last, film)

    def to_camera(self, recording_id: str) -> None:
        """The same moments on another camera's film; the one before is seen as the second one."""
        clip, film = self._chosen(), self._shown()
        if clip is None or film is None or recording_id == clip.recording_id:
            return
        before, after = (film.watching.session.films.get(i) for i in (clip.recording_id, recording_id))
        if before is not None and after is not None:
            first, last = (film.snapped(after, after.to_film(before.to_meeting(x))) for x in (clip.first, clip.last))
            self._editor.edit(clip, recording_id=after.id, second_id=before.id, first=first, last=max(first, last))

    def _found(self) -> tuple[Clip, FilmSide, Recording] | None:
        clip, film = self._chosen(), self._shown()
        recording = None if clip is None or film is None else film.film(clip)
        return None if clip is None or film is None or recording is None else (clip, film, recording)

    def _here(self) -> Micros | None:
        """The time of the picture on the screen, where it is one of the moment's film."""
        clip, film = self._chosen(), self._shown()
        return None if clip is None or film is None else film.shown_on(clip)

    def _set(self, edge: str, time: Micros) -> None:
        """The other edge gives way where it would lie on the wrong side."""
        clip = self._chosen()
        assert clip is not None
        first, last = (time, max(clip.last, time)) if edge == "first" else (min(clip.first, time), time)
        self.trim(clip, first, last)
        if (found := self._found()) is not None and not found[1].player.is_playing():
            found[1].watching.controls.seek(found[2].to_meeting(time))
