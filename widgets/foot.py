"""The foot of the window: always there and always as high, so that nothing above it moves when work comes and goes.

On its left that filming goes on beneath another place, on its right the long work.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.workspace import Workspace
from widgets.filming_sign import FilmingSign
from widgets.jobs_panel import JobsPanel
from widgets.look.parts import beside

HEIGHT = 36


class Foot(QFrame):
    """`sign` and `jobs` are seen only while they have something to say."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setFixedHeight(HEIGHT)
        self.sign = FilmingSign(workspace)
        self.jobs = JobsPanel(workspace.jobs, workspace.texts)
        row = beside(self.sign, self.jobs, spacing=20, margins=(20, 0, 12, 0))
        row.setStretch(1, 1)
        self.setLayout(row)
