"""The sound of the drawn film: two soft made-up voices that say syllables of no language."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from app.model.timecode import SECOND
from video.demo.script import ADULT, CHILD, LENGTH, DemoScript

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE_RATE = 48_000
#: pitch in Hz and how far the resonances of the mouth are moved up for a small head
_VOICES = {ADULT: (205.0, 1.0), CHILD: (310.0, 1.22)}
#: the first two resonances of five vowels in Hz
_VOWELS = ((700, 1150), (400, 2000), (300, 2250), (450, 850), (330, 750))


def demo_sound(script: DemoScript) -> NDArray[Any]:
    """One channel of float32 in −1…1 at `SAMPLE_RATE`, as long as the film."""
    import numpy as np

    sound = np.zeros(LENGTH * SAMPLE_RATE // SECOND, dtype=np.float32)
    chance = random.Random(7)
    for who, start, end in script.speech:
        pitch, head = _VOICES[who]
        at, until = start * SAMPLE_RATE // SECOND, end * SAMPLE_RATE // SECOND
        while at < until - SAMPLE_RATE // 20:
            length = min(int(chance.uniform(0.13, 0.22) * SAMPLE_RATE), until - at)
            fall = 1.08 - 0.16 * (at / SAMPLE_RATE - start / SECOND) / max((end - start) / SECOND, 0.1)
            tone = pitch * fall * chance.uniform(0.95, 1.06)
            sound[at : at + length] += _syllable(tone, chance.choice(_VOWELS), head, length)
            at += length + int(chance.uniform(0.01, 0.05) * SAMPLE_RATE)
    return sound


def _syllable(pitch: float, vowel: tuple[int, int], head: float, length: int) -> NDArray[Any]:
    """Harmonics of a gently gliding pitch, louder near the vowel's resonances, swelling and fading."""
    import numpy as np

    along = np.linspace(0.0, 1.0, length, dtype=np.float32)
    phase = 2 * np.pi * np.cumsum(pitch * (1.0 + 0.03 * np.sin(np.pi * along))) / SAMPLE_RATE
    wave = np.zeros(length, dtype=np.float32)
    for harmonic in range(1, 13):
        tone = pitch * harmonic
        loud = sum(np.exp(-(((tone - resonance * head) / 260.0) ** 2)) for resonance in vowel)
        wave += ((0.15 + loud) / harmonic**0.7 * np.sin(harmonic * phase)).astype(np.float32)
    return (0.07 * np.clip(np.sin(np.pi * along), 0.0, 1.0) ** 0.6 * wave).astype(np.float32)  # type: ignore[no-any-return]  # numpy is loose
