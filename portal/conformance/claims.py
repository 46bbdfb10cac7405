"""What the runner applies for: synthetic people of the sandbox, absences that are in time."""

import secrets
from datetime import date, timedelta
from typing import Any

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
DAYS_AGO, DAYS = 42, 34  # an absence that began this long ago, and what comes after its first day
FIRST_BORN = date(1950, 1, 1)


def identity_code() -> str:
    """Of nobody: individual numbers from 900 up are given to no one. Another one at each call, nearly always."""
    born = FIRST_BORN + timedelta(days=secrets.randbelow(50 * 365 - 20))  # before 2000, whose separator is a dash
    digits = f"{born:%d%m%y}{900 + secrets.randbelow(100)}"
    return f"{digits[:6]}-{digits[6:]}{CHECK[int(digits) % len(CHECK)]}"


def unknown_business_id() -> str:
    """Well-formed, of the synthetic serials, and no employer of the sandbox's."""
    weights = (7, 9, 10, 5, 8, 4, 2)
    while True:
        serial = str(9_900_000 + secrets.randbelow(99_999))
        rest = sum(int(digit) * weight for digit, weight in zip(serial, weights, strict=True)) % 11
        if rest != 1:
            return f"{serial}-{(11 - rest) % 11}"


def sick_leave(*, employer: str, reference: str, today: date, **changes: Any) -> dict[str, Any]:
    """An application of section 3. Members may be changed; `...` takes one out."""
    absence = period(today - timedelta(days=DAYS_AGO), days=DAYS)
    made = {
        "employer": employer,
        "benefit": "sickness_allowance",
        "reference": reference,
        "employee": {
            "personal_identity_code": identity_code(), "given_name": "Esko", "family_name": "Esimerkki",
        },
        "employment": {"start": "2019-05-02"},
        "absence": absence,
        "pay_periods": [{**absence, "amount": "3600.00"}],
        "pay_basis": "full",
        "certificate": "electronic",
    } | changes  # fmt: skip
    return {name: value for name, value in made.items() if value is not ...}


def period(start: date, *, days: int) -> dict[str, str]:
    """`days` after the first one."""
    return {"start": start.isoformat(), "end": (start + timedelta(days=days)).isoformat()}


def moved(body: dict[str, Any], *, by: int, **changes: Any) -> dict[str, Any]:
    """The same claim about the same person, that many days later."""
    start = date.fromisoformat(body["absence"]["start"]) + timedelta(days=by)
    days = date.fromisoformat(body["absence"]["end"]) - date.fromisoformat(body["absence"]["start"])
    absence = period(start, days=days.days)
    pay = [{**absence, "amount": body["pay_periods"][0]["amount"]}]
    return {**body, "absence": absence, "pay_periods": pay, **changes}
