"""The part of a case's editor by which requests about its material are recorded, answered and handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.casework import requests
from app.casework.people_editor import PeopleEditor
from app.model.change import added
from app.model.request import Reply, Request, RequestKind


class RequestsEditor(PeopleEditor):
    """Each step can be taken back while the case is open; `refused` says what is missing."""

    def record_request(
        self,
        kind: RequestKind,
        arrived: date,
        person_id: str = "",
        asked_by: str = "",
        about: str = "",
        ground: str = "",
    ) -> bool:
        """Refused without who asks."""

        def made() -> Request:
            request = requests.asked(self.file.case.id, kind, arrived, person_id, asked_by)
            return replace(request, about=about.strip(), ground=ground.strip())

        return self._attempt(self.texts.tr("Request recorded"), lambda: [added(made())])

    def answer_request(
        self, request: Request, answer: Reply, day: date, decided_by: str, left_out: str = "", to_turn_to: str = ""
    ) -> bool:
        """What the controller decided. Refused without who decided, and without reasons for what is not given."""
        label = self.texts.tr("Request answered")
        return self._attempt(label, lambda: [requests.answered(request, answer, day, decided_by, left_out, to_turn_to)])

    def hand_over(self, request: Request, day: date, what: str) -> bool:
        """What was handed over and how. Refused before it was granted."""
        return self._attempt(
            self.texts.tr("Requested material handed over"), lambda: [requests.handed_over(request, day, what)]
        )
