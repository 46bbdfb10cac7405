"""Keys and certificates of the simulated register and of the portal that asks it, made once and kept.

Two authorities, named like the real ones: one issues what the register signs and serves with, the other what those
who send or ask sign and connect with. The files, in one folder:

    portal.key portal.crt           the portal signs its requests
    register.crt                    the register signs its answers (pinned); register.key is the simulator's own
    connection.key connection.crt   the portal's side of mutual TLS
    authority.crt                   whom the portal trusts for TLS; authority.key is the simulator's own
    providers.crt providers.key     whom the register trusts
    server.crt server.key           the register's side of TLS
    sftp.key sftp_host.key sftp_known_hosts
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID = (datetime(2019, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))
AUTHORITIES = {
    "authority": "IR Services (Sandbox) Issuing CA v1",
    "providers": "Data Providers (Sandbox) Issuing CA v1",
}
OWNER = "9000000-3"
SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def make_keys(folder: Path) -> None:
    """What is there already stays; what no present authority issued, as older folders have it, is made anew."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, subject in AUTHORITIES.items():
        make_authority(folder, name, subject)
    issue(folder, "register", subject="Incomes Register Service Interface (Sandbox)", issuer="authority")
    issue(folder, "server", subject="localhost", issuer="authority", use=SERVER)
    issue(folder, "portal", subject=OWNER, issuer="providers", use=CLIENT)
    issue(folder, "connection", subject=OWNER, issuer="providers", use=CLIENT)
    for name in ("sftp", "sftp_host"):
        if not (folder / f"{name}.key").exists():
            _put(folder / f"{name}.key", _openssh(ed25519.Ed25519PrivateKey.generate()))


def make_authority(folder: Path, name: str, subject: str) -> None:
    if (folder / f"{name}.crt").exists():
        return
    key = _kept_key(folder, name, ec.generate_private_key(ec.SECP256R1()))
    own = _name(subject, "Verohallinto (Sandbox)")
    builder = _builder(own, own, key, VALID).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    signs = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = builder.add_extension(signs, critical=True).sign(key, hashes.SHA256())
    _put(folder / f"{name}.crt", certificate.public_bytes(serialization.Encoding.PEM))


def issue(
    folder: Path,
    name: str,
    *,
    subject: str,
    issuer: str,
    use: x509.ObjectIdentifier | None = None,
    valid: tuple[datetime, datetime] = VALID,
) -> None:
    """`name.key` and `name.crt`. Tests make ones that end early, or of an authority nobody trusts."""
    signing, authority = _key(folder / f"{issuer}.key"), _certificate(folder / f"{issuer}.crt")
    if _is_issued(folder / f"{name}.crt", authority):
        return
    fresh: Key = ec.generate_private_key(ec.SECP256R1()) if use == SERVER else _rsa()
    key = _kept_key(folder, name, fresh)
    builder = _builder(_name(subject, "Sandbox"), authority.subject, key, valid)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    if use is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
    if use == SERVER:
        here: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(here), critical=False)
    public = signing.public_key()
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    _put(folder / f"{name}.crt", builder.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def _is_issued(path: Path, authority: x509.Certificate) -> bool:
    """Whether it stands there; one of somebody else's is taken away."""
    try:
        _certificate(path).verify_directly_issued_by(authority)
    except FileNotFoundError:
        return False
    except (ValueError, TypeError, InvalidSignature):
        path.unlink(missing_ok=True)
        return False
    return True


def write_known_hosts(folder: Path, port: int) -> None:
    """Where the host key is expected: known only when the server listens."""
    key = serialization.load_ssh_private_key((folder / "sftp_host.key").read_bytes(), password=None)
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    fresh = folder / f"sftp_known_hosts.{os.getpid()}"
    hosts = (f"[127.0.0.1]:{port}", f"[localhost]:{port}")
    fresh.write_text("".join(f"{host} {public.decode()}\n" for host in hosts))
    fresh.replace(folder / "sftp_known_hosts")


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, valid: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _kept_key(folder: Path, name: str, fresh: Key) -> Key:
    """Two processes may start at once: the key of the first one counts, and the certificate is made from that key."""
    _put(
        folder / f"{name}.key",
        fresh.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    return _key(folder / f"{name}.key")


def _key(path: Path) -> Key:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _openssh(key: ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all; an existing file wins."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
