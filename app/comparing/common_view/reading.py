"""A common view as the archive holds it: its coding, what it was made from, its decisions and origins."""

from __future__ import annotations

from app.coding.opening import read_coding, scheme_of
from app.comparing.common_view.told import ToldView, told
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.common_view import CommonCoding, CommonView, Origin
from app.model.decision import Decision
from app.ports import Store
from app.statistics.agreement import AgreementSettings


def common_header(store: Store, meeting_id: str, reading: int = FIRST_READING) -> CodingHeader | None:
    """The coding of a meeting's common view; None when there is none, or none to be seen yet."""
    found = store.find(CodingHeader, meeting_id=meeting_id, kind=CodingKind.COMMON_VIEW, reading=reading)
    return found[0] if found else None


def view_of(store: Store, header: CodingHeader) -> CommonView:
    """What a common view was made from, and who confirmed it."""
    (view,) = store.find(CommonView, coding_id=header.id)
    return view


def settings_of(view: CommonView) -> AgreementSettings:
    """The unit and tolerances that a common view was begun with: its list of differences is of these."""
    return AgreementSettings(view.unit, view.state_tolerance, view.point_tolerance)


def read_common(store: Store, header: CodingHeader, view: CommonView | None = None) -> CommonCoding:
    """A whole common view that this worker may read."""
    return CommonCoding(
        read_coding(store, header),
        view or view_of(store, header),
        {d.id: d for d in store.find(Decision, coding_id=header.id)},
        {o.id: o for o in store.find(Origin, coding_id=header.id)},
    )


def confirmed_common(store: Store, meeting_id: str) -> ToldView | None:
    """The common view of a meeting once both have confirmed it: from then on it is what the pair tells."""
    header = common_header(store, meeting_id)
    if header is None or header.state != CodingState.READY:
        return None
    return told(read_common(store, header), scheme_of(store, header))
