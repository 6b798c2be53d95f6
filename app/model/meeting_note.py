"""What is written down of a meeting: who said what, apart from what was seen; both apart from what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is. Nothing of one kind becomes another without being written anew."""

    SAID = "said"
    SEEN = "seen"
    INTERPRETED = "interpreted"
    CHILDS_VIEW = "childs-view"
    FEEDBACK_TO_CHILD = "feedback-to-child"


#: of a filmed meeting these are the codings' part: written here, one coder would tell the other what was seen
LEFT_TO_CODING = frozenset((NoteKind.SEEN, NoteKind.INTERPRETED))


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """One note of a meeting, by a worker of the pair.

    `person_id` is the person of the case whose words or view it is, or whom the feedback was given to; `who` says in
    words who else spoke. `worker_id` wrote it, `written` is when it was begun.
    """

    id: str
    meeting_id: str
    kind: NoteKind
    written: datetime
    worker_id: str
    text: str = ""
    person_id: str = ""
    who: str = ""
