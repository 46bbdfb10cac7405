"""A payroll program in the tests: it gets a token, and speaks to the portal over HTTP."""

import copy
import json
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.test import Client

API = "/api/v1/"
KEY = "key-0123456789abcdef"
EXAMPLE: dict[str, Any] = {
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "reference": "row-4711",
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02", "end": None},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "continues_application": None,
    "previous_paid_day": None,
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
    "pay_basis": "full",
    "pay_continues_from": None,
    "other_days": [],
    "certificate": "electronic",
    "insurer_case": "none",
    "contact": {"name": "Maija Malli", "phone": "+358 40 000 0000", "email": "palkat@example.org"},
    "payment_reference": None,
    "payment_specifier": None,
    "details": {},
    "additional_information": "",
}


def body(**changes: Any) -> dict[str, Any]:
    """The contract's example, with some members changed; `...` takes one out."""
    changed = copy.deepcopy(EXAMPLE) | changes
    return {name: value for name, value in changed.items() if value is not ...}


class Machine:
    def __init__(self, client_id: str = "sandbox-payroll", *, language: str = "en", scope: str = "") -> None:
        self.client_id = client_id
        self.language = language
        self.scope = scope
        self.http = Client(raise_request_exception=False)

    @cached_property
    def token(self) -> str:
        form = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
        return self.ask_for_token(form).json()["access_token"]

    def ask_for_token(self, form: dict[str, str]) -> HttpResponse:
        return self.http.post(
            "/oauth/token", {"client_id": self.client_id, "client_secret": f"{self.client_id}-secret"} | form
        )

    def headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language} | (more or {})

    def get(self, call: str, headers: dict[str, str] | None = None) -> HttpResponse:
        return self.http.get(API + call, headers=self.headers(headers))

    def delete(self, call: str) -> HttpResponse:
        return self.http.delete(API + call, headers=self.headers())

    def post(
        self,
        call: str,
        content: Any = b"",
        *,
        key: str = "",
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        sent = content if isinstance(content, bytes) else json.dumps(content).encode()
        with_key = {"Idempotency-Key": key} if key else {}
        return self.http.post(API + call, sent, content_type=kind, headers=self.headers(with_key | (headers or {})))

    def patch(self, call: str, content: Any, *, headers: dict[str, str] | None = None) -> HttpResponse:
        sent = json.dumps(content).encode()
        return self.http.patch(API + call, sent, content_type="application/json", headers=self.headers(headers))

    def put(self, call: str, content: Any, *, headers: dict[str, str] | None = None) -> HttpResponse:
        sent = json.dumps(content).encode()
        return self.http.put(API + call, sent, content_type="application/json", headers=self.headers(headers))

    def submit(self, number: int = 0, **changes: Any) -> HttpResponse:
        return self.post("applications", body(**changes), key=f"{KEY}-{number}")


def codes(answer: HttpResponse) -> list[tuple[str, str]]:
    """Where and what, of the errors of a problem document."""
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
