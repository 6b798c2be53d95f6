"""Bringing a clip to a session: a case by its code name, one of the clips its consents let be shown, the question."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.clips.lookup import Lookup
from app.i18n import today
from app.model.supervision import SupervisionSession
from app.supervising import film, film_words
from app.supervising.agreements import SupervisionEditor
from app.workspace import Workspace
from widgets.forms.form import named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked


class BringDialog(QDialog):
    """Of clips that may not be shown nothing is told: not how many they are, nor of whom."""

    def __init__(
        self, parent: QWidget, space: Workspace, editor: SupervisionEditor, session: SupervisionSession
    ) -> None:
        super().__init__(parent)
        self._space, self._editor, self._session = space, editor, session
        self._lookup = Lookup(space.store, space.texts)
        t = space.texts
        self.setWindowTitle(t.tr("Bring a clip"))
        cases = [(c.id, c.code_name) for c in film_words.openable_cases(space.store)]
        own = film_words.own_recordings(space.store, t, editor.agreement)
        self.case = Choice([("", t.tr("choose a case")), *own, *cases])
        self.case.set_value("")
        self.clip = Choice()
        self._none = label("", wrap=True)
        people = editor.agreement.there_on(session.at.astimezone().date())
        self.asker = Choice([("", t.tr("nobody's in particular")), *((s.id, s.called) for s in people)])
        self.asker.set_value(session.asker if session.asker in {s.id for s in people} else "")
        self.question = GrowingText(2)
        self.question.setPlainText(session.question)
        self.done_button = primary_button(t.tr("Bring the clip"), self.accept)
        secret = t.tr("Here a case has its code name only. The clip is shown covered, unless you choose otherwise.")
        self.setLayout(
            stacked(
                named(t.tr("Case"), self.case),
                named(t.tr("Clip"), self.clip),
                self._none,
                named(t.tr("Whose clip it is"), self.asker),
                named(t.tr("The supervisee's question"), self.question),
                label(secret, "muted", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12,
                margins=(20, 20, 20, 20),
            )
        )
        self.setMinimumWidth(480)
        self.case.activated.connect(lambda _: self.show_case())
        self.show_case()

    def show_case(self) -> None:
        """The clips of the chosen case that may be brought; of others a sentence why there may be none."""
        t, store, case_id = self._space.texts, self._space.store, self.case.value()
        found = film.candidates(store, self._editor.agreement, case_id, today()) if case_id else ()
        left = film_words.left_to_bring(found, self._editor.uses(self._session.id))
        rows = []
        for clip in left:
            told = film_words.told_clip(store, t, self._lookup, clip)
            rows.append((clip.id, " · ".join(part for part in (told.about or t.tr("Clip"), told.length) if part)))
        self.clip.set_value(None)
        self.clip.offer(rows)
        self.clip.setCurrentIndex(0 if rows else -1)
        self.clip.setEnabled(bool(rows))
        self._none.setVisible(bool(case_id) and not rows)
        self._none.setText(
            t.tr(
                "No clip of this case can be brought: none has been chosen in feedback, or not everybody on the film "
                "has consented to supervision."
            )
            if not self._editor.agreement.outside
            else t.tr(
                "No clip of this case can be brought: none has been chosen in feedback, or not everybody on the film "
                "has consented to training, which supervision of another house asks for."
            )
        )
        self.done_button.setEnabled(bool(rows))

    def clip_id(self) -> str:
        found = self.clip.value()
        return found if isinstance(found, str) else ""
