"""The right side before filming: what is as it should be, the child's word today, the devices, and the one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from app.filming.preflight import BY_HAND, Check, Row, Verdict, check_name, check_sentence, stopped_by, warnings
from app.i18n import Texts
from widgets.filming.device_box import DeviceBox
from widgets.forms.care_strip import CareStrip
from widgets.look.look import Look
from widgets.look.parts import beside, button, hairline, label, primary_button, scrolled, section_label, stacked

SIGNS = {Verdict.GOOD: "check", Verdict.WARNING: "warning", Verdict.STOPS: "close", Verdict.UNKNOWN: "help"}


class CheckRow(QWidget):
    """One check: sign, name, and what is the matter; an own action below where there is one."""

    def __init__(self, look: Look, texts: Texts, check: Check) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._sign = QLabel()
        self._sign.setFixedWidth(20)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._name = label(check_name(texts, check), "strong")
        self._words = label("", "muted", wrap=True)
        self._short = label("", "muted")
        self._column = stacked(beside(self._name, None, self._short), self._words, spacing=2)
        row = beside(self._sign, self._column, spacing=10, margins=(0, 6, 0, 6))
        row.setStretch(1, 1)
        self.setLayout(row)
        self._shown: Row | None = None

    def add(self, *parts: QWidget) -> None:
        """An action of the row."""
        self._column.addSpacing(4)
        self._column.addLayout(beside(*parts, None, spacing=6))

    def show_row(self, row: Row) -> None:
        if row == self._shown:
            return
        self._shown = row
        words = check_sentence(self._texts, row)
        self._sign.setPixmap(self._look.pixmap(SIGNS[row.verdict], "text" if row.why else "muted", 16))
        self._short.setText("" if row.why else words)
        self._words.setText(words if row.why else "")
        self._words.setVisible(bool(row.why))
        state = self._texts.tr("in order") if row.verdict == Verdict.GOOD else words
        self.setAccessibleName(f"{self._name.text()}: {state}")


class PreparePanel(QWidget):
    """Asks; the room answers with rows."""

    begin_pressed = Signal()
    test_pressed = Signal()
    consents_asked = Signal()
    child_said = Signal(str)
    other_toggled = Signal(str, bool)  # person id, on the film

    def __init__(self, look: Look, texts: Texts, devices: DeviceBox) -> None:
        super().__init__()
        self._texts = texts
        t = texts
        self._others: tuple[tuple[str, str, bool], ...] = ()
        self.rows = {check: CheckRow(look, t, check) for check in Check}
        self.yes = _choice(t.tr("Child says yes"), lambda: self.child_said.emit("yes"))
        self.no = _choice(t.tr("Child says no"), lambda: self.child_said.emit("no"))
        self.rows[Check.CHILD].add(self.yes, self.no)
        self.others = button(t.tr("Others on the film…"), self._on_others, "quiet")
        self.consents = button(t.tr("To the consents"), self.consents_asked.emit)
        self.rows[Check.CONSENTS].add(self.consents, self.others)
        self.test = button(t.tr("Make a test recording"), self.test_pressed.emit)
        self.rows[Check.TEST].add(self.test)
        self._told = label("", "strong", wrap=True)
        self.care = CareStrip(t)
        inside = QWidget()
        column = stacked(
            self._told, self.care, section_label(t.tr("Before filming")), spacing=4, margins=(16, 16, 16, 8)
        )
        for check in BY_HAND:
            column.addWidget(self.rows[check])
        column.addSpacing(8)
        column.addWidget(section_label(t.tr("Devices")))
        column.addWidget(devices)
        column.addSpacing(4)
        for check in (
            c for c in Check if c not in BY_HAND
        ):  # below everything that is pressed: they change by themselves
            column.addWidget(self.rows[check])
        column.addStretch(1)
        inside.setLayout(column)
        self.begin = primary_button("", self.begin_pressed.emit)
        self.begin.setStyleSheet("min-height: 48px;")
        self._why = label("", "caption", wrap=True)
        foot = stacked(hairline(), spacing=8)
        foot.addLayout(stacked(self._why, self.begin, spacing=8, margins=(16, 4, 16, 16)))
        page = stacked(scrolled(inside), foot, spacing=0)
        page.setStretch(0, 1)
        self.setLayout(page)

    def tell(self, words: str) -> None:
        """What the worker must know before going on: what was rescued, how far it was."""
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def show_rows(self, rows: Sequence[Row], said: str, *, goes_on: bool, is_testing: bool) -> None:
        t = self._texts
        for row in rows:
            self.rows[row.check].show_row(row)
        self.rows[Check.CHILD].setVisible(any(row.check == Check.CHILD for row in rows))
        self.yes.setChecked(said == "yes")
        self.no.setChecked(said == "no")
        self.consents.setVisible(any(r.check == Check.CONSENTS and r.verdict == Verdict.STOPS for r in rows))
        stop = stopped_by(rows)
        gone_past = warnings(rows)
        begin = t.tr("Go on filming") if goes_on else t.tr("Begin filming")
        self.begin.setText(begin)
        self.begin.setEnabled(stop is None and not is_testing)
        if stop is not None:
            self._why.setText(check_sentence(t, stop))
        elif gone_past:
            words = t.trn(
                "{n} thing is not in order. You can begin; it is noted with the meeting.",
                "{n} things are not in order. You can begin; they are noted with the meeting.",
                len(gone_past),
            )
            self._why.setText(words)
        else:
            self._why.setText(t.tr("Everything is in order."))

    def show_test(self, words: str, *, can: bool) -> None:
        self.test.setText(words)
        self.test.setEnabled(can)

    def show_others(self, others: tuple[tuple[str, str, bool], ...]) -> None:
        """(person id, how called, on the film) of everybody who could be filmed besides."""
        self._others = others
        self.others.setVisible(bool(others))

    def _on_others(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person_id, called, on in self._others:
            act = menu.addAction(called)
            act.setCheckable(True)
            act.setChecked(on)
            act.triggered.connect(lambda checked, p=person_id: self.other_toggled.emit(p, checked))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))


def _choice(words: str, act: object) -> QPushButton:
    made = button(words, act, "pill")  # type: ignore[arg-type]  # any callable without arguments
    made.setCheckable(True)
    return made
