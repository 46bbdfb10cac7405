"""A client proves itself by a signature: RFC 7523 with one audience, five minutes, and every `jti` once."""

import base64
import hmac
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey
from oauth2_provider.models import AccessToken

from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientKey, SpentAssertion
from employers.records import clock
from tests.machine import Machine
from tests.organisations.programs import ENDPOINT, ask, claims, ec_key, public, rsa_key, signed, with_key

pytestmark = pytest.mark.usefixtures("sandbox")
NOW = clock.real_now


@pytest.fixture(params=[rsa_key, ec_key], ids=["rsa", "ec"])
def key(request) -> RSAKey | ECKey:
    with_key(request.param())
    return request.param()


@pytest.fixture
def rsa() -> RSAKey:
    with_key(rsa_key())
    return rsa_key()


def refused(answer) -> str:
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), answer.content
    assert answer["WWW-Authenticate"].startswith("Basic ")
    assert "no-store" in answer["Cache-Control"]
    assert not AccessToken.objects.exists()
    return answer.json().get("error_description", "")


def test_a_signed_assertion_gets_a_token_that_opens(key) -> None:
    answer = ask(signed(key, claims()))
    assert answer.status_code == 200
    machine = Machine()
    machine.token = answer.json()["access_token"]
    assert machine.get("employers").status_code == 200
    assert ClientKey.objects.get().last_used_at is not None


def test_so_does_one_by_pss(rsa) -> None:
    assert ask(signed(rsa, claims(), alg="PS256")).status_code == 200


def test_the_portals_own_address_is_the_audience_too(rsa, settings) -> None:
    settings.PORTAL_URL = "https://portal.example.fi/"
    assert ask(signed(rsa, claims(aud="https://portal.example.fi/oauth/token"))).status_code == 200
    settings.SANDBOX = False
    assert "aud" in refused_again(ask(signed(rsa, claims(aud=ENDPOINT, jti="jti-2"))))


def refused_again(answer) -> str:
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    return answer.json()["error_description"]


def test_the_number_of_queries(rsa, django_assert_num_queries) -> None:
    assertion = signed(rsa, claims())
    with django_assert_num_queries(17):
        assert ask(assertion).status_code == 200


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"iss": "sandbox-other"}, "iss and sub"),
    ({"iss": ...}, "iss and sub"),
    ({"aud": "http://testserver/api/v1/employers"}, "aud"),
    ({"aud": "http://testserver/"}, "aud"),
    ({"aud": ...}, "aud"),
    ({"aud": [ENDPOINT, "https://elsewhere.example/token"]}, "aud"),
    ({"aud": []}, "aud"),
    ({"aud": [[ENDPOINT]]}, "aud"),
    ({"aud": {"a": ENDPOINT}}, "aud"),
    ({"exp": ...}, "exp"),
    ({"exp": timedelta(seconds=-60)}, "exp"),
    ({"exp": timedelta(seconds=360)}, "5 minutes"),
    ({"exp": 10**11}, "5 minutes"),
    ({"exp": 10**300}, "seconds"),
    ({"exp": "1800000000"}, "seconds"),
    ({"exp": True}, "seconds"),
    ({"exp": float("nan")}, "seconds"),
    ({"exp": float("inf")}, "seconds"),
    ({"iat": timedelta(seconds=200)}, "still to come"),
    ({"nbf": timedelta(seconds=200)}, "still to come"),
    ({"iat": None}, "seconds"),
    ({"jti": ...}, "jti"),
    ({"jti": ""}, "jti"),
    ({"jti": 7}, "jti"),
    ({"jti": "a\0b"}, "jti"),
    ({"jti": "j" * 256}, "jti"),
]


@pytest.mark.parametrize(("change", "told"), WRONG)
def test_each_claim_is_judged_and_named(rsa, change, told) -> None:
    assert told in refused(ask(signed(rsa, claims(**change))))
    assert not SpentAssertion.objects.exists()


def part(value: Any) -> str:
    return packed(json.dumps(value).encode())


def packed(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def test_the_public_key_is_no_password(rsa) -> None:
    """Confused algorithms: an HMAC by the public key, as PEM and as JSON, is no signature."""
    for secret in (rsa.as_pem(private=False), rsa.as_pem(private=False).strip(), public(rsa).encode()):
        told = f"{part({'alg': 'HS256', 'kid': rsa.kid})}.{part(claims())}"
        refused(ask(f"{told}.{packed(hmac.digest(secret, told.encode(), 'sha256'))}"))


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "", "RS1", "RS384", "RS512", "PS512", "ES384", "EdDSA", 7, None]
)
def test_no_other_algorithm_and_not_none(rsa, alg) -> None:
    header = {"alg": alg, "kid": rsa.kid}
    refused(ask(f"{part(header)}.{part(claims())}."))
    refused(ask(f"{part(header)}.{part(claims())}.{signed(rsa, claims()).split('.')[2]}"))


