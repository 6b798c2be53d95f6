"""Who has confirmed the common view: each of the pair with the own sign-in, both at the one screen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from shiboken6 import isValid

from app.comparing.common_view.walking import Walk
from app.jobs import Job, JobLane
from app.notices import Notice, Tone
from widgets.comparing.naming import Naming
from widgets.comparing.waiting import WitnessDialog
from widgets.look.parts import beside, button, clear, label, stacked
from widgets.screen import Screen


class Confirming(QWidget):
    """A row for each of the two at the foot of the common view; hidden until it stands there."""

    def __init__(self, place: Screen, walk: Walk, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._place, self._walk, self._texts = place, walk, place.texts
        self._had: frozenset[str] = frozenset()
        self._rows = stacked(spacing=6)
        self.naming = Naming(place, walk)
        self.setLayout(stacked(self._rows, self.naming, spacing=8))
        self.refresh()

    def refresh(self) -> None:
        """As it is now; who had confirmed and does no more is told once."""
        clear(self._rows)
        self.naming.refresh()
        editor = self._walk.editor
        if editor is None:
            return
        now = frozenset(c.worker_id for c in editor.common.view.confirmations)
        if len(self._had) and not now and self._had != {editor.worker_id}:
            words = self._texts.tr("Something else is decided now, so both need to confirm the common view again.")
            self._place.workspace.notices.say(Notice(words, Tone.INFO))
        self._had = now
        for coder, name in zip(editor.coders, editor.compared.short_names, strict=True):
            row = beside(*self._row(coder, name), spacing=8)
            row.setStretch(1, 1)
            self._rows.addLayout(row)

    def _row(self, coder: str, name: str) -> tuple[QWidget, ...]:
        t, editor = self._texts, self._walk.editor
        assert editor is not None, "there is a common view"
        sign = QLabel()
        done = next((c for c in editor.common.view.confirmations if c.worker_id == coder), None)
        sign.setPixmap(self._place.look.pixmap("check" if done is not None else "clock", "text", 16))
        if done is not None:
            day = t.date(done.at.astimezone().date(), year=False)
            said = label(t.tr("{name} confirmed {day}", name=name, day=day), wrap=True)
            if coder != editor.worker_id:
                return sign, said
            return sign, said, button(t.tr("Take back"), editor.take_back, "link")
        if editor.common.unsettled():
            return sign, label(t.tr("{name} confirms once everything is decided", name=name), "muted", wrap=True)
        own = coder == editor.worker_id
        words = t.tr("{name} confirms", name=name) if own else t.tr("{name} confirms with the own sign-in", name=name)
        return sign, label(words, wrap=True)

    def new_action(self) -> QPushButton | None:
        """The header's main action: whose confirmation is next; None while something is open or nothing is missing."""
        editor, t = self._walk.editor, self._texts
        if editor is None or not editor.is_of_the_pair:
            return None
        names = dict(zip(editor.coders, editor.compared.short_names, strict=True))
        due = sorted((c for c in editor.coders if editor.can_confirm(c)), key=lambda c: c != editor.worker_id)
        if not due:
            return None
        if due[0] == editor.worker_id:
            return button(t.tr("Confirm the common view"), self.confirm, "primary")
        return button(t.tr("{name} confirms…", name=names[due[0]]), lambda: self.ask_partner(due[0]), "primary")

    def confirm(self) -> None:
        """Who is signed in confirms."""
        assert self._walk.editor is not None, "there is something to confirm"
        self._walk.editor.confirm()
        self._place.take_focus()  # the button is another one now, or gone

    def ask_partner(self, worker_id: str) -> None:
        """The partner types the own passphrase here; the work is done beside the screen."""
        editor, space, t = self._walk.editor, self._place.workspace, self._texts
        assert editor is not None, "there is something to confirm"
        name = space.worker_name(worker_id)
        dialog = WitnessDialog(
            t,
            name,
            self._place,
            t.tr("Confirm the common view"),
            t.tr(
                "It confirms this common view and is forgotten at once. You stay signed in; both of you stand in the "
                "access log."
            ),
            t.tr("Confirm"),
        )
        agreed, secret = dialog.exec(), dialog.passphrase()
        dialog.deleteLater()  # with what was typed in it
        self._place.take_focus()
        if not agreed:
            return
        words, changes = editor.partners_confirmation(worker_id)

        def run(_job: Job) -> datetime:
            return space.archive.confirm_beside(worker_id, secret, words, changes)

        def done(_at: datetime) -> None:
            if isValid(self):  # else the archive was locked meanwhile
                space.door.tell(changes, None)  # the editor and every screen hear of it
                self._place.take_focus()

        space.jobs.run(t.tr("Confirming the common view"), run, done, space.notices.trouble, lane=JobLane.ARCHIVE)
