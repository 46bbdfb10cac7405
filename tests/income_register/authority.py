"""Authorities that issue certificates for connections: ours, the register's, and a stranger's of the same name."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)  # noqa: TID251 - a TLS handshake goes by the machine's clock
YESTERDAY, NEXT_YEAR = NOW - timedelta(days=1), NOW + timedelta(days=365)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    def __init__(self, name: str = "Test Issuing CA v1") -> None:
        self.name, self.key = named(name), ec.generate_private_key(ec.SECP256R1())
        issued = self._builder(self.name, self.key.public_key(), until=NEXT_YEAR)
        basic = x509.BasicConstraints(ca=True, path_length=None)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())
        self.certificate = (issued.add_extension(basic, critical=True).add_extension(identifier, critical=False)).sign(
            self.key, hashes.SHA256()
        )

    def write(self, path: Path) -> None:
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, path: Path, *, until: datetime = NEXT_YEAR, address: str = "127.0.0.1") -> None:
        """`path` with the endings .key and .crt."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = self._builder(named(path.name), key.public_key(), until=until).add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = issued.add_extension(signed_by, critical=False).sign(self.key, hashes.SHA256())
        path.with_suffix(".crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        path.with_suffix(".key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, *, until: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=30))
            .not_valid_after(until)
        )
