"""What a run of the tests stands on: minutes, things made once, turns, and keys that are remembered."""

import ast
import os
import re
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from storage.vault import keys
from storage.vault.keys import KdfCost
from tests import minutes
from tests.material import derivation, once

TESTS = Path(__file__).parent
SALT = bytes(range(16))


#: which worker ran a test of this module, a line each
WORKERS = "workers-of-the-run.txt"


@pytest.mark.parametrize("time", ["first", "second", "third"])
def test_a_modules_tests_stay_together_on_one_worker(time: str) -> None:
    with (once.shared() / WORKERS).open("a") as file:
        file.write(os.environ.get("PYTEST_XDIST_WORKER", "the only one") + "\n")
    assert len(set((once.shared() / WORKERS).read_text().split("\n")) - {""}) == 1


# minutes -------------------------------------------------------------------------------------------------------------


def test_every_folder_of_tests_has_a_budget_of_its_own() -> None:
    folders = minutes.budget()
    files = [p.relative_to(TESTS.parent).as_posix() for p in TESTS.glob("*/**/test_*.py")]
    assert [f for f in files if minutes.folder_of(f"{f}::test", folders) in ("tests", "other")] == []
    assert minutes.folder_of("tests/test_floors.py::test", folders) == "tests"


def test_every_budget_is_of_a_place_that_is_there() -> None:
    assert [name for name in minutes.budget() if not (TESTS.parent / name).exists()] == []


def test_all_budgets_together_stay_under_fifteen_minutes_of_two_workers() -> None:
    assert 0 < sum(minutes.budget().values()) <= 2 * 15


def test_seconds_are_added_up_in_the_nearest_folder() -> None:
    seconds = {"a/b/test_x.py::one": 60.0, "a/test_y.py::two[a/b]": 30.0, "a_b/test_z.py::three": 6.0}
    found = minutes.by_folder(seconds, ("a", "a/b", "c"))
    assert found == pytest.approx({"a": 0.5, "a/b": 1.0, "c": 0.0, "other": 0.1})


def test_a_folder_over_its_budget_is_told_and_no_other() -> None:
    rows = minutes.table({"a/test_x.py::one": 120.0, "b/test_y.py::two": 30.0}, {"a": 1.0, "b": 1.0})
    assert rows == [
        "  2.00 of  1.00 min  a   more than its budget",
        "  0.50 of  1.00 min  b",
        "  2.50 of  2.00 min  together   more than its budget",
    ]


def test_the_slowest_come_first_and_are_twenty_at_most() -> None:
    seconds = {f"t{n}": float(n) for n in range(30)}
    assert minutes.slowest(seconds)[0] == ("t29", 29.0)
    assert len(minutes.slowest(seconds)) == 20


def test_setup_call_and_teardown_count() -> None:
    told = minutes.Minutes()
    for when in ("setup", "call", "teardown"):
        told.pytest_runtest_logreport(
            pytest.TestReport("a.py::t[x@y]", ("a.py", 1, "t"), {}, "passed", None, when, duration=1.5)  # type: ignore[arg-type]
        )
    assert dict(told.seconds) == {"a.py::t[x@y]": 4.5}


# what tests see ------------------------------------------------------------------------------------------------------

#: how often tests reach into names that are private to what they try; it may only be lowered. A test sees what a person
#: sees (`drivers/hands.py`: by text or accessible name), or asks the public face of a class
REACHES = 79


def reaches(source: str) -> int:
    """How many names with one underline are asked of anything but oneself."""
    if not re.search(r"(?<!self)(?<!cls)\._(?!_)", source):
        return 0  # most tests: nothing to read closely
    return sum(
        node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
    )


def test_tests_reach_into_no_more_private_names_than_before() -> None:
    found = Counter({
        path.relative_to(TESTS).as_posix(): reaches(path.read_text(encoding="utf-8")) for path in TESTS.rglob("*.py")
    })  # fmt: skip
    count = found.total()
    assert count <= REACHES, f"{count} instead of {REACHES}, most of them in {found.most_common(8)}"
    assert count == REACHES, f"fewer than before: lower REACHES to {count}, so that it stays so"


