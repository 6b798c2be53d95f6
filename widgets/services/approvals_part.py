"""What somebody has to accept, who did or did not, when, and in which words."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from app.i18n import Texts, today
from app.model.service_work import Approval
from app.model.template import ApprovalForm
from app.works.editor import WorkEditor
from app.works.work_file import holder_called
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import GrowingText, Suggestions
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, label, primary_button, section_label, stacked
from widgets.services.field_sources import FieldSources


class ApprovalsPart(Card):
    """Each with the newest word about it; what was said before stays on record below."""

    def __init__(self, look: Look, texts: Texts, editor: WorkEditor, sources: FieldSources) -> None:
        super().__init__(section_label(texts.tr("Acceptance")), spacing=10)
        self._look, self._texts, self._editor, self._sources = look, texts, editor, sources
        self._shown: object = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.column.addLayout(self._rows)
        self.setVisible(bool(editor.template.approvals))
        self.refresh()

    def refresh(self) -> None:
        work = self._editor.work
        shown = (work.approvals, work.is_open)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        for approval in self._editor.template.approvals:
            self._rows.addWidget(self._row(approval))

    def ask(self, approval_id: str, *, accepted: bool = True) -> None:
        """Who says so, on which day and how."""
        approval = self._editor.template.approval(approval_id)
        if approval is None:
            return
        dialog = ApprovalDialog(self, self._texts, self._texts.words(approval.name), accepted=accepted)
        dialog.offer(self._sources.workers(), self._usual(approval))
        if dialog.exec():
            self._editor.approve(dialog.said(approval.id))

    def _usual(self, approval: ApprovalForm) -> str:
        held = self._editor.work.holders(approval.role) if approval.role else ()
        return next((called for h in held if (called := holder_called(self._sources.store, h))), "")

    def _row(self, approval: ApprovalForm) -> QWidget:
        t, work = self._texts, self._editor.work
        said = [a for a in work.approvals if a.approval == approval.id]
        name = t.words(approval.name)
        sign = QLabel()
        how = "circle" if not said else "check" if said[-1].accepted else "close"
        sign.setPixmap(self._look.pixmap(how, "text", 16))
        words = [label(name, "strong", wrap=True)]
        words += [label(self._line(one), "muted", wrap=True) for one in reversed(said)]
        if not said:
            words.append(label(t.tr("waits for acceptance"), "muted"))
        row = beside(sign, stacked(*words, spacing=2), spacing=10)
        row.setStretch(1, 1)
        made = QWidget()
        acts = []
        if work.is_open:
            for text, accepted in ((t.tr("Accepted…"), True), (t.tr("Not accepted…"), False)):
                act = button(text, partial(self.ask, approval.id, accepted=accepted), "" if accepted else "quiet")
                act.setAccessibleName(f"{text} {name}")
                acts.append(act)
        made.setLayout(stacked(row, beside(*acts, None), spacing=8))
        return made

    def _line(self, said: Approval) -> str:
        t = self._texts
        who = said.name or dict(self._sources.workers()).get(said.worker_id, "")
        word = t.tr("accepted") if said.accepted else t.tr("not accepted")
        return " · ".join(part for part in (word, t.date(said.day), who, said.words) if part)


class ApprovalDialog(QDialog):
    """Who accepts something or does not; the button waits for a name and a day."""

    def __init__(self, parent: QWidget, texts: Texts, what: str, *, accepted: bool) -> None:
        super().__init__(parent)
        t, self._accepted = texts, accepted
        self.setWindowTitle(t.tr("Accepted") if accepted else t.tr("Not accepted"))
        self.who = Suggestions(())
        self.day = DateField(t, t.tr("Day"))
        self.day.set_value(today())
        self.words = GrowingText(2)
        self.done_button = primary_button(self.windowTitle(), self.accept)
        line = self.who.lineEdit()
        assert line is not None
        line.setAccessibleName(t.tr("Who says so"))
        line.textChanged.connect(lambda _: self._tell())
        self.day.line.textChanged.connect(lambda _: self._tell())
        self.setLayout(
            stacked(
                label(what, "strong", wrap=True),
                named(t.tr("Who says so"), self.who),
                self.day,
                named(t.tr("In which words"), self.words),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(440)
        self._tell()

    def offer(self, workers: list[tuple[str, str]], usual: str) -> None:
        """Workers to choose from, and who has the role that says so."""
        self._workers = dict(workers)
        self.who.offer(workers)
        self.who.setEditText(usual)
        self._tell()

    def said(self, approval_id: str) -> Approval:
        who = self.who.value()
        worker = who if who in self._workers else ""
        words = self.words.toPlainText().strip()
        return Approval(approval_id, self._accepted, self.day.value(), "" if worker else who, worker, words)

    def _tell(self) -> None:
        is_day = not self.day.is_wrong() and self.day.value() is not None
        self.done_button.setEnabled(is_day and bool(self.who.currentText().strip()))
