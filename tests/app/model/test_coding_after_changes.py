"""A coding after any changes is the coding that was read anew: what it carries over is what it would find."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.model.change import Change, added, removed
from app.model.coding import Coding, CodingHeader
from app.model.observation import Observation

MOMENTS = range(0, 40, 3)
header = CodingHeader("coding", "meeting", "worker", "perusrunko", 1, "sheet", 1)


def point(name: str, start: int) -> Observation:
    return Observation(name, header.id, "AS", "adult", start)


acts = st.tuples(st.sampled_from("abcdef"), st.sampled_from(("point", "state", "open", "remove")), st.integers(0, 30))


def change(coding: Coding, act: tuple[str, str, int]) -> Change | None:
    name, kind, start = act
    held = coding.observations.get(name)
    if kind == "remove":
        return removed(held) if held is not None else None
    end = start + 5 if kind == "state" else None
    made = replace(held or point(name, start), start=start, end=end, open=kind == "open")
    return Change(held, made) if held is not None else added(made)


@given(st.lists(acts, max_size=20))
def test_states_and_the_newest_are_those_of_a_coding_read_anew(done) -> None:
    coding = Coding(header)
    coding.on_at(0)  # from here on they are known and carried over
    for act in done:
        step = change(coding, act)
        if step is not None and step.before != step.after:
            coding = coding.apply([step])
        anew = Coding(header, dict(coding.observations))
        assert [coding.on_at(t) for t in MOMENTS] == [anew.on_at(t) for t in MOMENTS]
        assert coding.newest == (list(coding.observations.values()) or [None])[-1]
