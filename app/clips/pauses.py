"""Where nobody speaks: the pause in the sound to which a moment is trimmed."""

from __future__ import annotations

from app.model.timecode import SECOND, Micros
from app.ports.films import Waveform

#: a pause lasts so long at least, and is looked for so far
PAUSE: Micros = 300_000
FAR: Micros = 10 * SECOND
#: a pause is quieter than this share of what is loud around it
QUIET = 0.12
#: steps of a waveform that are read: no finer than this
STEP: Micros = 50_000


def pause_after(wave: Waveform, time: Micros) -> Micros | None:
    """The middle of the first pause that ends after a film time, within ten seconds; None where there is none."""
    wave = wave.level(STEP)
    first, last = max(time // wave.step, 0), (time + FAR) // wave.step
    peaks = wave.peaks[first : last + 1]
    around = wave.peaks[max(first - (last - first), 0) : last + 1]
    if not peaks or not any(around):
        return None
    limit, needed = max(max(around) * QUIET, 1), -(-PAUSE // wave.step)
    run = 0
    for place, peak in enumerate((*peaks, 256)):
        if peak <= limit:
            run += 1
            continue
        if run >= needed:
            return max((first + place - run + run // 2) * wave.step, time)
        run = 0
    return None
