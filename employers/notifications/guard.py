"""May a message go to this address? Names are looked up once an attempt, and only what was checked is connected to.

Outside the sandbox: https, a name, and nothing but public addresses behind it. An address that stands for another one
(IPv4 in IPv6, 6to4, Teredo, NAT64) is judged by that one too. OWASP, Server Side Request Forgery Prevention.
"""

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import idna

LONGEST = 2000  # characters
PRINTABLE = re.compile(r"[\x21\x22\x24-\x5b\x5d-\x7e\u00a1-\U0010ffff]+")  # no blank, no backslash, no fragment
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)  # as a last label: some libraries read an address out of it
# RFC 6761, 6762, 8375, 9476 and what routers and clouds call themselves.
NOT_PUBLIC = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "invalid",
              "onion", "alt")  # fmt: skip
GLOBAL = ipaddress.IPv6Network("2000::/3")  # all that is given out as global unicast, RFC 4291
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last four bytes
CLOSED = tuple(ipaddress.ip_network(text) for text in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
    "2001::/23", "2001:db8::/32", "3fff::/20",
))  # fmt: skip
OWN = tuple(ipaddress.ip_network(text) for text in (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
))  # fmt: skip

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., Iterable[Any]]  # as socket.getaddrinfo


class Refused(ValueError):
    """`code`: url_invalid, url_not_https, url_not_public."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unresolved(Exception):
    """No address is known by this name, or nobody answered who might know one."""


@cache
def trusted() -> ssl.SSLContext:
    """Once: loading the system's authorities takes longer than a message."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Where messages may go, how names are looked up and whom we trust. `private`: the sandbox, where http and
    addresses of this machine and its neighbours will do. `patience`: seconds for a whole attempt."""

    private: bool
    patience: float = 10
    resolve: Resolve = socket.getaddrinfo
    tls: Callable[[], ssl.SSLContext] = trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    scheme: str
    host: str  # in ASCII, without a dot at the end
    port: int
    path: str  # with the query

    @property
    def netloc(self) -> str:
        """As the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target(url: str, *, private: bool) -> Target:
    """What can be judged without looking anything up. Raises Refused."""
    if len(url) > LONGEST or not PRINTABLE.fullmatch(url):
        raise Refused("url_invalid")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("url_invalid") from None
    if parts.scheme not in ("https", "http") or "@" in parts.netloc or not host:
        raise Refused("url_invalid")
    if parts.scheme == "http" and not private:
        raise Refused("url_not_https")
    host = _host(host, private=private)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=_port(parts.scheme, port, private=private), path=path)


def addresses(target: Target, *, network: Network) -> list[str]:
    """Every address behind the name, each of them checked. Raises Refused, Unresolved."""
    try:
        found = network.resolve(target.host, target.port, type=socket.SOCK_STREAM)
        known = list(dict.fromkeys(str(one[4][0]) for one in found))
    except (OSError, UnicodeError):
        raise Unresolved from None
    if not known:
        raise Unresolved
    if not all(is_allowed(one, private=network.private) for one in known):
        raise Refused("url_not_public")  # one bad address is enough: which of them is taken would be chance
    return known


def check(url: str, *, network: Network, patience: float = 2) -> None:
    """When somebody gives an address. A name that is not known yet will do: it is looked up anew at every attempt.

    Raises Refused.
    """
    where = target(url, private=network.private)
    refused: list[Refused] = []

    def look() -> None:
        try:
            addresses(where, network=network)
        except Refused as error:
            refused.append(error)
        except Unresolved:
            return

    thread = Thread(target=look, daemon=True)  # no look-up of a name can be ended from outside
    thread.start()
    thread.join(patience)
    if refused:
        raise refused[0]


def is_allowed(text: str, *, private: bool) -> bool:
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return False
    if private and any(ip in network for network in OWN):
        return True
    return all(_is_public(one) for one in _meant(ip))


def _is_public(ip: Ip) -> bool:
    given_out = isinstance(ip, ipaddress.IPv4Address) or ip in GLOBAL
    return given_out and ip.is_global and not ip.is_multicast and not any(ip in network for network in CLOSED)


def _meant(ip: Ip) -> list[Ip]:
    """The address, and what it stands for. What only carries another one is as good as that one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.scope_id:
        return [ipaddress.IPv6Address("::")]  # of one link alone
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip in NAT64:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    return [ip, *([ip.sixtofour] if ip.sixtofour else []), *(ip.teredo or ())]


def _host(host: str, *, private: bool) -> str:
    try:
        literal = str(ipaddress.ip_address(host))
    except ValueError:
        return _name(host, private=private)
    if not private or "%" in host:
        raise Refused("url_not_public")  # a certificate is for a name
    return literal


def _name(host: str, *, private: bool) -> str:
    """IDNA 2008; one dot at the end says that the name is whole, and is no part of it."""
    try:
        name = idna.encode(host.removesuffix("."), uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise Refused("url_invalid") from None
    labels = name.split(".")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels) or NUMERIC.fullmatch(labels[-1]):
        raise Refused("url_invalid")
    if not private and (len(labels) < 2 or labels[-1] in NOT_PUBLIC):
        raise Refused("url_not_public")
    return name


def _port(scheme: str, port: int | None, *, private: bool) -> int:
    """What listens below 1024 is no receiver, but for https itself."""
    found = port if port is not None else {"https": 443, "http": 80}[scheme]
    if not found or (not private and found != 443 and found < 1024):
        raise Refused("url_invalid")
    return found
