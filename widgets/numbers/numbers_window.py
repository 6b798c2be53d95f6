"""The numbers in a window of their own, beside the film: as large as one likes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.coding.editor import CodingEditor
from app.workspace import Workspace
from widgets.cover import cover_from
from widgets.folding import size_to_fit
from widgets.look.look import Look
from widgets.look.parts import stacked
from widgets.numbers.numbers_panel import NumbersPanel


class NumbersWindow(QDialog):
    """Belongs to the window it was opened from and goes with it; the cover takes it away as well."""

    def __init__(self, workspace: Workspace, editor: CodingEditor, look: Look, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(workspace.texts.tr("Numbers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = NumbersPanel(workspace, editor, look)
        self.panel.own_window.hide()
        self.setLayout(stacked(self.panel, margins=(20, 16, 12, 12)))
        size_to_fit(self, 1060, 820)
        workspace.closing.connect(self.close)
        cover_from(self, parent.window(), workspace.preferences)
