"""What of a covered moment is still to be looked at, and whether what is chosen of it was watched to its end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from app.i18n import Texts
from app.model.cover import Unreviewed
from app.model.timecode import SECOND, Micros
from widgets.feedback.listed import fill
from widgets.forms.form import held
from widgets.look.parts import beside, button, label, section_label, stacked

#: pictures that are farther apart than this were not watched one after another
_LEAP: Micros = SECOND
#: how far from its end a stretch counts as watched
_NEARLY: Micros = 200_000


class LookingPart(QWidget):
    """Nothing is called looked at that was not played from its beginning to its end, without a leap."""

    turned = Signal(str)  # to another piece: the id of its cover, empty where it is a stretch without one
    watch_pressed = Signal()
    looked_pressed = Signal()
    ended = Signal()  # what is chosen was played to its end

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        t = self._texts = texts
        self._left: tuple[Unreviewed, ...] = ()
        self._last: Micros = 0
        self.watching: Unreviewed | None = None
        self._watched: Micros | None = None
        self.to_look = QListWidget()
        self.to_look.setAccessibleName(t.tr("Still to be looked at"))
        self.to_look.setFixedHeight(140)
        self.watch = button(t.tr("Play it"), self._watch)
        self.looked = button(t.tr("I have looked at it"), self.looked_pressed.emit)
        self.looked.setToolTip(t.tr("Can be pressed when it was played from its beginning to its end."))
        self._all_seen = label("", wrap=True)
        column = stacked(
            section_label(t.tr("Still to be looked at").upper()),
            self.to_look,
            held(beside(self.watch, self.looked, None)),
            self._all_seen,
            spacing=8,
        )
        self.setLayout(column)
        self.to_look.currentRowChanged.connect(self._turn)

    def show_left(self, left: tuple[Unreviewed, ...], words: list[str], last: Micros, *, elsewhere: bool) -> None:
        """All pieces, with what each is called; `last` is the moment's last picture, film time.

        `elsewhere` says that the moment's other camera is not wholly looked at.
        """
        t, self._left, self._last = self._texts, left, last
        row = max(self.to_look.currentRow(), 0)
        self.to_look.blockSignals(True)
        fill(self.to_look, [(said, one.track_id) for said, one in zip(words, left, strict=True)])
        self.to_look.setCurrentRow(min(row, len(left) - 1))
        self.to_look.blockSignals(False)
        at = self.to_look.currentRow()
        if self.watching != (left[at] if at >= 0 else None):
            self._turn(at)
        self._all_seen.setVisible(not left)
        other = t.tr("Everything has been looked at on this camera. The other one is still to be looked at.")
        done = t.tr("Everything has been looked at. The moment can be handed out.")
        self._all_seen.setText(other if elsewhere else done)
        self._show()

    def note(self, time: Micros) -> None:
        """A picture was shown: how far what is chosen was seen without a leap."""
        watching = self.watching
        if watching is None:
            return
        # the picture that is shown at its beginning came on a little before
        since = watching.start - _NEARLY if self._watched is None else self._watched
        if since <= time <= since + _LEAP:
            self._watched = time
            if time >= watching.end:
                self.ended.emit()
            self._show()

    def forget(self) -> None:
        """Another camera: nothing of it was watched."""
        self.watching = self._watched = None

    def _turn(self, row: int) -> None:
        self.watching = self._left[row] if 0 <= row < len(self._left) else None
        self._watched = None
        self._show()
        self.turned.emit("" if self.watching is None else self.watching.track_id)

    def _watch(self) -> None:
        self._watched = None
        self.watch_pressed.emit()

    def _show(self) -> None:
        self.watch.setEnabled(self.watching is not None)
        self.looked.setEnabled(self._is_watched)

    @property
    def _is_watched(self) -> bool:
        watching, watched = self.watching, self._watched
        if watching is None or watched is None:
            return False
        return watched >= min(watching.end, self._last) - _NEARLY
