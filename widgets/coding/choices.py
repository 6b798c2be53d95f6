"""What a coding is made with, as its screen shows it: the choice while it is open, and a note on a newer version."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.coding.editor import CodingEditor
from app.i18n import today
from app.model.stored import ContentKind
from app.notices import Notice
from app.schemes import library
from app.schemes.newer_version import in_words, newer_scheme, scheme_change
from app.workspace import Workspace
from widgets.look.parts import beside, button, label


def scheme_choice(workspace: Workspace, editor: CodingEditor, choose: Callable[[str], object]) -> QPushButton:
    """Which scheme, while nothing is coded yet; the pair agrees on it. A newer version is chosen the same way."""
    t, now = editor.texts, editor.scheme
    made = button(t.tr("Scheme: {name}", name=t.words(now.name).split(" (", maxsplit=1)[0]))
    menu = QMenu(made)
    for one in library.offered(workspace.store, ContentKind.SCHEME, today()):
        same = (one.id, one.version) == (now.id, now.version)
        name = t.words(one.name)
        if one.id == now.id and not same:
            name = t.tr("{name}, version {n}", name=name, n=one.version)
        act = menu.addAction(name, partial(choose, one.id))
        act.setCheckable(True)
        act.setChecked(same)
    made.setMenu(menu)
    made.setToolTip(t.tr("Both workers code with the same scheme. It can be chosen until the first mark."))
    return made


def instrument_choice(
    workspace: Workspace, editor: CodingEditor, choose: Callable[[str], object]
) -> QPushButton | None:
    """Which instrument, while nothing is rated yet; None when there is only one that this worker may use."""
    t, now = editor.texts, editor.instrument
    offered = library.offered(workspace.store, ContentKind.INSTRUMENT, today())
    if len(offered) < 2 or editor.coding.ratings or not editor.is_open:
        return None
    made = button(t.tr("Instrument: {name}", name=t.words(now.name)))
    menu = QMenu(made)
    for one in offered:
        act = menu.addAction(t.words(one.name), partial(choose, one.id))
        act.setCheckable(True)
        act.setChecked((one.id, one.version) == (now.id, now.version))
    made.setMenu(menu)
    made.setToolTip(t.tr("Both workers rate with the same instrument. It can be chosen until the first rating."))
    return made


class VersionNote(QWidget):
    """Says that a newer version of the scheme was published meanwhile; hidden while there is none.

    A coding with marks goes on with its own version: what is different is told by one press.
    """

    def __init__(self, workspace: Workspace, editor: CodingEditor) -> None:
        super().__init__()
        t = editor.texts
        self._workspace, self._editor = workspace, editor
        self.words = label("", "muted", wrap=True)
        self.tell = button(t.tr("What is different?"), self._tell, "link")
        self.setLayout(beside(self.words, self.tell, None, spacing=12, margins=(16, 8, 16, 0)))
        self.hide()  # shown by `refresh` when it has a place

    def refresh(self) -> None:
        """Ask again whether there is a newer version, and whether this coding can still move to it."""
        t, editor = self._editor.texts, self._editor
        newer = newer_scheme(self._workspace.store, editor.scheme)
        self.setVisible(newer is not None and editor.is_open)
        if newer is None:
            return
        if editor.coding.observations:
            words = t.tr(
                "Version {new} of the scheme was published. This coding goes on with version {old}.",
                new=newer.version,
                old=editor.scheme.version,
            )
        else:
            words = t.tr("Version {new} of the scheme was published. It can be chosen above.", new=newer.version)
        self.words.setText(words)

    def _tell(self) -> None:
        newer = newer_scheme(self._workspace.store, self._editor.scheme)
        if newer is not None:
            rows = in_words(self._editor.texts, scheme_change(self._editor.scheme, newer))
            self._workspace.notices.say(Notice("\n".join(rows), stays=True))
