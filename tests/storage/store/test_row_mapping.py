"""Any value of any kind survives its row, and a folded step ends where its changes end."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import StaleChange
from app.model.change import Change, Entity, applied
from app.model.observation import Observation
from app.model.people import Case
from storage.store.kinds import KINDS
from storage.store.row_mapping import edited_fields, plan, reader, to_row
from storage.store.writing_rules import folded

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(-(2**60), 2**60))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(date, st.dates())
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


def values_of(kind):
    if kind is Observation:
        # an end after the start, or none
        point = st.builds(Observation, end=st.none(), open=st.booleans())
        return point | st.builds(Observation, start=st.integers(0, 5), end=st.integers(6, 9), open=st.just(False))
    return st.from_type(kind)


@pytest.mark.parametrize("kind", [k.entity for k in KINDS], ids=[k.name for k in KINDS])
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_value_survives_its_row(kind, data):
    try:
        one, other = data.draw(values_of(kind)), data.draw(values_of(kind))
    except AssertionError:
        # a stretch without length is no value of the model
        return
    row = to_row(one)
    assert list(row) == [f.name for f in plan(kind)]
    assert all(isinstance(v, (str, int, float, bool, bytes, type(None))) for v in row.values())
    assert reader(kind)(list(row.values())) == one
    other = replace(other, id=one.id)
    names = {f.name for f in plan(kind) if getattr(one, f.name) != getattr(other, f.name)}
    assert set(edited_fields([Change(one, other)])[one.id]) == names


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "x", "y"]))))
def test_a_folded_step_ends_where_its_changes_end(steps):
    def case(case_id: str, name: str) -> Case | None:
        return Case(case_id, name, "w") if name else None

    changes = [Change(case(i, b), case(i, a)) for i, b, a in steps if b or a]
    # what is there before is whatever each entity's first change says was there
    before: dict[str, Entity] = {}
    for change in reversed(changes):
        before.pop(change.id, None)
        if change.before is not None:
            before[change.id] = change.before
    one_by_one, at_once = dict(before), dict(before)
    try:
        for change in changes:
            applied(one_by_one, change)
    except StaleChange:
        with pytest.raises(StaleChange):
            folded(changes)
        return
    for change in folded(changes).values():
        applied(at_once, change)
    assert at_once == one_by_one
