"""Data only: schemes, instruments, tasks, texts, icons, fonts. `resources.folder()` is the one line of logic."""

from pathlib import Path


def folder() -> Path:
    """Where the program's own data files lie."""
    return Path(__file__).parent
