"""Bytes from another computer: a message of ours comes back as it was, everything else is refused in a sentence."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comparing.led.messages import Asked, Decided, Given, Hello, Proposed, Seen, Whole, packed, unpacked
from app.comparing.led.values import Pointer, Ruling, Subject, View
from app.errors import LineError
from app.model.decision import NewMark, Verdict

POINT = "0" * 64
NEW = Ruling(
    Verdict.NEW, "näin", new_marks=(NewMark("AS", "adult1", 5), NewMark("DS1", "dyad", -1, 9)), by=1,
    at=datetime(2026, 11, 30, 12, tzinfo=UTC),
)  # fmt: skip
EACH = (
    Hello(Subject("m", "a", "b", "d"), 1, 3, -1),
    Whole(2, {POINT: NEW, "a" * 64: Ruling()}),
    Decided(POINT, NEW, NEW.mark),
    Proposed({POINT: Ruling()}),
    Seen(View("f" * 64, -5, playing=True, rate=-2.0, chosen=POINT, pointer=Pointer("f" * 64, 0.25, 1.0))),
    Seen(View()),
    Asked(),
    Given(7),
)


@pytest.mark.parametrize("message", EACH)
def test_each_message_comes_back_as_it_was(message) -> None:
    assert unpacked(packed(message)) == message


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_refused(data) -> None:
    with pytest.raises(LineError) as told:
        unpacked(data)
    assert told.value.key == "led-nonsense"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(EACH), st.data())
def test_a_message_with_one_thing_wrong_is_refused_or_another_message(message, data) -> None:
    fields = json.loads(packed(message))
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = data.draw(JSON)
    found = None
    with suppress(LineError):
        found = unpacked(json.dumps(fields).encode())
    assert found is None or unpacked(packed(found)) == found


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        (Given(1), "term", True), (Given(1), "term", -1), (Given(1), "extra", 1), (Seen(View()), "time", 10**20),
        (Seen(View()), "rate", "1"), (Decided(POINT, NEW), "point", "x"), (Decided(POINT, NEW), "answers", None),
    ],
)  # fmt: skip
def test_what_has_the_wrong_kind_size_or_name_is_refused(message, name, value) -> None:
    fields = json.loads(packed(message)) | {name: value}
    with pytest.raises(LineError):
        unpacked(json.dumps(fields).encode())


def test_what_nests_without_end_is_refused() -> None:
    with pytest.raises(LineError):
        unpacked(b"[" * 100_000)


def test_a_program_that_speaks_otherwise_is_told_so() -> None:
    fields = json.loads(packed(EACH[0])) | {"spoken": 2}
    with pytest.raises(LineError) as told:
        unpacked(json.dumps(fields).encode())
    assert told.value.key == "led-other-program"
