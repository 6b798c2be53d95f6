"""A process of ours that dies leaves no picture of its memory."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = """
import os, resource, signal, sys
from system.core_dumps import leave_none
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
leave_none()
assert resource.getrlimit(resource.RLIMIT_CORE)[0] <= 1
from app.office.own_memory import is_closed
assert is_closed() == (sys.platform == "linux")
print(open("/proc/self/coredump_filter").read().strip() if sys.platform == "linux" else "0", flush=True)
os.kill(os.getpid(), signal.SIGABRT)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals, and no dumps of its own")
def test_nothing_of_its_memory_is_left(tmp_path: Path) -> None:
    told = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-P", "-c", CODE], cwd=tmp_path, capture_output=True, env=told, check=False)
    assert run.returncode == -signal.SIGABRT
    assert int(run.stdout, 16) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked_for", [[], ["--help"]])
def test_the_window_and_the_commands_ask_for_it_first(asked_for: list[str]) -> None:
    code = f"""
import sys
sys.argv = ["havainto", *{asked_for}]
import app.__main__, system.core_dumps
system.core_dumps.leave_none = lambda: sys.exit(7)
app.__main__.main()
"""
    told = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, env=told, check=False)
    assert run.returncode == 7


CHILD = """
import io, runpy, sys
from app.office.own_memory import is_closed
class Asked(io.BytesIO):
    def read(self, *given):
        raise SystemExit(0 if is_closed() else 1)
    read1 = readline = read
sys.stdin = io.TextIOWrapper(Asked())
runpy.run_module(sys.argv[1], run_name="__main__")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only its kernel is asked")
@pytest.mark.parametrize("module", ["app.reports.page_child", "system.cards.child"])
def test_a_child_with_a_text_or_a_pin_is_closed_before_it_is_told(module: str) -> None:
    """A new program is open to its user again, whatever the one was that started it."""
    told = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-P", "-c", CHILD, module], capture_output=True, env=told, check=False)
    assert run.returncode == 0, run.stderr
