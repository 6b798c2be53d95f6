"""A screen of its own for what must be started as a user starts it, and when a window is on it."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An environment with a display: Xvfb, which the Makefile installs."""
    xvfb = shutil.which("Xvfb")
    assert xvfb, "make bench installs Xvfb"
    told, tells = os.pipe()
    command = [xvfb, "-displayfd", str(tells), "-screen", "0", "1366x768x24"]  # it takes a number that is free
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=(tells,))
    os.close(tells)
    try:
        with os.fdopen(told) as line:
            display = line.readline().strip()  # comes when the server is ready
        assert display, "Xvfb did not start"
        yield os.environ | {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
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
