"""Colors: what a picture of HLG costs on the screen and in the copy beside an ordinary one of 10 bits, 1080p."""

import time

import av
import numpy as np

from tests.material.colored import Colored, stored
from video.open.colors import Scaler

WHOLE, SCREEN, COPY = (1920, 1080), (1280, 720), (960, 540)
HLG = Colored(size=WHOLE, bits=10, matrix=9, said=9, transfer=18, primaries=9)
ORDINARY = Colored(size=WHOLE, bits=10)
#: pictures made in turn of each kind, so that a busy machine is as unkind to both
ROUNDS, EACH = 6, 10


def main() -> None:
    pictures = {"ordinary": _grainy(ORDINARY), "HLG": _grainy(HLG)}
    for words, size, form in (("on the screen, 720p", SCREEN, "bgra"), ("in the copy, 540p", COPY, "yuv420p")):
        scalers = {name: Scaler(WHOLE) for name in pictures}
        for name, scaler in scalers.items():
            began = time.process_time()
            scaler.scaled(pictures[name], size, form, "AREA", threads=1)
            print(f"    {words}: the first {name} picture {(time.process_time() - began) * 1e3:.0f} ms of processor")
        took: dict[str, list[float]] = {name: [] for name in pictures}
        for _ in range(ROUNDS):
            for name, scaler in scalers.items():
                began = time.process_time()
                for _ in range(EACH):
                    scaler.scaled(pictures[name], size, form, "AREA", threads=1)
                took[name].append((time.process_time() - began) / EACH * 1e3)
        plain, deep = (float(np.median(took[name])) for name in ("ordinary", "HLG"))
        print(f"    {words}: ordinary {plain:.1f} ms, HLG {deep:.1f} ms of processor a picture (33 at 30 a second)")


def _grainy(film: Colored) -> av.VideoFrame:
    """Soft shapes with the grain of a camera."""
    chance, frame = np.random.default_rng(1), stored([(0.4, 0.35, 0.3), (0.7, 0.7, 0.7), (0.2, 0.3, 0.2)], film)
    for number, plane in enumerate(frame.planes):
        rows = np.frombuffer(bytes(plane), "<u2").reshape(plane.height, -1).astype(int)
        high, wide = np.ogrid[: rows.shape[0], : rows.shape[1]]
        soft = (80 * np.sin(wide / 90) + 60 * np.cos(high / 70)).astype(int) * (number == 0)
        grainy = rows + soft + chance.integers(-10, 11, rows.shape)
        plane.update(np.clip(grainy, 64, 940).astype("<u2").tobytes())
    return frame


if __name__ == "__main__":
    main()
