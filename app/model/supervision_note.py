"""What a supervisor writes for nobody else: sealed in files of its own, under the supervisor's own key (`sealing.md`).

A notebook is one agreement's. It is never released, copied into a paper, exported or searched; erased, it is gone with
its words. The law may still open it: no secrecy is promised that the law does not give.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class SupervisionNotebook:
    """The sealed file in which the notes to one agreement lie; `keeper` is the supervisor (a worker's id)."""

    id: str
    agreement_id: str
    keeper: str


@dataclass(frozen=True, slots=True)
class SupervisionNote:
    """An own note, to a session or (without one) to the whole. Its words never enter the journal."""

    id: str
    notebook_id: str
    session_id: str = ""
    written: date | None = None
    text: str = field(default="", metadata={"journal": False})
