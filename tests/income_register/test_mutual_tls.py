"""Both sides of a connection show a certificate, and neither talks to one it does not know."""

import ssl

import pytest

from employers.income_register.client import (
    CertificateRefused,
    Register,
    RegisterNotTrusted,
    RegisterUnavailable,
    subscribe,
    subscription_status,
)
from tests.income_register.authority import YESTERDAY, Authority
from tests.income_register.conftest import AT
from tests.income_register.orders import order
from tests.income_register.service import mutual, serving, signed, stored


@pytest.fixture(scope="module")
def ours():
    return Authority("Data Providers (Test) Issuing CA v1")


@pytest.fixture(scope="module")
def theirs():
    return Authority("IR Services (Test) Issuing CA v1")


@pytest.fixture
def folder(tmp_path, keys, ours, theirs):
    """What the portal has, and in `theirs` what the service has."""
    for name in ("portal.key", "portal.crt", "register.key", "register.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "theirs").mkdir()
    ours.issue(tmp_path / "connection")
    ours.write(tmp_path / "theirs" / "authority.crt")
    theirs.issue(tmp_path / "theirs" / "service")
    theirs.write(tmp_path / "authority.crt")
    return tmp_path


@pytest.fixture
def tried(folder):
    """Order something; what comes back is the reply and how many requests were heard."""

    def attempt(version=ssl.TLSVersion.TLSv1_3):
        def well(handler, request):
            handler.send(200, signed(stored(request), folder))

        context = mutual(folder / "theirs", folder / "theirs" / "authority.crt", version=version)
        with serving(well, context) as service:
            register = Register(url=service.url, owner="9000000-3", folder=folder, attempts=1, patience=5)
            try:
                return subscribe(register, order(), at=AT), subscription_status(register, delivery_id="a1", at=AT)
            finally:
                heard.extend(service.heard)

    heard = []
    attempt.heard = heard
    return attempt


BOTH = pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])


@BOTH
def test_both_know_each_other(tried, version):
    assert all(reply.stored for reply in tried(version=version))
    assert len(tried.heard) == 2


@BOTH
def test_without_our_certificate_we_are_refused(tried, folder, version):
    (folder / "connection.crt").unlink()
    with pytest.raises(CertificateRefused):
        tried(version=version)
    assert tried.heard == []


@BOTH
@pytest.mark.parametrize("whose", ["a stranger's", "expired"])
def test_a_certificate_they_do_not_take_is_refused(tried, folder, ours, version, whose):
    if whose == "expired":
        ours.issue(folder / "connection", until=YESTERDAY)
    else:
        Authority("Data Providers (Test) Issuing CA v1").issue(folder / "connection")
    with pytest.raises(CertificateRefused):
        tried(version=version)
    assert tried.heard == []


def test_a_service_of_a_stranger_hears_nothing(tried, folder):
    Authority("IR Services (Test) Issuing CA v1").issue(folder / "theirs" / "service")
    with pytest.raises(RegisterNotTrusted):
        tried()
    assert tried.heard == []


def test_a_service_whose_certificate_expired_hears_nothing(tried, folder, theirs):
    theirs.issue(folder / "theirs" / "service", until=YESTERDAY)
    with pytest.raises(RegisterNotTrusted):
        tried()
    assert tried.heard == []


def test_a_service_of_another_name_hears_nothing(tried, folder, theirs):
    theirs.issue(folder / "theirs" / "service", address="127.0.0.2")
    with pytest.raises(RegisterNotTrusted):
        tried()
    assert tried.heard == []


def test_the_systems_authorities_do_not_know_the_service(tried, folder):
    (folder / "authority.crt").unlink()
    with pytest.raises(RegisterNotTrusted):
        tried()
    assert tried.heard == []


def test_a_certificate_without_its_key_sends_nothing(tried, folder):
    (folder / "connection.key").write_text("nothing")
    with pytest.raises(RegisterUnavailable, match="cannot be read"):
        tried()
    assert tried.heard == []


def test_what_is_no_tls_never_arrived(folder):
    with serving(lambda *_: None) as service:
        url = service.url.replace("http:", "https:")
        register = Register(url=url, owner="9000000-3", folder=folder, attempts=1, patience=2)
        with pytest.raises(RegisterUnavailable) as told:
            subscribe(register, order(), at=AT)
    assert type(told.value) is RegisterUnavailable
    assert service.heard == []
