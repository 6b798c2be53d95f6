"""The one door of a case's feedback: clips are chosen and trimmed, arranged for each adult, and the words written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from app.casework.case_file import case_file
from app.clips.chosen import Moment
from app.clips.permitted import films_of
from app.clips.words import is_childs
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.cover import ClipCover
from app.model.feedback import (
    ABOUT,
    CHILDS_ABOUT,
    CHILDS_CLOSING,
    CHILDS_OPENING,
    CHILDS_TALK,
    Aim,
    Clip,
    ClipWords,
    FeedbackTalk,
    Group,
    Placed,
)
from app.model.identity import new_id
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.timecode import Micros
from app.ports import Store

#: into which group of a talk a clip goes at first
_GROUP_OF = {Aim.STRENGTH: Group.STRENGTHS, Aim.GROWING: Group.GROWING, Aim.QUESTION: Group.GROWING}


class FeedbackEditor(Editor):
    """Clips and talks of one case, with what was said; read when it is made, followed since."""

    def __init__(self, store: Store, texts: Texts, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts, self.case_id = texts, case_id
        self._clips: dict[str, Clip] = {}
        self._talks: dict[str, FeedbackTalk] = {}
        self._words: dict[tuple[str, str], ClipWords] = {}
        self.reread()

    def reread(self) -> None:
        """From the archive: what another opened, or closed, by being ready."""
        meetings = tuple(m.id for m in self._store.find(Meeting, case_id=self.case_id))
        clips = self._store.find(Clip, meeting_id=meetings) if meetings else ()
        self._clips = {c.id: c for c in clips}
        self._talks = {t.id: t for t in self._store.find(FeedbackTalk, case_id=self.case_id)}
        words = self._store.find(ClipWords, talk_id=tuple(self._talks)) if self._talks else ()
        self._words = {(w.talk_id, w.clip_id): w for w in words}

    # what there is

    @property
    def clips(self) -> tuple[Clip, ...]:
        """As they were chosen."""
        return tuple(sorted(self._clips.values(), key=lambda c: c.id))

    @property
    def talks(self) -> tuple[FeedbackTalk, ...]:
        return tuple(sorted(self._talks.values(), key=lambda t: t.id))

    def clip(self, clip_id: str) -> Clip | None:
        return self._clips.get(clip_id)

    def talk(self, talk_id: str) -> FeedbackTalk | None:
        return self._talks.get(talk_id)

    def placed(self, talk: FeedbackTalk) -> tuple[tuple[Placed, Clip], ...]:
        """The clips of a talk that are there, in the order of showing."""
        return tuple((place, clip) for place in talk.in_order() if (clip := self._clips.get(place.clip_id)) is not None)

    def unseen(self, talk: FeedbackTalk) -> int:
        """How many of its clips are not there for this worker: gone with their film, or the other's own still."""
        return len(talk.places) - len(self.placed(talk))

    def same_moment(self, clip: Clip) -> tuple[Clip, ...]:
        """Other clips that show a moment of the same film."""
        return tuple(c for c in self.clips if c.id != clip.id and c.meets(clip))

    def used_in(self, clip: Clip) -> tuple[FeedbackTalk, ...]:
        return tuple(t for t in self.talks if t.place_of(clip.id) is not None)

    def words_of(self, talk_id: str, clip_id: str) -> ClipWords:
        """What was said, or the empty row that the first word makes."""
        held = self._words.get((talk_id, clip_id))
        return held or ClipWords(new_id(), talk_id, clip_id)

    def said_in(self, talk: FeedbackTalk) -> tuple[ClipWords, ...]:
        """Everything that was said or shown in a talk, in its order, what was said to clips that are gone last."""
        order = {place.clip_id: n for n, place in enumerate(talk.in_order())}
        return tuple(_in_order((w for (talk_id, _), w in self._words.items() if talk_id == talk.id), order))

    def is_said(self, within: str) -> bool:
        """Whether it is the id of words that were said in a talk."""
        return any(w.id == within for w in self._words.values())

    def place_of(self, within: str) -> tuple[str, str]:
        """In which talk, at which moment something of the feedback is: a moment, a talk, words; both may be empty."""
        first = self.talks[0].id if self.talks else ""
        said = next((w for w in self._words.values() if w.id == within), None)
        if said is not None:
            return said.talk_id, said.clip_id
        if (talk := self.talk(within)) is not None:
            return within, next((clip.id for _, clip in self.placed(talk)), "")
        clip = self.clip(within)
        used = () if clip is None else self.used_in(clip)
        return used[0].id if used else first, "" if clip is None else clip.id

    # choosing

    def choose(self, moment: Moment, talk_id: str = "") -> Clip | None:
        """A clip of a moment, at the end of its group in a talk where one is named; None when it was refused.

        Nothing is chosen of a film that was erased, or closed from use: a child that says no has said it.
        """
        clip = moment.clip(self._store.me)
        if not films_of(self._store, clip):
            self.refused.emit(NotAllowed("clip-film-gone"))
            return None
        changes = [added(clip)]
        talk = self._talks.get(talk_id)
        if talk is not None:
            changes.append(Change(talk, replace(talk, places=(*talk.places, self._new_place(talk, clip)))))
        return clip if self.do(self.texts.tr("Moment for feedback"), *changes) else None

    def edit(self, clip: Clip, **fields: Any) -> bool:
        """Other words, another view or aim of a clip."""
        after = replace(clip, **fields)
        return after == clip or self.do(self.texts.tr("Moment edited"), Change(clip, after))

    def trim(self, clip: Clip, first: Micros, last: Micros, film: Recording) -> bool:
        """Other first and last pictures, times of pictures of its film. Refused when nothing would be left."""
        if first > last or first < 0 or last > film.facts.duration:
            self.refused.emit(NotAllowed("clip-without-picture"))
            return False
        return self.edit(clip, first=first, last=last)

    def remove(self, clip: Clip) -> bool:
        """The clip goes, out of every talk too; what was said to it stays."""
        gone = (Change(t, replace(t, places=_without(t.places, clip.id))) for t in self.used_in(clip))
        covers = (removed(cover) for cover in self._store.find(ClipCover, clip_id=clip.id))
        return self.do(self.texts.tr("Moment removed"), removed(clip), *gone, *covers)

    # arranging

    def begin(self, person_id: str, *, cycle: int = 0, like: FeedbackTalk | None = None) -> FeedbackTalk | None:
        """A talk with a person, or a round of filming and looking; `like` another, a version for another adult.

        Of the other version no question, words or notes are taken: they are that adult's.
        """
        talk = FeedbackTalk(new_id(), self.case_id, person_id, cycle=cycle)
        if self._is_childs(talk):
            talk = replace(talk, minutes=CHILDS_TALK, opening=CHILDS_OPENING, closing=CHILDS_CLOSING)
        if like is not None:
            talk = replace(talk, minutes=like.minutes, opening=like.opening, closing=like.closing, places=like.places)
        return talk if self.do(self.texts.tr("Feedback talk begun"), added(talk)) else None

    def _is_childs(self, talk: FeedbackTalk) -> bool:
        return is_childs(case_file(self._store, self.case_id), talk)

    def _new_place(self, talk: FeedbackTalk, clip: Clip) -> Placed:
        return Placed(clip.id, _GROUP_OF[clip.aim], CHILDS_ABOUT if self._is_childs(talk) else ABOUT)

    def next_cycle(self, person_id: str) -> int:
        """The number of the person's next round."""
        return max((t.cycle for t in self.talks if t.person_id == person_id), default=0) + 1

    def edit_talk(self, talk: FeedbackTalk, **fields: Any) -> bool:
        after = replace(talk, **fields)
        return after == talk or self.do(self.texts.tr("Feedback talk edited"), Change(talk, after))

    def remove_talk(self, talk: FeedbackTalk) -> bool:
        """Refused once something of it was shown or said."""
        if self.said_in(talk):
            self.refused.emit(NotAllowed("talk-was-held"))
            return False
        return self.do(self.texts.tr("Feedback talk removed"), removed(talk))

    def place(self, talk: FeedbackTalk, clip: Clip) -> bool:
        """Into the talk, at the end of its group."""
        if talk.place_of(clip.id) is not None:
            return True
        return self.edit_talk(talk, places=(*talk.places, self._new_place(talk, clip)))

    def take_out(self, talk: FeedbackTalk, clip_id: str) -> bool:
        return self.edit_talk(talk, places=_without(talk.places, clip_id))

    def move(self, talk: FeedbackTalk, clip_id: str, group: Group, before: str = "") -> bool:
        """Into a group, before another clip of it or to its end."""
        place = talk.place_of(clip_id)
        if place is None or before == clip_id:
            return False
        rest = [p for p in talk.in_order() if p.clip_id != clip_id]
        at = next((n for n, p in enumerate(rest) if p.clip_id == before), None)
        if at is None:
            at = sum(1 for p in rest if list(Group).index(p.group) <= list(Group).index(group))
        rest.insert(at, replace(place, group=group))
        return self.edit_talk(talk, places=tuple(rest))

    def step(self, talk: FeedbackTalk, clip_id: str, by: int) -> bool:
        """One place on (1) or back (-1), over the border of its group too."""
        rows, groups = list(talk.in_order()), list(Group)
        at = next((n for n, p in enumerate(rows) if p.clip_id == clip_id), None)
        if at is None:
            return False
        place, other = rows[at], at + by
        if 0 <= other < len(rows) and rows[other].group == place.group:
            rows[at], rows[other] = rows[other], rows[at]
        else:
            group = groups.index(place.group) + by
            if not 0 <= group < len(groups):
                return False
            rows[at] = replace(place, group=groups[group])
        return self.edit_talk(talk, places=tuple(rows))

    def plan(self, talk: FeedbackTalk, clip_id: str, **fields: Any) -> bool:
        """How long a clip is talked about."""
        places = tuple(replace(p, **fields) if p.clip_id == clip_id else p for p in talk.places)
        return self.edit_talk(talk, places=places)

    def note(self, talk: FeedbackTalk, clip: Clip, text: str) -> bool:
        """The worker's own notes to a clip for one talk. They stand with the clip, which may be the worker's alone."""
        after = clip.with_notes(talk.id, text)
        return after == clip or self.do(self.texts.tr("Feedback talk edited"), Change(clip, after))

    # the adult's words

    def say(self, talk: FeedbackTalk, clip: Clip, **fields: Any) -> bool:
        """Words, picked words, a number or a next step of the adult's to one clip."""
        held = self._words.get((talk.id, clip.id))
        before = held or ClipWords(new_id(), talk.id, clip.id)
        after = replace(before, title=self._told_title(clip) or before.title, **fields)
        if after == held or (held is None and not after.says and after.shown is None):
            return True
        return self.do(self.texts.tr("Words written down"), Change(held, after))

    def note_shown(self, talk: FeedbackTalk, clip: Clip, at: datetime) -> bool:
        """The clip was on the screen: in the talk, and in the access log with its film. No step that can be undone."""
        held = self._words.get((talk.id, clip.id))
        before = held or ClipWords(new_id(), talk.id, clip.id)
        changes = [Change(held, replace(before, title=self._told_title(clip), shown=at))]
        now = self._talks[talk.id]
        if now.held is None:
            changes.append(Change(now, replace(now, held=at)))
        if not self.commit(self.texts.tr("Moment shown"), *changes, act="shown-in-feedback"):
            return False
        self._store.note("shown-in-feedback", Recording, clip.recording_id, f"clip={clip.id};talk={talk.id}")
        return True

    def _told_title(self, clip: Clip) -> str:
        """What the clip is called, for everybody to read; nothing while it is its chooser's alone."""
        return clip.title if both_ready(self._store.coding_states(clip.meeting_id)) else ""

    # following

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._take(change)

    def hear(self, changes: Sequence[Change]) -> None:
        """Another door wrote: clips that went with a film, or a step of another room."""
        touched = [c for c in changes if c.kind in (Clip, FeedbackTalk, ClipWords)]
        if touched:
            self.stack.clear()
            self.reread()

    def _take(self, change: Change) -> None:
        entity = change.entity
        if isinstance(entity, Clip):
            _put(self._clips, entity.id, change)
        elif isinstance(entity, FeedbackTalk):
            _put(self._talks, entity.id, change)
        elif isinstance(entity, ClipWords):
            _put(self._words, (entity.talk_id, entity.clip_id), change)


