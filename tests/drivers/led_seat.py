"""One of two computers without a room: its workspace, its walk and its session, over a line that stands in."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.comparing.common_view.walking import Walk
from app.comparing.comparison import look_at
from app.comparing.led.session import LedSession, Stage
from app.comparing.led.values import View, point_of
from app.errors import AppError
from app.model.decision import Answer, Decision, DisagreementKind, Verdict
from app.workspace import Workspace
from tests.stand_ins.fake_line import Network


class Seat:
    def __init__(
        self, qtbot: QtBot, space: Workspace, meeting_id: str, network: Network, place: QWidget | None = None
    ) -> None:
        self.bot, self.space, self.place, self.network = qtbot, space, place, network
        found = look_at(space.store, meeting_id)
        self.walk = Walk(space.store, found, lambda: space.common_view_editor(meeting_id), space)
        space.changed.connect(self.walk.hear)
        self.troubles: list[AppError] = []
        self.views: list[View] = []
        self.begin()

    def begin(self) -> None:
        """A session as a room begins it."""
        self.session = LedSession(self.space.store, self.walk, self.network.new_line, self.space)
        self.session.troubled.connect(self.troubles.append)
        self.session.viewed.connect(self.views.append)

    def join(self, waits: LedSession) -> None:
        """Come to a session that waits."""
        assert waits.line is not None
        self.session.join(waits.line.address, waits.line.code)

    def meet(self, other: "Seat") -> None:
        """This one waits, the other joins; both know all of it."""
        self.session.wait()
        other.join(self.session)
        self.bot.waitUntil(lambda: self.session.stage == other.session.stage == Stage.TOGETHER)
        self.bot.waitUntil(lambda: self.session.end.is_following or other.session.end.is_following)

    def decide_otherwise(self, other: "Seat") -> None:
        """Each alone: of everything the one says A, the other B with a reason."""
        for d in self.walk.rows():
            self.decide(d, Answer(Verdict.A))
            other.decide(d, Answer(Verdict.B, reason="Käsi rauhoitti, kun puhe ei enää riittänyt. " * 3))

    def decide(self, d: Decision, answer: Answer) -> str:
        """About a difference of either seat; its row has another id once the common view is begun."""
        return self.walk.decide(self.same(d).id, answer)

    def of(self, kind: DisagreementKind) -> Decision:
        return next(d for d in self.walk.rows() if d.kind == kind)

    def same(self, d: Decision) -> Decision:
        """The difference of the other seat, as this one has it."""
        return next(x for x in self.walk.decisions() if point_of(x) == point_of(d))

    def rulings(self) -> dict:
        coders = self.walk.found.file.meeting.coders
        return {
            point_of(d): (d.verdict, d.reason, d.reason_a, coders.index(d.decided_by) if d.decided_by else -1)
            for d in self.walk.decisions()
        }
