"""Where a film that is of a session of supervision leads back to."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.supervising.recording import session_of
from app.workspace import Workspace


def session_ids(space: Workspace, case: CaseFile) -> dict[str, str]:
    """By which ids the place of supervision opens that session, with its recording in front."""
    session = session_of(space.store, case.case)
    return {"agreement_id": session.agreement_id, "session_id": session.id, "part": "recording"}
