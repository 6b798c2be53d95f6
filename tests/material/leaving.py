"""Statements as they leave: unsigned, signed once and twice, superseded by a correction, and as a redacted copy."""

from dataclasses import replace

from app.model.redaction import CoveredPassage, CoveredWord, Redaction
from app.model.statement_document import CopyTold, StatementDocument
from app.reports.leaks import leaks
from app.reports.signing import Said, signed
from app.reports.statement_pdf import render_statement
from app.reports.superseded import marked
from app.statement.covering import covered, pieces
from app.statement.signing_file import opened
from tests.material.builders import A_DAY
from tests.material.signing_keys import PASSPHRASE, signer

WAYS = ("unsigned", "once", "twice", "corrected", "redacted")
_SAID = Said("2.12.2026 klo 9.20", "Allekirjoitettu sähköisesti", "Aino Esimerkki", "Varmenteen myöntäjä: Esimerkki")


def left_as(way: str, document: StatementDocument) -> bytes:
    """Its file. A redacted one is searched as well: what it covers stands nowhere in it (AssertionError)."""
    if way == "unsigned":
        return render_statement(document)
    final = replace(document, final=True)
    if way == "corrected":
        return marked(render_statement(final), "Korvattu versiolla 2")
    if way == "redacted":
        return redacted(final)
    signers = tuple(replace(s, worker_id=str(n)) for n, s in enumerate(final.signers))
    file = render_statement(replace(final, signers=signers))
    for number in range(min(len(signers), 1 if way == "once" else 2)):
        key = opened(signer(("Aino Esimerkki", "Leena Malli")[number], kind="ec").file(), PASSPHRASE)
        file = signed(file, f"signature-{number + 1}", key, _SAID)
    return file


def redacted(document: StatementDocument) -> bytes:
    """A copy that covers every other passage, half of one and a name everywhere."""
    held = pieces(document)
    passages = [CoveredPassage(p.key, 0, len(p.words), "child") for p in held[1::2]]
    half = next((p for p in held[2::2] if len(p.words) > 9 and not p.is_whole), held[0])
    passages.append(CoveredPassage(half.key, 0, len(half.words) // 2, "other-client"))
    words = (CoveredWord(document.signers[0].name, "oma peruste"),) if document.signers else ()
    made = covered(document, Redaction("r", "s", "w", A_DAY, "", "Käräjäoikeus", tuple(passages), words))
    told = CopyTold(
        "PEITETTY KOPIO", ("Kopion saaja: Käräjäoikeus.", "0" * 64), "Perusteet:", made.grounds,
        ("Ei ole allekirjoittanut alkuperäistä.",) * len(document.signers),
    )  # fmt: skip
    file = render_statement(made.document, told)
    assert leaks(file, made.hidden(told), document.language) == ()
    return file
