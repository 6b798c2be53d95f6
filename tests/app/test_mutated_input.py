"""A share of `make soak`: damaged files of every format that the program reads are read or refused in a sentence."""

import pytest
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from app.errors import SigningError
from app.reports import signing
from app.statement import key_cost, signing_file
from storage.tries import LONGEST_WAIT_S, wait_after
from tests.material.signing_keys import PASSPHRASE, signer
from tests.soak.input_formats import FORMATS
from tests.soak.input_fuzz import outcome

SHARE = 20


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("qapp")
def test_each_is_read_or_refused_in_a_sentence(name: str, tmp_path, qtlog) -> None:
    with qtlog.disabled():  # Qt says of each damaged picture what is wrong with it
        found = outcome(name, SHARE, tmp_path, too_slow=False)
    assert found.faults == []
    assert found.seen.total() == SHARE


@pytest.mark.parametrize("rounds", [500, 5000])
def test_a_key_file_that_asks_for_more_work_than_any_maker_is_not_tried(rounds: int, monkeypatch) -> None:
    monkeypatch.setattr(key_cost, "MOST", 4000)  # of millions: a file that asks for more takes as long to be made
    made = signer("Aino Esimerkki", kind="ec")
    lock = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(rounds)
    lock = lock.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
    file = pkcs12.serialize_key_and_certificates(b"x", made.key, made.certificate, [], lock.build(PASSPHRASE.encode()))
    if rounds < key_cost.MOST:
        assert signing_file.opened(file, PASSPHRASE).certificate == made.der
    else:
        with pytest.raises(SigningError, match="signing-file-dear"):
            signing_file.opened(file, PASSPHRASE)


def test_work_is_counted_however_the_file_says_its_lengths() -> None:
    pair = b"\x04\x02ab\x02\x04\x7f\xff\xff\xff"
    for made in (
        b"\x30" + bytes([len(pair)]) + pair,
        b"\x30\x80" + pair + b"\0\0",
        b"\x30\x81" + bytes([len(pair)]) + pair,
    ):
        assert key_cost.is_too_dear(made)
        assert key_cost.is_too_dear(b"\x04" + bytes([len(made)]) + made)
    assert not key_cost.is_too_dear(b"\x30\x05\x02\x03\x7f\xff\xff")
    assert not key_cost.is_too_dear(b"no file")


def test_the_wait_after_wrong_tries_has_an_end_whatever_the_file_says() -> None:
    assert wait_after(10**4000) == LONGEST_WAIT_S


@pytest.mark.parametrize("raised", [IndexError, AttributeError, ValueError])
def test_whatever_the_reader_of_certificates_raises_it_is_a_sentence(raised: type[Exception], monkeypatch) -> None:
    def damaged(_: bytes) -> None:
        raise raised

    monkeypatch.setattr(signing, "load_certs_from_pemder_data", damaged)
    with pytest.raises(SigningError, match="signing-issuers"):
        signing.certificates(b"x")
