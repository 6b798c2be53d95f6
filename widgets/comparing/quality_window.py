"""*Parin laatu* in a window of its own: counted beside the window, then tables, and how each figure was computed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget
from shiboken6 import isValid

from app.comparing.quality.counting import Quality, QualityKey, look_at_quality
from app.comparing.quality.explained import quality_explained
from app.comparing.quality.paper import quality_file_name, save_quality
from app.comparing.quality.tables import quality_views
from app.comparing.quality.words import (
    about_words,
    brackets_words,
    counted_words,
    lacking_words,
    left_out_words,
    names_of,
    too_few_words,
)
from app.errors import AppError, Cancelled
from app.jobs import Job, JobLane
from app.workspace import Workspace
from widgets.comparing.all_figures import AllFigures
from widgets.comparing.explanation_page import ExplanationPage
from widgets.cover import cover_from
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.parts import EmptyState, OnePage, beside, button, label, stacked

STEPS = 1000


class QualityWindow(QDialog):
    """Belongs to the window it was opened from and goes with it; closed while it counts, it cancels that."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent.window())
        t = self._texts = workspace.texts
        self._space = workspace
        self._made: Quality | None = None
        self._view = ""
        self.setWindowTitle(t.tr("Quality of pairs"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = OnePage()
        self._back = button(t.tr("Back"), self.back)
        self._save = button(t.tr("Save as PDF…"), self.save)
        close = button(t.tr("Close"), self.close)
        for made in (self._back, self._save):
            made.hide()
        self._heading = label(t.tr("Quality of pairs"), "heading", wrap=True)
        self._bar = QProgressBar()
        self._job = self._count()
        foot = beside(self._back, None, self._save, close)
        self.setLayout(stacked(self._heading, self._pages, foot, spacing=12, margins=(24, 20, 24, 16)))
        size_to_fit(self, 980, 760)
        workspace.closing.connect(self.close)
        cover_from(self, parent.window(), workspace.preferences)

    @property
    def page(self) -> QWidget | None:
        """What is in sight: how far the counting is, the figures, or how one was computed."""
        return self._pages.currentWidget()

    # counting

    def _count(self) -> Job:
        t, space = self._texts, self._space
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(t.tr("Counting the figures"))
        waiting = QWidget()
        words = label(t.tr("The codings that are open to you are read and counted."), "muted", wrap=True)
        waiting.setLayout(stacked(words, self._bar, None, spacing=10))
        self._pages.addWidget(waiting)
        store = space.store
        job = space.jobs.run(
            t.tr("Counting the figures"),
            lambda job: look_at_quality(store, job.progress, job.cancelled),
            self._on_counted,
            self._on_failed,
            JobLane.ARCHIVE,
        )
        job.progressed.connect(self._on_progressed)
        return job

    def _on_progressed(self, part: float) -> None:
        if self._made is None:
            self._bar.setValue(round(part * STEPS))

    def _on_counted(self, made: Quality) -> None:
        if isValid(self):  # it may have been closed meanwhile
            self._made = made
            self._show_figures()

    def _on_failed(self, error: AppError) -> None:
        if not isinstance(error, Cancelled):
            self._space.notices.trouble(error)
        if isValid(self):
            self.close()

    # what is shown

    def _show_figures(self) -> None:
        t, made = self._texts, self._made
        assert made is not None, "it is counted"
        views = quality_views(t, made)
        first = about_words(t) if made.is_enough else too_few_words(t, made)
        if not made.is_enough:
            words = " ".join((first, *left_out_words(t, made)))
            self._show(EmptyState(t.tr("Not yet"), words), t.tr("Quality of pairs"))
            return
        said = (first, *counted_words(t, made), *lacking_words(t, made))
        if not views:
            self._show(EmptyState(t.tr("Not yet"), " ".join(said)), t.tr("Quality of pairs"))
            return
        hint = " ".join((brackets_words(t), t.tr("Choose a row and press Enter: how it was computed.")))
        figures = AllFigures(hint, views, self._space.preferences, self._view, said)
        figures.opened.connect(self.explain)
        figures.turned.connect(self._on_turned)
        self._show(figures, t.tr("Quality of pairs"))
        self._save.show()
        (figures.first_table() or self._save).setFocus()

    def _on_turned(self, view: str) -> None:
        self._view = view

    def explain(self, key: QualityKey) -> None:
        """How one figure was computed."""
        assert self._made is not None, "a figure is shown"
        told = quality_explained(self._texts, self._made, key)
        self._show(ExplanationPage(self._texts, told, ("", ""), self._space.preferences), told.title)
        self._back.show()
        self._back.setFocus()

    def back(self) -> None:
        """To the tables."""
        self._back.hide()
        self._show_figures()

    def _show(self, page: QWidget, head: str) -> None:
        while (old := self._pages.widget(0)) is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self._pages.addWidget(page)
        self._heading.setText(head)
        self._save.hide()

    # acts

    def save(self) -> None:
        """All of it as PDF."""
        made, space, t = self._made, self._space, self._texts
        assert made is not None, "figures are shown"
        space.notices.paper({name for two in made.pairs for name in names_of(made, two)})
        path = FileDialogs(self).save(t.tr("Save as PDF"), quality_file_name(t), PDF)
        if path is None:
            return
        done = t.tr("The PDF was saved. It is not encrypted and names you and your colleagues: keep it so.")
        space.jobs.run(
            t.tr("Making the quality of pairs as PDF"),
            lambda _job: save_quality(space.store, t, made, path),
            lambda _: space.notices.done(done),
            lane=JobLane.ARCHIVE,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._back.isHidden():
            self.back()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """However it is closed, nothing goes on counting for it."""
        if not self._job.is_done:
            self._job.cancel()
        super().done(result)
