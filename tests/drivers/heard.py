"""The program on a screen and a bus of its own, with somebody who hears it: what `ears.py` tells, as parts."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.benchmarks.screen import screen

ROOT = Path(__file__).parents[2]
#: the system's own: its packages hold the readers' library
PYTHON = "/usr/bin/python3"
MISSING = "what a screen reader needs is not there: make test installs it (test-packages)"


@dataclass
class Part:
    """What a reader is told of one part of the window: its role, its name, and of what can have the keys more."""

    role: str
    name: str
    states: list[str]
    labels: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    count: int = 0
    children: "list[Part]" = field(default_factory=list)

    def __iter__(self) -> "Iterator[Part]":
        """It and all in it."""
        yield self
        for child in self.children:
            yield from child

    def in_sight(self, *roles: str) -> "list[Part]":
        """What is seen now, of these roles."""
        return [p for p in self if p.role in roles and "showing" in p.states]

    def one(self, role: str, name: str) -> "Part":
        found = [p for p in self.in_sight(role) if p.name == name]
        assert len(found) == 1, f"{len(found)} {role} are called {name!r}, of {[p.name for p in self.in_sight(role)]}"
        return found[0]


def _part(row: dict) -> Part:
    children = [_part(c) for c in row.pop("children", ())]
    return Part(**row, children=children)


class Listening:
    """The program, and who hears it."""

    def __init__(self, program: subprocess.Popen, ears: subprocess.Popen) -> None:
        self._program, self._ears = program, ears

    def do(self, *lines: str) -> None:
        """Lead the program, see `heard_child.py`."""
        for line in lines:
            assert _asked(self._program, line) == "done", line

    def tree(self) -> Part:
        """All that is heard now."""
        while (told := json.loads(_asked(self._ears, "tree"))) is None:
            continue  # the program says on the bus that it is there, a moment after its start
        return _part(told)

    def act(self, name: str, action: str) -> bool:
        """Do what a part offers, as a reader does it."""
        return bool(json.loads(_asked(self._ears, f"do {name}\t{action}")))

    def is_told(self, kind: str, words: str) -> bool:
        """Whether the program tells by itself: an `announcement` of these words, or that what has them is `focused`."""
        while found := json.loads(_asked(self._ears, f"events {kind}")):
            if words in found:
                return True
        return False


def _asked(process: subprocess.Popen, line: str) -> str:
    given, taken = process.stdin, process.stdout
    assert given is not None
    assert taken is not None
    given.write(f"{line}\n")
    given.flush()
    return _line(taken)


def _line(stream: IO[str]) -> str:
    found = stream.readline()
    assert found, "it ended"
    return found.rstrip("\n")


@contextmanager
def listening(archive: Path, home: Path, language: str) -> Iterator[Listening]:
    """The program before `archive`, in a language."""
    for needed in (PYTHON, "/usr/libexec/at-spi-bus-launcher"):
        assert Path(needed).exists(), MISSING
    shown = {
        "version": 2,
        "settings": {"language": language, "theme": "light"},
        "remembered": {"archives": [str(archive)]},
    }
    (home / "settings.json").write_text(json.dumps(shown), "utf-8")
    with ExitStack() as stack:
        environment = stack.enter_context(screen()) | {"HAVAINTO_HOME": str(home)}
        environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONUTF8": "1"}
        bus = stack.enter_context(_process(["dbus-daemon", "--session", "--nofork", "--print-address"], environment))
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = _line(bus.stdout)
        run = [sys.executable, "-m", "tests.drivers.heard_child", str(archive)]
        program = stack.enter_context(_process(run, environment, quiet=False))
        ears = stack.enter_context(_process([PYTHON, "tests/drivers/ears.py"], environment, quiet=False))
        assert program.stdout is not None
        assert _line(program.stdout) == "ready"
        yield Listening(program, ears)


@contextmanager
def _process(command: list[str], environment: dict[str, str], *, quiet: bool = True) -> Iterator[subprocess.Popen]:
    """It is gone afterwards. What begins as a person begins it is not told that tests run."""
    own = {k: v for k, v in environment.items() if not k.startswith(("PYTEST_", "VIRTUAL_ENV"))}
    given = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL if quiet else None}
    with subprocess.Popen(command, env=own, cwd=ROOT, text=True, **given) as run:
        try:
            yield run
        finally:
            run.kill()
