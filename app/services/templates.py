"""The templates that come with the program, one file each in `resources/services/templates`.

What an archive has made of its own is beside them in `app.schemes.library`, which asks here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import resources
from app.model.template import Template
from app.model.template_file import read_template


@cache
def shipped_ids() -> tuple[str, ...]:
    """Their ids in the order of their files' names; a file is named as the template's id."""
    return tuple(path.stem for path in sorted(_folder().glob("*.toml")))


@cache
def text(template_id: str) -> str:
    """The template's file as it is kept with a piece of work."""
    return (_folder() / f"{template_id}.toml").read_text("utf-8")


@cache
def template(template_id: str) -> Template:
    """One of the program's own."""
    return read_template(text(template_id))


def shipped() -> tuple[Template, ...]:
    """All of them."""
    return tuple(map(template, shipped_ids()))


def _folder() -> Path:
    return resources.folder() / "services" / "templates"
