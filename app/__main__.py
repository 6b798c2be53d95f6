"""`havainto`: with words after it a command, without them the window."""

from __future__ import annotations

import sys


def main() -> int:
    """The program's entry; gives the exit code."""
    if len(sys.argv) > 1:
        from app.command_line import run

        return run(sys.argv[1:])
    from app.bootstrap import open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
