"""Keys and certificates of plainly made-up people, issued by a made-up authority: files as a signer has them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ISSUER = "Esimerkkivarmentaja"
PASSPHRASE = "tammi-kuusi-koivu"
_USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A key with its certificate and its issuer's."""

    key: Any
    certificate: x509.Certificate
    issuer: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def file(self, passphrase: str = PASSPHRASE) -> bytes:
        """As PKCS#12."""
        lock = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"x", self.key, self.certificate, [self.issuer], lock)


def _named(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _uses(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in _USES})


@cache
def authority() -> Made:
    """The issuer of all of them."""
    key = ec.generate_private_key(ec.SECP256R1())
    at = datetime.now(UTC)
    made = (
        _begun(_named(ISSUER), _named(ISSUER), key, at - timedelta(days=400), at + timedelta(days=4000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_uses("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return Made(key, made, made)


def _begun(subject: x509.Name, issuer: x509.Name, key: Any, since: datetime, until: datetime) -> Any:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


@cache
def signer(
    name: str,
    *,
    use: str = "content_commitment",
    days: tuple[int, int] = (-30, 900),
    kind: str = "rsa",
    usage: str = "",
    revocations: str = "",
) -> Made:
    """A person's key. `days` from and until when, from now; `usage` is an extended one (`time-stamps`)."""
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    top, at = authority(), datetime.now(UTC)
    since, until = (at + timedelta(days=n) for n in days)
    made = _begun(_named(name), top.certificate.subject, key, since, until).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    if use:
        made = made.add_extension(_uses(*use.split()), critical=True)
    if usage == "time-stamps":
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if revocations:
        where = x509.DistributionPoint([x509.UniformResourceIdentifier(revocations)], None, None, None)
        made = made.add_extension(x509.CRLDistributionPoints([where]), critical=False)
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(top.key.public_key()), critical=False
    ).sign(top.key, SHA256())
    return Made(key, made, top.certificate)


def revocation_list() -> bytes:
    """What the authority says of revoked certificates: there are none (DER)."""
    top, at = authority(), datetime.now(UTC)
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(top.certificate.subject)
        .last_update(at - timedelta(days=1))
        .next_update(at + timedelta(days=30))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(top.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(top.key, SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