def test_a_reach_is_a_private_name_of_another() -> None:
    assert reaches("self._own + cls._own + one.public + one.__doc__ + _module_s_own") == 0
    assert reaches("one._hidden\nself._part._hidden()\nwith_deep().a._b._c = 1") == 4


# made once -----------------------------------------------------------------------------------------------------------


def test_what_several_ask_for_at_once_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("dear")

    name = f"{tmp_path.parent.name}-{tmp_path.name}"
    asking = [threading.Thread(target=once.once, args=(name, make)) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(made) == 1
    assert once.once(name, make).read_text() == "dear"


def test_what_could_not_be_made_is_not_there_and_is_tried_again(tmp_path: Path) -> None:
    name = f"{tmp_path.parent.name}-{tmp_path.name}-half"

    def die(path: Path) -> None:
        path.write_text("half")
        raise OSError

    with pytest.raises(OSError):
        once.once(name, die)
    assert not (once.shared() / name).exists()
    assert once.once(name, lambda path: path.write_text("whole")).read_text() == "whole"


# turns ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("together", [True, False])
def test_who_is_alone_waits_for_all_and_all_wait_for_it(tmp_path: Path, together: bool) -> None:
    name, order = f"{tmp_path.parent.name}-{tmp_path.name}.turn", []

    def wait() -> None:
        with once.turn(name, together=not together):
            order.append("second")

    waiting = threading.Thread(target=wait)
    with once.turn(name, together=together):
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_those_who_need_not_be_alone_are_together(tmp_path: Path) -> None:
    name, inside = f"{tmp_path.parent.name}-{tmp_path.name}.turn", threading.Event()

    def enter() -> None:
        with once.turn(name, together=True):
            inside.set()

    other = threading.Thread(target=enter)
    with once.turn(name, together=True):
        other.start()
        assert inside.wait(30)
    other.join()


# keys and examples ---------------------------------------------------------------------------------------------------


def test_a_remembered_key_is_the_derived_one() -> None:
    with derivation.remembered():
        found = [keys.derive(b"kolme sanaa", SALT, KdfCost.FLOOR) for _ in range(2)]
    with derivation.anew():
        assert found == [keys.derive(b"kolme sanaa", SALT, KdfCost.FLOOR)] * 2


def test_another_secret_salt_or_cost_has_another_key() -> None:
    asked = [
        (b"yksi", SALT, KdfCost.FLOOR),
        (b"kaksi", SALT, KdfCost.FLOOR),
        (b"yksi", SALT[::-1], KdfCost.FLOOR),
        (b"yksi", SALT, KdfCost(4, KdfCost.FLOOR.memory_kib, 4)),
    ]
    assert len({keys.derive(*one) for one in asked}) == len(asked)


def test_a_stand_in_that_is_taken_away_late_leaves_keys_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    with derivation.remembered():
        with derivation.anew():
            monkeypatch.setattr(keys, "derive", keys.derive)
        monkeypatch.undo()
        slots = [keys.seal_slot("a", bytes(32), b"x", KdfCost.FLOOR, kind="passphrase", label="", worker_id="w")]
        known = len(derivation._known)
        slots.append(keys.seal_slot("b", bytes(32), b"x", KdfCost.FLOOR, kind="passphrase", label="", worker_id="v"))
        assert len(derivation._known) == known
        assert {slot.salt for slot in slots} == {derivation.SALT}


def test_derived_anew_every_slot_has_a_salt_of_its_own() -> None:
    with derivation.anew():
        assert len({keys.new_salt() for _ in range(3)}) == 3


def test_calibration_is_measured_and_not_remembered() -> None:
    with derivation.remembered():
        assert min(keys.seconds_of(KdfCost.FLOOR) for _ in range(2)) > 0.001


def test_examples_are_the_same_25_in_every_run(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--hypothesis-seed") is not None:
        pytest.skip("the soak draws others each time")
    assert (settings().max_examples, settings().derandomize) == (25, True)
