"""The key card: one page in every language for both schemes, every code with its key, the worker's own keys."""

from datetime import date

import pypdfium2
import pytest

from app.i18n import Texts
from app.model.stored import ContentKind
from app.reports.key_card import key_card, write_key_card
from app.schemes import library
from app.shortcuts.own_keys import KeyMap

DAY = date(2026, 11, 25)


def words_of(pdf: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    count = len(document)
    document.close()
    return count, " ".join(text.split())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("scheme_id", library.shipped_ids(ContentKind.SCHEME))
def test_every_code_is_on_one_page(language, scheme_id) -> None:
    scheme, texts = library.scheme(scheme_id), Texts(language)
    pages, words = words_of(key_card(scheme, texts, DAY))
    assert pages == 1
    for code in scheme.codes:
        assert texts.words(code.name) in words, code.id


def test_the_core_scheme_says_when_to_code(tmp_path) -> None:
    scheme, texts = library.scheme("perusrunko"), Texts("fi")
    path = tmp_path / "card.pdf"
    write_key_card(path, scheme, texts, DAY, KeyMap().with_codes(scheme, {"AS": "w"}))
    _, words = words_of(path.read_bytes())
    assert texts.words(scheme.code("AC").code_when) in words
    assert "w ohjaa selkeästi" in words
    assert "q ohjaa selkeästi" not in words