@pytest.mark.parametrize("alg", ["RS384", "RS512", "PS384", "PS512"])
def test_not_even_well_signed(rsa, alg) -> None:
    refused(ask(signed(rsa, claims(), alg=alg)))


def test_another_key_of_the_same_name_signs_nothing(rsa) -> None:
    stranger = RSAKey.generate_key(2048, {"kid": rsa.kid}, private=True)
    refused(ask(signed(stranger, claims())))
    refused(ask(signed(stranger, claims(), jwk=stranger.as_dict(private=False))))


def test_one_clients_key_is_not_anothers(rsa) -> None:
    refused(ask(signed(rsa, claims("sandbox-other"))))


@pytest.mark.parametrize(
    "header",
    [{"kid": "unknown"}, {"kid": ""}, {"kid": "rsa-2048\0"}, {"kid": "\ud800"}, {"crit": ["b64"], "b64": False}],
)
def test_headers_that_name_nothing_known(rsa, header) -> None:
    said = {"alg": "RS256", "kid": rsa.kid} | header
    refused(ask(f"{part(said)}.{part(claims())}.{signed(rsa, claims()).split('.')[2]}"))


def test_half_a_surrogate_pair_is_nobodys_name(rsa) -> None:
    """JSON can say it in ASCII; no database can be asked for it."""
    refused(ask(f"{part({'alg': 'RS256', 'kid': rsa.kid})}.{part(claims(sub=chr(0xD800)))}.AA"))


def test_a_changed_assertion_is_none(rsa) -> None:
    head, _body, signature = signed(rsa, claims()).split(".")
    refused(ask(f"{head}.{part(claims(jti='jti-2'))}.{signature}"))


@pytest.mark.parametrize(
    "assertion",
    ["x", "..", "a.b.c", "é.é.é", "\0.\0.\0", "a" * 1_000_000, f"{part({'alg': 'RS256'})}.{'A' * 9_000}.AA"],
)
def test_what_is_no_assertion_is_refused_at_once(rsa, assertion) -> None:
    began = time.monotonic()
    refused(ask(assertion))
    assert time.monotonic() - began < 1


def test_deep_nesting_is_refused(rsa) -> None:
    deep = packed(b'{"sub":' + b"[" * 5_000)
    refused(ask(f"{part({'alg': 'RS256', 'kid': rsa.kid})}.{deep}.AA"))


def test_an_assertion_is_good_once(rsa) -> None:
    assertion = signed(rsa, claims())
    assert ask(assertion).status_code == 200
    answer = ask(assertion)
    assert (answer.status_code, answer.json()["error_description"]) == (401, "this jti was used before")
    assert ask(signed(rsa, claims(jti="jti-2"))).status_code == 200


def test_the_same_jti_of_another_client_is_another(rsa) -> None:
    with_key(rsa, "sandbox-other")
    assert ask(signed(rsa, claims())).status_code == 200
    assert ask(signed(rsa, claims("sandbox-other"))).status_code == 200


def test_what_has_ended_is_purged_with_the_next_one(rsa) -> None:
    ask(signed(rsa, claims()))
    SpentAssertion.objects.update(ends_at=NOW() - timedelta(seconds=1))
    ask(signed(rsa, claims(jti="jti-2")))
    assert [one.jti for one in SpentAssertion.objects.all()] == ["jti-2"]


def test_a_key_that_was_removed_and_a_client_that_ended_sign_nothing(rsa) -> None:
    ClientKey.objects.update(removed_at=NOW())
    refused(ask(signed(rsa, claims())))
    ClientKey.objects.update(removed_at=None)
    ClientSystem.objects.filter(name="sandbox-payroll").update(ended_at=NOW())
    refused(ask(signed(rsa, claims(jti="jti-2"))))


def test_one_way_at_a_time(rsa) -> None:
    answer = ask(signed(rsa, claims()), client_id="sandbox-payroll", client_secret="sandbox-payroll-secret")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert ask(signed(rsa, claims()), client_id="sandbox-payroll").status_code == 200


def test_the_client_id_beside_it_has_to_be_the_same(rsa) -> None:
    refused(ask(signed(rsa, claims()), client_id="sandbox-other"))


def test_another_type_of_assertion_is_none(rsa) -> None:
    refused(
        ask(signed(rsa, claims()), client_assertion_type="urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
    )
