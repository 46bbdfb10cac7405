"""A simulated Suomi.fi in a thread, and a person who goes there and back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.http import HttpResponse
from django.test import Client
from lxml import html

from employers.organisations.mandates import Service
from portal.sandbox.mandates.server import Mandates
from portal.sandbox.mandates.service import API_KEY, CLIENT_ID, OAUTH_PASSWORD

CECILIA, NEW_SHOP, TWENTY = "230561-904S", "9000013-4", "9000005-4"


@contextmanager
def served() -> Iterator[Mandates]:
    server = Mandates(port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.behave("well")
        server.shutdown()
        server.server_close()


def connected(server: Mandates, settings) -> None:
    settings.SUOMI_FI_URL, settings.SUOMI_FI_CLIENT_ID = server.url, CLIENT_ID
    settings.SUOMI_FI_API_KEY, settings.SUOMI_FI_OAUTH_PASSWORD = API_KEY, OAUTH_PASSWORD
    settings.SUOMI_FI_PATIENCE = 0.3


def service(server: Mandates, **changes) -> Service:
    given = {"client_id": CLIENT_ID, "api_key": API_KEY, "oauth_password": OAUTH_PASSWORD, "attempts": 1}
    return Service(**{"url": server.url, "patience": 0.3, **given, **changes})


def begin(client: Client) -> str:
    """The address at Suomi.fi that the browser is sent to."""
    return client.get("/en/suomi-fi/").url


def choose(address: str, *business_ids: str, **button: str) -> str:
    """At Suomi.fi's page: the address one comes back to."""
    form = html.fromstring(httpx.get(address).content).forms[0]
    hidden = {name: value for name, value in form.form_values() if name != "chosen"}
    data = {**hidden, **({"chosen": list(business_ids)} if business_ids else {}), **button}
    url = urlsplit(address)
    return httpx.post(f"{url.scheme}://{url.netloc}{form.action}", data=data).headers["Location"]


def come_back(client: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    return client.get(parts.path, dict(parse_qsl(parts.query)))


def fetch(client: Client, *business_ids: str) -> HttpResponse:
    return come_back(client, choose(begin(client), *business_ids))


def later(client: Client) -> None:
    """A minute on: what Suomi.fi said has to be asked again."""
    session = client.session
    for visit in session["suomi-fi"]:
        visit |= {"checked": visit["checked"] - 61, "tried": visit["tried"] - 61}
    session["suomi-fi"] = list(session["suomi-fi"])
    session.save()
