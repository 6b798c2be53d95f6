"""What the installers say of the program is what the program is."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "widgets", "video", "storage", "system")
CHILD = re.compile(
    r'own_module\(\s*"([\w.]+)"|^ *MODULE = "([\w.]+)"|^ *module = "([\w.]+)"|module: str = "([\w.]+)"', re.MULTILINE
)


def test_every_installer_names_the_programs_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for name in ("havainto.spec", "windows.iss"):
        told = set(
            re.findall(r'(?:VERSION = "|AppVersion=|havainto-)(\d+\.\d+\.\d+)', (ROOT / "installer" / name).read_text())
        )
        assert told == {version}, name


def test_every_process_of_our_own_can_be_started_by_the_installed_program() -> None:
    """It starts nothing but modules that are called a child, and has each of them in it."""
    words = "\n".join(path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    named = {name for row in CHILD.findall(words) for name in row if name}
    assert len(named) >= 5
    assert not [name for name in named if not name.endswith("child") or find_spec(name) is None]


def test_no_process_is_started_past_that_one_way() -> None:
    users = [p for room in ROOMS for p in (ROOT / room).rglob("*.py") if "sys.executable" in p.read_text("utf-8")]
    assert {p.relative_to(ROOT).as_posix() for p in users} == {
        "app/bootstrap.py", "app/ports/children.py", "video/confinement/kernel.py",
    }  # fmt: skip
