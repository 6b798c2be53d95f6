"""What a coding is made with, as its screen shows it: the choice while it is open, and a note on a newer version."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.coding.editor import CodingEditor
from app.i18n import Texts, today
from app.model.stored import CODED_WITH, ContentKind
from app.notices import Notice
from app.schemes import library
from app.schemes.newer_version import in_words, newer_scheme, scheme_change
from app.workspace import Workspace
from widgets.look.parts import beside, button, clear, confirm, label, stacked


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


def content_called(texts: Texts, content: library.Published) -> str:
    """*Perusrunko, versio 2*: which scheme or instrument, to the version."""
    return texts.tr("{name}, version {n}", name=texts.words(content.name), n=content.version)


def use_content(parent: QWidget, editor: CodingEditor, kind: ContentKind, content_id: str) -> bool:
    """Code or rate with what was chosen. One other than the work partner's is told first, with *the same* before it.

    True when the coding is made with something else than before.
    """
    pair, t = editor.apart_from(kind, content_id), editor.texts
    if pair is not None:
        name = content_called(t, pair)
        words = {
            ContentKind.SCHEME: t.tr(
                "Your work partner codes with {name}. Codings made with different schemes cannot be compared.",
                name=name,
            ),
            ContentKind.INSTRUMENT: t.tr(
                "Your work partner rates with {name}. Ratings given with different instruments cannot be compared.",
                name=name,
            ),
        }
        if not confirm(parent, t, words[kind], t.tr("Take the other all the same"), t.tr("Use the same")):
            return editor.use_same(kind)
    return editor.use_scheme(content_id) if kind == ContentKind.SCHEME else editor.use_instrument(content_id)


class PairNote(QWidget):
    """Says that this coding is made with another scheme or instrument than the work partner's; hidden when alike."""

    taken = Signal()  # now it is made with the same

    def __init__(self, editor: CodingEditor) -> None:
        super().__init__()
        self._editor = editor
        self._column = stacked(spacing=4, margins=(16, 8, 16, 0))
        self.setLayout(self._column)
        self.hide()  # shown by `refresh` when it has a place

    def refresh(self) -> None:
        """Ask again what the partner codes with. Asks the archive: not at every press."""
        clear(self._column)
        editor = self._editor
        unlike = [u for kind in CODED_WITH if (u := editor.unlike(kind)) is not None] if editor.is_open else []
        self.setVisible(bool(unlike))
        for content in unlike:
            self._column.addLayout(self._line(content))

    def _line(self, content: library.Published) -> QHBoxLayout:
        t, editor = self._editor.texts, self._editor
        name, is_scheme = content_called(t, content), content.kind == ContentKind.SCHEME
        if is_scheme:
            words = t.tr(
                "Your work partner codes with {name}. This coding is made with another: the two cannot be compared.",
                name=name,
            )
        else:
            words = t.tr(
                "Your work partner rates with {name}. These ratings are given with another: they cannot be compared.",
                name=name,
            )
        is_fixed = editor.is_begun if is_scheme else bool(editor.coding.ratings)
        same = None if is_fixed else button(t.tr("Use the same"), partial(self._take, content.kind))
        row = beside(label(words, "strong", wrap=True), *(() if same is None else (same,)), spacing=12)
        row.setStretch(0, 1)  # in few lines: they lie above the picture
        return row

    def _take(self, kind: ContentKind) -> None:
        if self._editor.use_same(kind):
            self.taken.emit()


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
        self.setVisible(newer is not None and editor.is_open and not editor.is_training)
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
