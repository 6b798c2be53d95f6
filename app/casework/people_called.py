"""Who does a task of a family's meeting, in words: by what they are called, never by name."""

from __future__ import annotations

from collections.abc import Iterable

from app.casework.case_file import CaseFile
from app.model.meeting import Meeting, Segment, taking_part
from app.model.units import TaskNumber


def people_called(case: CaseFile, person_ids: Iterable[str]) -> str:
    """Some people of a case in one row of words."""
    found = (case.person(person_id) for person_id in person_ids)
    return ", ".join(person.called for person in found if person is not None)


def not_everybody(case: CaseFile, meeting: Meeting, number: TaskNumber, segments: Iterable[Segment] = ()) -> str:
    """Who does a task, or did it on the film in any of its parts; empty where everybody of the meeting does."""
    found = {i for s in segments if s.number == number for i in taking_part(meeting, number, s)}
    doing = tuple(i for i in meeting.people if i in found) or taking_part(meeting, number)
    return "" if doing == meeting.people else people_called(case, doing)
