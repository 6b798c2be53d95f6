"""*Yhtäpitävyys* as a paper: what the screen shows and no word of the film, whole or not at all, and logged."""

import hashlib
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.comparing.comparison import closer_of, comparison
from app.comparing.figures.explanation import Counts
from app.comparing.figures.paper import MOST_COLUMNS, agreement_paper, as_printed, file_name, save_agreement
from app.comparing.words import figure_lines
from app.errors import AppError, Cancelled
from app.i18n import Texts
from app.reports.agreement_pdf import agreement_pdf
from app.tables import Cell, Column, Table
from app.vocabulary import StatementTexts
from tests.app.comparing.test_one_figure import confused
from tests.drivers import tag_tree
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    made = Home()
    confused(made)
    return made


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_says_the_figures_whom_they_are_about_and_how_they_were_computed(home, tmp_path, language) -> None:
    t, path = Texts(language), tmp_path / "paper.pdf"
    found = comparison(home.a, home.meeting.id)
    save_agreement(home.a, t, found, path)
    read = " ".join(tag_tree.read(path.read_bytes()).tree.text().split())
    assert StatementTexts(language).about_workers in read
    for line in figure_lines(t, found):
        assert " ".join(line.title.split()) in read
        assert " ".join(line.figure.split()) in read
    assert all(name in read for name in found.coders)
    assert "22 × 436 / (28 × 27) / 33" in read


def test_nothing_that_was_noted_or_seen_is_on_it(home) -> None:
    found, said = comparison(home.a, home.meeting.id), "Lapsi katsoi pois"
    told = replace(
        found.a,
        observations={o.id: replace(o, note=said) for o in found.a.observations.values()},
        ratings={r.id: replace(r, reason=said) for r in found.a.ratings.values()},
    )
    found = replace(found, a=told)
    paper = str(agreement_paper(home.a, Texts("fi"), found, closer_of(found), date(2026, 1, 1)))
    assert said not in paper
    assert not any(found.file.meeting.id in paper or o in paper for o in found.a.observations)


def last_lines(pdf: bytes) -> list[str]:
    """The last line of each page above its footer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded(60, 60, 540, 800) for page in document]
    finally:
        document.close()
    return [" ".join(text.split("\n")[-1].split()) for text in (x.strip() for x in texts)]


def test_no_heading_stands_alone_at_the_foot_of_a_page(home) -> None:
    t, found = Texts("sv"), comparison(home.a, home.meeting.id)
    paper = agreement_paper(home.a, t, found, closer_of(found), date(2026, 1, 1))
    titles = {x.title for s in paper.sections for x in (s, *s.parts)} - {""}
    for lines in range(0, 24, 2):
        content = agreement_pdf(replace(paper, notes=(*paper.notes, *["Siffran gäller medarbetarna."] * lines)), t)
        assert not titles & set(last_lines(content)), lines


def test_an_export_is_logged_and_the_same_paper_is_the_same_bytes(home, tmp_path) -> None:
    t, found = Texts("fi"), comparison(home.a, home.meeting.id)
    digests = {save_agreement(home.a, t, found, tmp_path / f"{n}.pdf") for n in range(2)}
    assert digests == {hashlib.sha256((tmp_path / "0.pdf").read_bytes()).hexdigest()}
    rows = [e for e in home.a.audit_log(home.meeting.id) if e.act == "export"]
    assert [e.detail for e in rows] == [f"agreement;sha256={next(iter(digests))}"] * 2
    assert file_name(home.a, t, found).endswith(".pdf")


def test_a_place_that_takes_nothing_leaves_what_was_there_and_logs_nothing(home, tmp_path) -> None:
    found = comparison(home.a, home.meeting.id)
    with pytest.raises(AppError) as told:
        save_agreement(home.a, Texts("fi"), found, tmp_path / "no" / "paper.pdf")
    assert told.value.key == "cannot-write"
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        save_agreement(home.a, Texts("fi"), found, path, lambda: True)
    assert path.read_bytes() == b"before"
    assert "export" not in [e.act for e in home.a.audit_log(home.meeting.id)]


def test_a_table_too_wide_for_paper_is_listed_by_what_is_in_it() -> None:
    size = MOST_COLUMNS
    rows = tuple(
        (Cell(f"{n + 1} code"), *(Cell(str(int(m == n) * (n + 1))) for m in range(size)), Cell("0"))
        for n in range(size)
    )
    head = (Column("Aino"), *(Column(str(n)) for n in range(size)), Column("Sum"))
    made = as_printed(Texts("en"), Counts("about", "Aino", "Leena", Table(head, rows)))
    assert made.cells[0] == ("Aino", "Leena", "times")
    assert made.cells[1:] == tuple((f"{n + 1} code", f"{n + 1} code", str(n + 1)) for n in range(size))
