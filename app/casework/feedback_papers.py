"""A feedback form to be filled by hand: printed empty, with no client on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.i18n import Texts
from app.model.feedback_form import FeedbackForm
from app.whole_file import write_whole


def file_name(form: FeedbackForm, language: str) -> str:
    """What the file is called, in the form's language."""
    return f"{Texts(language).words(form.title).rstrip('?').strip()}.pdf"


def save_empty(path: Path, form: FeedbackForm, service: str, language: str, day: date) -> None:
    """Write it as PDF on A4, whole or not at all. Raises AppError(`cannot-write`)."""
    from app.reports.feedback_form_pdf import feedback_form_pdf

    write_whole(path, feedback_form_pdf(form, service, Texts(language), day))
