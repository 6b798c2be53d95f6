"""Where the drivers of cards and tokens lie on each system. Which are there is looked up, nothing is installed."""

from __future__ import annotations

import sys
from pathlib import Path

_LINUX = (
    "/usr/lib/libcryptoki.so",  # the card software of the Finnish population register and its vendors
    "/usr/lib64/libcryptoki.so",
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/x86_64-linux-gnu/libykcs11.so",
    "/usr/lib/aarch64-linux-gnu/libykcs11.so",
    "/usr/lib/libeToken.so",
)
_WINDOWS = (
    "C:/Windows/System32/cryptoki.dll",
    "C:/Program Files/Fujitsu/mPollux DigiSign Client/cryptoki.dll",
    "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
    "C:/Program Files/Yubico/Yubico PIV Tool/bin/libykcs11.dll",
    "C:/Windows/System32/eTPKCS11.dll",
)
_MAC = (
    "/Library/mPolluxDigiSign/libcryptoki.dylib",
    "/usr/local/lib/libcryptoki.dylib",
    "/Library/OpenSC/lib/opensc-pkcs11.so",
    "/usr/local/lib/opensc-pkcs11.so",
    "/usr/local/lib/libykcs11.dylib",
    "/usr/local/lib/libeTPkcs11.dylib",
)
_KNOWN = {"linux": _LINUX, "win32": _WINDOWS, "darwin": _MAC}


def drivers(own: str = "") -> tuple[Path, ...]:
    """The drivers that are on this computer, each once; `own` is what a person chose, and comes last."""
    named = (*_KNOWN.get(sys.platform, ()), *((own,) if own else ()))
    there = (Path(name) for name in named)
    return tuple({path.resolve(): path for path in there if path.is_file()}.values())
