"""No, with the reason, as RFC 9457 has it: any stage's door raises it, the portal writes it. Codes only, no words."""

from collections.abc import Iterable, Mapping
from typing import Any

from employers.benefits.problems import Problem


class Refusal(Exception):
    """`code` is one of employers.intake.documents.TITLES; `errors` say where and why; `more` stands in the document.

    `origin`: whose doing it is, where that is a neighbour's: "incomes-register" or "identity".
    """

    def __init__(
        self,
        status: int,
        code: str,
        *,
        errors: Iterable[Problem] = (),
        headers: Mapping[str, str] | None = None,
        origin: str = "",
        **more: Any,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.origin = origin or ("caller" if status < 500 else "portal")
        self.more = more


def not_found() -> Refusal:
    """Unknown and foreign alike."""
    return Refusal(404, "not-found")


def invalid(errors: Iterable[Problem]) -> Refusal:
    return Refusal(422, "validation-failed", errors=errors)


def invalid_at(field: str, code: str, **params: Any) -> Refusal:
    """One thing to change, at one place."""
    return invalid([Problem(field, code, "error", params)])
