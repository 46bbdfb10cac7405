"""Public keys of machine clients: which are taken, and what is kept of them."""

import pytest

from employers.organisations import assertions
from employers.organisations.register_key import SameKey, TooManyKeys, register_key
from employers.records import clock
from tests import cast
from tests.organisations.programs import ec_key, public, rsa_key

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("{}", "unreadable"),
        ("[]", "unreadable"),
        ('{"kty": "oct", "k": "c2VjcmV0"}', "private"),
        ('{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}', "kind"),
        ('{"keys": []}', "many"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "unreadable"),
        ("[" * 5000, "unreadable"),
        ("x" * 20_000, "long"),
    ],
)
def test_what_is_no_public_key_is_refused(text: str, code: str) -> None:
    with pytest.raises(assertions.BadKey) as wrong:
        assertions.read_key(text)
    assert wrong.value.code == code


def test_weak_foreign_and_private_keys_are_refused() -> None:
    keys = {
        public(rsa_key(1024)): "size",
        public(ec_key("P-384")): "kind",
        public(ec_key(), use="enc"): "use",
        public(rsa_key(), alg="RS512"): "use",
        ec_key().as_pem(private=True).decode(): "private",
        str(rsa_key().as_dict(private=True)).replace("'", '"'): "private",
    }
    for text, code in keys.items():
        with pytest.raises(assertions.BadKey) as wrong:
            assertions.read_key(text)
        assert wrong.value.code == code


def test_pem_and_json_are_one_key_and_only_its_public_half_is_kept() -> None:
    kid, jwk = assertions.read_key(ec_key().as_pem(private=False).decode())
    assert kid == ec_key().thumbprint() == jwk["kid"]
    assert set(jwk) == {"kty", "crv", "x", "y", "kid"}
    assert assertions.read_key(public(ec_key(), kid=kid, x5c="ignored"))[1] == jwk
    by, at = cast.user("Heikki"), clock.real_now()
    register_key(client=cast.client_system(), name="one", text=public(ec_key()), by=by, at=at)
    with pytest.raises(SameKey):
        register_key(client=cast.client_system(), name="two", text=public(ec_key()), by=by, at=at)


def test_five_at_a_time() -> None:
    by, at, client = cast.user("Heikki"), clock.real_now(), cast.client_system()
    for number in range(5):
        register_key(client=client, name="one", text=public(ec_key(), kid=str(number)), by=by, at=at)
    with pytest.raises(TooManyKeys):
        register_key(client=client, name="one", text=public(ec_key(), kid="more"), by=by, at=at)
