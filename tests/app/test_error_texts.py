"""Every expected trouble has its own sentence, in every language, with the places that its values fill."""

import ast
from pathlib import Path

import pytest

from app.error_texts import SENTENCES, sentence
from app.errors import AppError
from app.i18n import Texts

ROOT = Path(__file__).parents[2]
#: calls whose first argument, when it is a text, is the key of an error
RAISING = ("Error", "NotAllowed", "StaleChange", "Cancelled", "_refuse", "_trouble", "trouble")


def keys_raised() -> set[str]:
    found: set[str] = set()
    for top in ("app", "storage", "system", "video", "widgets"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node).endswith(RAISING):
                    found |= {a.value for a in node.args if isinstance(a, ast.Constant) and _is_key(a.value)}
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "key":
                    found |= {node.value.value} if isinstance(node.value, ast.Constant) and node.value.value else set()
    return found


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def _is_key(value: object) -> bool:
    return isinstance(value, str) and "-" in value and value.replace("-", "").isalpha() and value.islower()


def test_no_key_is_without_its_sentence() -> None:
    missing = sorted(k for k in keys_raised() if k not in SENTENCES)
    assert not missing, missing


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_sentence_can_be_filled(language: str) -> None:
    texts = Texts(language)
    for key, message in SENTENCES.items():
        places = {p.split("}")[0]: "x" for p in message.split("{")[1:]}
        words = sentence(texts, AppError(key, **places))
        assert words.strip() == words
        assert "{" not in words
        assert words.endswith(".")
