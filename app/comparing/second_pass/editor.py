"""One worker's second pass of a meeting: begun from the confirmed common view, answered event by event, made ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from app.casework.meeting_file import MeetingFile
from app.casework.pair import own_header
from app.coding.opening import read_coding, scheme_of
from app.comparing.common_view.reading import common_header, confirmed_common
from app.comparing.second_pass.agreed import Asked, asked_of, option_said
from app.door import Door
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts, now
from app.model.change import Change, added
from app.model.coding import SECOND_READING, CodingHeader, CodingState, fingerprint
from app.model.identity import new_id
from app.model.units import ItemPlace
from app.ports import Store


def begin_second(door: Door, texts: Texts, meeting_id: str) -> CodingHeader:
    """The worker's second pass of a meeting, begun when there is none.

    Raises NotAllowed: `not-a-coder`; `second-common-view-open` without a confirmed common view; `second-nothing-asked`
    where the scheme asks nothing of what was agreed.
    """
    store = door.store
    if (existing := own_header(store, meeting_id, SECOND_READING)) is not None:
        return existing
    common = common_header(store, meeting_id)
    told = confirmed_common(store, meeting_id)
    if common is None or told is None:
        raise NotAllowed("second-common-view-open")
    if not asked_of(told, scheme_of(store, common)):
        raise NotAllowed("second-nothing-asked")
    header = CodingHeader(
        new_id(), meeting_id, store.me, common.scheme_id, common.scheme_version, common.instrument_id,
        common.instrument_version, covered=common.covered, chosen=common.chosen, reading=SECOND_READING,
    )  # fmt: skip
    door.write(texts.tr("Second pass begun"), [added(header)], act="create")
    return header


class SecondPassEditor(Editor):
    """The live second pass. What is asked is what the confirmed common view has now."""

    def __init__(
        self, store: Store, texts: Texts, file: MeetingFile, header: CodingHeader, parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self.texts, self.file = texts, file
        self.scheme = scheme_of(store, header)
        self.coding = read_coding(store, header)
        told = confirmed_common(store, file.meeting.id)
        self.asked: tuple[Asked, ...] = () if told is None else asked_of(told, self.scheme)
        self.is_agreed = told is not None

    @property
    def is_open(self) -> bool:
        """Whether it can be answered: not once it is ready, nor while the common view is open anew."""
        return self.is_agreed and not self.coding.is_ready

    def said(self, place: ItemPlace) -> str:
        """The option chosen for one of `asked`; empty for none."""
        return option_said(self.coding.observations, self.asked[place], self.coding.id)

    def answer(self, place: ItemPlace, option_id: str) -> bool:
        """Choose an option, or another instead. False when nothing was taken."""
        asked = self.asked[place]
        option = asked.question.option(option_id)
        if not self.is_open or option is None:
            return False
        after = asked.answered(self.coding.id, option_id)
        before = self.coding.observations.get(after.id)
        return before == after or self.do(self.texts.words(option.name), Change(before, after))

    def open_places(self) -> tuple[ItemPlace, ...]:
        """Which of `asked` have no answer yet."""
        return tuple(place for place in range(len(self.asked)) if not self.said(place))

    def next_open(self, after: ItemPlace) -> ItemPlace | None:
        """The next without an answer, around; None when there is none."""
        left = self.open_places()
        return next((place for place in left if place > after), left[0] if left else None)

    def mark_ready(self) -> bool:
        """Fix it. Refused while something is unanswered, or the common view is open anew."""
        if not self.is_agreed or self.open_places():
            self.refused.emit(NotAllowed("second-unanswered" if self.is_agreed else "second-common-view-open"))
            return False
        header = replace(self.coding.header, state=CodingState.READY, ready_at=now(), checksum=fingerprint(self.coding))
        return self.commit(self.texts.tr("Marked as ready"), Change(self.coding.header, header), act="ready")

    def take_ready_back(self) -> bool:
        """Possible while the other coder is not ready; the store refuses otherwise, and logs it."""
        header = replace(self.coding.header, state=CodingState.DRAFT, ready_at=None, checksum="")
        label = self.texts.tr("Ready taken back")
        return self.commit(label, Change(self.coding.header, header), act="ready-taken-back")

    def accept(self, changes: Sequence[Change]) -> None:
        self.coding = self.coding.apply(changes)
