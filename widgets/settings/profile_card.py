"""The signed-in worker's own details; the name of the result and the signature block follow from them."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.model.people import Training, TrainingPurpose
from app.office.workers import ProfileEditor
from app.services.library import services
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import Card, beside, button, clear, field, label, stacked


class ProfileCard(Card):
    """Name, title, employer and trainings; each is saved when its field is left."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=14, padding=20)
        t = self._texts = workspace.texts
        self._words = StatementTexts(t.language)
        self.editor = workspace.editor("profile", lambda: ProfileEditor(workspace.store, t))
        self._fields = {"title": QLineEdit(), "employer": QLineEdit(), "office": QLineEdit()}
        names = {"title": t.tr("Title"), "employer": t.tr("Employer"), "office": t.tr("Region office")}
        self._name = label("", "title")
        self.column.addWidget(self._name)
        self.column.addLayout(beside(*(_column(field(names[k], w)) for k, w in self._fields.items()), spacing=14))
        for key, line in self._fields.items():
            line.editingFinished.connect(lambda key=key: self._on_finished(key))
        self.column.addWidget(label(t.tr("Trainings"), "strong"))
        for service in services():
            self.column.addWidget(label(t.words(service.naming), "caption", wrap=True))
        self._trainings = QVBoxLayout()
        self._trainings.setSpacing(8)
        self.column.addLayout(self._trainings)
        self.column.addLayout(beside(button(t.tr("Add a training"), self.editor.add_training), None))
        self.editor.changed.connect(self._on_changed)
        self.refresh()

    def _on_changed(self, _changes: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        worker = self.editor.worker
        self._name.setText(worker.name)
        for key, line in self._fields.items():
            value = getattr(worker, key)
            if line.text() != value and not line.hasFocus():
                line.setText(value)
        clear(self._trainings)
        for number, training in enumerate(worker.trainings):
            self._trainings.addWidget(self._training_row(number, training))

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        for key in self._fields:
            self._on_finished(key)

    def _on_finished(self, key: str) -> None:
        self.editor.edit(**{key: self._fields[key].text().strip()})

    def _training_row(self, number: int, training: Training) -> QWidget:
        t = self._texts
        method, proof, purpose = QLineEdit(training.method), QLineEdit(training.proof), ChoiceBox()
        proof.setPlaceholderText(t.tr("certificate, number, date"))
        for kind in TrainingPurpose:
            purpose.addItem(self._words.of("training_purposes", kind), kind)
        purpose.setCurrentIndex(list(TrainingPurpose).index(training.purpose))
        method.editingFinished.connect(lambda: self.editor.edit_training(number, method=method.text().strip()))
        proof.editingFinished.connect(lambda: self.editor.edit_training(number, proof=proof.text().strip()))
        purpose.activated.connect(lambda _: self.editor.edit_training(number, purpose=purpose.currentData()))
        remove = button(t.tr("Remove"), lambda: self.editor.remove_training(number), "quiet")
        row = beside(
            _column(field(t.tr("Method"), method)),
            _column(field(t.tr("Purpose"), purpose)),
            _column(field(t.tr("Proof"), proof)),
            _column(stacked(label(" ", "caption"), remove, spacing=4)),
            spacing=10,
        )
        row.setStretch(2, 1)
        holder = QWidget()
        holder.setLayout(row)
        return holder


def _column(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
