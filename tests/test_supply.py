"""A user's environment holds what the program stands on and no developer's tool; the two locks name the same wheels."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.third_party import plain

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "widgets", "video", "storage", "system", "resources")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
IMPORT = re.compile(r"^ *(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)", re.MULTILINE)
STUBS = {"_typeshed"}  # of the type checker, under TYPE_CHECKING alone


def _pins(lock: str) -> set[tuple[str, str]]:
    return set(PIN.findall((ROOT / lock).read_text("utf-8")))


def _imported() -> set[str]:
    """The first names of what the rooms import, by its lines: trees of a thousand files cost seconds."""
    files = (file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    return {one for words in files for pair in IMPORT.findall(words) for one in pair if one}


def test_whatever_the_program_imports_is_in_the_users_lock() -> None:
    whose = packages_distributions()
    outside = _imported() - sys.stdlib_module_names - set(ROOMS) - STUBS
    assert {"PySide6", "sqlcipher3", "av"} <= outside
    users = {name for name, _ in _pins("requirements.lock")}
    assert not {name for name in outside if not {plain(one) for one in whose.get(name, ())} & users}


def test_no_tool_of_developers_is_in_the_users_lock() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["develop"]
    tools = {plain(re.split(r"[<>=]", one)[0]) for one in asked}
    assert tools <= {name for name, _ in _pins("requirements-dev.lock")}
    assert not tools & {name for name, _ in _pins("requirements.lock")}


def test_what_both_locks_name_is_the_same_wheel() -> None:
    users, developers = _pins("requirements.lock"), _pins("requirements-dev.lock")
    both = {name for name, _ in users} & {name for name, _ in developers}
    assert both
    assert {pin for pin in users if pin[0] in both} == {pin for pin in developers if pin[0] in both}


def test_every_pin_has_a_hash_and_no_lock_names_an_index() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        words = (ROOT / lock).read_text("utf-8")
        assert "://" not in words
        assert all("--hash=sha256:" in part for part in re.split(r"^(?=[a-z])", words, flags=re.MULTILINE)[1:])
