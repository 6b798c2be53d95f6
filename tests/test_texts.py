"""Every text that a person sees is there in Finnish and Swedish, with the same places to fill."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.material.other_words import content_texts, manual_texts, wrong_words

ROOT = Path(__file__).parent.parent
KEYWORDS = {"tr": None, "trn": (1, 2), "N_": None}
PLACES = re.compile(r"\{(\w*)[^}]*\}")


@pytest.fixture(scope="module")
def source() -> dict[str, tuple[str, ...]]:
    """Every marked text of the program by its first form."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in ("app", "widgets"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=KEYWORDS):
            forms = message if isinstance(message, tuple) else (message,)
            found[forms[0]] = forms
    return found


@pytest.fixture(scope="module", params=["fi", "sv"])
def catalogue(request) -> Catalog:
    with (ROOT / "resources/i18n" / request.param / "LC_MESSAGES/havainto.po").open("rb") as file:
        return read_po(file, locale=request.param)


def forms_of(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_nothing_is_missing_or_fuzzy(source, catalogue) -> None:
    missing = [
        text
        for text, forms in source.items()
        if catalogue.get(text) is None
        or catalogue.get(text).fuzzy
        or not all(forms_of(catalogue.get(text)))
        or len(forms_of(catalogue.get(text))) != len(forms)
    ]
    assert not missing, f"{len(missing)} missing in {catalogue.locale}: {missing}"


def asked_for() -> dict[str, str]:
    """Every text that the code asks a translation of, with where: read from the program, not by the collector."""
    found = {}
    for path in (*(ROOT / "app").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in KEYWORDS:
                found[node.args[0].value] = f"{path.name}:{node.lineno}"
    return found


def test_the_collector_sees_every_text(source) -> None:
    """It does not look inside an f-string: a text there would stay English."""
    unseen = {text: where for text, where in asked_for().items() if text not in source}
    assert not unseen


def test_nothing_is_left_over(source, catalogue) -> None:
    unused = [m.id for m in catalogue if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in source]
    assert not unused, f"{len(unused)} left over in {catalogue.locale}: {unused}"


def test_places_to_fill_are_the_same(source, catalogue) -> None:
    for text, forms in source.items():
        places = {p for form in forms for p in PLACES.findall(form)}
        for string in forms_of(catalogue.get(text)):
            assert set(PLACES.findall(string)) <= places, (text, string)
            if len(forms) == 1:
                assert set(PLACES.findall(string)) == places, (text, string)


def test_texts_begin_and_end_alike(source, catalogue) -> None:
    """A sentence stays a sentence, and a space at an edge stays there."""
    for text in source:
        for string in forms_of(catalogue.get(text)):
            assert (text[:1] == " ", text[-1:] == " ") == (string[:1] == " ", string[-1:] == " "), (text, string)
            assert text.endswith((".", ":", "…", "?")) == string.endswith((".", ":", "…", "?")), (text, string)


def test_each_thing_has_one_name(catalogue) -> None:
    """On the screens, in the program's own content and in the manual: the glossary's word."""
    language = str(catalogue.locale)
    told = [(m.id, form) for m in catalogue if m.id for form in forms_of(m)]
    wrong = [
        (where, text, said)
        for where, text in [*told, *content_texts(language), *manual_texts(language)]
        if (said := wrong_words(language, text))
    ]
    assert not wrong, "\n".join(map(str, wrong))
