"""*Uusi*: what neither of the two had, chosen together: a mark, a state of the stretch, or a value with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.coding.telling import person_name
from app.comparing.common_view.codable import layer_of
from app.comparing.comparison import Comparison
from app.comparing.decision_words import closed_words, item_name, title_of
from app.i18n import Texts
from app.model.decision import Decision, DisagreementKind, NewMark
from app.model.scheme import Actor, Code, Kind
from app.model.timecode import Micros
from widgets.folding import size_to_fit
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import beside, button, field, label, primary_button, stacked

#: no state is on in this part of the stretch
_NOTHING = ""


class NewDialog(QDialog):
    """Has `reason`, and what its kind of difference asks for; *Save* waits until nothing is missing."""

    def __init__(self, texts: Texts, found: Comparison, d: Decision, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._found, self._decision = texts, found, d
        self.setWindowTitle(texts.tr("A new one"))
        size_to_fit(self, 520, 420)
        self._reason = QLineEdit(d.reason)
        self._ok = primary_button(texts.tr("Save"), self.accept)
        self._ok.setDefault(True)
        self._reason.textChanged.connect(self._on_change)

    def _lay_out(self, *parts: QWidget) -> None:
        t = self._texts
        self.setLayout(
            stacked(
                label(title_of(t, self._found, self._decision), "heading", wrap=True),
                *parts,
                field(t.tr("Reason"), self._reason),
                None,
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._on_change()

    @property
    def reason(self) -> str:
        return self._reason.text().strip()

    def marks(self) -> tuple[NewMark, ...]:
        """What is to be marked; none for a rating."""
        return ()

    def value(self) -> int | None:
        """The new value of a rating; None is *no occasion*."""
        return None

    def _is_whole(self) -> bool:
        return True

    def _on_change(self) -> None:
        self._ok.setEnabled(self._is_whole())


class NewValue(NewDialog):
    """A point of the item's scale that neither gave, or no occasion; with the reason."""

    def __init__(self, texts: Texts, found: Comparison, d: Decision, parent: QWidget) -> None:
        super().__init__(texts, found, d, parent)
        self._values = ChoiceBox()
        item = found.instrument.item(d.item)
        assert item is not None, "a rating is of an item"
        scale = found.instrument.scale_of(item)
        for point in scale.points:
            anchor = scale.anchor(point)
            self._values.addItem(f"{point}  {texts.words(anchor.name)}" if anchor is not None else str(point), point)
        if scale.na_allowed:
            self._values.addItem(texts.words(found.instrument.no_occasion), None)
        if d.new_value is not None:
            self._values.setCurrentIndex(self._values.findData(d.new_value))
        holder = QWidget()
        holder.setLayout(field(item_name(texts, found, d), self._values))
        self._lay_out(holder)

    def value(self) -> int | None:
        held = self._values.currentData()
        return None if held is None else int(held)

    def _is_whole(self) -> bool:
        return bool(self.reason)


class NewPoint(NewDialog):
    """One event: what, of whom, and when, from the moments of the two and of the picture on the screen."""

    def __init__(self, texts: Texts, found: Comparison, d: Decision, times: Sequence[Micros], parent: QWidget) -> None:
        super().__init__(texts, found, d, parent)
        self._codes, self._times = ChoiceBox(), ChoiceBox()
        held = d.new_marks[0] if d.new_marks else None
        for code in _codes_of(found, d, Kind.POINT):
            whose = _person(code, d.person)
            self._codes.addItem(f"{texts.words(code.name)} ({person_name(texts, whose)})", (code.id, whose))
        for at in sorted({*times, *((held.start,) if held is not None else ())}):
            self._times.addItem(texts.short_clock(at, digits=2), at)
        wanted = held.code if held is not None else d.a or d.b
        rows = [self._codes.itemData(n)[0] for n in range(self._codes.count())]
        self._codes.setCurrentIndex(rows.index(wanted) if wanted in rows else 0)
        self._times.setCurrentIndex(self._times.findData(held.start if held is not None else times[0]))
        self._closed = label("", wrap=True)
        for part in (self._codes, self._times):
            part.currentIndexChanged.connect(self._on_change)
        holder = QWidget()
        chosen = (field(texts.tr("Mark"), self._codes), field(texts.tr("Time"), self._times))
        holder.setLayout(stacked(*chosen, self._closed))
        self._lay_out(holder)

    def marks(self) -> tuple[NewMark, ...]:
        code, person = self._codes.currentData()
        return (NewMark(code, person, int(self._times.currentData())),)

    def _why_not(self) -> str:
        (mark,) = self.marks()
        return closed_words(self._texts, self._found, mark.code, mark.start)

    def _is_whole(self) -> bool:
        return not self._why_not()

    def _on_change(self) -> None:
        """A time that one of the two could not code is said at once, not when it is refused."""
        said = self._why_not()
        self._closed.setText(said)
        self._closed.setVisible(bool(said))
        super()._on_change()


