"""The manual is whole in each language, names what the program has, and is found by words as people type them."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.i18n import Texts
from app.manual.pages import STEPS, contents, folder, names, page, picture, raw
from app.manual.search import search
from app.model.words import LANGUAGES
from app.shortcuts.actions import ACTIONS, PLACES
from app.shortcuts.own_keys import KeyMap

ROOT = Path(__file__).parents[3]
FILLED = re.compile(r"\{\{(key:)?([^}]+)\}\}")
#: bytes that all pictures may take together
ROOM = 6_000_000
#: what the glossary says otherwise, or what this program never says of a family
FORBIDDEN = {
    "fi": r"koodisto|elokuva|salasana|normaali|poikkeava|pistemäär[äi]\b(?!:)|huostaan|video(?!pala|työ|yht|neuv|katk)",
    "sv": r"lösenord|normal|avvikande beteende|kodbok|observatör",
    "en": r"password|normal|abnormal|movie|dyad|session|coder'?s? score",
}


def pages(language: str) -> list:
    return [page(name, Texts(language), KeyMap()) for name in names()]


def body(name: str, language: str) -> str:
    """A page without the words that it is only looked for by."""
    return re.sub(r"^words:.*$", "", raw(name, language), flags=re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_and_every_link_leads_to_one(language) -> None:
    assert sorted(p.stem for p in (folder() / language).glob("*.md")) == sorted(names())
    assert len(set(names())) == len(names())
    for one in pages(language):
        assert one.title
        assert one.words, f"{one.name} is looked for by nothing but its title"
        assert set(one.led_to("page")) <= set(names()), one.name
        assert "{{" not in one.markdown.replace(STEPS, ""), one.name
    assert all(group.title.text(language) for group in contents())
    led = {to for one in pages(language) for to in one.led_to("page")}
    assert led | set(names()) == set(names())


def test_the_languages_tell_the_same() -> None:
    """Buttons, keys, links and pictures in the same order, and the same screen behind them."""
    for name in names():
        told = {language: page(name, Texts(language), KeyMap()) for language in LANGUAGES}
        for language in LANGUAGES:
            assert told[language].opens == told["fi"].opens, (name, language)
            for kind in ("page", "picture"):
                assert told[language].led_to(kind) == told["fi"].led_to(kind), (name, language)
            found = [sorted(m[0] for m in FILLED.finditer(raw(name, code))) for code in ("fi", language)]
            assert found[0] == found[1], (name, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_names_is_in_the_program(language) -> None:
    """Buttons by the program's own sources, keys by their action, screens by their place."""
    with (ROOT / "resources/i18n/fi/LC_MESSAGES/havainto.po").open("rb") as file:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale="fi")}
    actions, places = {a.id for a in ACTIONS}, {a.id.removeprefix("place.") for a in PLACES}
    for name in names():
        for found in FILLED.finditer(raw(name, language)):
            if found[0] != STEPS:
                assert found[2] in (actions if found[1] else known), (name, found[0])
        assert page(name, Texts(language), KeyMap()).opens[0] in places, name


def test_every_picture_is_there_and_is_shown() -> None:
    shown = {p for one in pages("fi") for p in one.led_to("picture")}
    for language in LANGUAGES:
        held = {p.stem for p in (folder() / "pictures" / language).glob("*.webp")}
        assert held == shown, f"{language}: make manual-pictures takes them anew"
        assert all(picture(name, language).stat().st_size > 2_000 for name in shown)
    assert sum(p.stat().st_size for p in (folder() / "pictures").rglob("*.webp")) < ROOM


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_nothing_that_the_glossary_says_otherwise(language) -> None:
    said = {name: re.findall(FORBIDDEN[language], body(name, language), re.IGNORECASE) for name in names()}
    if language == "en":  # of supervision the glossary says session (190); elsewhere it would mean four things
        said["supervision"] = [word for word in said["supervision"] if word.casefold() != "session"]
    assert {name: found for name, found in said.items() if found} == {}


def test_keys_are_those_that_are_in_use() -> None:
    keys = KeyMap().with_action("coding.cover", "F8").with_action("coding.bookmark", "")
    told = page("coding", Texts("en"), keys).markdown
    assert "press `F8`." in told
    assert "`Ctrl Enter`" not in told
    assert "(no key) leaves a bookmark" in told


@pytest.mark.parametrize(
    ("language", "asked", "first"),
    [
        ("fi", "koodauksen", "coding"),
        ("fi", "suostumuksia", "consents"),
        ("fi", "unohdin salasanan", "archive"),
        ("fi", "varmuuskopiointi", "backup"),
        ("fi", "nauhoittaa", "filming"),
        ("fi", "tallenteen havittaminen", "erasing"),
        ("fi", "litterointi", "said"),
        ("sv", "undertext", "said"),
        ("fi", "NÄPPÄIMET", "keys"),
        ("sv", "samtycket", "consents"),
        ("sv", "kodningar", "coding"),
        ("en", "recovery code", "archive"),
        ("en", "kappa", "comparing"),
    ],
)
def test_it_is_found_by_the_words_that_people_type(language, asked, first) -> None:
    hits = search(pages(language), asked)
    assert hits[0].page.name == first, [h.page.name for h in hits]
    assert hits[0].line


def test_nothing_is_found_for_what_is_not_there() -> None:
    assert search(pages("fi"), "xyzzy") == search(pages("fi"), "  ") == ()
