"""Who codes a meeting besides, or in whose place: guests' passes, and another worker of the house as coder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from shiboken6 import isValid

from app.casework.case_file import other_workers
from app.casework.reference_films import Standing as ReferenceStanding
from app.casework.reference_films import reference_film
from app.errors import AppError
from app.i18n import today
from app.jobs import Job, JobLane
from app.model.meeting import Meeting
from app.office.guests import invite, may_invite, may_train, places, put_in_place
from app.office.workers import Added
from app.ports import Store
from app.workspace import Workspace
from widgets.guests.invite_dialog import InviteDialog
from widgets.guests.passes_list import PassesList
from widgets.guests.stand_in_dialog import StandInDialog
from widgets.look.flow import Flow
from widgets.look.parts import Card, button, label
from widgets.recovery import show_code


class GuestsCard(Card):
    """Below a meeting; `changed` when its coders did."""

    changed = Signal()

    def __init__(self, space: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._space = space
        self._meeting: Meeting | None = None
        t = space.texts
        self._about = label(
            t.tr("A guest codes this one meeting until a day, and sees nothing else of the archive."),
            "muted",
            wrap=True,
        )
        self._aside = label("", wrap=True)
        self.passes = PassesList(space)
        self.passes.changed.connect(self._on_passes)
        self.give = button(t.tr("Give a guest's pass…"), self._give)
        self.name = button(t.tr("Another coder…"), self._name)
        self.column.addWidget(self._about)
        self.column.addWidget(self._aside)
        self.column.addWidget(self.passes)
        self.column.addLayout(Flow(self.give, self.name))

    def show_meeting(self, meeting: Meeting, store: Store | None = None) -> None:
        """Read anew what there is of the meeting: from the archive, or from what the whole screen has read."""
        self._meeting = meeting
        store, t = store or self._space.store, self._space.texts
        self.passes.show_passes(meeting.id, store)
        said = [
            t.tr("{gone} began a coding and was away: it waits sealed.", gone=self._space.worker_name(s.coder))
            for s in meeting.set_aside
        ]
        self._aside.setText(" ".join(said))
        self._aside.setVisible(bool(said))
        has = may_invite(store, meeting)
        free = bool(places(store, meeting))
        self.give.setEnabled(has and (free or self._trains(store)))
        self.name.setEnabled(has and free and bool(self._workers(store)))

    def _trains(self, store: Store) -> bool:
        """Whether a student may code the meeting: everybody has consented, and there is a reference in force."""
        assert self._meeting is not None
        found = reference_film(store, self._meeting.id, today())
        is_there = found is not None and found.standing == ReferenceStanding.READY
        return is_there and may_train(store, self._meeting.id)

    def _workers(self, store: Store) -> list[tuple[str, str]]:
        """Workers of the house who do not code the meeting yet."""
        assert self._meeting is not None
        everybody = (store.worker, *other_workers(store))
        can = {worker_id for worker_id, _ in self._space.archive.sign_ins()}
        return [(w.id, w.name) for w in everybody if w.id in can and w.id not in self._meeting.coders]

    def _places(self) -> list[tuple[str, str]]:
        assert self._meeting is not None
        return [(i, self._space.worker_name(i)) for i in places(self._space.store, self._meeting)]

    def _give(self) -> None:
        space, meeting = self._space, self._meeting
        assert meeting is not None
        dialog = InviteDialog(space.texts, meeting.id, self._places(), self, trains=self._trains(space.store))
        if not dialog.exec():
            return
        name, secret, wanted = dialog.name(), dialog.passphrase(), dialog.wanted()

        def work(_job: Job) -> Added:
            return invite(space.door, space.archive, space.texts, name, secret, wanted)

        label_ = space.texts.tr("Giving a guest's pass")
        space.jobs.run(label_, work, self._on_given, space.notices.trouble, lane=JobLane.ARCHIVE)

    def _on_given(self, made: Added) -> None:
        """The guest is here just now: the own code is printed and typed back at once, or not at all."""
        space, confirm = self._space, self._space.archive.confirm_recovery_code
        space.notices.done(space.texts.tr("The guest can now sign in."))
        if isValid(self):
            guest = made.worker
            show_code(space, guest.name, made.code, lambda typed: confirm(typed, guest.id), self.window())
            self.changed.emit()

    def _name(self) -> None:
        space, meeting = self._space, self._meeting
        assert meeting is not None
        dialog = StandInDialog(space.texts, self._places(), self._workers(space.store), self)
        if not dialog.exec():
            return
        try:
            put_in_place(space.door, space.texts, meeting.id, dialog.gone.value(), dialog.come.value())
        except AppError as error:
            space.notices.trouble(error)
        self.changed.emit()

    def _on_passes(self) -> None:
        if self._meeting is not None:
            self.show_meeting(self._meeting)
