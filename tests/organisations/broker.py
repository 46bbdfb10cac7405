"""The simulated identification broker in a thread, and a browser that goes there and back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.http import HttpResponse
from django.test import Client

from employers.organisations.identification.tokens import OurKeys
from portal.sandbox.identification.broker import registered
from portal.sandbox.identification.people import EVERYBODY
from portal.sandbox.identification.server import Identification

NUMBERS = {person.name.split()[0]: str(number) for number, person in enumerate(EVERYBODY)}
REQUEST = re.compile(r'name="request" value="([^"]+)"')


@contextmanager
def served(keys: OurKeys) -> Iterator[Identification]:
    server = Identification(port=0, client=registered("portal", keys.public(), "testserver"))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class Browser:
    """Somebody's browser: the portal by Django's client, the broker over real HTTP."""

    def __init__(self) -> None:
        self.portal = Client(raise_request_exception=False)
        self.broker = httpx.Client(trust_env=False)

    def begin(self, **query: str) -> httpx.Response:
        """The broker's answer to the portal's request."""
        return self.broker.get(self.portal.get("/en/sign-in/begin", query).url)

    def choose(self, name: str, **query: str) -> str:
        """The address the broker sends one back to."""
        return self.chosen(self.begin(**query), person=NUMBERS[name])

    def chosen(self, page: httpx.Response, **form: str) -> str:
        found = REQUEST.search(page.text)
        assert found, page.text
        where = page.url.copy_with(path="/choose", query=None)
        return self.broker.post(where, data={"request": found[1], **form}).headers["Location"]

    def back(self, address: str, **changes: str) -> HttpResponse:
        parts = urlsplit(address)
        assert (parts.netloc, parts.path) == ("testserver", "/en/sign-in/back")
        return self.portal.get(parts.path, dict(parse_qsl(parts.query)) | changes)

    def sign_in(self, name: str, **query: str) -> HttpResponse:
        return self.back(self.choose(name, **query))

    @property
    def session(self) -> dict[str, Any]:
        return dict(self.portal.session)

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.portal.session
