"""How often somebody may ask for a token: told in the words of OAuth, by client and by address."""

import base64
import json

import pytest
from django.test import Client


@pytest.mark.usefixtures("sandbox")
class TestTokens:
    def ask(self, client_id: str = "sandbox-payroll", **more: str):
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": f"{client_id}-secret"}
        return Client().post("/oauth/token", {name: text for name, text in form.items() if text} | more)

    def test_one_client_asks_too_often(self, settings):
        settings.TOKENS_BURST, settings.TOKENS_PER_SECOND = 2, 0.01
        assert [self.ask().status_code for _ in range(2)] == [200, 200]
        refused = self.ask()
        assert (refused.status_code, refused.json()["error"]) == (429, "slow_down")
        assert set(refused.json()) == {"error", "error_description", "error_uri"}
        assert 95 <= int(refused.headers["Retry-After"]) <= 100
        assert refused.headers["Cache-Control"] == "no-store"
        assert self.ask("sandbox-other").status_code == 200
        assert Client().get(refused.json()["error_uri"]).status_code == 200

    @pytest.mark.parametrize("way", ["basic", "assertion"])
    def test_however_it_says_who_it_is(self, settings, way):
        settings.TOKENS_BURST, settings.TOKENS_PER_SECOND = 1, 0.01
        told = base64.b64encode(b"sandbox-payroll:wrong").decode()
        claims = base64.urlsafe_b64encode(json.dumps({"iss": "sandbox-payroll"}).encode()).decode().rstrip("=")
        headers = {"Authorization": f"Basic {told}"} if way == "basic" else {}
        form = {} if way == "basic" else {"client_assertion": f"e30.{claims}.x"}
        answers = [
            Client().post("/oauth/token", form | {"grant_type": "client_credentials"}, headers=headers)
            for _ in range(2)
        ]
        assert answers[0].status_code in (400, 401)
        assert answers[1].status_code == 429
        assert self.ask().status_code == 429

    def test_one_address_asks_too_often_by_whatever_name(self, settings):
        settings.ADDRESS_TOKENS_BURST, settings.ADDRESS_TOKENS_PER_SECOND = 3, 0.01
        statuses = [self.ask(f"nobody-{number}").status_code for number in range(4)]
        assert statuses == [401, 401, 401, 429]

    @pytest.mark.parametrize("broken", [b"client_id=%00", b"\xff\xfe", b"client_assertion=a.b.c&client_id=", b""])
    def test_what_cannot_be_read_is_refused_and_not_a_fault(self, broken):
        answer = Client().post("/oauth/token", broken, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (400, 401)
