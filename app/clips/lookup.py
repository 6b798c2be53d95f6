"""What the clips of a case are of, read once a meeting: its tasks and films, and the scheme that is coded with."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.film_use import may_be_used
from app.casework.meeting_file import MeetingFile, films_in_use, meeting_file
from app.clips.words import clip_about, dimension_of
from app.i18n import Texts, today
from app.model.feedback import Clip
from app.model.filming import Talk
from app.model.meeting import Meeting
from app.model.people import Person
from app.model.scheme import Scheme
from app.model.stored import StoredContent
from app.ports import Store
from app.schemes.library import scheme_in

#: kinds of meetings in which feedback is given
FEEDBACK_TALKS = frozenset({"feedback", "childs-feedback"})
#: the question right after filming whose answer may become the adult's own question
WISHED = "look-closer"


class Lookup:
    """For one case; what it has read stays until `forget`."""

    def __init__(self, store: Store, texts: Texts) -> None:
        self._store, self._texts = store, texts
        self._files: dict[str, MeetingFile] = {}
        self._schemes: dict[str, Scheme | None] = {}

    def forget(self) -> None:
        self._files.clear()

    def file(self, meeting_id: str) -> MeetingFile:
        if meeting_id not in self._files:
            self._files[meeting_id] = meeting_file(self._store, meeting_id)
        return self._files[meeting_id]

    def scheme(self, meeting: Meeting) -> Scheme | None:
        """What the pair codes the meeting with; None before it has begun."""
        if meeting.scheme not in self._schemes:
            held = self._store.find(StoredContent, id=meeting.scheme) if meeting.scheme else ()
            self._schemes[meeting.scheme] = scheme_in(held[0].text) if held else None
        return self._schemes[meeting.scheme]

    def about(self, clip: Clip) -> str:
        """*Hoiva · Rasvataan kädet*."""
        file = self.file(clip.meeting_id)
        return clip_about(self._texts, clip, file, self.scheme(file.meeting))

    def dimension(self, clip: Clip) -> str:
        return dimension_of(clip, self.scheme(self.file(clip.meeting_id).meeting))


def meetings_for(store: Store, case: CaseFile, person: Person) -> tuple[Meeting, ...]:
    """Meetings of which moments may be chosen for a person: without anybody kept apart, the person's own first.

    Those that have no film, or whose films are closed, are left out.
    """
    silent = case.apart.of(person.id)
    held = [m for m in case.meetings if not silent & set(m.people)]
    open_now = [m for m in held if films_in_use(store, m.id) and may_be_used(store, m.id, today())]
    return tuple(sorted(open_now, key=lambda m: (person.id not in m.people, -m.held.timestamp())))


def wished(store: Store, case: CaseFile, person_id: str) -> tuple[str, Talk] | None:
    """What an adult said right after filming that the workers should look at, the newest; None where nothing was."""
    found = [
        (answer.text, talk)
        for m in case.meetings
        for talk in store.find(Talk, meeting_id=m.id, person_id=person_id)
        for answer in talk.answers
        if answer.question == WISHED and answer.text.strip()
    ]
    return max(found, key=lambda row: row[1].held, default=None)
