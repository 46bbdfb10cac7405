"""Identifiers have one way of being written, and what looks like an identity code stays out of logs and answers."""

import json
from uuid import UUID

import pytest

from employers.organisations.identifiers import (
    is_business_id,
    is_payment_reference,
    is_personal_identity_code,
    without_codes,
)

CODE = "010190-9123"


@pytest.mark.parametrize("text", [CODE, "010190Y9123"])
def test_an_identity_code_is_known(text):
    assert is_personal_identity_code(text, allow_temporary=True)


@pytest.mark.parametrize(
    "text",
    ["\uff10" + CODE[1:], "\u0660" + CODE[1:], CODE.replace("-", "\u2212"), f"{CODE}\n", f" {CODE}", "010190y9123"],
)
def test_digits_of_another_alphabet_do_not_make_a_second_person(text):
    assert not is_personal_identity_code(text, allow_temporary=True)


@pytest.mark.parametrize("text", ["9000004-6\n", "\uff19000004-6", "90000046", " 9000004-6"])
def test_a_business_id_has_nothing_around_it(text):
    assert is_business_id("9000004-6")
    assert not is_business_id(text)


@pytest.mark.parametrize(
    "text",
    [
        f"/employers/{CODE}",
        f"{CODE}-{CODE}",
        f"?employer={CODE}&x=1",
        CODE.lower(),
        json.dumps(f"a\n{CODE}"),
        "010190y9123",
    ],
)
def test_what_looks_like_an_identity_code_is_hidden(text):
    assert "9123" not in without_codes(text)


@pytest.mark.parametrize("text", ["13", "1232", "123453", "00001232", "RF18539007547034", "RF111232"])
def test_a_payment_reference_adds_up(text):
    assert is_payment_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "0x", "1", "1233", "1332", "-1232", " 1232", "12 32", "\u0661\u0662\u0663\u0662", "1232" * 5 + "1", "RF18",
        "RF19539007547034",
    ],
)  # fmt: skip
def test_any_other_payment_reference_does_not(text):
    assert not is_payment_reference(text)


def test_ids_and_other_numbers_stay_readable():
    for text in (str(UUID(int=0x12345678901234567890123456789012)), "9000004-6", "2026-11-22T00:25:46.123456Z"):
        assert without_codes(text) == text
