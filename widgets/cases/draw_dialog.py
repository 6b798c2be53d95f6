"""Which tasks get a second coding: what is drawn over is chosen, drawn once, and shown with all that repeats it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from app.casework.case_file import CaseFile
from app.casework.draw_words import drawing_name, lots, more_sentence, repeated, result_lines, short_line, size_sentence
from app.casework.second_coding import Draw, Drawable, draw, drawable
from app.error_texts import sentence
from app.errors import AppError
from app.model.reliability_sample import HABIT, USUAL, Drawing, ReliabilitySample
from app.workspace import Workspace
from widgets.cases.meeting_words import meeting_words
from widgets.folding import size_to_fit
from widgets.forms.inputs import Choice, Number
from widgets.look.parts import (
    OnePage,
    beside,
    button,
    field,
    label,
    primary_button,
    scrolled,
    section_label,
    stacked,
)
from widgets.numbers.sheet_table import SheetTable

WIDTH, HEIGHT = 640, 620


class DrawDialog(QDialog):
    """Asks for a draw over meetings of a case, or shows the one that there is. Nothing is seen of it before it is made.

    What is wrong is said in it. Once drawn it is in the archive for good.
    """

    def __init__(
        self, space: Workspace, file: CaseFile, meeting_id: str, sample: ReliabilitySample | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._space, self._file, self._meeting_id = space, file, meeting_id
        self._texts = t = space.texts
        self.setWindowTitle(t.tr("Draw for a second coding"))
        self.boxes: dict[str, QCheckBox] = {}
        self._rows = {one.meeting.id: one for one in drawable(space.store, file.case.id)}
        self.percent = Number(1, 100, 5, " %" if t.comma else "%")
        self.percent.setValue(USUAL)
        self.drawing = Choice([(one, drawing_name(t, one)) for one in Drawing])
        self.drawing.setCurrentIndex(0)
        self.seed = QLineEdit()
        self.seed.setPlaceholderText(t.tr("The program draws it"))
        self.seed.setMaxLength(18)
        self._size, self.wrong = label("", "strong", wrap=True), label("", "danger", wrap=True)
        self.cancel = button(t.tr("Cancel"), self.reject, "quiet")
        self.draw = primary_button(t.tr("Draw"), self._draw)
        self.close_it = primary_button(t.tr("Close"), self.accept)
        self.close_it.hide()
        self._pages = OnePage()
        self._pages.addWidget(self._asked())
        self.setLayout(stacked(self._pages, self._foot(), spacing=0))
        size_to_fit(self, WIDTH, HEIGHT)
        self.percent.valueChanged.connect(self._on_change)
        self.drawing.activated.connect(self._on_change)
        self.seed.textChanged.connect(lambda _: self._say(""))
        self._on_change()
        if sample is not None:
            self._show(sample)

    def _asked(self) -> QWidget:
        t, inside = self._texts, QWidget()
        how = t.tr(
            "Coder A codes every task. Coder B codes the ones drawn here, and both rate the whole film. The draw is"
            " made before anybody codes, and once."
        )
        column = stacked(label(how, wrap=True), section_label(t.tr("Meetings in the draw")), spacing=12)
        for one in self._rows.values():
            column.addWidget(self._box(one))
        habit = t.tr("In research usually {least}–{most} %.", least=t.number(HABIT[0]), most=t.number(HABIT[1]))
        column.addLayout(field(t.tr("Share of the tasks"), self.percent, habit))
        column.addLayout(field(t.tr("Way of drawing"), self.drawing))
        why = t.tr("A number that both agree on beforehand, if you want to choose it yourselves. Digits only.")
        column.addLayout(field(t.tr("Seed"), self.seed, why))
        column.addWidget(self._size)
        column.addWidget(self.wrong)
        column.addStretch(1)
        column.setContentsMargins(24, 24, 24, 4)
        inside.setLayout(column)
        return scrolled(inside)

    def _box(self, one: Drawable) -> QCheckBox:
        t = self._texts
        whys = {
            "no-tasks": t.tr("no plan"),
            "drawn": t.tr("drawn already"),
            "begun": t.tr("coding has begun"),
        }
        tasks = t.trn("{n} task", "{n} tasks", len(one.tasks))
        words = f"{meeting_words(t, self._file, one.meeting)} · {whys.get(one.why, tasks)}"
        made = self.boxes[one.meeting.id] = QCheckBox(words)
        made.setEnabled(not one.why)
        made.setChecked(not one.why and one.meeting.id == self._meeting_id)
        made.toggled.connect(self._on_change)
        return made

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setLayout(stacked(beside(self.cancel, None, self.draw, self.close_it), margins=(24, 8, 24, 20)))
        return foot

    def _chosen(self) -> tuple[str, ...]:
        return tuple(meeting_id for meeting_id, box in self.boxes.items() if box.isChecked())

    def _on_change(self, *_: object) -> None:
        t, chosen = self._texts, self._chosen()
        count = sum(len(self._rows[i].tasks) for i in chosen)
        size = size_sentence(t, self.percent.value(), count)
        self._size.setText(f"{size} {more_sentence(t, self.drawing.value())}" if size else "")
        self.draw.setEnabled(bool(count))
        self._say("")

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _draw(self) -> None:
        wanted = Draw(self._chosen(), self.percent.value(), self.drawing.value(), self.seed.text())
        try:
            samples = draw(self._space.door, self._texts, self._file.case.id, wanted)
        except AppError as error:
            self._say(sentence(self._texts, error))
            return
        own = next((s for s in samples if s.meeting_id == self._meeting_id), samples[0])
        self._show(own)

    def _show(self, sample: ReliabilitySample) -> None:
        t, inside = self._texts, QWidget()
        column = stacked(
            label(short_line(t, sample), "title", wrap=True),
            *(label(line, wrap=True) for line in result_lines(t, sample, self._space.worker_name(sample.drawn_by))),
            label(drawing_name(t, sample.drawing), "muted", wrap=True),
            section_label(t.tr("The lots")),
            SheetTable(lots(t, self._file, sample), t.tr("The lots"), tight=True),
            section_label(t.tr("How to draw the same again")),
            label(repeated(t, sample), wrap=True),
            None,
            spacing=12,
            margins=(24, 24, 24, 4),
        )
        inside.setLayout(column)
        self._pages.addWidget(scrolled(inside))
        self._pages.setCurrentIndex(1)
        self.cancel.hide()
        self.draw.hide()
        self.close_it.show()
        self.close_it.setFocus()
