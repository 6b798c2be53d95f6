"""Pages beside the text: the same file as saved, where everything is in it, and a process that comes back."""

import os
import re
import signal
import time
from dataclasses import replace

import pytest

from app.errors import AppError
from app.reports.page_process import PageProcess
from app.reports.statement_pdf import render_statement
from tests.drivers.pages import page_words
from tests.material.documents import a_statement


@pytest.fixture(scope="module")
def process():
    made = PageProcess()
    yield made
    made.end()
    assert made.pid is None


@pytest.fixture(scope="module")
def document():
    return a_statement(pages=6, charts=1)


def test_they_are_the_pages_that_are_saved_and_it_is_known_where_everything_is(process, document) -> None:
    made = process.make(document)
    assert made.pages == render_statement(document)
    pages = page_words(made.pages)
    for section in document.sections:
        if section.key in made.places:
            page = " ".join(pages[made.places[section.key]].split())
            assert re.search(rf"{section.number}\.? {re.escape(section.title)}", page)
    told = [p for s in document.sections for p in s.paragraphs if p.id in made.places and p.text and not p.cells]
    assert len(told) > 20
    for paragraph in told:
        assert paragraph.text.split()[0] in pages[made.places[paragraph.id]]


def test_a_text_that_cannot_be_laid_out_is_told_and_the_next_is_made(process, document) -> None:
    with pytest.raises(AppError, match="pages-not-made"):
        process.make(replace(document, sections=("no section",)))
    assert process.make(document).places


def test_a_process_that_died_is_begun_anew_and_one_that_ended_is_not(document) -> None:
    made = PageProcess()
    made.warm()
    first = made.pid
    os.kill(first, signal.SIGKILL)
    while made.pid is not None:
        time.sleep(0.01)
    assert made.make(document).pages
    assert made.pid not in (None, first)
    made.end()
    with pytest.raises(AppError, match="pages-not-made"):
        made.make(document)
    assert made.pid is None
