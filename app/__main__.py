"""`havainto`: with words after it a command, without them the window."""

from __future__ import annotations

import sys


def main() -> int:
    """The program's entry; gives the exit code."""
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["--as-child"]:
        return _be_child()
    if len(sys.argv) > 1:
        from app.command_line import run

        return run(sys.argv[1:])
    from app.bootstrap import open_window

    return open_window()


def _be_child() -> int:
    """The installed program started by itself, as `app.ports.children.own_module` says."""
    import runpy

    module = sys.argv[2]
    if not module.endswith("child"):
        return 1
    del sys.argv[1:3]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
