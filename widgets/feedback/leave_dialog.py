"""A covered moment handed out: for what, to whom, sealed or as it is, and into which file."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.casework.film_use import Use
from app.clips.covering import known_on
from app.clips.leaving import Leaving, Left, demand_leaving, leave, suffix_of, uses_of
from app.error_texts import sentence
from app.errors import AppError, InputError
from app.jobs import JobLane
from app.model.feedback import Clip
from app.model.receiving_key import fingerprint, key_in
from app.model.statement_delivery import Sealing
from app.statement.delivery import LEAST, passphrase_made
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.form import held, named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, primary_button, stacked


class LeaveDialog(QDialog):
    """Nothing is written before *Hand out*; the file is made beside the window and told of when it is there."""

    def __init__(self, space: Workspace, clip: Clip, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._clip, self._texts = space, clip, space.texts
        t = self._texts
        self._may_leave = False
        self.setWindowTitle(t.tr("Hand out the covered moment"))
        size_to_fit(self, 560, 460)
        uses = {
            Use.FEEDBACK: t.tr("Feedback: to somebody of the case"),
            Use.SUPERVISION: t.tr("Own supervision"),
            Use.COMMISSIONER: t.tr("The commissioner"),
            Use.EXAMPLE: t.tr("In training"),
        }
        self.use = Choice([(use, uses[use]) for use in uses_of(clip)])
        self.use.set_value(uses_of(clip)[0])
        self.person = Choice([(p.id, p.called) for p in known_on(space.store, clip)])
        self.person.setCurrentIndex(0)
        self._to = named(t.tr("To whom"), self.person)
        sealings = [
            (Sealing.PASSPHRASE, t.tr("Encrypted with a passphrase")),
            (Sealing.KEY, t.tr("Sealed for the recipient's key")),
            (Sealing.NOTHING, t.tr("As it is, not encrypted")),
        ]
        self.sealing = Choice(sealings)
        self.sealing.set_value(Sealing.PASSPHRASE)
        self.secret = QLineEdit(passphrase_made())
        self.secret.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._lock = named(t.tr("Passphrase or recipient's key (age1…)"), self.secret)
        self._note, self.wrong = label("", "caption", wrap=True), label("", "danger", wrap=True)
        self.hand_out = primary_button(t.tr("Hand out"), self._hand_out)
        foot = beside(None, button(t.tr("Cancel"), self.reject), self.hand_out)
        parts = (named(t.tr("For what"), self.use), self._to, named(t.tr("File"), self.sealing), self._lock, self._note)
        self.setLayout(stacked(*parts, self.wrong, None, held(foot), spacing=12, margins=(22, 18, 22, 16)))
        self.use.activated.connect(self._fit)
        self.person.activated.connect(self._fit)
        self.sealing.activated.connect(self._on_sealing)
        self.secret.textChanged.connect(self._fit)
        space.changed.connect(self._ask_again)
        self._fit()

    def _on_sealing(self, _row: int) -> None:
        self.secret.setText(passphrase_made() if self.sealing.value() == Sealing.PASSPHRASE else "")
        self._fit()

    @property
    def _person_id(self) -> str:
        return str(self.person.value() or "") if self.use.value() == Use.FEEDBACK else ""

    def _fit(self, *_: object) -> None:
        t, sealing = self._texts, self.sealing.value()
        self._to.setVisible(self.use.value() == Use.FEEDBACK)
        self._lock.setVisible(sealing != Sealing.NOTHING)
        notes = {
            Sealing.PASSPHRASE: t.tr("Tell the passphrase another way than the file goes. It is kept nowhere."),
            Sealing.NOTHING: t.tr("The file is not encrypted: only where the way itself protects it."),
        }
        self._note.setText(notes.get(sealing) or self._digits())
        wrong = self._refused()
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.hand_out.setEnabled(not wrong)

    def _demand(self) -> None:
        demand_leaving(self._space.store, self._clip, self.use.value(), self._person_id)

    def _ask_again(self, _written: object) -> None:
        """What might leave a moment ago, and now may not, is not asked about any longer."""
        if not self.isVisible():
            return
        if not self._may_leave:
            self._fit()
            return
        try:
            self._demand()
        except AppError as error:
            self.reject()
            self._space.notices.trouble(error)

    def _digits(self) -> str:
        t = self._texts
        try:
            key = key_in(self.secret.text())
        except InputError:
            return t.tr("Paste the key that the recipient gave.")
        return t.tr("Compare by phone before you deliver: {digits}", digits=" ".join(fingerprint(key)))

    def _refused(self) -> str:
        """Why it may not leave so, as the door says it."""
        t, sealing = self._texts, self.sealing.value()
        self._may_leave = False
        try:
            self._demand()
            self._may_leave = True
            if sealing == Sealing.KEY:
                key_in(self.secret.text())
        except AppError as error:
            return sentence(t, error)
        if sealing == Sealing.PASSPHRASE and len(self.secret.text().strip()) < LEAST:
            return t.trn("At least {n} character.", "At least {n} characters.", LEAST)
        return ""

    def _hand_out(self) -> None:
        t, space = self._texts, self._space
        suffix = suffix_of(self._clip)
        kind = f"{suffix.removeprefix('.').upper()} (*{suffix})"
        ask = FileDialogs(self).save
        path = ask(t.tr("Where the covered moment is written"), t.tr("covered moment") + suffix, kind)
        if path is None:
            return
        leaving = Leaving(self.use.value(), path, self._person_id, self.sealing.value(), self.secret.text().strip())
        act = partial(leave, space.store, space.media, space.films.coverer, t, self._clip.id, leaving)
        words = t.tr("Making the covered moment")
        space.jobs.run(words, lambda job: act(job.progress, job.cancelled), partial(_tell, space), lane=JobLane.INTAKE)
        self.accept()


def _tell(space: Workspace, left: Left) -> None:
    """When it is written the dialog is long gone."""
    said = space.texts.trn(
        "The covered moment is written and proven: {n} picture. It is still secret.",
        "The covered moment is written and proven: {n} pictures. It is still secret.",
        left.proven.pictures,
    )
    space.notices.done(said)
