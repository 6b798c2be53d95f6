"""What the room of feedback says: talks, groups, where a moment came from, why one is not shown, words to pick."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.meeting_file import MeetingFile
from app.clips.permitted import Bar
from app.i18n import N_, Texts
from app.model.cover import Covered, Muting
from app.model.feedback import Aim, CameFrom, Clip, FeedbackTalk, Group, Sight
from app.model.observation import MarkKind
from app.model.recording import Recording
from app.model.scheme import Scheme
from app.model.timecode import SECOND, Micros

GROUPS = {
    Group.STRENGTHS: N_("Strengths first"),
    Group.GROWING: N_("A place to grow"),
    Group.CLOSING: N_("A strength to end with"),
}
AIMS = {Aim.STRENGTH: N_("strength"), Aim.GROWING: N_("growing"), Aim.QUESTION: N_("question")}
SIGHTS = {Sight.ONE: N_("One camera"), Sight.BESIDE: N_("Side by side"), Sight.WITHIN: N_("One within the other")}
CAME_FROM = {
    CameFrom.SELECTION: N_("chosen on the film"),
    CameFrom.OBSERVATION: N_("from an observation"),
    CameFrom.BOOKMARK: N_("from a bookmark"),
    CameFrom.MARK: N_("from a flag"),
    CameFrom.LIVE_MARK: N_("marked while filming"),
    CameFrom.DISAGREEMENT: N_("from a disagreement"),
    CameFrom.EXAMPLE: N_("the example of a code"),
}
COVERED = {
    Covered.FACE: N_("Face"),
    Covered.PERSON: N_("Whole person"),
    Covered.NAME: N_("Name or text"),
    Covered.SCREEN: N_("Screen"),
}
MUTING = {Muting.SILENCE: N_("silence"), Muting.TONE: N_("a tone")}
BARS = {
    Bar.FILM_GONE: N_("the film is gone or closed"),
    Bar.HIDDEN: N_("must not be shown"),
    Bar.APART: N_("somebody kept apart is on the film"),
    Bar.NAMED: N_("names somebody kept apart"),
    Bar.CODING: N_("a coding is still open"),
    Bar.WITHDRAWN: N_("consent withdrawn"),
    Bar.CONSENT: N_("consent missing"),
}
#: what the adult did or felt, to be picked beside the own words; the keys are kept
PICKED = {
    "surprised": N_("was surprised"),
    "moved": N_("was moved"),
    "recognised": N_("knew it from home"),
    "again": N_("wanted to see it again"),
    "doubted": N_("had doubts"),
}
_MARKED = {
    MarkKind.CLIP: N_("Clip candidate"),
    MarkKind.IMPORTANT: N_("Important moment"),
    MarkKind.ASK: N_("Ask the work partner"),
    MarkKind.SAFETY: N_("Safety"),
    MarkKind.NOTE: N_("Note"),
}


def mark_words(t: Texts, kind: MarkKind | None) -> str:
    """What a mark is called; a bookmark has no kind."""
    return t.tr("Bookmark") if kind is None else t.tr(_MARKED[kind])


def picked_words(t: Texts, keys: tuple[str, ...]) -> str:
    """*yllättyi, liikuttui*; a key that no list has any more stands as it is."""
    return ", ".join(t.tr(PICKED[key]) if key in PICKED else key for key in keys)


def is_childs(case: CaseFile, talk: FeedbackTalk) -> bool:
    """Whether a talk is with the child: asked in other words, short, and nothing is counted."""
    return case.child is not None and case.child.id == talk.person_id


def person_called(case: CaseFile, person_id: str) -> str:
    """What somebody of a case is called on the screen; empty for nobody."""
    found = case.person(person_id)
    return "" if found is None else found.called


def talk_words(t: Texts, case: CaseFile, talk: FeedbackTalk) -> str:
    """*äiti · palautekeskustelu ke 25.11. klo 10.00*."""
    kind = t.tr("round {n}", n=talk.cycle) if talk.cycle else t.tr("feedback talk")
    when = ""
    if talk.at is not None:
        local = talk.at.astimezone()
        when = f" {t.date(local.date(), year=False)} {t.time(local)}"
    return f"{person_called(case, talk.person_id)} · {kind}{when}"


def apart_words(t: Texts, case: CaseFile, talk: FeedbackTalk) -> str:
    """That the version tells nothing of those who are kept apart; empty where nobody is."""
    names = [p.called for p in case.everybody if p.id in case.apart.of(talk.person_id) and p.is_adult]
    if not names:
        return ""
    return t.tr(
        "version for {who}, nothing of: {others}", who=person_called(case, talk.person_id), others=", ".join(names)
    )


def clip_called(t: Texts, clip: Clip, about: str = "") -> str:
    """Its title for the adult; before it has one, what it is of."""
    return clip.title or about or t.tr("Moment without a title")


def clip_about(t: Texts, clip: Clip, file: MeetingFile | None, scheme: Scheme | None) -> str:
    """*Hoiva · Rasvataan kädet*: its dimension, or its code, and the task that is on."""
    parts = []
    code = scheme.code(clip.code) if scheme is not None and clip.code else None
    if scheme is not None and code is not None:
        dimension = next((d for d in scheme.dimensions if d.id == code.dimension), None)
        name = t.words(dimension.name if dimension is not None else code.name)
        parts.append(name[:1].upper() + name[1:])
    film = None if file is None else _film(file, clip)
    if file is not None and film is not None:
        segment = file.segment_at(film.to_meeting(clip.first))
        if segment is not None and (task := file.task_name(segment.number, t.language)):
            parts.append(task)
    return " · ".join(parts)


def dimension_of(clip: Clip, scheme: Scheme | None) -> str:
    """The dimension whose color a clip wears; empty for none."""
    code = scheme.code(clip.code) if scheme is not None and clip.code else None
    return clip.dimension if code is None else code.dimension


def minutes_words(t: Texts, minutes: int) -> str:
    return t.tr("{n} min", n=minutes)


def total_words(t: Texts, clips: tuple[Clip, ...]) -> str:
    """*katkelmia 4 · yhteensä 01:40*."""
    total: Micros = sum(clip.length for clip in clips)
    return t.trn(
        "{n} moment · {length} together", "{n} moments · {length} together", len(clips), length=length(t, total)
    )


def length(t: Texts, micros: Micros) -> str:
    """*00:26*, rounded to the nearest second."""
    return t.short_clock((micros + SECOND // 2) // SECOND * SECOND)


def planned_words(t: Texts, talk: FeedbackTalk) -> str:
    """*suunniteltu 70 min, vapaata 5*; by how much it is too long."""
    left = talk.minutes - talk.planned
    if left < 0:
        return t.tr("planned {n} min, {over} too many", n=talk.planned, over=-left)
    return t.tr("planned {n} min, {left} left", n=talk.planned, left=left)


def _film(file: MeetingFile, clip: Clip) -> Recording | None:
    return next((r for r in file.recordings if r.id == clip.recording_id), None)
