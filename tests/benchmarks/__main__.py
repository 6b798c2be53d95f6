"""`make bench`: every figure that an issue names, with its peer where there is one."""

import sys

from tests.benchmarks import agreement, coding_key, film_in, kill, start_up, statement, unlock
from tests.benchmarks.figures import machine

ALL = (start_up, unlock, coding_key, agreement, film_in, statement, kill)


def main() -> None:
    wanted = sys.argv[1:]
    print(machine())
    for part in ALL:
        name = part.__name__.rsplit(".", maxsplit=1)[-1]
        if not wanted or name in wanted:
            print(f"\n{name}: {(part.__doc__ or '').splitlines()[0]}", flush=True)
            part.main()


if __name__ == "__main__":
    main()
