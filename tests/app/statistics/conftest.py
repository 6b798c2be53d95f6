"""A small scheme with what statistics look at: points of two dimensions and an exclusive group with DS0."""

import pytest

from app.model.scheme import Actor, Code, Dimension, Group, Kind, Scheme
from app.model.words import Words

NAME = Words("nimi", "namn", "name")


def code(code_id: str, kind: Kind, actor: Actor, dimension: str = "", group: str = "") -> Code:
    return Code(code_id, code_id[-1], kind, actor, NAME, NAME, NAME, dimension, group)


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    codes = [
        code("AS", Kind.POINT, Actor.ADULT, "S"),
        code("AE", Kind.POINT, Actor.ADULT, "E"),
        code("AM", Kind.POINT, Actor.ADULT, "E"),
        code("CE", Kind.POINT, Actor.CHILD, "E"),
        code("CS", Kind.POINT, Actor.CHILD, "S"),
        *(code(f"DS{n}", Kind.STATE, Actor.DYAD, group="D") for n in (1, 2, 3, 0)),
    ]
    dimensions = (Dimension("S", NAME), Dimension("E", NAME))
    return Scheme("small", 1, NAME, dimensions, (Group("D", NAME, exhaustive=True),), (), tuple(codes))
