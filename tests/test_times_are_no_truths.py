"""A time is never tested for truth: 0 is a moment like others, and the meeting's clock may be negative.

`s.end or s.start` took what ends at 0 for what has no end, and it vanished from every figure. `x or 0` alone is
harmless: both are 0.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("app", "storage", "system", "video", "widgets")
#: what a time is called in this program, or ends with after an underline
TIMES = frozenset({
    *("at", "begin", "dts", "duration", "end", "latency", "moment", "offset", "position", "pts"),
    *("start", "stamp", "time", "until", "zero"),
})  # fmt: skip
#: what a flag or a rule is called that ends so
FLAGS = frozenset({"open_end", "near_in_time", "by_time", "has_zero"})


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_time(node: ast.expr) -> bool:
    name = name_of(node).lstrip("_")
    return name not in FLAGS and name.rpartition("_")[2] in TIMES


def judged(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a node takes for true or false."""
    if isinstance(node, ast.BoolOp):
        last = node.values[-1]
        if isinstance(node.op, ast.Or) and isinstance(last, ast.Constant) and repr(last.value) == "0":
            return
        yield from node.values[:-1]
    elif isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        yield node.test
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.comprehension):
        yield from node.ifs
    elif isinstance(node, ast.Call) and name_of(node.func) == "bool":
        yield from node.args


def faults(source: str) -> list[int]:
    """Lines on which a time is tested for truth."""
    found = {x.lineno for node in ast.walk(ast.parse(source)) for x in judged(node) if is_time(x)}
    return sorted(found)


def test_no_time_is_tested_for_truth() -> None:
    files = [path for part in PARTS for path in sorted((ROOT / part).rglob("*.py"))]
    assert len(files) > 300
    wrong = [f"{path.relative_to(ROOT)}:{line}" for path in files for line in faults(path.read_text("utf-8"))]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    [
        "x = s.end or s.start",
        "x = end if end else start",
        "if act.end and act.end > 3: pass",
        "rows = [a for a in acts if a.start]",
        "while not film.offset: pass",
        "late = bool(a_start)",
        "if self._until: pass",
    ],
)
def test_it_finds_a_planted_one(planted: str) -> None:
    assert faults(f"y = 1\n{planted}\n") == [2]


@pytest.mark.parametrize(
    "harmless", ["x = packet.pts or 0", "if end is not None: pass", "y = low or high", "if open_end: pass"]
)
def test_it_lets_pass_what_is_none(harmless: str) -> None:
    assert faults(harmless) == []
