"""A pair's way through its differences on one screen: which are asked for, where they are, what is decided.

Before anything is decided the list is laid out from the two codings alone; the first decision begins the common view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.casework.pair import is_of_the_pair
from app.comparing.common_view.editor import CommonViewEditor, Led
from app.comparing.common_view.laying_out import laid_out
from app.comparing.common_view.reading import common_header
from app.comparing.comparison import Comparison
from app.comparing.walk import Filter, Progress, next_open, place_to_go_on, progress, walked
from app.door import Written
from app.errors import AppError, NotAllowed
from app.model.change import Change
from app.model.coding import CodingHeader
from app.model.common_view import CommonCoding, CommonView
from app.model.decision import Answer, Decision
from app.ports import Store


class Walk(QObject):
    """One meeting's differences as one room walks them. A `decision_id` is that of a row it was given."""

    changed = Signal(object)  # frozenset: ids of the differences decided anew, here or elsewhere; none: confirmed
    begun = Signal()  # the common view is there now
    saved = Signal(object)  # datetime
    refused = Signal(object)  # AppError: it could not be begun, and nothing is decided

    def __init__(
        self,
        store: Store,
        found: Comparison,
        opens: Callable[[], CommonViewEditor] | None,
        parent: QObject | None = None,
    ) -> None:
        """`opens` gives the live common view, begun when there is none (`Workspace.common_view_editor`).

        Without it the differences are only looked at: they are no pair's, and nobody decides them.
        """
        super().__init__(parent)
        self._found, self._opens = found, opens
        self.is_of_the_pair = opens is not None and is_of_the_pair(store, found.file.meeting.id)
        #: who leads on another computer; empty while nobody does, and the hands here decide
        self.led_by = ""
        self.wanted = Filter()
        self._editor: CommonViewEditor | None = None
        self._laid: dict[str, Decision] = {}
        if opens is not None and common_header(store, found.file.meeting.id) is not None:
            self._take(opens())
        else:
            self._laid = {d.id: d for d in laid_out(found, "").differences}

    # what is there

    @property
    def may_decide(self) -> bool:
        """Whether who is signed in decides here now."""
        return self.is_of_the_pair and not self.led_by

    @property
    def only_looks(self) -> bool:
        """Whether nothing is decided here at all."""
        return self._opens is None

    @property
    def editor(self) -> CommonViewEditor | None:
        """Where the common view is changed; None until it is begun."""
        return self._editor

    @property
    def found(self) -> Comparison:
        """The two codings, compared as the common view was begun with."""
        return self._found if self._editor is None else self._editor.compared

    @property
    def common(self) -> CommonCoding | None:
        return None if self._editor is None else self._editor.common

    def decisions(self) -> Sequence[Decision]:
        return tuple(self._held().values())

    def rows(self) -> tuple[Decision, ...]:
        """The differences asked for, the weightiest first."""
        return walked(self.found, self.decisions(), self.wanted)

    def decision(self, decision_id: str) -> Decision | None:
        return self._held().get(decision_id)

    @property
    def progress(self) -> Progress:
        """Of all the differences, whatever is asked for."""
        return progress(self.decisions())

    def to_go_on(self) -> Decision | None:
        """Where the pair left off among those asked for."""
        return place_to_go_on(self.rows())

    def next_open(self, after: str, *, backward: bool = False) -> Decision | None:
        """The next one asked for that is not settled, around; None when all of them are."""
        return next_open(self.rows(), after, backward=backward)

    def _held(self) -> Mapping[str, Decision]:
        return self._laid if self._editor is None else self._editor.common.decisions

    # deciding

    def decide(self, decision_id: str, answer: Answer) -> str:
        """As `CommonViewEditor.decide`; begins the common view when it is not there yet.

        The id of the row from now on; empty when it was refused, and then nothing changed but that it may be begun.
        """
        if self.led_by:
            self.refused.emit(NotAllowed("led-by-partner", name=self.led_by))
            return ""
        row = self.decision(decision_id)
        editor = self._begin() if row is not None else None
        if row is None or editor is None:
            return ""
        same = self._now().get(_point(row), "")
        return same if same and editor.decide(same, answer) else ""

    def follow(self, led: Sequence[Led]) -> frozenset[str]:
        """What the partner decided on another computer (`CommonViewEditor.follow`); else as `decide`.

        The ids, from now on, of the rows that stand so.
        """
        points = {one.decision_id: _point(row) for one in led if (row := self.decision(one.decision_id)) is not None}
        editor = self._begin() if points else None
        if editor is None:
            return frozenset()
        now = self._now()
        known = [one for one in led if points.get(one.decision_id) in now]
        return editor.follow([replace(one, decision_id=now[points[one.decision_id]]) for one in known])

    def _now(self) -> dict[tuple[object, ...], str]:
        """The ids of the rows by what they are about."""
        return {_point(d): d.id for d in self.decisions()}

    def _begin(self) -> CommonViewEditor | None:
        if self._editor is not None or self._opens is None:
            return self._editor
        try:
            self._take(self._opens())
        except AppError as error:
            self.refused.emit(error)
            return None
        self.begun.emit()
        return self._editor

    def _take(self, editor: CommonViewEditor) -> None:
        self._editor, self._laid = editor, {}
        editor.saved.connect(self.saved)

    def hear(self, written: Written) -> None:
        """A step of this common view, from whichever door: the editor holds it already."""
        if self._editor is None:
            return
        own = [c for c in written.changes if _is_of(c, self._editor.common.coding.id)]
        if own:
            self.changed.emit(frozenset(c.id for c in own if c.kind is Decision))


def _is_of(change: Change, coding_id: str) -> bool:
    held = change.entity
    return isinstance(held, Decision | CommonView | CodingHeader) and coding_id in (
        held.id, getattr(held, "coding_id", ""),
    )  # fmt: skip


def _point(d: Decision) -> tuple[object, ...]:
    """What a difference is about, whether it has its row in the archive or not."""
    return d.kind, d.person, d.lane, d.start, d.end, d.a_ids, d.b_ids, d.item, d.segment_id
