"""What a commission can ask for, and the template that it is done by: one service goes by one key everywhere."""

from __future__ import annotations

from app.i18n import Texts
from app.model.template import Template

#: the key of a service in the pick-list of assessments, and the id of its template
BY_TEMPLATE = {
    "life-situation": "lapsen-elamantilanne",
    "need-for-support": "tuen-tarve",
    "parenting": "vanhemmuus",
    "care-or-placement": "sijoitustilanne",
    "close-network": "laheissijoituksen-arviointi",
    "kinship": "laheissijoituksen-arviointi",
    "interaction-support": "vuorovaikutuksen-vahvistaminen",
    "parenting-support": "vanhemmuuden-tuki",
    "family-therapeutic": "perheterapeuttinen-tuki",
    "consultation": "asiakaskonsultaatio",
    "co-work": "tyoparityoskentely",
    "family-therapeutic-consultation": "perheterapeuttinen-konsultaatio",
    "family-group-conference": "laheisneuvonpito",
    "training": "koulutus",
    "supervision": "supervision-group",
}


def service_of(template: Template, texts: Texts) -> str:
    """What feedback on a service is kept under: its key in the pick-list, or its name where the list has none."""
    keys = (key for key, template_id in BY_TEMPLATE.items() if template_id == template.id)
    return next(keys, texts.words(template.name))
