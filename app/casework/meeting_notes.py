"""Notes of a meeting by their kind: said, seen, interpreted, the child's views, feedback to the child."""

from __future__ import annotations

from app.i18n import now
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.meeting_note import LEFT_TO_CODING, MeetingNote, NoteKind
from app.ports import Store


def notes_of(store: Store, meeting_id: str) -> tuple[MeetingNote, ...]:
    """In the order of writing."""
    return tuple(sorted(store.find(MeetingNote, meeting_id=meeting_id), key=lambda n: n.id))


def kinds_for(meeting: Meeting) -> tuple[NoteKind, ...]:
    """What is written down of a meeting; what is seen on a film is coded, each alone."""
    return tuple(k for k in NoteKind if not (meeting.is_filmed and k in LEFT_TO_CODING))


def new_note(store: Store, meeting: Meeting, kind: NoteKind) -> MeetingNote:
    """One to be filled: a view and feedback are the child's, words the adult's when there is one."""
    speaks = {NoteKind.SAID: meeting.adult_id or meeting.child_id}
    speaks |= dict.fromkeys((NoteKind.CHILDS_VIEW, NoteKind.FEEDBACK_TO_CHILD), meeting.child_id)
    return MeetingNote(new_id(), meeting.id, kind, now(), store.me, person_id=speaks.get(kind, ""))
