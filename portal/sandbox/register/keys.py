"""Keys of the simulated register and of the portal that asks it, made once and kept."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

VALID_FROM, VALID_UNTIL = datetime(2019, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC)
NAMES = {"register": "Incomes Register Service Interface (Sandbox)", "portal": "Employer portal (Sandbox)"}


def make_keys(folder: Path) -> None:
    """`register.key`, `register.crt`, `portal.key`, `portal.crt`; what is there already stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, subject in NAMES.items():
        if not (folder / f"{name}.crt").exists():
            _make_pair(folder, name, subject)


def _make_pair(folder: Path, name: str, subject: str) -> None:
    """Two processes may start at once: the key of the first one counts, and the certificate is made from that key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _put(
        folder / f"{name}.key",
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    kept = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    assert isinstance(kept, rsa.RSAPrivateKey)
    _put(folder / f"{name}.crt", _certificate(kept, subject).public_bytes(serialization.Encoding.PEM))


def _certificate(key: rsa.RSAPrivateKey, subject: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .sign(key, hashes.SHA256())
    )


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all; an existing file wins."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
