"""The statement read back from its PDF as a person reads it: the words of its pages, and the numbers in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

from app.i18n import Texts
from app.model.plan import PlannedTask
from app.model.scheme import Actor, Kind, Scheme
from tests.journeys.independent_count import Cell

TIMES = re.compile(r"\[(\d+):(\d\d):(\d\d)\]|\[(\d+):(\d\d)\]")


def page_words(pdf: bytes) -> list[str]:
    """The text of each page, with single blanks between words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
