"""Statements for tests: made-up, with every kind of paragraph, of any length."""

from datetime import date
from itertools import count

from app.model.commission import DocumentKind
from app.model.statement import Paragraph, ParagraphKind, Run
from app.model.statement_document import DocumentSection, DocumentWords, Signer, StatementDocument
from app.services.documents import form
from app.services.library import first
from app.vocabulary import StatementTexts

BODY = (
    "Äiti istuu lattialla lapsen vieressä ja odottaa, että lapsi katsoo häntä. Lapsi ojentaa palikan, ja äiti nimeää "
    "sen värin. Tornin kaatuessa molemmat nauravat. Työpari näki saman hetken [12:35–12:50] ja kirjasi sen erikseen."
)
PRODUCER = "Perhetyön palvelu Esimerkki Oy"
LONG_QUESTION = (
    "2. Mikä tukee lasta ja mikä tekee yhdessä olon hänelle vaikeaksi silloin, kun siirrytään tehtävästä toiseen?"
)
SAMI = "Čáhppes áhkku lea ráhkadan biepmu: šaddá, ŋieidnu, ruoŧŧa, žiga, đuohta. Åbo, älv och öga."


class Paper:
    """Collects the paragraphs of a section."""

    def __init__(self, key: str) -> None:
        self.key, self.rows, self._ids = key, [], count()

    def add(self, text: str = "", kind: ParagraphKind = ParagraphKind.BODY, **more) -> "Paper":
        runs = more.pop("runs", (Run(text),) if text else ())
        n = next(self._ids)
        self.rows.append(Paragraph(f"{self.key}-{n}", "s", self.key, f"{n:04}", runs, kind, **more))
        return self

    def head(self, text: str) -> "Paper":
        return self.add(text, ParagraphKind.HEADING)

    def item(self, text: str) -> "Paper":
        return self.add(text, ParagraphKind.ITEM)

    def table(self, about: str, *rows: tuple[str, ...]) -> "Paper":
        return self.add(kind=ParagraphKind.TABLE, cells=rows, about=about)

    def chart(self, source: str, about: str, *rows: tuple[str, ...]) -> "Paper":
        return self.add(kind=ParagraphKind.CHART, source=source, cells=rows, about=about)


PROFILE = (
    ("Osio", "A", "B", ""),
    ("ohjaaminen", "4", "4", "S"),
    ("rajojen pitäminen", "3", "4", "S"),
    ("virittäytyminen", "5", "3", "E"),
    ("ilon jakaminen", "5", "5", "E"),
    ("hoiva", "4", "–", "N"),
    ("rauhoittaminen", "2", "3", "N"),
    ("sopiva haaste", "3", "3", "C"),
    ("yhteyden korjaaminen", "–", "–", "R"),
)
TASKS = (
    ("Tehtävä", "S", "E", "N", "C", "R"),
    ("Leikkieläimet", "3", "7", "0", "1", "2"),
    ("Torni", "6", "4", "1", "5", "0"),
    ("Kun olit vauva", "1", "9", "4", "0", "1"),
)
STATES = (
    ("Vuorovaikutuksen tila", "min", "Osuus"),
    ("yhdessä", "9:40", "0.53"),
    ("rinnakkain", "5:12", "0.28"),
    ("erillään", "2:05", "0.12"),
    ("ei voi koodata", "1:10", "0,07"),
)
SEEN = ("Tehtävä", "Kuka", "Havainto", "Molemmat", "Vain toinen", "Ajat")


def _charts(paper: Paper, number: int) -> Paper:
    kinds = (
        ("chart/profile/m", "Arvioprofiili, äiti", PROFILE),
        ("chart/tasks/m", "Havainnot tehtävittäin", TASKS),
        ("chart/states/m", "Vuorovaikutuksen tila", STATES),
    )
    for n in range(number):
        source, about, rows = kinds[n % 3]
        paper.head(f"{about} {n + 1}").chart(source, about, *rows)
    return paper


def _observations(pages: int) -> Paper:
    paper = Paper("observations")
    for n in range(pages):
        paper.head(f"Äiti ja lapsi, osa {n + 1}").add(BODY)
        rows = [
            (f"Tehtävä {k}", ("äiti", "lapsi")[k % 2], "vastaa lapsen aloitteeseen", str(k % 7), "1", f"[0{k % 10}:12]")
            for k in range(14)
        ]  # fmt: skip
        paper.table("Havainnot ulottuvuuksittain", SEEN, *rows)
    return paper


def words_of(language: str, *, final: bool) -> DocumentWords:
    fixed = StatementTexts(language)
    return DocumentWords(
        fixed.word("draft"),
        fixed.stage("final" if final else "draft"),
        fixed.word("page", page="{page}", pages="{pages}"),
        fixed.word("version", version=2),
        fixed.word("signature"),
        fixed.word("place_and_date"),
        fixed.word("trained"),
    )


def _section(paper: Paper, language: str) -> DocumentSection:
    known = first().section(paper.key)
    return DocumentSection(paper.key, known.number, known.title.text(language), tuple(paper.rows))


def a_statement(*, final: bool = False, pages: int = 1, charts: int = 3, language: str = "fi") -> StatementDocument:
    fixed = StatementTexts(language)
    papers = [
        Paper("commission")
        .table("Toimeksianto", ("Asia", "Sisältö"), ("Tilaaja", "Esimerkkilän hyvinvointialue"), ("Päätös", "12/2026"))
        .head("Tilaajan kysymykset")
        .item("1. Millaista vuorovaikutus on?")
        .item(LONG_QUESTION),
        Paper("family").table("Asiakas ja perhe", ("Nimitys", "Nimi", "Rooli"), ("lapsi", "Otto", "lapsi, 5 v 4 kk")),
        Paper("background").item("Palvelutarpeen arvio, 3.2.2026").item("Päiväkodin lausunto"),
        Paper("methods").add(
            runs=(Run("Menetelmä oli "), Run("MIM-pohjainen", bold=True), Run(" tapa, "), Run("ei testi.", italic=True))
        ).add(first().caveat.text(language)),
        _observations(pages),
        Paper("strengths").add(SAMI).add(BODY).add("<b>5 < 7 & ei muotoilua</b>"),
        Paper("concerns"),
        Paper("conclusions").head("1. Millaista vuorovaikutus on?").add(BODY * 2),
        Paper("signatures"),
        Paper("distribution").item("Esimerkkilän hyvinvointialue, lastensuojelu"),
        _charts(Paper("attachments"), charts),
    ]  # fmt: skip
    return StatementDocument(
        language,
        "Lausunto · Tähti 14",
        first().title_unproven.text(language),
        (PRODUCER,),
        ((fixed.word("commissioner"), "Esimerkkilän hyvinvointialue"), (fixed.word("date"), "14.11.2026")),
        tuple(_section(p, language) for p in papers),
        (
            Signer("Aino Esimerkki", "vastuutyöntekijä", "perheterapeutti", PRODUCER, ("MIM 2019",)),
            Signer("Leena Malli", "toinen arvioija", "sosiaalityöntekijä", PRODUCER),
        ),
        fixed.confidential,
        form(first(), DocumentKind.STATEMENT).status.text(language),
        words_of(language, final=final),
        final,
        date(2026, 11, 14),
        "14.11.2026",
        2,
        "signatures",
        (("S", "jäsentäminen"), ("E", "yhteys"), ("N", "hoiva"), ("C", "haastaminen"), ("R", "säätely")),
    )  # fmt: skip
