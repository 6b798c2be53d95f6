"""A passage in another language than its document is told, and what is unclear is left alone."""

import tomllib
from pathlib import Path

import pytest

from app.model.spoken import spoken_language

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


@pytest.mark.parametrize(
    "text", ["", "avohuolto", "Mallilan hyvinvointialue", "1.2.2026", "Maija Mallikas", "OK och ok", "Åland"]
)
def test_what_is_too_short_to_tell_is_left_alone(text) -> None:
    assert {spoken_language(text, document) for document in SAID} == {""}


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
