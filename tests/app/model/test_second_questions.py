"""Questions of the second pass in a scheme's file: written, read back, and held to what can be asked."""

from dataclasses import replace

import pytest

from app.errors import InputError
from app.model.content_checks import scheme_problems
from app.model.content_edits import with_entry
from app.model.content_writer import write_scheme
from app.model.scheme import Modifier
from app.model.scheme_file import read_scheme
from app.schemes import library
from tests.material.agreed import with_second_pass, words


def test_a_scheme_with_questions_comes_back_equal() -> None:
    scheme = with_second_pass()
    assert read_scheme(write_scheme(scheme)) == scheme
    assert scheme.second_pass[0].option_keys() == {"1": "warm", "2": "plain", "x": "hasty"}


def test_a_scheme_without_questions_is_written_as_before() -> None:
    for scheme in library.schemes():
        assert scheme.second_pass == ()
        assert "second_pass" not in write_scheme(scheme)


@pytest.mark.parametrize(
    ("more", "key", "field"),
    [
        ({"codes": ()}, "second-pass-without-codes", "codes"),
        ({"codes": ("DS1",)}, "second-pass-no-event", "codes"),
        ({"codes": ("AS", "AS")}, "scheme-twice", "codes"),
        ({"options": ()}, "second-pass-few-options", "options"),
        ({"options": (Modifier("a", words("a"), "k"), Modifier("b", words("b"), "K"))}, "scheme-key-clash", None),
        ({"id": "AS"}, "scheme-twice", "id"),
        ({"id": "tone with spaces"}, "scheme-id-not-plain", "id"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_place(more, key, field) -> None:
    scheme = with_second_pass()
    wrong = replace(scheme, second_pass=(replace(scheme.second_pass[0], **more), scheme.second_pass[1]))
    found = [p for p in scheme_problems(wrong) if p.part == "second_pass"]
    assert (found[0].key, found[0].number) == (key, 0)
    assert field is None or found[0].field == field
    with pytest.raises(InputError):
        read_scheme(write_scheme(wrong))


def test_a_code_with_another_id_is_asked_of_still() -> None:
    scheme = with_second_pass()
    place = [c.id for c in scheme.codes].index("AS")
    renamed = with_entry(scheme, "codes", place, replace(scheme.codes[place], id="ALEAD"))
    assert [q.codes for q in renamed.second_pass] == [("ALEAD", "AE"), ("ALEAD",)]
