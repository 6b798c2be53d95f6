"""What hours are counted by: services, what a commission can ask for, templates, and work with professionals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import resources
from app.i18n import Texts
from app.model.sought import Side
from app.model.template import Belongs, Template
from app.model.toml_table import Table, parsed
from app.model.words import LANGUAGES, Words
from app.services import templates
from app.services.library import services
from app.services.ordered import BY_TEMPLATE
from app.vocabulary import StatementTexts

#: what nobody's matter is
OFFICE_WORK = "office-work"


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the office gives, by its key in the archive."""

    key: str
    side: Side
    name: Words


@cache
def products() -> tuple[Product, ...]:
    """All that hours are written down for: services, templates, what else is ordered, supervision, nobody's matter."""
    methods = (Product(s.id, Side.CLIENTS, s.name) for s in services())
    made = (Product(t.id, _side_of(t), t.name) for t in templates.shipped())
    words = StatementTexts(LANGUAGES[0])
    ordered = (
        Product(key, Side.CLIENTS, Words(*(StatementTexts(one).of("assessments", key) for one in LANGUAGES)))
        for key in words.keys("assessments")
        if key not in BY_TEMPLATE
    )
    found = {product.key: product for product in (*ordered, *methods, *made, *_own())}
    first = [product for product in found.values() if product.key in {s.id for s in services()}]
    return (*first, *(product for product in found.values() if product not in first))


def ordered_product(assessment: str) -> str:
    """The key of what a commission asks for; empty for what has none."""
    key = BY_TEMPLATE.get(assessment, assessment)
    return key if any(product.key == key for product in products()) else ""


def product_of(key: str) -> Product:
    """The product of a key; one that this program does not know is called by its key."""
    wanted = BY_TEMPLATE.get(key, key)
    found = next((product for product in products() if product.key == wanted), None)
    return found or Product(key, Side.CLIENTS, Words(key, key, key))


def called(texts: Texts, key: str) -> str:
    """What a product is called, as a heading begins."""
    words = texts.words(product_of(key).name)
    return words[:1].upper() + words[1:]


def _side_of(template: Template) -> Side:
    return Side.SUPERVISION if template.belongs == Belongs.PROFESSIONAL else Side.CLIENTS


def _own() -> tuple[Product, ...]:
    table = parsed((resources.folder() / "texts" / "products.toml").read_text("utf-8"))
    found = table.rows("products", _product)
    table.end()
    return found


def _product(table: Table) -> Product:
    return Product(table.text("key"), Side(table.text("side")), table.words("name"))
