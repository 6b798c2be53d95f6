"""The checking child that makes a film's copies as well, of the pictures and the sound of its one complete decode."""

from __future__ import annotations

from app.model.recording import DerivedKind
from video.copies.along import CopiesAlong
from video.open import film_gate_child
from video.open.film_gate_child import Answers
from video.open.frame_index import FrameIndex


def main() -> None:
    """Serve films until standard input ends."""
    film_gate_child.main(_along, _load)


def _load() -> None:
    """Once the process is closed in: what is loaded here begins threads, and each is to be held."""
    import av.video.reformatter  # noqa: F401  what comes later would be loaded under a film's influence
    import cv2

    cv2.setNumThreads(1)  # the other processor decodes


def _along(answers: Answers, index: FrameIndex, tracks: int) -> CopiesAlong:
    def end(kind: DerivedKind, part: int, packed: bytes | None) -> None:
        answers.copy(kind.value, part, {"dropped": True} if packed is None else {"end": packed})

    return CopiesAlong(
        index, tracks, lambda kind, part, content: answers.copy(kind.value, part, {"piece": content}), end
    )


if __name__ == "__main__":
    main()
