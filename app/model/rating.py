"""One rated item of a rating sheet: a value with its reason or evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """`value` None says *no occasion to observe*. Evidence are observation ids of the same coding.

    `segment_id` is empty for the sheet of the whole film, the default.
    """

    id: str
    coding_id: str
    item: str
    value: int | None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    segment_id: str = ""

    @property
    def grounded(self) -> bool:
        """A number needs a reason or a linked moment; *no occasion* does not."""
        return self.value is None or bool(self.reason.strip() or self.evidence)
