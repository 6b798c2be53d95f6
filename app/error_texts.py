"""The sentence of each expected trouble: what happened, what is safe, what to do."""

from __future__ import annotations

from app.errors import AppError
from app.i18n import N_, Texts

SENTENCES: dict[str, str] = {
    "unknown": N_("Something did not work. What was saved is safe. Please try again."),
}


def sentence(texts: Texts, error: AppError) -> str:
    """What a person reads for `error`; its values fill the places of the sentence."""
    return texts.tr(SENTENCES.get(error.key, SENTENCES["unknown"]), **error.values)
