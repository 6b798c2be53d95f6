"""Coding by keys: every press at the picture of its time, tasks marked and covered, some items rated, ready."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.bootstrap import Program
from app.model.coding import CodingState
from app.model.observation import Observation
from tests.drivers.hands import CTRL, Hands, Key
from tests.journeys.coded_film import CodedFilm, Seen
from tests.journeys.independent_count import Press, Task
from widgets.coding.coding_room import CodingRoom
from widgets.coding.coding_screen import CodingScreen

FRAME = 40_000  # both films run at 25 pictures a second
RATED = 3


@dataclass(frozen=True)
class Coded:
    """What one coder's hands did."""

    presses: list[Press]
    tasks: list[Task]


class Coder:
    """One worker at the coding screen of one meeting."""

    def __init__(self, hands: Hands, program: Program, meeting_id: str) -> None:
        assert program.window is not None
        program.window.go("coding", meeting_id=meeting_id)
        screen = hands.one(program.window, CodingScreen)
        assert screen.room is not None
        self.hands, self.screen = hands, screen
        self.room: CodingRoom = screen.room
        hands.until(lambda: self.room.player.shown_at() is not None)

    @property
    def observations(self) -> dict[str, Observation]:
        return self.room.editor.coding.observations

    def show(self, second: float) -> int:
        """Seek, and wait until the picture of that time is on the screen; gives its own timestamp, µs."""
        wished = round(second * 1_000_000)
        self.room.seek(wished)
        self.hands.until(lambda: 0 <= wished - self._shown() < FRAME)
        assert self.room.now() == self._shown(), "the only film begins with the meeting"
        return self._shown()

    def _shown(self) -> int:
        return self.room.player.shown_at() or 0

    def press(self, seen: Seen) -> Press:
        """The code's own key at its time; a code that asks *which?* gets its first answer by a figure."""
        shown = self.show(seen.at)
        code = self.room.editor.scheme.code(seen.code)
        assert code is not None
        held = set(self.observations)
        self.hands.key(self.screen, code.key)
        (made,) = (o for key, o in self.observations.items() if key not in held)
        assert (made.code, made.start, made.pressed, made.seen_at) == (seen.code, shown, shown, shown)
        if code.modifiers:
            assert self.room.live.strip.isVisible()
            self.hands.key(self.screen, "1")
            assert self.observations[made.id].modifiers == (code.modifiers[0].id,)
            assert not self.room.live.strip.isVisible()
        return Press(seen.code, shown)

    def take_back(self, steps: int) -> None:
        for _ in range(steps):
            self.hands.key(self.screen, Key.Key_Backspace)

    # the parts of the work

    def mark_tasks(self, film: CodedFilm) -> None:
        """Ctrl+PageDown where each task begins, and where the last one ends."""
        for second in (*film.starts, film.end):
            self.show(second)
            self.hands.key(self.screen, Key.Key_PageDown, CTRL)

    def tasks(self) -> list[Task]:
        return [Task(s.number, s.start, s.end) for s in self.room.editor.file.segments]

    def slip(self, seen: Seen) -> None:
        """A wrong key with its modifier, taken back: nothing of it stays."""
        before = dict(self.observations)
        self.press(Seen("CR", seen.at))
        self.take_back(2)
        assert self.observations == before

    def code(self, seen: tuple[Seen, ...]) -> list[Press]:
        """All of it in time order; the first press is taken back with Backspace and pressed again."""
        self.slip(seen[0])
        self.press(seen[0])
        self.take_back(1)
        assert self.observations == {}
        presses = [self.press(one) for one in seen]
        assert sorted((o.code, o.start) for o in self.observations.values()) == sorted((p.code, p.at) for p in presses)
        return presses

    def cover(self, film: CodedFilm) -> None:
        """Ctrl+Enter in every task."""
        for second in film.starts:
            self.show(second + 1)
            self.hands.key(self.screen, Key.Key_Return, CTRL)
        coding = self.room.editor.coding
        assert all(coding.covers(s) for s in self.room.editor.file.segments)

    def rate(self, values: tuple[int, ...]) -> None:
        """The first items of the sheet by its buttons, each with a reason."""
        self.hands.key(self.screen, Key.Key_1, CTRL)
        room, t = self.room, self.room.editor.texts
        for item, value in zip(room.editor.instrument.items, values, strict=False):
            name = t.words(item.name)
            pills = room.ratings.findChildren(QPushButton)
            pill = next(p for p in pills if p.accessibleName().startswith(f"{name}: {value},"))
            self.hands.click(pill)
            reason = self.hands.named(room.ratings, f"{name}: perustelu", QLineEdit)
            self.hands.fill(reason, "Näkyi useassa tehtävässä.")
            rating = room.editor.coding.rating_of(item.id)
            assert rating is not None
            assert rating.value == value
            assert rating.reason == "Näkyi useassa tehtävässä."
        self.hands.key(self.screen, Key.Key_Escape)

    def mark_ready(self) -> None:
        """*Merkitse valmiiksi*, and yes."""
        words = "Merkitse valmiiksi"
        is_last = self.room.editor.is_partner_ready()
        yes = "Merkitse lopullisesti valmiiksi" if is_last else words
        self.hands.confirming(yes, lambda: self.hands.press(self.screen, words))
        assert self.room.editor.coding.header.state == CodingState.READY

    def do_all(self, film: CodedFilm, seen: tuple[Seen, ...], values: tuple[int, ...]) -> Coded:
        if not self.tasks():
            self.mark_tasks(film)
        presses = self.code(seen)
        self.cover(film)
        self.rate(values)
        self.mark_ready()
        return Coded(presses, self.tasks())
