"""The wire of `led` in a program of its own: prints its port, ends with its input."""

import sys

from tests.drivers.relay import Relay


def main() -> None:
    relay = Relay(int(sys.argv[1]), float(sys.argv[2]))
    print(relay.port, flush=True)
    sys.stdin.read()
    relay.close()


if __name__ == "__main__":
    main()
