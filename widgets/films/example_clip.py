"""A small window that plays the example of a code, and the button that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.clips.examples import example_reel, film_of, still_shown
from app.errors import AppError
from app.i18n import Texts, today
from app.model.stored import ExampleClip
from app.office.looking import PlayedFilms, Where
from app.ports import Picture
from app.workspace import Workspace
from widgets.films.picture import PictureView
from widgets.folding import size_to_fit
from widgets.keys.matcher import Matcher
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, stacked


class ExampleClipButton(QPushButton):
    """Plays the examples of a code in a small window; hidden while there is none that may be shown.

    `examples` of `app.clips.examples` gives the clips. Several are played one after another by *Next example*.
    """

    def __init__(self, workspace: Workspace, look: Look, clips: Sequence[ExampleClip] = (), name: str = "") -> None:
        super().__init__()
        self._workspace, self._clips, self._name = workspace, tuple(clips), name
        self.window_open: ExampleWindow | None = None
        self.setProperty("kind", "pill")
        self.setIcon(look.icon("play", "text", 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: self.play())
        self.show_clips(clips, name)

    def show_clips(self, clips: Sequence[ExampleClip], name: str) -> None:
        """Other examples, of the code called `name`."""
        self._clips, self._name = tuple(clips), name
        t = self._workspace.texts
        self.setText(t.tr("Example"))
        self.setAccessibleName(t.tr("Example: {code}", code=name))
        if self._clips and self.parentWidget() is not None:
            self.show()
        elif not self._clips:
            self.hide()  # one without a place yet is shown with it, never as a window of its own

    def play(self) -> None:
        """Open the window with the first clip; asked once more whether it may be shown."""
        allowed = still_shown(self._workspace.store, self._clips, today())
        if not allowed:
            t = self._workspace.texts
            self._workspace.notices.info(t.tr("The example can no longer be shown: a consent to it is not in force."))
            self.hide()
            return
        if self.window_open is not None:
            self.window_open.reject()
        made = self.window_open = ExampleWindow(self._workspace, allowed, self._name, self.window())
        made.destroyed.connect(self._forget)
        made.show()
        made.play()

    def _forget(self) -> None:
        self.window_open = None


class ExampleWindow(QDialog):
    """One clip at a time, without names; a film's own key plays it again, Esc closes and lets go of the film."""

    def __init__(self, workspace: Workspace, clips: Sequence[ExampleClip], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = workspace.texts
        self.setWindowTitle(t.tr("Example: {code}", code=name))
        size_to_fit(self, 520, 380)
        self._workspace, self._clips, self._place = workspace, clips, 0
        self._camera = 1
        self._seen: PlayedFilms | None = None
        self.player = workspace.films.player()
        self._keys = Matcher({"film.play": self.play}, workspace.preferences)
        self.view = PictureView(t)
        self._which = label("", "caption")
        again = button(t.tr("Play again"), self.play)
        self._next = button(t.tr("Next example"), self._on_next)
        self.setLayout(
            stacked(
                label(name, "title", wrap=True),
                self.view,
                beside(self._which, None, again, self._next, button(t.tr("Close"), self.reject)),
                spacing=10,
                margins=(16, 14, 16, 14),
            )
        )
        self._next.setVisible(len(clips) > 1)
        self.player.trouble.connect(workspace.notices.trouble)
        workspace.closing.connect(self.reject)
        self.finished.connect(self._let_go)
        self._open(t)

    def play(self) -> None:
        """The clip from its start to its end, once."""
        clip = self._clips[self._place]
        self.player.play_range(clip.start, clip.end)

    def _open(self, t: Texts) -> None:
        clip = self._clips[self._place]
        space = self._workspace
        try:
            reel = example_reel(space.store, space.media, clip, today())
            self._camera = reel.camera
            self.player.set_sink(reel.camera, self._show)
            self.player.open([reel])
            self._tell_seen(clip)
        except AppError as error:
            self._workspace.notices.trouble(error)
        count = t.tr("{n} of {all}", n=self._place + 1, all=len(self._clips)) if len(self._clips) > 1 else ""
        self._which.setText(count)

    def _tell_seen(self, clip: ExampleClip) -> None:
        """What of it is seen goes to the access log of its case; the film plays on its own clock here."""
        film = replace(film_of(self._workspace.store, clip), offset=0, drift_ppm=0.0)
        within = clip.start, clip.end
        self._seen = PlayedFilms(self._workspace.looking, (film,), self.player, self, Where.EXAMPLE, within)

    def _show(self, picture: Picture | None) -> None:
        if picture is None:
            self.view.clear()
        else:
            self.view.show_picture(picture)

    def _on_next(self) -> None:
        self._let_go()
        self._place = (self._place + 1) % len(self._clips)
        self._open(self._workspace.texts)
        self.play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.take(event):
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        seen, self._seen = self._seen, None
        if seen is not None:
            seen.close()
        self.player.set_sink(self._camera, None)
        self.player.close()
