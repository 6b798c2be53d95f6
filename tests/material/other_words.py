"""Other words for what the glossary (domain 8) has one word for: a reader takes another word for another thing.

Each row is what must not be written, as a pattern that knows its forms, and what is written instead.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTENT = ("schemes", "instruments", "texts", "tasks", "services", "services/templates", "demo")

OTHER_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "fi": (
        (r"koodisto|koodikirja|(?<!koodaus)(?<!Perus)(?<!Laaja )\b(runko|rungo|runkoa)", "koodausrunko"),
        (r"(?<!validoitu )\bmittar|arvio(inti)?mittar", "arviointilomake"),
        (r"\blinkit|\blinkki(?! muualle| ja yritä)|\blinkin\b", "liittää, liitos, peruste"),
        (r"kohdist", "tahdistaa"),
        (r"poistettavaksi|odott\w+ poist", "hävitettäväksi"),
        (r"sul(je|jetaan|kea) käytöstä|suljettu(jen|jen|a)? käytöstä", "estää käyttö"),
        (r"silmuk|luuppi", "toistettava jakso"),
        (r"peitenim", "koodinimi"),
        (r"pistemäär|pisteyt|pisteet\b", "arvio, asteikon arvo"),
        (r"asteikon (kohta|kohdan|kohtien|kohdat|piste)", "asteikon arvo"),
        (r"mikä laji\?", "tarkenne"),
        (r"vastuusosiaali|vastuutyönteki\w+ sosiaali", "lapsen asioista vastaava sosiaalityöntekijä"),
        (r"\b[Tt]oinen (kopio|levy)( katk|$|…|:)", "varakopio, varalevy"),
        (r"\bfilmi|elokuv|\bvideo(?!pala|työ|yht|neuv|katk|kons)", "tallenne"),
        (r"\bklippi|\bpätk", "katkelma"),
        (r"salasana", "salalause"),
        (r"konsensus|yksimielisyys", "yhteinen näkemys"),
        (r"[Tt]oista erimielisy", "eroava kohta"),
        (r"huomattava|normaali|poikkeava|sokko", "(never of a family)"),
        (r"ei totellut|\bunohdettu\b|samat silmät", "(said as a colleague would)"),
        (r"lapsen haku|[Ll]apsen hakemi", "lapsen yhteyden tai lohdun hakeminen"),
        (r"\b[Aa]sia(n|ssa) (aikui|ei ole yhtä)|[Aa]siassa kutsu", "asiakkuus"),
        (r"kädenlyön", "taputus"),
        (r"[Aa]ikatoleranss", "sallittu ero"),
        (r"oikeuksien haltija", "oikeudenhaltija"),
        (r"vahingoittu", "vioittunut"),
        (r"[Kk]eskustel\w+ [^.]*läpi", "käydä läpi"),
        (r"valitse laji", "tarkenne"),
        (r"etumerk", "merkin laji"),
        (r"\bot(a|et|t)\w* ([^.;]* )?sisään", "ottaa arkistoon"),
        (r"\w \d{1,2}:\d{2}\b(?!:)", "klo 9.30"),
    ),
    "sv": (
        (r"kodschema|kodbok|(?<!kodnings)\b(?<!Grund)(?<!Omfattande )(?<!omfattande )schema", "kodningsschema"),
        (r"skattningsinstrument|(?<!validerat )\binstrument", "skattningsformulär"),
        (r"\bpassa (in|ihop)|\bpassas (in|ihop)|inpassa|inpassning|hoppassa", "synkronisera"),
        (r"sling", "upprepning"),
        (r"träff(en|ar|arna)?\b(?! inte)", "möte"),
        (r"observation(?!smetod)(?!er hör)(?! per fil)(?!, och de)", "iakttagelse"),
        (r"\bfilm(en|er|erna|ens|s)\b", "inspelning"),
        (r"\brut(an?)? ?(\d|›|\{n\})|‹ en ruta|en ruta ›", "bildruta"),
        (r"spelhuvud", "uppspelningspunkten"),
        (r"arbetspartner|\barbetare", "kollega, medarbetare"),
        (r"\bärende(n(?!ummer)|t\b)|\bsitt eget ärende", "klientrelation"),
        (r"lösenord|observatör(?! eller)", "lösenfras, kodare"),
        (r"användningslogg", "åtkomstlogg"),
        (r"väntar på (radering|förstöring)|till radering|[Ss]pärr\w+ inspelningar[^.]*radera", "förstöras"),
        (r"\b[Aa]ndra (kopia|disk)", "reservkopia, reservdisk"),
        (r"är (inte )?helt\b:?|allt är helt", "intakt, skadat"),
        (r"lydde|omkopplad|\bnormal|avvikande beteende|konsensus", "(said as a colleague would)"),
        (r"\b[Mm]amman|\b[Pp]appan", "modern, fadern"),
        (r"Sändlista, distribution", "Distribution"),
        (r"[Ss]pela oenighet", "avvikande punkt"),
        (r"\bta(r|s|gs)? (\w+ )?in\b|\btogs? (inte )?in\b|hämtades från", "föra in i arkivet"),
        (r"[Dd]okument", "handling"),
        (r"\bklapp\b|handklapp(?!n)", "handklappning"),
        (r"[Gg]rannen", "det bredvid"),
        (r"[Tt]idstolerans", "tillåten skillnad"),
        (r"drar sig (före|efter)", "fortar sig, saktar sig"),
        (r"nsvariga(s\b|\.)|nsvarigas|avgöranden", "den personuppgiftsansvariges beslut"),
        (r"välj art\b|motivering till bedömning", "precisering, skattning"),
        (r"under (en|din|kodarens) egen nyckel", "bakom din egen nyckel"),
    ),
}
#: what a method is called, and what stands in another program's table or in the computer itself
NAMES = re.compile(
    r"(MIM-?(baserad )?|[Ss]amspels)observation\w*|BORIS.*|[Oo]bservationen kallas|är en observationsmetod|"
    r"filmen lock|tabellen har mer än en observatör eller observation"
)


def wrong_words(language: str, text: str) -> list[str]:
    """What of `text` says by another word what the glossary has a word for."""
    bare = NAMES.sub("", re.sub(r"\{(?!n\})\w+\}", "", text))
    return [
        f"{found[0]} → {right}" for wrong, right in OTHER_WORDS[language] for found in [re.search(wrong, bare)] if found
    ]


def content_texts(language: str) -> Iterator[tuple[str, str]]:
    """Where and what: every text of the program's own content in `language`."""
    for folder in CONTENT:
        for path in sorted((ROOT / "resources" / folder).glob("*.toml")):
            for text in _of(tomllib.loads(path.read_text("utf-8")), language):
                yield path.name, text


def _of(value: object, language: str) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield value[language]
        value = [v for key, v in value.items() if key not in ("fi", "sv", "en")]
    if isinstance(value, list):
        for one in value:
            yield from _of(one, language)


def manual_texts(language: str) -> Iterator[tuple[str, str]]:
    """Where and what: each line of the manual, without the words that a page is only looked for by."""
    for path in sorted((ROOT / "resources/manual" / language).glob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith(("words:", "opens:")):
                yield path.name, re.sub(r"\{\{[^}]*\}\}|\]\([^)]*\)", "", line)
