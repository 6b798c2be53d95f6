"""A screen of its own for what must be started as a user starts it, and when a window is on it."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

DISPLAY = ":98"


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An environment with a display: Xvfb, which the Makefile installs."""
    xvfb = shutil.which("Xvfb")
    assert xvfb, "make bench installs Xvfb"
    server = subprocess.Popen([xvfb, DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
    environment = os.environ | {"DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb"}
    try:
        for _ in range(200):
            if Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists():  # where every X server has its socket
                break
            time.sleep(0.02)
        yield environment
    finally:
        server.terminate()
        server.wait()


def seconds_to_window(
    command: list[str], environment: dict[str, str], least_width: int = 300, limit: float = 60
) -> float:
    """From the start of a process to its first window of some size on the screen, asked every 10 ms."""
    while _widest(environment) >= least_width:  # what was there before must be gone
        time.sleep(0.05)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - start < limit:
            if _widest(environment) >= least_width:
                return time.perf_counter() - start
            time.sleep(0.01)
        return float("nan")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _widest(environment: dict[str, str]) -> int:
    """Width of the widest mapped window, from `xwininfo -tree`."""
    told = subprocess.run(["xwininfo", "-root", "-tree"], env=environment, capture_output=True, text=True, check=False)
    widths = [0]
    for line in told.stdout.splitlines():
        words = line.split()
        size = next((w for w in words if "x" in w and "+" in w and w[0].isdigit()), "")
        if size and "has no name" not in line:
            widths.append(int(size.split("x")[0]))
    return max(widths)
