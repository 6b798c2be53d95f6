"""Filming 2 × 1080p30 with sound for a minute into encrypted containers: dropped pictures, CPU, memory."""

from tests.drivers.filming_run import run, tell


def main() -> None:
    tell(run(60.0))
