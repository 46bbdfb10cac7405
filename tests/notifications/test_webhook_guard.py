"""Where a message may go: judged by the name, and by every address behind it, at every attempt."""

import socket

import pytest

from employers.notifications import guard
from employers.notifications.guard import Network, Refused, Unresolved, addresses, is_allowed, target


def known(*found: str):
    """A resolver that knows these addresses, whatever the name, and counts how often it was asked."""

    def resolve(host, port, **_kwargs):
        resolve.asked.append(host)
        kinds = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(kinds[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    resolve.asked = []
    return resolve


def code(url: str, *, private: bool = False) -> str:
    try:
        target(url, private=private)
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("https://hooks.example.fi/x?y=z", ""),
        ("https://hooks.example.fi.:443/", ""),
        ("https://hooks.example.fi:8443/", ""),
        ("https://Hyv\u00e4.example.fi/", ""),
        ("http://hooks.example.fi/", "url_not_https"),
        ("ftp://hooks.example.fi/", "url_invalid"),
        ("https:///x", "url_invalid"),
        ("hooks.example.fi", "url_invalid"),
        ("https://user@hooks.example.fi/", "url_invalid"),
        ("https://user:pass@hooks.example.fi/", "url_invalid"),
        ("https://@hooks.example.fi/", "url_invalid"),
        ("https://hooks.example.fi/#x", "url_invalid"),
        ("https://hooks.example.fi\\@127.0.0.1/", "url_invalid"),
        ("https://hooks.exa\tmple.fi/", "url_invalid"),
        ("https://hooks.example.fi/\r\nHost: x", "url_invalid"),
        ("https://hooks.example.fi:22/", "url_invalid"),
        ("https://hooks.example.fi:0/", "url_invalid"),
        ("https://hooks.example.fi:99999/", "url_invalid"),
        ("https://hooks..fi/", "url_invalid"),
        ("https://-hooks.example.fi/", "url_invalid"),
        ("https://a%2eb.fi/", "url_invalid"),
        ("https://" + "a" * 64 + ".fi/", "url_invalid"),
        ("https://example.fi/" + "a" * 2000, "url_invalid"),
        ("https://127.0.0.1/", "url_not_public"),
        ("https://93.184.216.34/", "url_not_public"),
        ("https://[::1]/", "url_not_public"),
        ("https://[fe80::1%25eth0]/", "url_not_public"),
        ("https://2130706433/", "url_invalid"),
        ("https://0x7f000001/", "url_invalid"),
        ("https://0x7f.1/", "url_invalid"),
        ("https://127.1/", "url_invalid"),
        ("https://\uff11\uff12\uff17.0.0.1/", "url_invalid"),
        ("https://localhost/", "url_not_public"),
        ("https://LOCALHOST./", "url_not_public"),
        ("https://printer.local/", "url_not_public"),
        ("https://metadata.google.internal/", "url_not_public"),
        ("https://intranet/", "url_not_public"),
        ("https://1.0.0.127.in-addr.arpa/", "url_not_public"),
    ],
)
def test_what_an_address_may_be(url, refused):
    assert code(url) == refused


def test_a_name_is_told_in_one_way():
    """Another script, capitals, a dot at the end: the certificate, Host and the look-up get one name."""
    found = target("https://Hyv\u00e4.Example.FI.:443", private=False)
    assert (found.host, found.netloc, found.path) == ("xn--hyv-sla.example.fi", "xn--hyv-sla.example.fi", "/")
    assert target("https://hooks.example.fi:8443/a?b", private=False).netloc == "hooks.example.fi:8443"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/x"])
def test_the_sandbox_takes_what_runs_on_the_same_machine(url):
    assert code(url, private=True) == ""


CLOSED = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "2001:db8::1", "100::1", "3fff::1", "5f00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::ffff:0:127.0.0.1", "4000::1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "not an address", "",
]  # fmt: skip
OPEN = ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:400f::1", "64:ff9b::5db8:d822",
        "::ffff:93.184.216.34"]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_are_nobodys_on_the_internet(address):
    assert not is_allowed(address, private=False)


@pytest.mark.parametrize("address", OPEN)
def test_addresses_of_the_internet(address):
    assert is_allowed(address, private=False)


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "fe80::1", "224.0.0.1", "100.64.0.1"])
def test_what_the_sandbox_does_not_take_either(address):
    assert not is_allowed(address, private=True)


def test_one_private_address_among_public_ones_is_enough():
    where = target("https://hooks.example.fi/", private=False)
    assert addresses(where, network=Network(private=False, resolve=known(*OPEN))) == OPEN
    for closed in ("10.0.0.1", "::1", "64:ff9b::7f00:1"):
        with pytest.raises(Refused, match="url_not_public"):
            addresses(where, network=Network(private=False, resolve=known("93.184.216.34", closed)))


def test_a_name_that_nobody_knows():
    def unknown(*_args, **_kwargs):
        raise socket.gaierror

    where = target("https://hooks.example.fi/", private=False)
    for resolve in (unknown, known()):
        with pytest.raises(Unresolved):
            addresses(where, network=Network(private=False, resolve=resolve))
    guard.check("https://hooks.example.fi/", network=Network(private=False, resolve=unknown))  # it may come to be


def test_a_name_is_judged_when_it_is_given():
    with pytest.raises(Refused, match="url_not_public"):
        guard.check("https://hooks.example.fi/", network=Network(private=False, resolve=known("192.168.1.1")))
