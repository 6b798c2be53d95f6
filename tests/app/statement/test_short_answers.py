"""Page one: what was asked and the answer in a sentence, word for word from the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.short_answers import ShortAnswer, first_sentence, short_answers
from app.model.statement import Paragraph, ParagraphKind, Run

SENTENCES = {
    "Äiti vastaa. Isä odottaa.": "Äiti vastaa.",
    "Aika auttaa, esim. Theraplay auttoi 3.11.2026. Muuta ei.": "Aika auttaa, esim. Theraplay auttoi 3.11.2026.",
    "Tavattiin 3. marraskuuta kello 9.30. Sen jälkeen ei.": "Tavattiin 3. marraskuuta kello 9.30.",
    "Hän sanoi: ”Mennään!” Sitten mentiin.": "Hän sanoi: ”Mennään!”",
    "Miten? Hyvin.": "Miten?",
    "Modern svarar, t.ex. Otto. Sedan inte.": "Modern svarar, t.ex. Otto.",
    "Ilman pistettä": "Ilman pistettä",
    "Kysymykseen ei voida vastata, koska isä ei tullut. Uusi aika on sovittu.": (
        "Kysymykseen ei voida vastata, koska isä ei tullut."
    ),
    "O. Virtanen kertoi. Muut eivät.": "O. Virtanen kertoi.",
    "": "",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_the_first_sentence(text) -> None:
    assert first_sentence(text) == SENTENCES[text]


@given(st.text(alphabet="aB .!?”1\n", max_size=60))
def test_it_is_always_how_the_text_begins(text) -> None:
    line = " ".join(text.split())
    said = first_sentence(text)
    assert line.startswith(said)
    assert bool(said) == bool(line)


def _text(*rows: tuple[str, str, ParagraphKind]) -> list[Paragraph]:
    return [
        Paragraph(str(n), "s", "conclusions", f"{n:03}", (Run(text),), kind, source)
        for n, (source, text, kind) in enumerate(rows)
    ]


def test_each_question_has_what_stands_under_it() -> None:
    heading, body, item = ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.ITEM
    text = _text(
        ("", "Ennen kysymyksiä.", body),
        ("question/1", "1. Miten he kohtaavat?", heading),
        ("", "  ", body),
        ("", "Lämpimästi. Usein.", body),
        ("", "Toinen kappale.", body),
        ("question/2", "2. Mikä auttaa?", heading),
        ("", "Väliotsikko", heading),
        ("", "Aika. Rauha.", item),
        ("question/3", "3. Entä isä?", heading),
    )
    assert short_answers(text) == (
        ShortAnswer("1. Miten he kohtaavat?", "Lämpimästi."),
        ShortAnswer("2. Mikä auttaa?", "Aika."),
        ShortAnswer("3. Entä isä?", ""),
    )
    assert short_answers(text[:1]) == ()
