"""Languages by their codes, as they are chosen from a list; another one is kept as its code."""

from __future__ import annotations

from app.i18n import N_, Texts

#: those that are often needed
LANGUAGES = (
    ("fi", N_("Finnish")),
    ("sv", N_("Swedish")),
    ("en", N_("English")),
    ("se", N_("Northern Sámi")),
    ("smn", N_("Inari Sámi")),
    ("sms", N_("Skolt Sámi")),
    ("fse", N_("Finnish Sign Language")),
    ("et", N_("Estonian")),
    ("ru", N_("Russian")),
    ("uk", N_("Ukrainian")),
    ("ar", N_("Arabic")),
    ("so", N_("Somali")),
    ("ku", N_("Kurdish")),
    ("fa", N_("Persian")),
    ("sq", N_("Albanian")),
    ("vi", N_("Vietnamese")),
    ("th", N_("Thai")),
    ("tr", N_("Turkish")),
    ("es", N_("Spanish")),
    ("fr", N_("French")),
)


def language_name(t: Texts, code: str) -> str:
    """*Swedish*, in the language of `t`; the code itself where the list has no name for it."""
    known = dict(LANGUAGES)
    return t.tr(known[code]) if code in known else code
