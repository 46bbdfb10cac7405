"""Identifiers of organisations, people and payments, judged by python-stdnum."""

import re
from itertools import cycle

from stdnum import iso11649
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

BUSINESS_ID = re.compile(r"[0-9]{7}-[0-9]", re.ASCII)
LONGEST_REFERENCE = 20
PAYMENT_REFERENCE = re.compile(rf"[0-9]{{2,{LONGEST_REFERENCE}}}", re.ASCII)

# Not within a longer word, as a UUID has them; right after a line break that JSON wrote as two characters.
IDENTITY_CODE = re.compile(
    r"(?:(?<![0-9a-z])|(?<=\\[nrt]))[0-9]{6}[-+a-fu-y][0-9]{3}[0-9a-y](?![0-9a-z])", re.ASCII | re.IGNORECASE
)


def is_business_id(text: str) -> bool:
    """`NNNNNNN-C`, check digit by decree 288/2001."""
    return bool(BUSINESS_ID.fullmatch(text)) and bool(ytunnus.is_valid(text))


def is_personal_identity_code(text: str, *, allow_temporary: bool) -> bool:
    """All eleven characters, upper case, as decree 128/2010 has them since 2023.

    One way of writing only: a digit of another alphabet would make the same person a second one.
    Individual numbers 900-999 are temporary or made for testing: good in the sandbox only.
    """
    if not text.isascii() or len(text) != 11 or text != text.upper():
        return False
    try:
        hetu.validate(text, allow_temporary=allow_temporary)
    except ValidationError:
        return False
    return True


def is_payment_reference(text: str) -> bool:
    """A Finnish reference number, whose last digit is counted by 7, 3, 1 from the right, or an RF one (ISO 11649).

    A bank sends no payment with another.
    """
    if text.startswith("RF"):
        return text.isascii() and len(text) <= LONGEST_REFERENCE and bool(iso11649.is_valid(text))
    if not PAYMENT_REFERENCE.fullmatch(text):
        return False
    *digits, check = map(int, text)
    return (check + sum(digit * weight for digit, weight in zip(reversed(digits), cycle((7, 3, 1))))) % 10 == 0


def without_codes(text: str) -> str:
    """A text for logs and answers about what somebody sent: what looks like an identity code is hidden in it."""
    return IDENTITY_CODE.sub("\u2022" * 11, text)


def masked(personal_identity_code: str) -> str:
    """What a page may show: the date of birth, the rest hidden."""
    return personal_identity_code[:7] + "\u2022\u2022\u2022\u2022" if personal_identity_code else ""
