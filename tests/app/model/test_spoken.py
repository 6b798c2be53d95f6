"""A passage in another language than its document is told, and what is unclear is left alone."""

import tomllib
from pathlib import Path

import pytest

from app.model.spoken import quoted_otherwise, spoken_language, without

ROOT = Path(__file__).parents[3]
SAID = {
    "fi": "Millaista tukea äiti ja lapsi tarvitsevat vuorovaikutukseensa, kun he leikkivät?",
    "sv": "Vilket stöd behöver modern och barnet i sitt samspel när de leker?",
    "en": "What support do mother and child need in their interaction when they play?",
}


@pytest.mark.parametrize("language", SAID)
def test_a_sentence_is_told_in_a_document_of_another_language_only(language) -> None:
    for document in SAID:
        assert spoken_language(SAID[language], document) == ("" if document == language else language)


def test_a_short_question_is_told_and_words_that_two_languages_have_tell_nothing() -> None:
    assert spoken_language("Mikä auttaa perhettä arjessa?", "sv") == "fi"
    assert spoken_language("Utvärdering, observation, behandling, instrument", "sv") == ""
    assert spoken_language("Could you tell what this is for?", "fi") == "en"


@pytest.mark.parametrize(
    "text", ["", "avohuolto", "Mallilan hyvinvointialue", "1.2.2026", "Maija Mallikas", "OK och ok", "Åland"]
)
def test_what_is_too_short_to_tell_is_left_alone(text) -> None:
    assert {spoken_language(text, document) for document in SAID} == {""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Äiti: ”Jag vill att det är bra för barnet och mig.” Hän itki.",
            [("sv", "Jag vill att det är bra för barnet och mig.")],
        ),
        ("lapsi: ”Titta” (ruotsi) [00:32]", [("sv", "Titta")]),
        ("lapsi: ”Katso” (ruotsi, käännös) [00:32]", []),
        ("lapsi: ”Смотри” (venäjä)", [("ru", "Смотри")]),
        ("lapsi: ”Katso” (suomi)", []),
        ("”Titta”, hän sanoi.", []),
        ("ei lainausta", []),
    ],
)
def test_a_quotation_is_told_by_itself_or_by_the_name_behind_it(text, found) -> None:
    names = (("suomi", "fi"), ("ruotsi", "sv"), ("venäjä", "ru"))
    quoted = quoted_otherwise(text, "fi", names)
    assert [(q.language, text[q.start : q.end]) for q in quoted] == found
    left = without(text, quoted)
    assert len(left) == len(text) - sum(len(words) for _, words in found)
    assert not any(words in left for _, words in found)


def test_the_programs_own_sentences_are_never_taken_for_another_language() -> None:
    """All of the statement's fixed words and of the form's values, each read in its own language."""

    def texts(value: object, language: str):
        if isinstance(value, dict):
            if isinstance(value.get(language), str):
                yield value[language]
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                yield from texts(one, language)

    for path in ("texts/statement.toml", "texts/talk.toml", "instruments/ulottuvuuskooste-5.toml", "tasks/tasks.toml"):
        content = tomllib.loads((ROOT / "resources" / path).read_text("utf-8"))
        for language in SAID:
            assert [t for t in texts(content, language) if spoken_language(t, language)] == []
