"""What a meeting is called among those of its case."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.i18n import Texts
from app.model.meeting import Meeting
from app.services.library import meeting_called


def meeting_words(t: Texts, file: CaseFile, meeting: Meeting) -> str:
    """*3.11.2026 9.00 · äiti*."""
    adult = file.person(meeting.adult_id)
    when = f"{t.date(meeting.held.astimezone().date())} {t.time(meeting.held)}"
    return f"{when} · {adult.called}" if adult else when


def meeting_title(t: Texts, file: CaseFile, meeting: Meeting) -> str:
    """*Haastattelu, äiti*."""
    return meeting_called(t, meeting, file.person(meeting.adult_id))
