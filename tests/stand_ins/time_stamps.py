"""A time stamp service and a list of revoked certificates on this computer: what a person may set up elsewhere."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.material.signing_keys import authority, revocation_list, signer


@dataclass
class Services:
    """Where it answers, and what was asked of it."""

    address: str
    asked: list[str] = field(default_factory=list)
    answers: bool = True

    @property
    def stamps(self) -> str:
        return f"{self.address}/stamps"

    @property
    def revocations(self) -> str:
        return f"{self.address}/revoked.crl"


def _stamper() -> DummyTimeStamper:
    made, plain = signer("Aikaleima", use="digital_signature", usage="time-stamps"), serialization.NoEncryption()
    key = made.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain)
    held = SimpleCertificateStore()
    held.register(x509.Certificate.load(authority().der))
    return DummyTimeStamper(x509.Certificate.load(made.der), keys.PrivateKeyInfo.load(key), held)


@contextmanager
def running() -> Iterator[Services]:
    """The services until the end of the block."""
    stamper, revoked = _stamper(), revocation_list()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(self.path)
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer("application/timestamp-reply", stamper.request_tsa_response(asked).dump())

        def do_GET(self) -> None:
            told.asked.append(self.path)
            self._answer("application/pkix-crl", revoked)

        def _answer(self, kind: str, data: bytes) -> None:
            self.send_response(200 if told.answers else 503)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_said: object) -> None:
            """Not to the screen."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    told = Services(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
