"""Quiet notices at the bottom of the window: one sentence, at most one action. Trouble stays until it is read."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from app.i18n import Texts
from app.model.units import Pixels
from app.notices import Notice, Notices, Tone
from widgets.heard import telling
from widgets.look.look import Look
from widgets.look.parts import beside, button, label

SHOWN_FOR = 6_000
#: how wide it is, the likely first, and how low it stays where its buttons stand beside its words (pixels)
WIDTHS, LOW, LEAST = (680, 920), 90, 52
#: of its width, that its buttons may take beside words that need more height than that
BUTTONS_SHARE = 1 / 3


class NoticeBar(QFrame):
    """Shows the newest notice; it goes by itself, trouble only when it is closed.

    What was said before there was this bar is shown first, one after another: in a window made anew that is what stood
    on the screen. A notice belongs to the place that was open when it was said: it goes when that place is left, and
    trouble comes again with the place. Only what stays is shown everywhere.
    """

    #: it has other words, whoever gave them: it may need another height
    changed = Signal()

    def __init__(self, notices: Notices, texts: Texts, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._sign = label()
        self._words = label(wrap=True)
        self._action = button("")
        self._close = button(texts.tr("Close"))
        self._look = look
        words = beside(self._sign, self._words, spacing=14)
        words.setStretch(1, 1)
        self._buttons = beside(None, self._action, self._close, spacing=14)
        self._parts = beside(words, self._buttons, spacing=14, margins=(16, 10, 12, 10))
        self._parts.setStretch(0, 1)
        self.setLayout(self._parts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._put_away)
        self._close.clicked.connect(self._put_away)
        self._action.clicked.connect(self._on_action)
        self._notice: Notice | None = None
        self._notices = notices
        self._place = ""
        self._said_in: dict[int, str] = {}  # by identity: the notices keep what stands
        self._fresh: set[int] = set()  # said in this turn of the event loop
        self.hide()
        notices.said.connect(self.show_notice)  # bound: the notices outlive the bar
        notices.taken_back.connect(self._on_taken_back)

    def fitted(self, most: Pixels) -> QSize:
        """Lay it out for a place that has room for `most` pixels beside each other: the size that it needs there.

        Words beside long buttons would stand in a narrow column: then it is wider, and where that does not help its
        buttons stand below the words, which have its whole width.
        """
        self._parts.activate()  # new words are told to the outer layout alone: the inner ones remember the old ones
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight)
        for width in (min(width, most) for width in WIDTHS):
            size = self._size(width)
            if size.height() <= LOW:
                return size
        if self._buttons.sizeHint().width() <= BUTTONS_SHARE * size.width():
            return size
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom)
        return self._size(size.width())

    def _size(self, width: Pixels) -> QSize:
        return QSize(width, max(self.heightForWidth(width), LEAST))

    def show_standing(self) -> None:
        """What was said and not seen yet, if there is any that belongs here."""
        here = [n for n in self._notices.standing if self._belongs(n)]
        if here:
            self._show(here[0])

    def leave_for(self, place: str) -> None:
        """Another place opens; what was said together with that belongs to it."""
        for notice in self._notices.standing:
            self._said_in.setdefault(id(notice), self._place or place)
            if id(notice) in self._fresh:
                self._said_in[id(notice)] = place
            elif not notice.stays and notice.tone != Tone.TROUBLE and self._said_in.get(id(notice)) == self._place:
                self._forget(notice)
        self._place = place
        if self._notice is not None and not (self._stands(self._notice) and self._belongs(self._notice)):
            self._notice = None
            self._timer.stop()
            self.hide()
        if self._notice is None:
            self.show_standing()

    def _belongs(self, notice: Notice) -> bool:
        """Whether it is shown in the place that is open; what was said before there was any is shown at once."""
        return notice.stays or self._said_in.get(id(notice), self._place) == self._place

    def _stands(self, notice: Notice) -> bool:
        return any(n is notice for n in self._notices.standing)

    def _forget(self, notice: Notice) -> None:
        self._said_in.pop(id(notice), None)
        self._notices.put_away(notice)

    def show_look(self, look: Look) -> None:
        """Its sign in the colors of the place that is open."""
        self._look = look
        if self._notice is not None:
            self._show_sign(self._notice.tone)

    def _show_sign(self, tone: Tone) -> None:
        sign = {Tone.DONE: "check", Tone.WARNING: "warning", Tone.TROUBLE: "warning"}.get(tone, "note")
        self._sign.setPixmap(self._look.pixmap(sign, "text" if self._look.palette.is_dark else "on_ink", 18))

    def show_notice(self, notice: Notice) -> None:
        """It was just said, here."""
        self._said_in[id(notice)] = self._place
        self._fresh.add(id(notice))
        QTimer.singleShot(0, self, lambda: self._fresh.discard(id(notice)))
        self._show(notice)

    def _show(self, notice: Notice) -> None:
        if self._notice is not None and self._notice is not notice and not self._notice.stays:
            self._forget(self._notice)  # what stays comes again behind this one
        self._notice = notice
        self._show_sign(notice.tone)
        self._words.setText(notice.text)
        self.setAccessibleName(notice.text)
        telling.say(self, notice.text)
        self._action.setVisible(bool(notice.action_label))
        self._action.setText(notice.action_label)
        self.show()
        self.raise_()
        self.changed.emit()
        if notice.tone == Tone.TROUBLE or notice.stays:
            self._timer.stop()
        else:
            self._timer.start(SHOWN_FOR)

    def _on_action(self) -> None:
        notice = self._notice
        self._put_away()
        if notice is not None and notice.action is not None:
            notice.action()

    def _on_taken_back(self, notice: Notice) -> None:
        self._said_in.pop(id(notice), None)
        if notice is self._notice:
            self._put_away()

    def _put_away(self) -> None:
        """Read, or its time is over: what waited behind it comes."""
        notice, self._notice = self._notice, None
        self._timer.stop()
        self.hide()
        if notice is not None:
            self._forget(notice)
        self.show_standing()
