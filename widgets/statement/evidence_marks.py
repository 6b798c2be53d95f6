"""The marks of consents beside the evidence within a statement's text: the same as in every list of films."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.casework.film_use import FilmMark, Mark
from app.i18n import Texts
from app.model.statement import Evidence
from widgets.look.consent_mark import mark_words
from widgets.look.look import Look


class EvidenceMarks:
    """`evidence` gives a piece by its id; `marks` are those of the statement's meetings, by their ids."""

    def __init__(self, look: Look, texts: Texts, evidence: Callable[[str], Evidence | None]) -> None:
        self.look, self.evidence = look, evidence
        self._texts = texts
        self.marks: Mapping[str, FilmMark] = {}

    def of(self, evidence_id: str) -> FilmMark | None:
        """How it stands with the film that a piece of evidence is of; None for one that is of no film."""
        found = self.evidence(evidence_id)
        return None if found is None else self.marks.get(found.meeting_id)

    def told(self, evidence_id: str) -> str:
        """What the mark of a piece says."""
        mark = self.of(evidence_id)
        return "" if mark is None else mark_words(self._texts, mark)

    def troubled(self, evidence_ids: list[str]) -> str:
        """Of some pieces those whose mark asks for something, each with its mark's words; for a screen reader."""
        rows = []
        for one in dict.fromkeys(evidence_ids):
            mark, found = self.of(one), self.evidence(one)
            if mark is not None and found is not None and mark.mark != Mark.IN_FORCE:
                rows.append(f"{found.words}: {mark_words(self._texts, mark)}")
        return "; ".join(rows)
