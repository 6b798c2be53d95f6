"""What the logs say is encoded once and by columns: byte for byte what encoding the plain values would give."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.change import Change
from storage.store.encoded_once import in_one, said_of, told
from storage.store.kinds import KINDS, kind_of
from storage.store.logged_acts import logged_acts
from storage.store.row_mapping import compact, edited_fields, plan
from tests.storage.store.test_row_mapping import values_of


def plain(entity, names):
    """The values of an entity that the journal keeps, told one by one: what the texts are held to."""
    if entity is None:
        return None
    values = {}
    for field in plan(type(entity)):
        if field.journaled and field.name != "id" and (names is None or field.name in names):
            value = getattr(entity, field.name)
            if value is not None and field.dump is not None:
                value = json.loads(field.dump(value)) if field.nested else field.dump(value)
            values[field.name] = value
    return values


@st.composite
def steps(draw, kind):
    """New, edited and removed entities of one kind, each with an id of its own, some edits without a difference."""
    changes = []
    for number, (one, other) in enumerate(draw(st.lists(st.tuples(values_of(kind), values_of(kind)), max_size=3))):
        before, after = replace(one, id=f"{one.id}{number}"), replace(other, id=f"{one.id}{number}")
        changes.append(
            draw(
                st.sampled_from(
                    [Change(before, after), Change(None, after), Change(before, None), Change(before, before)]
                )
            )
        )
    return changes


@pytest.mark.parametrize("kind", [k.entity for k in KINDS], ids=[k.name for k in KINDS])
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_texts_are_what_encoding_the_plain_values_gives(kind, data):
    try:
        changes = data.draw(steps(kind))
    except AssertionError:
        # a stretch without length is no value of the model
        return
    net = {change.id: change for change in changes}
    names = edited_fields(net.values())
    values = [
        [kind_of(c.kind).name, c.id, plain(c.before, names.get(c.id)), plain(c.after, names.get(c.id))]
        for c in net.values()
    ]
    said = said_of(net, names)
    assert in_one(told(said[key]) for key in net) == compact(values)
    # the texts that are hashed: of each object's changes the states before, then those after
    hashed = []
    acts = logged_acts("edit", net, said, lambda text: hashed.append(text) or "")
    assert len(hashed) == 2 * len(acts)
    groups = [json.loads(text) for text in hashed]
    assert [compact(group) for group in groups] == hashed
    for side, place in ((2, 0), (3, 1)):
        states = [compact(state) for group in groups[place::2] for state in group]
        assert sorted(states) == sorted(compact(value[side]) for value in values)
