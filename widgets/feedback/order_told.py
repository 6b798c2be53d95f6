"""What a version's order tells: a line for each moment, in its group or chosen and in none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.casework.case_file import CaseFile
from app.clips.feedback import FeedbackEditor
from app.clips.lookup import Lookup
from app.clips.permitted import Bar, Judged
from app.clips.words import BARS, clip_called, is_childs, length, minutes_words
from app.i18n import Texts
from app.model.feedback import Clip, FeedbackTalk
from widgets.feedback.arrange_page import REST
from widgets.feedback.clip_card import OnCard
from widgets.feedback.clip_pictures import ClipPictures
from widgets.feedback.order_row import OrderLine


@dataclass(frozen=True)
class Told:
    """Of one case as it is now; `judged` says of each moment whether it may be shown to whom the talk is for."""

    texts: Texts
    case: CaseFile
    editor: FeedbackEditor
    lookup: Lookup
    small: ClipPictures
    judged: Mapping[str, Judged]
    talk: FeedbackTalk | None

    def numbers(self) -> dict[str, int]:
        """The number of each placed moment, from 1 on."""
        placed = () if self.talk is None else self.editor.placed(self.talk)
        return {clip.id: n for n, (_, clip) in enumerate(placed, start=1)}

    def lines(self) -> dict[str, list[OrderLine]]:
        """By group, in order; under `REST` what is chosen and in no group."""
        lines, numbers = dict[str, list[OrderLine]](), self.numbers()
        for place, clip in () if self.talk is None else self.editor.placed(self.talk):
            line = replace(self._line(clip, numbers[clip.id]), minutes=minutes_words(self.texts, place.minutes))
            lines.setdefault(place.group.value, []).append(line)
        for clip in self.editor.clips:
            stands = self.judged.get(clip.id)
            # of a film on which somebody is who is kept apart nothing is told in this version
            if clip.id not in numbers and (stands is None or stands.bar != Bar.APART):
                lines.setdefault(REST, []).append(self._line(clip, 0))
        return lines

    def hint(self, *, is_empty: bool) -> str:
        """How it begins; and for a child what practice knows."""
        t = self.texts
        if self.talk is None:
            return ""
        if is_childs(self.case, self.talk):
            return t.tr("For a child a few pictures are enough. A grown-up is near and does not answer for the child.")
        return t.tr("Take a moment from the list beside, or from the picture on the screen.") if is_empty else ""

    def card(self, clip: Clip) -> OnCard:
        """Everything of one moment."""
        file, talk = self.lookup.file(clip.meeting_id), self.talk
        film = next((f for f in file.recordings if f.id == clip.recording_id), None)
        spans = () if film is None else (film.to_meeting(clip.first),)
        cameras = [f for f in file.recordings if all(f.to_meeting(0) <= at < f.end for at in spans)]
        return OnCard(
            clip,
            self.numbers().get(clip.id, 0),
            None if talk is None else talk.place_of(clip.id),
            "" if talk is None else clip.notes_for(talk.id),
            film,
            cameras,
            self.lookup.about(clip),
            self.judged.get(clip.id),
            len(self.editor.same_moment(clip)),
            self.editor.used_in(clip),
            is_childs=talk is not None and is_childs(self.case, talk),
        )

    def _line(self, clip: Clip, number: int) -> OrderLine:
        t, stands = self.texts, self.judged.get(clip.id)
        about = self.lookup.about(clip)
        film = next((f for f in self.lookup.file(clip.meeting_id).recordings if f.id == clip.recording_id), None)
        bar = None if stands is None else stands.bar
        return OrderLine(
            clip.id,
            clip_called(t, clip, about),
            about,
            number,
            t.tr("still") if clip.is_still else length(t, clip.length),
            dimension=self.lookup.dimension(clip),
            barred="" if bar is None else t.tr(BARS[bar]),
            picture=None if film is None else self.small.picture(film, clip),
        )
