"""What a statement is printed with: whose it is, the child's name in the head, and what its writer ticks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.casework.case_file import case_file
from app.i18n import Texts
from app.model.statement_stages import StatementAct, corrects_final
from app.statement.apart import has_to_choose
from app.statement.editor import StatementEditor
from app.statement.going_through import say_what_is_corrected
from app.statement.versions import superseded_by, versions
from app.vocabulary import StatementTexts
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import button, section_label, stacked


class StatementOptions(QWidget):
    """Boxes of the statement that is open; each is a step that can be undone. `version_chosen` opens another.

    `others_asked`: the other documents of the case are wanted, or a new one.
    """

    version_chosen = Signal(str)
    others_asked = Signal()

    def __init__(self, texts: Texts, editor: StatementEditor) -> None:
        super().__init__()
        self._texts, self._editor = texts, editor
        self.adult = ChoiceBox()
        self.adult.setAccessibleName(texts.tr("Whose statement"))
        self.adult.activated.connect(lambda _: self._choose())
        self.name_child = QCheckBox(texts.tr("Child's name in the head"))
        self.name_child.setToolTip(texts.tr("Name and date of birth in the head and on every page."))
        self.name_child.clicked.connect(lambda on: self._editor.name_child(on=on))
        self.weighed = QCheckBox(texts.tr("Weighed against other information"))
        self.weighed.setToolTip(texts.tr("Tick it when you have done so: the sentence is signed by both of you."))
        self.weighed.clicked.connect(lambda on: self._editor.weigh(on=on))
        self.version = ChoiceBox()
        self.version.setAccessibleName(texts.tr("Version"))
        self.version.activated.connect(lambda _: self.version_chosen.emit(str(self.version.currentData())))
        self.corrects = QLineEdit()
        self.corrects.setPlaceholderText(texts.tr("What this version corrects"))
        self.corrects.setAccessibleName(texts.tr("What this version corrects"))
        self.corrects.editingFinished.connect(self._say_what_is_corrected)
        self.signers = button("", self._name_signers, "link")
        self.others = button(texts.tr("Other documents of the client…"), self.others_asked.emit, "link")
        title = section_label(texts.tr("In the document"))
        parts = (
            self.version,
            self.others,
            title,
            self.adult,
            self.name_child,
            self.weighed,
            self.corrects,
            self.signers,
        )
        self.setLayout(stacked(*parts, spacing=4))

    def refresh(self) -> None:
        """As the statement and its case are now."""
        editor = self._editor
        statement, case = editor.statement, case_file(editor.store, editor.statement.case_id)
        self._show_versions()
        self.adult.clear()
        if not statement.adult:
            self.adult.addItem(self._texts.tr("Whose statement?"), "")
        for person in case.adults:
            self.adult.addItem(person.called or person.name, person.id)
        self.adult.setCurrentIndex(max(self.adult.findData(statement.adult), 0))
        self.adult.setVisible(has_to_choose(case))
        self.name_child.setChecked(statement.names_child)
        self.weighed.setChecked(statement.weighed)
        self.weighed.setVisible(bool(case.commission and case.commission.sources))
        for part in (self.adult, self.name_child, self.weighed):
            part.setEnabled(editor.is_writable)
        self._show_signers()

    def _show_signers(self) -> None:
        """Who signs, and what a version after a final one corrects in it."""
        t, editor, statement = self._texts, self._editor, self._editor.statement
        held = versions(editor.store, statement)
        self.corrects.setVisible(corrects_final(statement, held))
        self.corrects.setEnabled(editor.is_writable)
        if not self.corrects.hasFocus():
            self.corrects.setText(statement.corrects)
        alone = statement.alone is not None or len(editor.pair()) < 2
        self.signers.setText(t.tr("One worker signs…") if alone else t.tr("Both workers sign…"))
        self.signers.setEnabled(editor.may(StatementAct.NAME_SIGNERS))

    def _name_signers(self) -> None:
        from widgets.statement.signers_dialog import SignersDialog

        SignersDialog(self._editor, self).exec()

    def _say_what_is_corrected(self) -> None:
        say_what_is_corrected(self._editor, self.corrects.text())

    def _show_versions(self) -> None:
        """All versions of the statement; there is nothing to choose while it has one."""
        t, editor = self._texts, self._editor
        held = versions(editor.store, editor.statement)
        self.version.clear()
        for one in held:
            newer = superseded_by(editor.store, one)
            state = t.tr("superseded by version {n}", n=newer) if newer else StatementTexts(t.language).stage(one.stage)
            self.version.addItem(f"{t.tr('version {n}', n=one.version)} · {state}", one.id)
        self.version.setCurrentIndex(self.version.findData(editor.statement.id))
        self.version.setVisible(len(held) > 1)

    def _choose(self) -> None:
        chosen = str(self.adult.currentData())
        if chosen:
            self._editor.choose_adult(chosen)
