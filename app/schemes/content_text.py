"""Content as its file: read, written, looked at, and begun bare; one place that knows the kinds apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.model import content_edits as edits
from app.model.content_checks import instrument_problems, scheme_problems
from app.model.content_edits import Content
from app.model.content_problems import Problem
from app.model.content_writer import write_instrument, write_scheme
from app.model.instrument import NOTHING, Instrument
from app.model.scheme import Scheme
from app.model.scheme_file import is_scheme_text, parse_instrument, parse_scheme
from app.model.stored import ContentKind
from app.model.template import Belongs, Template
from app.model.template_checks import template_problems
from app.model.template_file import is_template_text, parse_template, write_template
from app.model.words import Words
from app.schemes import library
from app.shortcuts.actions import bare_keys


def read(kind: ContentKind, text: str) -> Content:
    """What a text of a kind says, finished or not. Raises InputError for what cannot be one at all."""
    if kind == ContentKind.TEMPLATE:
        return parse_template(text)
    return parse_scheme(text) if kind == ContentKind.SCHEME else parse_instrument(text)


def written(value: Content) -> str:
    """The content's file."""
    if isinstance(value, Template):
        return write_template(value)
    return write_scheme(value) if isinstance(value, Scheme) else write_instrument(value)


def kind_of_text(text: str) -> ContentKind:
    """Of which kind a file means to be. Raises InputError for what is no TOML."""
    if is_template_text(text):
        return ContentKind.TEMPLATE
    return ContentKind.SCHEME if is_scheme_text(text) else ContentKind.INSTRUMENT


def problems_of(value: Content) -> tuple[Problem, ...]:
    """All that is not right in a content, of a scheme the program's own keys looked at too."""
    if isinstance(value, Template):
        return template_problems(value)
    if isinstance(value, Scheme):
        return scheme_problems(value, bare_keys())
    return instrument_problems(value)


def _bare_scheme(ident: str, name: Words, languages: tuple[str, ...]) -> Scheme:
    own = library.schemes()[0]
    out = own.code(own.cannot_be_coded)
    assert out is not None, "a checked scheme has it"
    return Scheme(ident, 1, name, (), (), (), (replace(out, group="", layer="", covers=()),), out.id, languages)


def _bare_instrument(ident: str, name: Words, languages: tuple[str, ...]) -> Instrument:
    way_out = library.instruments()[0].no_occasion
    return Instrument(ident, 1, name, NOTHING, (), way_out, (), languages=languages)


def _bare_template(ident: str, name: Words, languages: tuple[str, ...]) -> Template:
    made = Template(ident, 1, Belongs.CASE, name, NOTHING, languages=languages)
    return replace(made, phases=(edits.blank(made, "phases"),), forms=(edits.blank(made, "forms"),))


#: what a new content begins with, of its id, its name and the languages in which it is written
BARE: Mapping[ContentKind, Callable[[str, Words, tuple[str, ...]], Content]] = {
    ContentKind.SCHEME: _bare_scheme,
    ContentKind.INSTRUMENT: _bare_instrument,
    ContentKind.TEMPLATE: _bare_template,
}