def _put(held: dict[Any, Any], key: object, change: Change) -> None:
    if change.after is None:
        held.pop(key, None)
    else:
        held[key] = change.after


def said_in_talks(store: Store, case_id: str) -> tuple[tuple[FeedbackTalk, tuple[ClipWords, ...]], ...]:
    """The talks of a case in the order in which they were held, each with what was shown and said, in its order."""
    talks = store.find(FeedbackTalk, case_id=case_id)
    words = store.find(ClipWords, talk_id=tuple(t.id for t in talks)) if talks else ()
    untitled = tuple(w.clip_id for w in words if not w.title)
    # the title of a clip that is its chooser's alone stands with the clip
    titles = {c.id: c.title for c in store.find(Clip, id=untitled)} if untitled else {}
    words = tuple(replace(w, title=w.title or titles.get(w.clip_id, "")) for w in words)
    rows = []
    for talk in sorted(talks, key=lambda t: (t.held is None, t.held.timestamp() if t.held else 0.0, t.id)):
        order = {place.clip_id: n for n, place in enumerate(talk.in_order())}
        said = sorted(
            (w for w in words if w.talk_id == talk.id), key=lambda w: (order.get(w.clip_id, len(order)), w.id)
        )
        rows.append((talk, tuple(said)))
    return tuple(rows)


def _in_order(words: Iterable[ClipWords], order: Mapping[str, int]) -> list[ClipWords]:
    """What was said to clips that are gone comes last."""
    return sorted(words, key=lambda w: (order.get(w.clip_id, len(order)), w.id))


def _without(places: tuple[Placed, ...], clip_id: str) -> tuple[Placed, ...]:
    return tuple(place for place in places if place.clip_id != clip_id)
