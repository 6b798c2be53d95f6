"""What hours are counted by: services, what a commission can ask for, and what is done with professionals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import resources
from app.i18n import Texts
from app.model.sought import Side
from app.model.toml_table import Table, parsed
from app.model.words import LANGUAGES, Words
from app.services.library import services
from app.vocabulary import StatementTexts

#: what nobody's matter is
OFFICE_WORK = "office-work"
#: of the pick-list of assessments what is done with professionals
_WITH_PROFESSIONALS = frozenset(("training", "family-therapeutic-consultation"))
#: told apart by its form instead
_TOO_WIDE = frozenset(("supervision",))


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the office gives, by its key in the archive."""

    key: str
    side: Side
    name: Words


@cache
def products() -> tuple[Product, ...]:
    """All of them: services first, then what is ordered, then supervision and what is nobody's matter."""
    methods = (Product(s.id, Side.CLIENTS, s.name) for s in services())
    words = StatementTexts(LANGUAGES[0])
    ordered = (
        Product(key, _side(key), Words(*(StatementTexts(one).of("assessments", key) for one in LANGUAGES)))
        for key in words.keys("assessments")
        if key not in _TOO_WIDE
    )
    found = {product.key: product for product in (*methods, *ordered, *_own())}
    return tuple(found.values())


def product_of(key: str) -> Product:
    """The product of a key; one that this program does not know is called by its key."""
    found = next((product for product in products() if product.key == key), None)
    return found or Product(key, Side.CLIENTS, Words(key, key, key))


def called(texts: Texts, key: str) -> str:
    """What a product is called, as a heading begins."""
    words = texts.words(product_of(key).name)
    return words[:1].upper() + words[1:]


def _side(key: str) -> Side:
    return Side.SUPERVISION if key in _WITH_PROFESSIONALS else Side.CLIENTS


def _own() -> tuple[Product, ...]:
    table = parsed((resources.folder() / "texts" / "products.toml").read_text("utf-8"))
    found = table.rows("products", _product)
    table.end()
    return found


def _product(table: Table) -> Product:
    return Product(table.text("key"), Side(table.text("side")), table.words("name"))
