"""A common view is begun once for each meeting: with all that comes over by itself and the list of differences."""

from __future__ import annotations

from app.comparing.common_view.laying_out import laid_out
from app.comparing.common_view.reading import common_header
from app.comparing.comparison import Comparison, comparison
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import added
from app.model.coding import CodingHeader, CodingKind, PassCover
from app.model.common_view import CommonView
from app.model.identity import named_id, new_id
from app.model.meeting import intersection, merged
from app.statistics.agreement import AgreementSettings


def begin_common_view(
    door: Door, texts: Texts, meeting_id: str, settings: AgreementSettings | None = None
) -> CodingHeader:
    """The common view of a meeting, begun with these tolerances when there is none.

    Raises what `comparison` raises until both codings can be compared, NotAllowed(`no-common-time`) when nothing was
    covered by both, and NotAllowed(`not-a-coder`) for who is not one of the pair.
    """
    store = door.store
    if (existing := common_header(store, meeting_id)) is not None:
        return existing
    found = comparison(store, meeting_id, settings)
    if not found.window:
        raise NotAllowed("no-common-time")
    header = _header(found, store.me)
    used = found.agreement.settings
    view = CommonView(
        named_id(header.id, "view"), header.id, found.a.id, found.b.id, used.unit, used.state_tolerance,
        used.point_tolerance,
    )  # fmt: skip
    laid = laid_out(found, header.id)
    parts = (x for part in laid.agreed for x in (part.thing, part.origin))
    everything = (header, view, *parts, *laid.differences)
    door.write(texts.tr("Common view begun"), [added(x) for x in everything], act="create")
    return header


def _header(found: Comparison, worker_id: str) -> CodingHeader:
    a, b = found.a.header, found.b.header
    covered = merged(found.covered)
    both = ((y.id, intersection(a.covered_in(y.id), b.covered_in(y.id))) for y in found.scheme.layers)
    layers = (PassCover(layer, found.file.coded_twice(covered_by_both)) for layer, covered_by_both in both)
    numbers = {s.number for s in found.file.segments}
    whole = CodingHeader("", "", "", "", 0, "", 0, covered=covered)
    chosen = {n for n in numbers if all(whole.covers(s) for s in found.file.segments if s.number == n)}
    return CodingHeader(
        new_id(), a.meeting_id, worker_id, a.scheme_id, a.scheme_version, a.instrument_id, a.instrument_version,
        covered=covered, passes=tuple(p for p in layers if p.covered), chosen=tuple(sorted(chosen)),
        kind=CodingKind.COMMON_VIEW, reading=a.reading,
    )  # fmt: skip
