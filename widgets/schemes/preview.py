"""What the coder will see of a scheme: the key pad of a pass, and the keyboard with its free keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.scheme import Scheme
from widgets.coding.key_pad import KeyPad
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import beside, clear, label, scrolled, section_label, stacked
from widgets.schemes.keyboard import KeyboardPicture
from widgets.schemes.scheme_parts import called

#: pixels in which the keyboard stands whole, and beyond which the key pad gains nothing
LEAST, MOST = 462, 560


class SchemePreview(QFrame):
    """The pad is a picture here: it takes no keys and codes nothing. It is drawn anew only when the scheme changed."""

    def __init__(self, texts: Texts, look: Look) -> None:
        super().__init__()
        self._texts, self._look = texts, look
        self._shown: tuple[Scheme, str] | None = None
        self._scheme: Scheme | None = None
        self.passes = Choice()
        self.passes.setMinimumContentsLength(15)
        self.passes.setAccessibleName(texts.tr("Pass"))
        self.passes.activated.connect(lambda _: self._draw())
        self.keyboard = KeyboardPicture(texts, look)
        self._pad_place = QVBoxLayout()
        self._pad_place.setContentsMargins(0, 0, 8, 0)
        pad = QWidget()
        pad.setLayout(self._pad_place)
        legend = texts.tr("A line below a key: in use. Hatched: the program's own. The others are free.")
        self.setLayout(
            stacked(
                beside(section_label(texts.tr("As the coder sees it")), None, self.passes),
                scrolled(pad),
                section_label(texts.tr("Keyboard")),
                self.keyboard,
                label(legend, "caption", wrap=True),
                spacing=8,
                margins=(12, 14, 14, 12),
            )
        )
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(MOST)
        self.setObjectName("panel")

    def show_scheme(self, scheme: Scheme, layer: str | None = None) -> None:
        """Show it as it is now; `layer` turns to that pass."""
        self._scheme = scheme
        t = self._texts
        names = [("", t.tr("First pass")), *((y.id, f"{y.key}  {called(t, y)}") for y in scheme.layers)]
        self.passes.offer(names)
        self.passes.setVisible(len(names) > 1)
        known = {y.id for y in scheme.layers} | {""}
        if layer is not None and layer in known:
            self.passes.set_value(layer)
        elif self.passes.value() is None:
            self.passes.set_value("")
        self._draw()

    def _draw(self) -> None:
        scheme, layer = self._scheme, str(self.passes.value() or "")
        if scheme is None or self._shown == (scheme, layer):
            return
        self._shown = scheme, layer
        look = self._look.with_scheme(scheme)
        clear(self._pad_place)
        pad = KeyPad(scheme, look, self._texts, layer)
        pad.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in pad.findChildren(QWidget):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pad.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pad_place.addWidget(pad)
        self.keyboard.show_scheme(scheme, layer, look)
