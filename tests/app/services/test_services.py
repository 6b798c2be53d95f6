"""Services are data: the file says it, and no line of the program knows a method, a scheme or a section's number."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from app.errors import InputError
from app.i18n import Texts
from app.model.service import SectionKey
from app.model.service_file import read_service
from app.schemes import library as schemes
from app.services import library
from tests.material.builders import meeting

ROOT = Path(__file__).parents[3]
TEXT = (resources.folder() / "services" / "mim.toml").read_text("utf-8")

#: the sections of domain 4.3: what is printed before each, for good
PRINTED = {
    "commission": 1, "family": 2, "background": 3, "how-done": 4, "methods": 5, "childs-view": 6, "parents-views": 7,
    "observations": 8, "strengths": 9, "concerns": 10, "feedback": 11, "conclusions": 12, "recommendation": 13,
    "comments": 14, "signatures": 15, "distribution": 16, "attachments": 17,
}  # fmt: skip


def test_the_first_service_has_the_sections_of_the_template() -> None:
    service = library.first()
    assert {s.key: s.number for s in service.sections} == PRINTED
    assert [s.number for s in service.sections] == sorted(PRINTED.values())
    assert service.section("conclusions").title.sv == "Slutsatser"
    assert {k.value for k in SectionKey} <= set(PRINTED)


def test_every_service_names_content_that_is_there_in_three_languages() -> None:
    for service in library.services():
        assert all(schemes.scheme(i).id == i for i in service.schemes)
        assert all(schemes.instrument(i).id == i for i in service.instruments)
        words = [service.name, service.title_proven, service.title_unproven, service.naming, service.caveat]
        words += [service.rights, *(s.title for s in service.sections)]
        words += [w for m in service.meetings for w in (m.called, m.form)]
        assert all(w.fi and w.sv and w.en for w in words)


def test_no_two_services_share_an_id_or_a_kind_of_meeting() -> None:
    kinds = [m.key for s in library.services() for m in s.meetings]
    assert len(set(kinds)) == len(kinds)
    assert len({s.id for s in library.services()}) == len(library.services())


def test_a_meeting_is_of_the_service_of_its_kind() -> None:
    held = meeting("c", "a", "b", ("x", "y"))
    assert library.of_meeting(held) == library.first()
    assert library.called_with(Texts("fi"), held, "äiti") == "MIM, äiti"
    with pytest.raises(InputError) as caught:
        library.of_meeting(replace(held, kind="of a later program"))
    assert caught.value.key == "service-unknown"


def test_the_title_follows_proof() -> None:
    service = library.first()
    assert service.title(proven=True).fi == "MIM-vuorovaikutushavainnointi"
    assert service.title(proven=False).fi == "MIM-pohjainen vuorovaikutushavainnointi"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('key = "family"', 'key = "commission"', "scheme-twice"),
        ("number = 2", "number = 1", "scheme-twice"),
        ('method = "MIM"', "", "scheme-field-missing"),
        ('schemes = ["perusrunko", "laaja-runko"]', "schemes = []", "scheme-field-missing"),
        ('method = "MIM"', 'method = "MIM"\nmore = 1', "scheme-field-unknown"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(old: str, new: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_service(TEXT.replace(old, new, 1))
    assert caught.value.key == key


# ── nothing of it is in the code ──────────────────────────────────────────────────────────────────────────────────────

#: calls that take a section; a number there is one of the old ones
TAKES_A_SECTION = {
    "section", "sentence", "heading", "table", "Passage", "Finding", "Paragraph", "DocumentSection", "open_section",
    "write_section", "has_section",
}  # fmt: skip


def own_words() -> re.Pattern[str]:
    """Ids and names that belong to services alone."""
    found: set[str] = set()
    for s in library.services():
        found |= {s.id, s.method, *s.schemes, *s.instruments, *(m.key for m in s.meetings)}
    return re.compile(rf"(?<![a-z])({'|'.join(sorted(map(re.escape, found)))})(?![a-z])", re.IGNORECASE)


def docstrings(nodes: list[ast.AST]) -> set[int]:
    """Ids of the constants that are documentation."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [n.body[0] for n in nodes if isinstance(n, holders) and n.body]
    return {id(e.value) for e in first if isinstance(e, ast.Expr) and isinstance(e.value, ast.Constant)}


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool)


def _named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _section_numbers(nodes: list[ast.AST]) -> list[int]:
    """Lines in which a section is meant by its number."""
    lines = []
    for node in nodes:
        if isinstance(node, ast.Call) and _named(node) in TAKES_A_SECTION:
            lines += (
                [a.lineno for a in node.args[:3] if _is_number(a)]
                if _named(node) != "table"
                else [a.lineno for a in node.args[:1] if _is_number(a)]
            )
        if isinstance(node, ast.keyword) and node.arg == "section" and _is_number(node.value):
            lines.append(node.value.lineno)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            meant = any("section" in getattr(s, "attr", getattr(s, "id", "")) for s in sides)
            lines += [s.lineno for s in sides if meant and _is_number(s)]
    return lines


def trespasses(source: str, words: re.Pattern[str]) -> list[str]:
    nodes = list(ast.walk(ast.parse(source)))
    spared = docstrings(nodes)
    found = [
        f"{n.lineno}: {n.value!r}"
        for n in nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in spared and words.search(n.value)
    ]
    return found + [f"{line}: a section by its number" for line in _section_numbers(nodes)]


def test_no_code_knows_a_service() -> None:
    words = own_words()
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for top in ("app", "widgets", "video", "storage", "system")
        for path in (ROOT / top).rglob("*.py")
        if "migrations" not in path.parts  # they speak of what was
        for line in trespasses(path.read_text("utf-8"), words)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'kind: str = "mim"', 't.tr("MIM, {adult}")', 'begin("perusrunko")', "text.section(12)", "p.section == 8",
        'Passage(5, "x")', "Paragraph(i, s, 7)", "f(section=15)", "Finding(lack, 15)", 'heading(8, "a", "b")',
    ],
)  # fmt: skip
def test_a_line_that_knows_one_is_found(line: str) -> None:
    assert trespasses(line, own_words())


def test_a_longer_word_is_no_trespass() -> None:
    source = '"""A MIM meeting."""\nevidence = "application/x-havainto-mime"\nx = numbers.section("conclusions")'
    assert trespasses(source, own_words()) == []
