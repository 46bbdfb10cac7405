"""The simulated register goes back to its start with the sandbox, and starts again in the folder of an older one."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.server import Register, server_context
from tests.income_register.conftest import AT
from tests.income_register.standing import SINCE, order
from tests.machine import Machine


@pytest.fixture
def ordered(simulator, keys, settings, sandbox, tmp_path):
    settings.CLOCK_FILE = tmp_path / "clock"
    settings.REGISTER_URL = f"http://127.0.0.1:{simulator.server_address[1]}"
    settings.REGISTER_FOLDER = keys
    simulator.office.clock.move(AT)
    order([], since=SINCE)
    return simulator


def known(register: Register) -> int:
    return len(register.office.memory.rows("SELECT 1 FROM subscription"))


@pytest.mark.django_db(transaction=True)
def test_a_reset_makes_the_register_forget(ordered):
    assert known(ordered) == 1
    assert Machine("sandbox-other").post("sandbox/reset").status_code == 204
    assert known(ordered) == 0


@pytest.mark.django_db(transaction=True)
def test_a_reset_does_not_wait_for_a_register_that_is_down(ordered, settings):
    settings.REGISTER_URL = "http://127.0.0.1:9"
    assert Machine("sandbox-other").post("sandbox/reset").status_code == 204


def test_a_folder_of_self_signed_certificates_starts_again(tmp_path):
    """Older folders have portal.crt and register.crt alone: the key stays, the certificate is issued anew."""
    make_keys(tmp_path)
    kept = (tmp_path / "portal.key").read_bytes()
    for path in tmp_path.iterdir():
        if path.stem not in ("portal", "register"):
            path.unlink()
    for name in ("portal", "register"):
        self_signed(tmp_path, name)
    make_keys(tmp_path)
    assert (tmp_path / "portal.key").read_bytes() == kept
    for name, issuer in (("portal", "providers"), ("register", "authority")):
        certificate, authority = read(tmp_path / f"{name}.crt"), read(tmp_path / f"{issuer}.crt")
        certificate.verify_directly_issued_by(authority)
    assert server_context(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    make_keys(tmp_path)
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


def self_signed(folder, name):
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    kept = read(folder / f"{name}.crt")
    builder = x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=kept.not_valid_before_utc,
        not_valid_after=kept.not_valid_after_utc,
    )
    (folder / f"{name}.crt").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def read(path):
    return x509.load_pem_x509_certificate(path.read_bytes())
