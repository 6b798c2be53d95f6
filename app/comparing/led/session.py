"""One room's walk together with a partner on another computer: the line, the end, the archive's one door, the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.casework.pair import pair_ready
from app.comparing.common_view.editor import Led
from app.comparing.common_view.walking import Walk
from app.comparing.led import ends
from app.comparing.led.ends import End, Send, Write
from app.comparing.led.messages import Asked, Hello, Message, Seen, packed, unpacked
from app.comparing.led.values import NOBODY, OPEN, Coder, Point, Ruling, Rulings, View, point_of, ruling_of, subject_of
from app.errors import AppError, LineError, NotAllowed
from app.model.decision import Decision
from app.model.meeting import Meeting
from app.ports import Store
from app.ports.line import Line

#: the access log's word: the two have met over a line
TOGETHER = "together"
#: ms between two views, so that a film that plays does not crowd out the decisions
VIEWS_MS = 12


class Stage(StrEnum):
    ALONE = "alone"
    WAITING = "waiting"
    JOINING = "joining"
    TOGETHER = "together"
    CUT = "cut"  # there was a partner; who led goes on leading


class LedSession(QObject):
    """From the first *wait* or *join* as long as the room is open, through every break. One line at a time."""

    changed = Signal()  # the stage, who leads, or the proposals
    code_shown = Signal(str)  # while waiting; anew after a wrong one
    viewed = Signal(object)  # View: what who leads is looking at
    troubled = Signal(object)  # AppError: why the line is not there, or no more
    giving = Signal()  # the hands here lead no longer: what is being typed is written down first
    seen_off = Signal()  # the partner's view is followed no more

    def __init__(self, store: Store, walk: Walk, new_line: Callable[[], Line], parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._walk, self._new_line = store, walk, new_line
        meeting = walk.found.file.meeting
        self._coders, self._meeting_id = meeting.coders, meeting.id
        self._ids: dict[Point, str] = {}
        self._renumber()
        coder = self._coders.index(store.me) if walk.is_of_the_pair else NOBODY
        self.end = End(coder, self._held())
        self.stage = Stage.ALONE
        self.line: Line | None = None
        self._waited = False
        self._next: View | None = None
        self._since = QElapsedTimer()
        self._views = QTimer(self, singleShot=True, interval=VIEWS_MS)
        self._views.timeout.connect(self._send_view)
        walk.changed.connect(self._on_decided)
        walk.begun.connect(self._renumber)

    # what is there

    @property
    def is_following(self) -> bool:
        """Whether the other leads and the line is up."""
        return self.stage == Stage.TOGETHER and not self.end.may_decide

    @property
    def leads(self) -> bool:
        return self.end.leads

    @property
    def leader(self) -> Coder:
        """Who leads, or led when the line was cut; `NOBODY` before the two have met."""
        return self.end.leader

    @property
    def partner(self) -> Coder:
        return 1 - self.end.coder

    def proposals(self) -> tuple[Decision, ...]:
        """Differences of which the two have decided otherwise, as this archive has them, in the order of the walk."""
        return tuple(d for d in self._walk.decisions() if point_of(d) in self.end.offered)

    def proposed(self, decision: Decision) -> Ruling:
        return self.end.offered[point_of(decision)]

    def standing(self, decision: Decision) -> Ruling:
        """What stands about a difference at who leads."""
        point = point_of(decision)
        held = self.end.rulings if self.end.leads else self.end.theirs
        return held.get(point, OPEN)

    def decision_of(self, point: Point) -> str:
        """The id of a difference in this archive; empty for none."""
        return self._ids.get(point, "")

    def _held(self) -> dict[Point, Ruling]:
        return {point_of(d): ruling_of(d, self._coders) for d in self._walk.decisions()}

    def _renumber(self) -> None:
        """The rows have the archive's ids from now on."""
        self._ids = {point_of(d): d.id for d in self._walk.decisions()}

    # the line

    def wait(self) -> None:
        """Begin to listen. Raises NotAllowed(`led-not-open`, `coding-not-yours`), LineError as `Line.wait`."""
        line = self._begin(Stage.WAITING)
        try:
            line.wait()
        except LineError:
            self._alone()
            raise
        self.changed.emit()

    def join(self, address: str, code: str) -> None:
        """Go to the partner's computer. Raises as `wait` and `Line.join`; `troubled` tells what failed later."""
        line = self._begin(Stage.JOINING)
        try:
            line.join(address, code)
        except LineError:
            self._alone()
            raise
        self.changed.emit()

    def _begin(self, stage: Stage) -> Line:
        if not pair_ready(self._store, self._meeting_id, self._walk.found.a.header.reading):
            raise NotAllowed("led-not-open")
        if not self._walk.is_of_the_pair:
            raise NotAllowed("coding-not-yours")
        self._drop()
        line = self.line = self._new_line()
        line.setParent(self)
        line.code_shown.connect(self.code_shown)
        line.joined.connect(self._on_joined)
        line.received.connect(self._on_received)
        line.ended.connect(self._on_ended)
        self.stage = stage
        return line

    def leave(self) -> None:
        """Listen no more, or let the partner go; what is decided stays in each archive."""
        self._drop()
        self._alone()
        self.changed.emit()

    def _alone(self) -> None:
        """Without a line: as after a cut, where the two had met."""
        self._drop()
        self.end = ends.cut(self.end)
        self.stage = Stage.ALONE if self.end.leader == NOBODY else Stage.CUT
        self._show_leader()

    def _drop(self) -> None:
        line, self.line = self.line, None
        self._views.stop()
        self._next = None
        if line is not None:
            line.close()
            line.deleteLater()

    def close(self) -> None:
        """The room goes."""
        self._walk.changed.disconnect(self._on_decided)
        self._walk.begun.disconnect(self._renumber)
        self._drop()
        self._walk.led_by = ""

    def _on_joined(self, waited: bool) -> None:
        self._waited = waited
        for point, ruling in self._held().items():  # what changed unheard, as when a film of it was erased
            if self.end.rulings.get(point) != ruling:
                self.end, _ = ends.decided(self.end, point, ruling)
        subject = subject_of(self._walk.found, self._walk.decisions())
        self._send(ends.hello(self.end, subject))

    def _on_ended(self, error: AppError | None) -> None:
        self._alone()
        self.changed.emit()
        if error is not None:
            self.troubled.emit(error)

    # words

    def _send(self, message: Message) -> None:
        if self.line is not None:
            self.line.send(packed(message))

    def _on_received(self, data: bytes) -> None:
        try:
            message = unpacked(bytes(data))
            if isinstance(message, Hello):
                self._on_hello(message)
            elif isinstance(message, Seen):
                if self.end.is_following:
                    self.viewed.emit(message.view)
            else:
                if isinstance(message, Asked) and self.end.leads:
                    self.giving.emit()
                self._settle(ends.received(self.end, message))
        except AppError as error:
            self._on_ended(error)

    def _on_hello(self, said: Hello) -> None:
        """Raises LineError when the two do not look at the same."""
        if self.end.is_joined:
            raise LineError("led-nonsense")
        own = subject_of(self._walk.found, self._walk.decisions())
        if said.subject.meeting != own.meeting:
            raise LineError("led-other-meeting")
        if (said.subject.a, said.subject.b) != (own.a, own.b):
            raise LineError("led-codings-differ")
        if said.subject != own:
            raise LineError("led-differences-differ")
        if said.coder == self.end.coder:
            raise LineError("led-same-worker")
        self._store.note(TOGETHER, Meeting, self._meeting_id)
        self.giving.emit()
        self.stage = Stage.TOGETHER
        self._settle(ends.met(self.end, said, waited=self._waited))

    # decisions

    def _on_decided(self, ids: frozenset[str]) -> None:
        """Decided in this archive, by whichever door; what came by the line is known already."""
        for decision_id in ids:
            d = self._walk.decision(decision_id)
            if d is None:
                continue
            point, ruling = point_of(d), ruling_of(d, self._coders)
            if self.end.rulings.get(point) != ruling:
                self._settle(ends.decided(self.end, point, ruling))

    def take_lead(self) -> None:
        self._settle(ends.take_lead(self.end))

    def take(self, decision: Decision) -> bool:
        """The other's proposal becomes a decision of who leads, by the walk's own way; it can be undone."""
        offer = self.proposed(decision)
        return bool(self._walk.decide(decision.id, offer.answer))

    def keep(self, decision: Decision) -> None:
        """The other's proposal is answered: what stands here stays."""
        self._settle(ends.kept(self.end, point_of(decision)))

    def _settle(self, step: ends.Step) -> None:
        before = self.end
        self.end, todo = step
        self._show_leader()
        for one in todo:
            if isinstance(one, Send):
                self._send(one.message)
        self._write([one for one in todo if isinstance(one, Write)], before.rulings)
        self.changed.emit()

    def _write(self, writes: Sequence[Write], before: Rulings) -> None:
        """What who leads decided, into this archive in one step; what that refuses stays in sight as a difference."""
        if not writes:
            return
        led = [Led(self._ids[w.point], w.ruling.answer, self._id_of(w.ruling.by), w.ruling.at) for w in writes]
        done = self._walk.follow(led)
        for w in writes:
            if self._ids[w.point] not in done:
                d = self._walk.decision(self._ids[w.point])
                held = before.get(w.point, OPEN) if d is None else ruling_of(d, self._coders)
                self._settle(ends.not_written(self.end, w.point, held))

    def _id_of(self, coder: Coder) -> str:
        return "" if coder == NOBODY else self._coders[coder]

    def _show_leader(self) -> None:
        """While the other leads the hands here do not decide."""
        names = self._walk.found.short_names
        led_by = names[self.partner] if self.is_following else ""
        if led_by != self._walk.led_by:
            self._walk.led_by = led_by
            if not led_by:
                self.seen_off.emit()

    # what is looked at

    def look(self, view: View) -> None:
        """What who leads is looking at now; the newest of several crosses."""
        if self.stage != Stage.TOGETHER or not self.end.leads:
            return
        self._next = view
        if not self._since.isValid() or self._since.hasExpired(VIEWS_MS):
            self._send_view()
        elif not self._views.isActive():
            self._views.start()

    def _send_view(self) -> None:
        view, self._next = self._next, None
        if view is not None and self.end.leads and self.end.is_joined:
            self._since.restart()
            self._send(Seen(view))
