"""What people type, and what comes of it."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from employers.intake.forms.fields import DayField, IdentityCodeField, MoneyField

DAYS = [
    ("2.3.2026", "2026-03-02"),
    ("02.03.2026", "2026-03-02"),
    (" 2.3.2026 ", "2026-03-02"),
    ("2/3/2026", "2026-03-02"),
    ("2-3-2026", "2026-03-02"),
    ("2 3 2026", "2026-03-02"),
    ("2026-03-02", "2026-03-02"),
    ("29.2.2028", "2028-02-29"),
]
NO_DAYS = ["29.2.2026", "31.4.2026", "0.1.2026", "2.3.26", "2.3.", "today", "2.3.20266", "٢.٣.٢٠٢٦", "2026-3"]
AMOUNTS = [
    ("3600", "3600.00"),
    ("3600,5", "3600.50"),
    ("3600.50", "3600.50"),
    ("3 600,50", "3600.50"),
    ("3\u00a0600,50 €", "3600.50"),
    ("3.600,50", "3600.50"),
    ("3,600.50", "3600.50"),
    ("1.234.567,89", "1234567.89"),
    ("0", "0.00"),
    ("-5", "-5.00"),
    ("\u22125", "-5.00"),
]
NO_AMOUNTS = ["3.600", "3,600", "1,2,3", "3600.505", "NaN", "1e3", "Infinity", "12 euros", "--5", "9" * 13]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(("typed", "iso"), DAYS)
def test_day(typed: str, iso: str) -> None:
    assert DayField().clean(typed) == iso


@pytest.mark.parametrize("typed", NO_DAYS)
def test_no_day(typed: str) -> None:
    with pytest.raises(ValidationError, match="Give a day that exists"):
        DayField().clean(typed)


def test_stored_day_is_shown_as_people_write_it() -> None:
    assert DayField().prepare_value("2026-03-02") == "2.3.2026"
    assert DayField().prepare_value("31.2.2026") == "31.2.2026"


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS)
def test_amount(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == amount


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_no_amount(typed: str) -> None:
    """`3.600` and `3,600` mean three thousand to one and three and a half to another: we ask."""
    with pytest.raises(ValidationError, match="Give the amount in euros"):
        MoneyField().clean(typed)


def test_stored_amount_is_shown_as_the_language_writes_it() -> None:
    for language, shown in [("fi", "3600,50"), ("sv", "3600,50"), ("en", "3600.50")]:
        with override(language):
            assert MoneyField().prepare_value("3600.50") == shown


@pytest.mark.parametrize("typed", ["010190-9123", " 010190-9123 ", "010190 -9123"])
def test_identity_code_is_read_without_spaces(typed: str) -> None:
    assert IdentityCodeField().clean(typed) == "010190-9123"


def test_identity_code_is_read_in_capitals() -> None:
    assert IdentityCodeField().clean("010190-901r") == "010190-901R"


@pytest.mark.parametrize("typed", ["010190-9124", "310290-9123", "010190-912", "0101909123"])
def test_wrong_identity_code_is_never_repeated(typed: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        IdentityCodeField().clean(typed)
    assert typed not in str(wrong.value.messages)
