"""What hours are counted by: services, what a commission can ask for, templates, and work with professionals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import resources
from app.i18n import Texts
from app.model.sought import Side
from app.model.stored import ContentKind
from app.model.template import Belongs, Template
from app.model.toml_table import Table, parsed
from app.model.words import LANGUAGES, Words
from app.ports import Store
from app.schemes.library import published
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


@dataclass(frozen=True)
class Catalogue:
    """Everything that hours are written down for. `counted` says of a template whose hours count as another's what."""

    products: tuple[Product, ...]
    counted: Mapping[str, str]

    def of(self, key: str) -> Product:
        """The product of a key; one that nobody here knows is called by its key."""
        wanted = BY_TEMPLATE.get(key, key)
        wanted = self.counted.get(wanted, wanted)
        found = next((product for product in self.products if product.key == wanted), None)
        return found or Product(key, Side.CLIENTS, Words(key, key, key))

    def called(self, texts: Texts, key: str) -> str:
        """What a product is called, as a heading begins."""
        words = texts.words(self.of(key).name)
        return words[:1].upper() + words[1:]


@cache
def shipped_catalogue() -> Catalogue:
    """The program's own: services, templates, what else is ordered, supervision, nobody's matter."""
    methods = (Product(s.id, Side.CLIENTS, s.name) for s in services())
    words = StatementTexts(LANGUAGES[0])
    ordered = (
        Product(key, Side.CLIENTS, Words(*(StatementTexts(one).of("assessments", key) for one in LANGUAGES)))
        for key in words.keys("assessments")
        if key not in BY_TEMPLATE
    )
    shipped = templates.shipped()
    before = {product.key: product for product in (*ordered, *methods)}
    made, behind = {t.id: _of(t) for t in shipped}, {product.key: product for product in _own()}
    counted = _counted(shipped, {**made, **before, **behind})
    found = {**before, **{key: product for key, product in made.items() if key not in counted}, **behind}
    first = [product for product in found.values() if product.key in {s.id for s in services()}]
    rest = (product for product in found.values() if product not in first)
    return Catalogue((*first, *rest), counted)


def catalogue(store: Store) -> Catalogue:
    """The program's own and the services that this office made templates for. Raises StoreError."""
    plain = shipped_catalogue()
    known = {product.key for product in plain.products}
    values = (p.value for p in published(store, ContentKind.TEMPLATE) if not p.shipped)
    made = [t for t in values if isinstance(t, Template) and t.id not in known]
    if not made:
        return plain
    counted = _counted(made, {product.key: product for product in plain.products})
    *before, last = plain.products  # nobody's matter stays the last one
    own = (_of(t) for t in made if t.id not in counted)
    return Catalogue((*before, *own, last), {**plain.counted, **counted})


def products() -> tuple[Product, ...]:
    """The program's own."""
    return shipped_catalogue().products


def ordered_product(assessment: str) -> str:
    """The key of what a commission asks for; empty for what has none."""
    found = product_of(assessment)
    return found.key if found in products() else ""


def product_of(key: str) -> Product:
    """Of the program's own."""
    return shipped_catalogue().of(key)


def called(texts: Texts, key: str) -> str:
    """What one of the program's own is called."""
    return shipped_catalogue().called(texts, key)


def _of(template: Template) -> Product:
    return Product(template.id, _side_of(template), template.name)


def _counted(made: Iterable[Template], known: Mapping[str, Product]) -> dict[str, str]:
    """Templates whose hours count as another service's, which is of the same side: nothing crosses the wall so."""
    elsewhere = ((t, known.get(t.product)) for t in made if t.product and t.product != t.id)
    return {t.id: other.key for t, other in elsewhere if other is not None and other.side == _side_of(t)}


def _side_of(template: Template) -> Side:
    return Side.SUPERVISION if template.belongs == Belongs.PROFESSIONAL else Side.CLIENTS


def _own() -> tuple[Product, ...]:
    table = parsed((resources.folder() / "texts" / "products.toml").read_text("utf-8"))
    found = table.rows("products", _product)
    table.end()
    return found


def _product(table: Table) -> Product:
    return Product(table.text("key"), Side(table.text("side")), table.words("name"))
