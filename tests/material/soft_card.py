"""A card made of software (SoftHSM), with a made-up person's key and certificate on it."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from tests.material.signing_keys import Made

#: where Debian's softhsm2 puts its driver
DRIVERS = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN, LABEL = "135790", "allekirjoitus"

# in a process of its own: a driver stays loaded, and reads its settings once
_PUT = """
import base64, json, sys, pkcs11
asked = json.loads(sys.stdin.read())
token = pkcs11.lib(asked["driver"]).get_token(token_label=asked["label"])
with token.open(rw=True, user_pin=asked["pin"]) as session:
    for one in asked["certificates"]:
        session.create_object({
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
            pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.PRIVATE: False,
            pkcs11.Attribute.ID: bytes.fromhex(one["id"]),
            pkcs11.Attribute.SUBJECT: base64.b64decode(one["subject"]),
            pkcs11.Attribute.VALUE: base64.b64decode(one["certificate"]),
        })
"""


@dataclass(frozen=True)
class SoftCard:
    """The driver, and what it is told where its cards lie."""

    driver: str
    settings: Path

    def put(self, *keys: Made, label: str = LABEL, pin: str = PIN) -> None:
        """A card with these keys, each with its certificate, and their issuer's beside."""
        self._run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "24680246")
        certificates = []
        for number, key in enumerate(keys, start=1):
            name = f"0{number}"
            self._import(key, label, pin, name)
            certificates.append(_told(name, key.certificate))
        if keys:
            certificates.append(_told("ff", keys[0].issuer))
        asked = {"driver": self.driver, "label": label, "pin": pin, "certificates": certificates}
        subprocess.run([sys.executable, "-c", _PUT], input=json.dumps(asked), text=True, check=True, timeout=60)

    def _import(self, key: Made, label: str, pin: str, name: str) -> None:
        file = self.settings.parent / f"{name}.pem"
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        file.write_bytes(key.key.private_bytes(serialization.Encoding.PEM, *plain))
        what = ("--import", str(file), "--token", label, "--label", name, "--id", name, "--pin", pin)
        self._run("softhsm2-util", *what)
        file.unlink()

    def take_out(self) -> None:
        """Whatever was in the reader is gone."""
        tokens = self.settings.parent / "tokens"
        tokens.rename(tokens.with_name("taken out"))
        tokens.mkdir()

    def _run(self, *words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, timeout=60, env=os.environ)


def _told(name: str, certificate) -> dict[str, str]:
    der = certificate.public_bytes(serialization.Encoding.DER)
    subject = certificate.subject.public_bytes()
    return {"id": name, "certificate": base64.b64encode(der).decode(), "subject": base64.b64encode(subject).decode()}


def soft_card(folder: Path, monkeypatch) -> SoftCard:
    """An empty reader; the driver finds it by the environment, which children inherit."""
    tokens, settings = folder / "tokens", folder / "softhsm2.conf"
    tokens.mkdir(parents=True)
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    return SoftCard(next(d for d in DRIVERS if Path(d).is_file()), settings)
