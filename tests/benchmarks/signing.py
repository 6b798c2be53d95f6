"""Two signatures with keys of a file into a statement, from the press to the bytes, without a time stamp (B-B)."""

import time
from dataclasses import replace

from app.reports.signing import Said, signed
from app.reports.statement_pdf import render_statement
from app.statement.signing_file import opened
from tests.benchmarks.figures import row
from tests.material.documents import a_statement
from tests.material.signing_keys import PASSPHRASE, signer

PAGES, ROUNDS = 15, 8
SAID = Said("2.12.2026 klo 9.20", "Allekirjoitettu sähköisesti", "Aino Esimerkki", "Varmenteen myöntäjä: Esimerkki")


def main() -> None:
    document = a_statement(pages=PAGES, charts=6, final=True)
    signers = tuple(replace(s, worker_id=str(n)) for n, s in enumerate(document.signers))
    pages = render_statement(replace(document, signers=signers))
    files = [signer("Aino Esimerkki").file(), signer("Leena Malli").file()]
    both, first, processor = [], [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        once = signed(pages, "signature-1", opened(files[0], PASSPHRASE), SAID)
        first.append(time.perf_counter() - began)
        signed(once, "signature-2", opened(files[1], PASSPHRASE), SAID)
        both.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    row("two signatures, PKCS#12 opened each time (<= 0.7)", both)
    row("the first of them", first)
    row("both, processor", processor)


if __name__ == "__main__":
    main()
