"""What of a moment's sound is muted: from one picture to another, as silence or a tone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QListWidget, QWidget

from app.clips.covering import CoverEditor
from app.clips.words import MUTING
from app.i18n import Texts
from app.model.cover import Muting
from app.model.timecode import Micros
from widgets.feedback.listed import fill
from widgets.forms.form import held
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, section_label, stacked


class VoicesPart(QWidget):
    """`editor` and `now` give the clip's editor and the time of the picture on the screen, or None."""

    def __init__(self, texts: Texts, editor: Callable[[], CoverEditor], now: Callable[[], Micros | None]) -> None:
        super().__init__()
        t = self._texts = texts
        self._editor, self._now = editor, now
        self._from: Micros | None = None
        self.muting = Choice([(Muting.SILENCE, t.tr("silence")), (Muting.TONE, t.tr("a tone"))])
        self.muting.set_value(Muting.SILENCE)
        self.mute = button("", self._mute)
        self.muted = QListWidget()
        self.muted.setAccessibleName(t.tr("Muted stretches"))
        self.muted.setFixedHeight(70)
        column = stacked(
            section_label(t.tr("Voices").upper()),
            held(beside(self.muting, self.mute, None)),
            self.muted,
            held(beside(button(t.tr("Remove"), self._remove), None)),
            label(t.tr("Another pitch would make nobody unknown, so voices are muted."), "caption", wrap=True),
            spacing=8,
        )
        self.setLayout(column)

    def show_muted(self, span: Callable[[Micros, Micros], str]) -> None:
        """All muted stretches, each as `span` says its two times."""
        t = self._texts
        fill(self.muted, [(f"{span(m.start, m.end)} · {t.tr(MUTING[m.muting])}", "") for m in self._editor().muted])
        self.mute.setText(t.tr("Mute from here") if self._from is None else t.tr("Mute up to here"))

    def forget(self) -> None:
        """Another film: what was begun is not ended there."""
        self._from = None

    def _mute(self) -> None:
        """First press: from here. Second: up to here."""
        now = self._now()
        if now is None:
            return
        if self._from is None:
            self._from = now
            self.mute.setText(self._texts.tr("Mute up to here"))
            return
        (start, end), self._from = sorted((self._from, now)), None
        self.mute.setText(self._texts.tr("Mute from here"))
        if end > start:
            self._editor().mute(start, end, self.muting.value())

    def _remove(self) -> None:
        if self.muted.currentRow() >= 0:
            self._editor().unmute(self.muted.currentRow())
