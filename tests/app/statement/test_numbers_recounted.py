"""Every number of made-up statements is the recount's, a word that was put in, or the file's own counting.

A share of the fifty archives that `make soak` makes.
"""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.statement_document import StatementDocument
from app.reports.statement_pdf import render_statement
from app.statement.document import document_of
from tests.recount.agreed import agreed
from tests.recount.expected import recounted
from tests.recount.figures import Both, Mark, Match, Task, cells, events, nil_kappa, ratings, states
from tests.recount.made import Made, made
from tests.recount.pages import Expected, Piece, explain, of_contents, of_moment

SECOND = 1_000_000
#: what the program counts itself
COUNTED = ("seen/", "marks/", "states", "agreement", "lone/", "outside/", "tasks/", "common/", "differently/", "chart/")


@pytest.fixture(scope="module", params=[9, 12], ids=["each-alone", "common-view"])
def one(qapp, request) -> Made:
    """One without a common view, and one with: what is seen differently stands in it, too."""
    return made(request.param)


@pytest.mark.parametrize("seed", [0, 4, 8])
def test_every_number_is_explained_and_none_is_missing(seed: int, qapp) -> None:
    own = made(seed)
    found = explain(own.pdf, *recounted(own))
    assert found.unexplained == []
    assert found.missing == []
    assert found.explained == found.numbers > 200


def test_any_other_number_is_found_out(one: Made) -> None:
    """One digit of a paragraph or a cell is another."""
    expected, verbatim = recounted(one)
    document = document_of(one.home.a, one.statement)
    falsified = list(_falsified(document))
    assert len(falsified) > 30
    of_the_pair = [row for row in falsified if row[0].startswith(("common/", "differently/"))]
    assert bool(of_the_pair) == (agreed(one.home.a, one.meetings[0].id) is not None)
    for where, changed in [*falsified[:: len(falsified) // 5], *of_the_pair[:3]]:
        found = explain(render_statement(changed), expected, verbatim)
        assert found.unexplained, where
        # a number within somebody's reason was put in, and is expected nowhere
        assert found.missing or where.startswith("differently/"), where


def _falsified(document: StatementDocument):
    """The document with a number of one paragraph that the program made raised by one, for each of them."""
    for place, section in enumerate(document.sections):
        for n, p in enumerate(section.paragraphs):
            if not p.source.startswith(COUNTED):
                continue
            for changed in _raised(p):
                rows = (*section.paragraphs[:n], changed, *section.paragraphs[n + 1 :])
                sections = list(document.sections)
                sections[place] = replace(section, paragraphs=rows)
                yield p.source, replace(document, sections=tuple(sections))


def _raised(p):
    for n, run in enumerate(p.runs):
        if (text := _one_more(run.text)) != run.text:
            yield replace(p, runs=(*p.runs[:n], replace(run, text=text), *p.runs[n + 1 :]))
    for r, row in enumerate(p.cells):
        for c, cell in enumerate(row):
            if (text := _one_more(cell)) != cell:
                cells = [list(x) for x in p.cells]
                cells[r][c] = text
                yield replace(p, cells=tuple(map(tuple, cells)))


def _one_more(text: str) -> str:
    return re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), text, count=1)


def test_the_recount_reads_nothing_of_what_it_recounts() -> None:
    """Only the maker of archives opens the program's own doors."""
    folder = Path(__file__).parents[3] / "tests"
    for file in (folder / "recount" / f"{n}.py" for n in ("figures", "agreed", "expected", "pages")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "") or ""]
            )
            assert not any(re.match(r"app\.(statistics|numbers|comparing|statement|reports)\b", n) for n in named), file


# held to the worked examples of domain annex A


def _states(*rows: tuple[str, int, int]) -> tuple[Mark, ...]:
    return tuple(Mark(code, "dyad", start * SECOND, end * SECOND) for code, start, end in rows)


def test_time_units_of_the_worked_example() -> None:
    """Annex A10 with a tolerance of one second: .95 and .8889."""
    a = _states(("E", 0, 20), ("D", 20, 30), ("E", 30, 50), ("D", 50, 60))
    b = _states(("E", 0, 22), ("D", 22, 30), ("E", 30, 47), ("D", 47, 60))
    whole = ((0, 60 * SECOND),)
    found = states(Both(a, b, (whole, whole), (Task(1, 0, 60 * SECOND),), {}, ("E", "D"), "0"))
    assert found.percent == pytest.approx(0.95)
    assert found.chance.kappa == pytest.approx(0.8889, abs=5e-5)


def test_events_of_the_worked_example() -> None:
    """Annex A13 with a tolerance of two seconds: 3 of 6, and .2347 with the nil row by fitting."""

    def marks(*rows: tuple[str, float]) -> tuple[Mark, ...]:
        return tuple(Mark(code, "adult1", round(at * SECOND), None) for code, at in rows)

    a = marks(("X", 3), ("X", 10), ("Y", 14), ("X", 25), ("Y", 40))
    b = marks(("X", 3.4), ("X", 11.5), ("Y", 14.2), ("Y", 25.3), ("X", 55))
    whole = ((0, 60 * SECOND),)
    both = Both(a, b, (whole, whole), (Task(1, 0, 60 * SECOND),), {"X": "S", "Y": "S"}, (), "0")
    found = events(both, "adult1", ["X", "Y"])
    assert (found.agreed, found.of) == (3, 6)
    assert found.chance.kappa == pytest.approx(0.2347, abs=5e-5)
    assert sum(len(c.both) for c in cells(both, {"adult1": ["X", "Y"]}).values()) == 3
    assert nil_kappa([Match(a[0], None)]) is None


def test_ratings_of_the_worked_example() -> None:
    """Annex A2: 6 of 9 the same, all within one, quadratic .8541."""
    a, b = (
        {str(n): v for n, v in enumerate(row)} for row in ((4, 3, 5, 2, 4, 3, 4, 2, 5), (4, 3, 4, 2, 5, 3, 3, 2, 5))
    )
    found = ratings(a, b, 1, 5)
    assert (found.same, found.near, found.rated) == (6, 9, 9)
    assert found.kappa == pytest.approx(0.8541, abs=5e-5)


def test_a_page_of_the_contents_is_held_to_where_its_heading_stands() -> None:
    lines, line = [["8. Havainnot", "3"], [], ["8. Havainnot"], []], Piece("Link", (), "8. Havainnot 3")
    assert of_contents(line, lines, ["8", "3"]) == 2
    assert of_contents(replace(line, text="8. Havainnot 4"), lines, ["8", "4"]) == 0


def test_a_link_to_a_moment_is_held_to_the_recount_and_to_its_page() -> None:
    lines, told = [["Lapsi: ilo, 1 kerran. Torni [00:10]."], []], [Expected(("1", "00:10"), ("ilo, ",))]
    for text, is_right in (("ilo 00:10, s. 1", True), ("ilo 00:11, s. 1", False), ("ilo 00:10, s. 2", False)):
        assert bool(of_moment(Piece("Link", (), text), lines, told, ["00:10", "1"])) == is_right
