"""Below a common view that both confirmed: it can be named a reference, which others code for learning."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from app.casework.reference_films import ReferenceFilm, Standing, confirming, ending, naming, reference_film
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.walking import Walk
from app.errors import AppError
from app.i18n import now, today
from app.jobs import Job, JobLane
from app.model.change import Change
from app.model.common_view import CONFIRMED
from widgets.comparing.waiting import WitnessDialog
from widgets.look.flow import Flow
from widgets.look.parts import button, clear, hairline, label, stacked
from widgets.screen import Screen


class Naming(QWidget):
    """Hidden until both have confirmed the common view. Each of the two stands behind it with the own sign-in."""

    def __init__(self, place: Screen, walk: Walk) -> None:
        super().__init__()
        self._place, self._walk, self._texts = place, walk, place.texts
        self._column = stacked(spacing=6)
        self.setLayout(self._column)
        self.hide()

    def refresh(self) -> None:
        """As it stands now."""
        clear(self._column)
        editor = self._walk.editor
        is_fixed = editor is not None and editor.common.is_fixed
        self.setVisible(is_fixed)
        if editor is None or not is_fixed:
            return
        film = reference_film(self._place.workspace.store, editor.common.header.meeting_id, today())
        self._column.addWidget(hairline())
        self._column.addWidget(label(self._words(editor, film), "caption", wrap=True))
        if editor.is_of_the_pair:
            acts = QWidget()
            acts.setLayout(Flow(*self._acts(editor, film)))
            self._column.addWidget(acts)

    def _words(self, editor: CommonViewEditor, film: ReferenceFilm | None) -> str:
        t = self._texts
        if film is None:
            return t.tr(
                "As a reference coding others can learn by this: each codes the film alone and sees what differs."
            )
        said = {
            Standing.READY: t.tr(
                "A reference coding since {day}.", day=t.date(film.reference.since.astimezone().date())
            ),
            Standing.CHANGED: t.tr("The reference coding was named before this common view was decided anew."),
            Standing.NO_FILM: t.tr("A reference coding, but its film is no longer in use."),
            Standing.NO_CONSENT: t.tr(
                "A reference coding, but closed: consents to a reference film {given}/{all}.",
                given=film.permission.granted,
                all=film.permission.persons,
            ),
        }
        if film.standing in said:
            return said[film.standing]
        return t.tr(
            "A reference coding once {name} stands behind it too.", name=self._name(editor, self._due(editor, film))
        )

    def _acts(self, editor: CommonViewEditor, film: ReferenceFilm | None) -> tuple[QPushButton, ...]:
        t = self._texts
        if film is None or film.standing == Standing.CHANGED:
            return (button(t.tr("Name as a reference coding"), lambda: self._name_it(editor, film), "link"),)
        end = button(
            t.tr("Take out of use"), lambda: self._write(t.tr("Reference ended"), ending(film.reference)), "link"
        )
        if film.standing == Standing.UNCONFIRMED:
            return self._to_confirm(editor, film), end
        if film.standing == Standing.NO_CONSENT:
            case_id = film.case.id
            consents = button(
                t.tr("To the consents"), lambda: self._place.go("cases", case_id=case_id, part="consents"), "link"
            )
            return consents, end
        return (end,)

    def _to_confirm(self, editor: CommonViewEditor, film: ReferenceFilm) -> QPushButton:
        t, due = self._texts, self._due(editor, film)
        if due == editor.worker_id:
            change = confirming(film.reference, due, now())
            return button(
                t.tr("Confirm the reference coding"), lambda: self._write(t.tr("Reference confirmed"), change), "link"
            )
        words = t.tr("{name} confirms…", name=self._name(editor, due))
        return button(words, lambda: self._ask_partner(film, due), "link")

    def _due(self, editor: CommonViewEditor, film: ReferenceFilm) -> str:
        return next((c for c in editor.coders if not film.reference.is_confirmed_by(c)), "")

    def _name(self, editor: CommonViewEditor, worker_id: str) -> str:
        return dict(zip(editor.coders, editor.compared.short_names, strict=True)).get(worker_id, "")

    # acts

    def _name_it(self, editor: CommonViewEditor, film: ReferenceFilm | None) -> None:
        """One that was named before gives way first, in a step of its own."""
        space, t = self._place.workspace, self._texts
        try:
            change = naming(space.store, editor.common.header, now())
        except AppError as error:
            space.notices.trouble(error)
            return
        if film is None or self._write(t.tr("Reference ended"), ending(film.reference)):
            self._write(t.tr("Reference named"), change)

    def _write(self, words: str, change: Change) -> bool:
        space = self._place.workspace
        try:
            space.write(words, [change], CONFIRMED if change.after is not None else "edit")
        except AppError as error:
            space.notices.trouble(error)
            return False
        self.refresh()
        self._place.take_focus()  # the button is another one now, or gone
        return True

    def _ask_partner(self, film: ReferenceFilm, worker_id: str) -> None:
        """The partner types the own passphrase here; the work is done beside the screen."""
        space, t = self._place.workspace, self._texts
        about = t.tr(
            "It confirms that this common view is a reference coding, and is forgotten at once. You stay signed in;"
            " both of you stand in the access log."
        )
        name = space.worker_name(worker_id)
        dialog = WitnessDialog(t, name, self._place, t.tr("Confirm the reference coding"), about, t.tr("Confirm"))
        agreed, secret = dialog.exec(), dialog.passphrase()
        dialog.deleteLater()  # with what was typed in it
        self._place.take_focus()
        if not agreed:
            return
        words, changes = t.tr("Reference confirmed"), (confirming(film.reference, worker_id, now()),)

        def run(_job: Job) -> datetime:
            return space.archive.confirm_beside(worker_id, secret, words, changes)

        def done(_at: datetime) -> None:
            if isValid(self):  # else the archive was locked meanwhile
                space.door.tell(changes, None)
                self.refresh()

        title = t.tr("Confirming the reference coding")
        space.jobs.run(title, run, done, space.notices.trouble, lane=JobLane.ARCHIVE)
