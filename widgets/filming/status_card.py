"""What a glance must tell while filming: sound, room, lost pictures, second disk, consents, power."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from app.filming.capture import Capture
from app.filming.preflight import Listening, hours_left, span_words
from app.filming.words import seconds_words
from app.i18n import Texts
from app.model.timecode import Micros
from app.ports.recorder import SoundLevel
from widgets.filming.sound_meter import SoundMeter
from widgets.heard import telling
from widgets.look.look import Look, font
from widgets.look.parts import label


class Fact(QLabel):
    """A value whose name stands beside it; who hears the card hears both at once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(tabular=True))
        self.name = name

    def say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(f"{self.name}: {words}")


class StatusCard(QFrame):
    """Two columns of facts; every fact is there also when it is a plain 0."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("card")
        self._texts = texts
        t = texts
        self.meter = SoundMeter(look, t)
        self._sound = label("", "danger")
        self._disk, self._consents = Fact(t.tr("Room left")), Fact(t.tr("Consents"))
        self._lost, self._second, self._power = (
            Fact(t.tr("Lost pictures")),
            Fact(t.tr("Second disk")),
            Fact(t.tr("Mains")),
        )
        grid = QGridLayout()
        grid.setContentsMargins(18, 12, 18, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        left, right = (self.meter, self._disk, self._consents), (self._lost, self._second, self._power)
        for column, facts in ((0, left), (2, right)):
            for row, value in enumerate(facts):
                name = value.name if isinstance(value, Fact) else t.tr("Sound")
                grid.addWidget(label(name, "muted"), row, column)
                grid.addWidget(value, row, column + 1)
        self._sound.hide()
        grid.addWidget(self._sound, 3, 0, 1, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        self.setLayout(grid)

    def show_facts(self, capture: Capture, consents: str, *, on_battery: bool | None) -> None:
        t = self._texts
        self._disk.say(span_words(t, rounded(hours_left(capture.free_bytes(), capture.byte_rate()))))
        self._consents.say(consents)
        self._show_lost(capture)
        second = {None: "–", True: t.tr("✓ ready"), False: t.tr("stopped")}
        words = second[capture.writes_second_copy()]
        if capture.is_recording and capture.writes_second_copy():
            words = t.tr("✓ recording")
        self._second.say(words)
        self._power.say({None: "–", True: t.tr("on battery"), False: "✓"}[on_battery])

    def _show_lost(self, capture: Capture) -> None:
        """The time that is missing, as it stands everywhere else; single pictures are counted while it is none."""
        t, time = self._texts, capture.missing().pictures
        self._lost.say(seconds_words(t, time) if time > 0 else t.number(capture.lost_pictures))

    def hear(self, level: SoundLevel, listening: Listening) -> None:
        if listening.is_dead:
            self.silence()
            return
        self.meter.show_level(level)
        self._say(self._texts.tr("The sound is too loud and breaks.") if listening.clips else "")

    def silence(self) -> None:
        """Nothing is heard, which is said; also where a microphone gives nothing but zeros."""
        self.meter.silence()
        self._say(self._texts.tr("No sound comes."))

    def _say(self, words: str) -> None:
        if words != self._sound.text():
            telling.say(self._sound, words)
        self._sound.setText(words)
        self._sound.setVisible(bool(words))


def rounded(hours: float) -> float:
    """Down to whole ten minutes where there are hours: nobody needs to see each minute go."""
    return floor(hours * 6) / 6 if hours >= 1 else hours


def clock_of(texts: Texts, time: Micros) -> str:
    """`00:12:41`, also just before 0."""
    return texts.clock(max(time, 0), digits=0)