class NewStates(NewDialog):
    """What is on in the stretch: one state, or several that follow each other from the edges that somebody set."""

    def __init__(self, texts: Texts, found: Comparison, d: Decision, times: Sequence[Micros], parent: QWidget) -> None:
        super().__init__(texts, found, d, parent)
        assert d.start is not None, "states have a stretch"
        assert d.end is not None, "states have a stretch"
        self._start, self._end = d.start, d.end
        self._edges = sorted({t for t in times if d.start < t < d.end})
        self._rows: list[tuple[ChoiceBox, ChoiceBox]] = []
        self._column = stacked(spacing=8)
        self._more = button(texts.tr("Another state from here…"), self._add, "link")
        for mark in d.new_marks or ():
            self._append(mark.code, mark.start)
        if not self._rows:
            self._append(d.a or d.b, d.start)
        holder = QWidget()
        holder.setLayout(stacked(self._column, beside(self._more, None)))
        self._lay_out(holder)

    def marks(self) -> tuple[NewMark, ...]:
        rows = [(str(code.currentData()), int(at.currentData())) for code, at in self._rows]
        ends = [*(start for _, start in rows[1:]), self._end]
        return tuple(
            NewMark(code, self._decision.person, start, end)
            for (code, start), end in zip(rows, ends, strict=True)
            if code != _NOTHING and end > start
        )

    def _is_whole(self) -> bool:
        starts = [int(at.currentData()) for _, at in self._rows]
        follow = all(one < other for one, other in pairwise(starts))
        return follow and bool(self.marks()) and len(self._rows) > 0

    def _add(self) -> None:
        last = int(self._rows[-1][1].currentData())
        later = next((t for t in self._edges if t > last), None)
        if later is not None:
            self._append(str(self._rows[-1][0].currentData()), later)

    def _append(self, wanted: str, start: Micros) -> None:
        t, first = self._texts, not self._rows
        codes, times = ChoiceBox(), ChoiceBox()
        for code in _codes_of(self._found, self._decision, Kind.STATE):
            codes.addItem(t.words(code.name), code.id)
        if not self._decision.exhaustive:
            codes.addItem(t.tr("no state"), _NOTHING)
        codes.setCurrentIndex(max(codes.findData(wanted), 0))
        for at in [self._start] if first else sorted({*self._edges, start}):
            times.addItem(t.tr("from {time}", time=t.short_clock(at, digits=2)), at)
        times.setCurrentIndex(times.findData(start if not first else self._start))
        codes.setAccessibleName(t.tr("State"))
        times.setAccessibleName(t.tr("Begins"))
        for part in (codes, times):
            part.currentIndexChanged.connect(self._on_change)
        self._rows.append((codes, times))
        self._column.addLayout(beside(codes, times))
        self._on_change()

    def _on_change(self) -> None:
        self._more.setVisible(bool(self._edges))
        last = int(self._rows[-1][1].currentData()) if self._rows else 0
        self._more.setEnabled(any(t > last for t in self._edges))
        super()._on_change()


def new_dialog(texts: Texts, found: Comparison, d: Decision, times: Sequence[Micros], parent: QWidget) -> NewDialog:
    """The dialog for a kind of difference; `times` are the moments that can be chosen, the likeliest first."""
    if d.kind == DisagreementKind.RATING:
        return NewValue(texts, found, d, parent)
    kind = NewStates if d.kind == DisagreementKind.STATE else NewPoint
    return kind(texts, found, d, times, parent)


def _codes_of(found: Comparison, d: Decision, kind: Kind) -> list[Code]:
    """The codes that may be marked there: of a state those of its lane, of an event those of its person first."""
    scheme = found.scheme
    layer = layer_of(scheme, d.a or d.b)
    codes = [c for c in scheme.codes if c.kind == kind and c.layer == layer and c.id != scheme.cannot_be_coded]
    if kind == Kind.STATE:
        return [c for c in codes if c.lane == d.lane]
    return sorted(codes, key=lambda c: not d.person.startswith(c.actor))


def _person(code: Code, person: str) -> str:
    if person.startswith(code.actor):
        return person
    return "dyad" if code.actor == Actor.DYAD else f"{code.actor}1"
