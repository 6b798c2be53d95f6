"""The process that makes a statement's pages while it is written: its fonts are loaded, and it waits for the next text.

It is started as `python -P -m app.reports.page_child`, reads documents from its standard input and writes their pages
to its standard output, in messages of a head and content. It ends when nobody holds the other end any more.
"""

from __future__ import annotations

import json
import pickle
import struct
import sys
from typing import IO

from app.ports.children import close_memory

#: of a message: its kind and the length of what follows
HEAD = struct.Struct(">cI")
PLACES, PAGES, REFUSED, READY = b"p", b"d", b"e", b"r"


def main(asked: IO[bytes], told: IO[bytes]) -> None:
    """One document after the other, until `asked` ends."""
    close_memory()
    from app.reports import page_style
    from app.reports.statement_pdf import rendered

    page_style.load_fonts()
    send(told, READY, b"")
    while len(head := asked.read(HEAD.size)) == HEAD.size:
        _, length = HEAD.unpack(head)
        document = pickle.loads(asked.read(length))  # noqa: S301  from the window that started this process, by its pipe
        try:
            made = rendered(document)
        except Exception as error:  # noqa: BLE001  whatever it is, the window hears of it and the next text is waited for
            send(told, REFUSED, type(error).__name__.encode())
            continue
        send(told, PLACES, json.dumps(made.places).encode())
        send(told, PAGES, made.pages)


def send(pipe: IO[bytes], kind: bytes, content: bytes) -> None:
    pipe.write(HEAD.pack(kind, len(content)))
    pipe.write(content)
    pipe.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
