"""One message and what its receiver does with it: real servers, real certificates."""

import base64
import ssl
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook, WebhookVerificationError

from employers.notifications.guard import Network
from employers.notifications.webhooks import Message, headers, new_secret, send
from employers.records import clock
from tests.notifications.receiver import answer, drip, flood, garbage, receiving, silence
from tests.notifications.test_webhook_guard import known

NAME = "hooks.example.fi"
QUICK = Network(private=True, patience=0.6)
SECRET = new_secret()


def message(url: str, *secrets: str) -> Message:
    return Message(url=url, id="01a2006e-87d8", body=b'{"type":"webhook.ping"}', secrets=secrets or (SECRET,))


def sent(url: str, *, network: Network = QUICK):
    return send(message(url), network=network, at=clock.real_now())


def test_the_library_of_the_standard_accepts_the_signature():
    with receiving() as receiver:
        outcome = sent(receiver.url)
        [(got, body)] = receiver.got
    assert (outcome.delivered, outcome.status_code, outcome.error) == (True, 200, "")
    assert Webhook(SECRET).verify(body, got) == {"type": "webhook.ping"}
    assert got["content-type"] == "application/json"
    assert got["host"] == f"127.0.0.1:{receiver.port}"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + b" ", got)


def test_the_signature_of_the_standards_own_example():
    """From the specification: this secret, id, time and body give this signature."""
    one = Message(url="", id="msg_p5jXN8AQM9LWM0D4loKWxJek", body=b'{"test": 2432232314}',
                  secrets=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])  # fmt: skip
    made = headers(one, at=datetime.fromtimestamp(1614265330, UTC))
    assert made["webhook-timestamp"] == "1614265330"
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_while_two_secrets_are_good_either_of_them_verifies():
    older, newer = new_secret(), new_secret()
    made = headers(message("", newer, older), at=clock.real_now())
    for secret in (older, newer):
        Webhook(secret).verify(message("").body, made)
    assert made["webhook-signature"].count("v1,") == 2


def test_a_secret_has_as_many_bytes_as_the_hash():
    assert new_secret().startswith("whsec_")
    assert len(base64.b64decode(SECRET.removeprefix("whsec_"))) == 32
    assert new_secret() != SECRET


@pytest.mark.parametrize(
    ("behave", "status", "error"),
    [
        (answer(204), 204, ""),
        (answer(299), 299, ""),
        (answer(410), 410, "gone"),
        (answer(500), 500, "refused"),
        (answer(404), 404, "refused"),
        (flood, 200, ""),
        (silence, None, "timeout"),
        (drip, None, "timeout"),
        (garbage, None, "answer_unreadable"),
    ],
)
def test_only_a_status_of_success_in_time_is_success(behave, status, error):
    """Expected: over when the time is, whatever drips in; of a body without end nothing is read."""
    with receiving(behave) as receiver:
        began = time.monotonic()
        outcome = sent(receiver.url)
        assert time.monotonic() - began < 2
    assert (outcome.status_code, outcome.error) == (status, error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    """Expected: a receiver that points at a private address gets nobody there."""
    with receiving() as inside, receiving(answer(status, Location=inside.url)) as outside:
        outcome = sent(outside.url)
    assert (outcome.status_code, outcome.error) == (status, "redirected")
    assert (len(outside.got), inside.got) == (1, [])


def test_nobody_there():
    with receiving() as receiver:
        gone = receiver.url
    assert sent(gone).error == "connection_failed"


def test_outside_the_sandbox_nothing_reaches_this_machine():
    """Expected: a name that turns out to be this machine's gets no connection, at the attempt itself."""
    with receiving() as receiver:
        for found in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
            network = Network(private=False, resolve=known(found), patience=1)
            assert sent(f"https://{NAME}:{receiver.port}/", network=network).error == "address_refused"
        assert sent(receiver.url, network=Network(private=False)).error == "address_refused"
    assert receiver.got == []


def test_the_connection_goes_to_the_address_that_was_checked():
    """Expected: one look-up an attempt, and no second one by whoever connects: a name cannot change in between."""
    resolve = known("127.0.0.1")
    with receiving() as receiver:
        sent(f"http://{NAME}:{receiver.port}/x", network=Network(private=True, resolve=resolve, patience=2))
        [(got, _body)] = receiver.got
    assert resolve.asked == [NAME]
    assert got["host"] == f"{NAME}:{receiver.port}"


def test_the_next_address_is_tried_when_nobody_listens_at_the_first():
    with receiving() as receiver:
        network = Network(private=True, resolve=known("127.0.0.9", "127.0.0.1"), patience=2)
        assert sent(f"http://{NAME}:{receiver.port}/", network=network).delivered


def test_a_name_that_is_never_found_ends_in_time():
    def never(*_args, **_kwargs):
        time.sleep(3)
        raise OSError

    began = time.monotonic()
    outcome = sent(f"https://{NAME}/", network=Network(private=False, resolve=never, patience=0.2))
    assert outcome.error == "timeout"
    assert time.monotonic() - began < 2


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Its certificate, and what makes a server's context for a name."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test")])
    root = certificate(name, name, key.public_key(), key, x509.BasicConstraints(ca=True, path_length=None))
    folder = tmp_path_factory.mktemp("tls")

    def server(host: str) -> ssl.SSLContext:
        own = ec.generate_private_key(ec.SECP256R1())
        alternatives = [x509.DNSName(host), x509.IPAddress(ip_address("127.0.0.9"))]
        made = certificate(x509.Name([]), name, own.public_key(), key, x509.SubjectAlternativeName(alternatives))
        file = folder / f"{host}.pem"
        plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(pem(made) + own.private_bytes(serialization.Encoding.PEM, *plain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    return pem(root).decode(), server


def certificate(subject, issuer, public, signer, *extensions) -> x509.Certificate:
    now = clock.real_now()
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )  # fmt: skip
    for extension in extensions:
        made = made.add_extension(extension, critical=True)
    return made.sign(signer, hashes.SHA256())


def pem(one: x509.Certificate) -> bytes:
    return one.public_bytes(serialization.Encoding.PEM)


def network_of(root: str) -> Network:
    context = ssl.create_default_context(cadata=root)
    return Network(private=True, resolve=known("127.0.0.1"), tls=lambda: context, patience=5)


def test_the_certificate_is_for_the_name_although_the_connection_is_pinned(authority):
    root, server = authority
    with receiving(tls=server(NAME)) as receiver:
        outcome = sent(f"https://{NAME}:{receiver.port}/", network=network_of(root))
    assert (outcome.error, len(receiver.got)) == ("", 1)


@pytest.mark.parametrize("shown", ["other.example.fi", "127.0.0.1"])
def test_a_certificate_of_another_name_gets_nothing(authority, shown):
    root, server = authority
    with receiving(tls=server(shown)) as receiver:
        outcome = sent(f"https://{NAME}:{receiver.port}/", network=network_of(root))
    assert (outcome.error, receiver.got) == ("certificate_invalid", [])


def test_a_certificate_of_an_authority_that_nobody_trusts_gets_nothing(authority):
    _root, server = authority
    with receiving(tls=server(NAME)) as receiver:
        network = Network(private=True, resolve=known("127.0.0.1"), patience=5)
        assert sent(f"https://{NAME}:{receiver.port}/", network=network).error == "certificate_invalid"
    assert receiver.got == []
