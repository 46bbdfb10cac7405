"""The certificates of the register's folder: whom we trust, and which of them expire soon."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

PINNED = "register.crt"  # may hold more than one: the old signer and the new one
USED = ("portal.crt", "connection.crt", PINNED, "authority.crt")


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str  # of the file
    subject: str
    until: date
    days_left: int  # negative when it has expired


def pinned(folder: Path) -> tuple[x509.Certificate, ...]:
    """Those whose signatures under an answer we believe. Raises FileNotFoundError, or ValueError for a broken file."""
    return _read((folder / PINNED).read_bytes())


def expiring(folder: Path, *, on: date, within: timedelta = timedelta(days=60)) -> list[Certificate]:
    """What expires soon or has expired, soonest first. One that a newer one of the same subject follows is no worry.

    What nobody can read is told by `unreadable`.
    """
    newest: dict[tuple[str, str], date] = {}
    broken = unreadable(folder)
    for name in [one for one in USED if one not in broken]:
        for one in _certificates(folder / name):
            key = name, _subject(one)
            newest[key] = max(newest.get(key, date.min), one.not_valid_after_utc.date())
    soon = [
        Certificate(name, subject, until, (until - on).days)
        for (name, subject), until in newest.items()
        if until <= on + within
    ]
    return sorted(soon, key=lambda one: (one.until, one.name))


def unreadable(folder: Path) -> list[str]:
    """The files that are there and hold no certificate."""
    return [name for name in USED if _is_broken(folder / name)]


def _is_broken(path: Path) -> bool:
    try:
        _certificates(path)
    except ValueError:
        return True
    return False


def _certificates(path: Path) -> tuple[x509.Certificate, ...]:
    return _read(path.read_bytes()) if path.exists() else ()


@lru_cache(maxsize=16)
def _read(pem: bytes) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificates(pem))


def _subject(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
