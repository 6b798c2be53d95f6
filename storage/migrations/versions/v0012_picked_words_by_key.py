"""What a commission picked from a list is kept by its key, so that every document says it in its own language.

Until now the words of the screen's language of that day were kept. Words that are in no list stay as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: column, key, and the words that it had in Finnish, Swedish and English
WORDS = {
    "assessment": {
        "life-situation": (
            "lapsen elämäntilanteen arviointi",
            "bedömning av barnets livssituation",
            "Assessment of the child's life situation",
        ),
        "need-for-support": ("tuen tarpeen arviointi", "bedömning av stödbehovet", "Assessment of need for support"),
        "parenting": ("vanhemmuuden arviointi", "bedömning av föräldraskapet", "Parenting assessment"),
        "care-or-placement": (
            "huostaanotto- tai sijoitustilanteen arviointi",
            "bedömning av situationen vid omhändertagande eller placering",
            "Assessment of the situation at taking into care or placement",
        ),
        "close-network": (
            "läheisverkostosijoituksen arviointi ja/tai valmennus",
            "bedömning av/förberedelse för placering hos närstående",
            "Assessment and/or coaching for placement with close network",
        ),
        "kinship": (
            "sukulaissijaisvanhemmuuden arviointi/valmennus",
            "bedömning av/förberedelse för släktfosterföräldraskap",
            "Kinship foster parenthood assessment/coaching",
        ),
        "interaction-support": (
            "vuorovaikutuksen vahvistaminen",
            "stärkande av samspelet",
            "Interaction support (MIM)",
        ),
        "parenting-support": (
            "vanhemmuuden tuki ja ohjaus",
            "stöd och handledning i föräldraskap",
            "Parenting support and guidance",
        ),
        "family-therapeutic": ("perheterapeuttinen tuki", "familjeterapeutiskt stöd", "Family-therapeutic support"),
        "supervision": (
            "työnohjaus / videotyönohjaus",
            "arbetshandledning / arbetshandledning via videolänk",
            "Supervision / video supervision",
        ),
        "consultation": (
            "konsultaatio / videokonsultaatio",
            "konsultation / konsultation via videolänk",
            "Consultation / video consultation",
        ),
    },
    "service_task": {
        "child-welfare": ("lastensuojelu", "barnskydd", "child welfare"),
        "families": ("lapsiperheiden palvelut", "tjänster för barnfamiljer", "services for families with children"),
        "family-law": ("perheoikeudelliset palvelut", "familjerättsliga tjänster", "family-law services"),
    },
    "legal_context": {
        "service-needs": ("palvelutarpeen arviointi", "bedömning av servicebehovet", "assessment of service needs"),
        "open-care": ("avohuolto", "öppenvård", "open care"),
        "emergency-placement": ("kiireellinen sijoitus", "brådskande placering", "emergency placement"),
        "taking-into-care": ("huostaanotto", "omhändertagande", "taking into care"),
        "substitute-care": ("sijaishuolto", "vård utom hemmet", "substitute care"),
        "aftercare": ("jälkihuolto", "eftervård", "aftercare"),
        "reunification": ("perheen jälleenyhdistäminen", "återförening av familjen", "reunification"),
        "custody-dispute": ("huoltajuuskiista", "vårdnadstvist", "custody dispute"),
    },
}


def upgrade() -> None:
    """Nothing is lost: a key says the same in each language."""
    bind = op.get_bind()
    commission = sa.table("commission", *map(sa.column, ("id", *WORDS)))
    for row in bind.execute(sa.select(commission)).mappings().all():
        keys = {name: _key(name, row[name]) for name in WORDS}
        if any(keys[name] != row[name] for name in WORDS):
            op.execute(sa.update(commission).where(commission.c.id == row["id"]).values(**keys))


def _key(name: str, said: str) -> str:
    """The key of what was said, or the words themselves."""
    plain = said.strip().casefold()
    return next((key for key, words in WORDS[name].items() if plain in (w.casefold() for w in words)), said)
