"""Whether a client exists is not told by how long the door of tokens takes to say no.

Expected beforehand: a wrong secret costs as many hashes for a client with one secret, with two, with none, for one that
has ended and for one that never was. Counted, not timed.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher

from employers.organisations.end_client import end_client
from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientSecret
from employers.organisations.rotate_secret import MOST
from employers.records import clock
from tests import cast
from tests.organisations.programs import made
from tests.organisations.test_client_secrets import basic, id_of, rotated, token

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were hashed, in turn."""
    kind, texts = type(get_hasher()), []
    encode = kind.encode

    def counted(self: Any, password: str, *args: Any, **more: Any) -> str:
        texts.append(password)
        return encode(self, password, *args, **more)

    monkeypatch.setattr(kind, "encode", counted)
    return texts


def end(client: ClientSystem) -> None:
    end_client(client=client, by=cast.user("Heikki"), at=clock.real_now())


KINDS: dict[str, Callable[[ClientSystem], object]] = {
    "one secret": lambda client: None,
    "two secrets": rotated,
    "no secret": lambda client: ClientSecret.objects.filter(client=client).delete(),
    "ended": end,
    "never was": lambda client: client.application.delete(),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ask", [token, basic])
def test_a_no_costs_the_same(kind: str, ask: Callable[..., Any], hashed: list[str]) -> None:
    client, _secret = made()
    name = id_of(client)
    KINDS[kind](client)
    hashed.clear()
    answer = ask(name, "wrong")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert hashed == ["wrong"] * MOST


def test_the_right_secret_is_looked_for_no_longer_than_until_it_is_found(hashed: list[str]) -> None:
    client, secret = made()
    hashed.clear()
    assert token(id_of(client), secret).status_code == 200
    assert hashed == [secret]
