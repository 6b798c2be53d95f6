"""What else a commission picked from a list is kept by its key; a certificate of an erasing says for whom it was kept.

Until now the words of the screen's language of that day were kept. Words that are in no list stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

#: column, key, and the words that it had in Finnish, Swedish and English
WORDS = {
    "unit": {
        "service-needs": (
            "palvelutarpeen arviointi",
            "bedömning av servicebehovet",
            "assessment of service needs",
        ),
        "family-social-work": (
            "perhesosiaalityö",
            "socialt arbete med familjer",
            "family social work",
        ),
        "open-care": (
            "lastensuojelun avohuollon sosiaalityö",
            "socialt arbete inom barnskyddets öppenvård",
            "social work in open care",
        ),
        "placement": (
            "sijoituksen sosiaalityö",
            "socialt arbete med placeringar",
            "social work with placements",
        ),
        "child-welfare-services": (
            "lastensuojelun palvelut",
            "barnskyddets tjänster",
            "child welfare services",
        ),
        "childrens-homes": (
            "lastenkotitoiminta",
            "barnhemsverksamheten",
            "children's homes",
        ),
    },
    "worker_role": {
        "responsible": (
            "lapsen asioista vastaava sosiaalityöntekijä",
            "socialarbetare med ansvar för barnets angelägenheter",
            "social worker responsible for the child's matters",
        ),
        "assessing": (
            "palvelutarpeen arvioinnin sosiaalityöntekijä",
            "socialarbetare inom bedömningen av servicebehovet",
            "social worker assessing service needs",
        ),
        "special-support": (
            "erityistä tukea tarvitsevan lapsen sosiaalityöntekijä",
            "socialarbetare för ett barn i behov av särskilt stöd",
            "social worker of a child who needs special support",
        ),
        "placement": (
            "sijoituksesta vastaava sosiaalityöntekijä",
            "ansvarig socialarbetare för placeringen",
            "social worker responsible for the placement",
        ),
        "leading": (
            "johtava sosiaalityöntekijä",
            "ledande socialarbetare",
            "leading social worker",
        ),
        "counsellor": (
            "sosiaaliohjaaja",
            "socialhandledare",
            "social counsellor",
        ),
        "own-worker": (
            "omaohjaaja",
            "egenvårdare",
            "own worker",
        ),
    },
    "basis": {
        "commissioned": (
            "palvelunjärjestäjän lukuun toimeksiantosopimuksen perusteella",
            "för tjänsteanordnarens räkning enligt uppdragsavtal",
            "for the service organiser by the commission agreement",
        ),
        "decision": (
            "palvelunjärjestäjän päätös palvelusta",
            "tjänsteanordnarens beslut om tjänsten",
            "the service organiser's decision on the service",
        ),
        "subcontracted": (
            "alihankintana toisen tuottajan lukuun",
            "som underleverantör åt en annan producent",
            "as a subcontractor of another producer",
        ),
    },
    "return_rule": {
        "all-back": (
            "asiakirjat palautetaan rekisterinpitäjälle toimeksiannon päättyessä",
            "handlingarna återlämnas till den personuppgiftsansvarige när uppdraget upphör",
            "documents go back to the controller when the commission ends",
        ),
        "as-agreed": (
            "asiakirjat siirretään sopimuksen mukaan",
            "handlingarna överförs enligt avtalet",
            "documents are handed over as the agreement says",
        ),
    },
}
#: of rules the words that came with the program as their source, by key
SOURCES = {
    "families": (
        "Lapsiperheiden palvelut: 30 vuotta asian päättymisestä (Kansallisarkisto)",
        "Tjänster för barnfamiljer: 30 år efter att saken avslutats (Riksarkivet)",
        "Services for families with children: 30 years after the matter was closed (National Archives)",
    ),
    "family-law": (
        "Perheoikeudelliset palvelut, lasta koskeva asia: 120 vuotta lapsen syntymästä (Kansallisarkisto)",
        "Familjerättsliga tjänster, ärende som gäller barn: 120 år från barnets födelse (Riksarkivet)",
        "Family-law services, a matter about a child: 120 years from the child's birth (National Archives)",
    ),
    "forever": (
        "Säilytetään pysyvästi",
        "Bevaras varaktigt",
        "Kept permanently",
    ),
}
UNDER = (
    '{"mandate":{"basis":"","controller":"","organiser":"","producer":""},"months":0,"own":false,'
    '"return_rule":"","returned":null,"since":null,"source":""}'
)


def upgrade() -> None:
    """Nothing is lost: a key says the same in each language."""
    bind = op.get_bind()
    commission = sa.table("commission", *map(sa.column, ("id", *WORDS)))
    for row in bind.execute(sa.select(commission)).mappings().all():
        keys = {name: _key(WORDS[name], row[name]) for name in WORDS}
        if any(keys[name] != row[name] for name in WORDS):
            op.execute(sa.update(commission).where(commission.c.id == row["id"]).values(**keys))
    for table in ("office_rule", "case_rule"):
        rule = sa.table(table, sa.column("id"), sa.column("source"))
        for held in bind.execute(sa.select(rule)).mappings().all():
            key = _key(SOURCES, held["source"])
            if key != held["source"]:
                op.execute(sa.update(rule).where(rule.c.id == held["id"]).values(source=key))
    op.add_column("erasure", sa.Column("under", sa.Text(), nullable=False, server_default=UNDER))


def _key(known: Mapping[str, tuple[str, ...]], said: str) -> str:
    """The key of what was said, or the words themselves."""
    plain = said.strip().casefold()
    return next((key for key, words in known.items() if plain in (w.casefold() for w in words)), said)
