"""Whether a moment may be shown in a feedback talk: asked by the doors at the moment of showing, marked by the lists.

It stands on the consents of everybody on the film to feedback; where another adult is on it, on that one's consent that
the other parent sees it; where an interpreter is at the talk, on everybody's that the interpreter sees it. What is kept
apart from the adult of the talk is never shown, nor named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.casework.apart import nameable
from app.casework.case_file import CaseFile, case_file
from app.casework.consents import Permission, Standing, is_parent, stands
from app.casework.film_use import Use, permission
from app.casework.names import naming, parts_of
from app.errors import NotAllowed
from app.films.reels import reel
from app.model.consent import Purpose
from app.model.feedback import Clip, Sight
from app.model.independence import both_ready
from app.model.meeting import Meeting, Segment, taking_part
from app.model.package import TakenPackage
from app.model.people import Interpreter, Person
from app.model.recording import Recording
from app.ports import MediaVault, Store
from app.ports.player import Reel


class Bar(StrEnum):
    """Why a clip may not be shown, the weightiest first."""

    FILM_GONE = "clip-film-gone"  # erased, or closed from use
    HIDDEN = "clip-hidden"  # a worker said that it must not be shown
    APART = "clip-apart"  # somebody who is kept apart from the adult is on the film
    NAMED = "clip-names-other"  # its words name such a person
    CODING = "clip-coding-open"  # one codes the film alone, who may be at the talk
    WITHDRAWN = "consent-withdrawn"
    CONSENT = "consent-missing"


@dataclass(frozen=True)
class Judged:
    """How it stands with one clip: what bars it, and the permission that it stands on."""

    bar: Bar | None
    permission: Permission

    @property
    def may_be_shown(self) -> bool:
        return self.bar is None


def judged(store: Store, case: CaseFile, clips: Iterable[Clip], person_id: str, day: date) -> dict[str, Judged]:
    """Each clip by its id, to be shown to a person of the case on `day`; every meeting is read once."""
    rows = tuple(clips)
    meetings = {i: _OfMeeting(store, case, i, person_id, day) for i in {clip.meeting_id for clip in rows}}
    return {clip.id: meetings[clip.meeting_id].judge(clip) for clip in rows}


def demand_shown(store: Store, clip: Clip, person_id: str, day: date) -> Permission:
    """The same as a door asks it, of the clip as it is kept now: who asks may hold it as it was when it was opened.

    Raises ConsentMissing, NotAllowed with the `Bar` as its key, and as `demand_same`.
    """
    held = next(iter(store.find(Clip, id=clip.id)), clip)
    meeting = store.get(Meeting, clip.meeting_id)
    found = judged(store, case_file(store, meeting.case_id), (held,), person_id, day)[clip.id]
    if found.bar in (Bar.CONSENT, Bar.WITHDRAWN):
        raise found.permission.refusal()
    if found.bar is not None:
        raise NotAllowed(found.bar.value)
    demand_same(store, clip)
    return found.permission


def demand_same(store: Store, clip: Clip) -> None:
    """Whether a clip still has the pictures with which it was opened: what was cut off it is not seen any more.

    Raises NotAllowed: `clip-film-gone` for a clip that is gone, `clip-other-now`.
    """
    held = next(iter(store.find(Clip, id=clip.id)), None)
    if held is None:
        raise NotAllowed(Bar.FILM_GONE.value)
    if not held.is_seen_as(clip):
        raise NotAllowed("clip-other-now")


def shown_reels(store: Store, media: MediaVault, clip: Clip, person_id: str, day: date) -> tuple[Reel, ...]:
    """The film or films of a clip for showing it: the one way to them. Raises ConsentMissing, NotAllowed."""
    demand_shown(store, clip, person_id, day)
    return tuple(reel(store, media, film) for film in films_of(store, clip))


def films_of(store: Store, clip: Clip) -> tuple[Recording, ...]:
    """The film of a clip that is in use, and the second one where two are seen; none when it is gone."""
    wanted = (clip.recording_id, *([clip.second_id] if clip.second_id and clip.sight != Sight.ONE else []))
    held = {film.id: film for film in store.find(Recording, id=wanted) if film.in_use}
    return tuple(held[i] for i in wanted if i in held) if clip.recording_id in held else ()


def words_name(case: CaseFile, person_id: str, texts: Iterable[str], language: str) -> bool:
    """Whether words tell of somebody who is kept apart from a person: by name, or by what that one is called."""
    open_to = {p.id for p in nameable(case, (person_id,))}
    silent = [p for p in case.everybody if p.id not in open_to]
    own = {w for p in case.everybody if p.id in open_to for w in (*parts_of(p.name), p.called.casefold().strip())}
    told = {w for p in silent for w in (*parts_of(p.name), p.called.casefold().strip()) if w} - own
    pattern = naming(told, language)
    return pattern is not None and any(pattern.search(text) for text in texts)


class _OfMeeting:
    """What of one meeting is asked for every clip of it."""

    def __init__(self, store: Store, case: CaseFile, meeting_id: str, person_id: str, day: date) -> None:
        meeting = store.get(Meeting, meeting_id)
        self._case, self._person, self._meeting = case, person_id, meeting
        self._films = {f.id: f for f in store.find(Recording, meeting_id=meeting_id)}
        self._segments = store.find(Segment, meeting_id=meeting_id)
        is_partners = bool(store.find(TakenPackage, meeting_id=meeting_id))
        found = permission(case, meeting, Use.FEEDBACK, day, from_partner=is_partners)
        for further in (_of_other_parents, _of_interpreter):
            found = further(case, found, person_id, day) if found.is_given else found
        self.permission = found
        states = store.coding_states(meeting_id)
        self._is_coded_alone = bool(states) and not both_ready(states)
        silent = {p.id for p in case.everybody} - {p.id for p in nameable(case, (person_id,))}
        self._is_apart = bool(silent & {*meeting.people, *self._on_film()})

    def judge(self, clip: Clip) -> Judged:
        return Judged(next((bar for bar, holds in self._bars(clip) if holds), None), self.permission)

    def _bars(self, clip: Clip) -> Iterable[tuple[Bar, bool]]:
        film = self._films.get(clip.recording_id)
        refused = None if self.permission.is_given else self.permission.refusal()
        yield Bar.FILM_GONE, film is None or not film.in_use
        yield Bar.HIDDEN, clip.hidden
        yield Bar.APART, self._is_apart
        yield Bar.NAMED, self._names_other(clip)
        yield Bar.CODING, self._is_coded_alone
        yield Bar.WITHDRAWN, refused is not None and refused.key == Bar.WITHDRAWN
        yield Bar.CONSENT, refused is not None

    def _on_film(self) -> set[str]:
        return {i for s in self._segments for i in taking_part(self._meeting, s.number, s)}

    def _names_other(self, clip: Clip) -> bool:
        said = (clip.title, clip.look_at, clip.question)
        return any(words_name(self._case, self._person, said, language) for language in ("fi", "sv", "en"))


def _of_other_parents(case: CaseFile, found: Permission, person_id: str, day: date) -> Permission:
    """Of the adults on the film who is not at the talk has to consent that another parent sees it."""
    filmed = (*found.given, *found.decided)
    others = [p for p in filmed if p.is_adult and is_parent(p) and p.id != person_id]
    if not others or case.child is None or person_id == case.child.id:
        return found
    asked = _asked(case, others, Purpose.OTHER_PARENT, day)
    return found if asked.is_given else asked


def _of_interpreter(case: CaseFile, found: Permission, person_id: str, day: date) -> Permission:
    """At the talk of one who hears through an interpreter the interpreter sees the film: each on it is asked that."""
    person = case.person(person_id)
    if person is None or person.interpreter == Interpreter.NONE:
        return found
    asked = _asked(case, (*found.given, *found.decided), Purpose.INTERPRETER, day)
    return found if asked.is_given else asked


def _asked(case: CaseFile, people: Iterable[Person], purpose: Purpose, day: date) -> Permission:
    """How it stands with some people and one purpose."""
    standing = [(p, stands(case, p, purpose, day)) for p in people]
    given, decided, lacking, withdrawn = (tuple(p for p, held in standing if held == one) for one in Standing)
    return Permission(purpose, day, given, decided, lacking, withdrawn)
