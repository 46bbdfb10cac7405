"""Values as people type them: days, amounts, numbers, codes. Cleaned they are what the machine interface takes."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.intake.words import sentence
from employers.organisations.identifiers import is_payment_reference, is_personal_identity_code

DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
SPACES = re.compile(r"\s")
PLAIN_AMOUNT = re.compile(r"-?\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
PLAIN_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,2})?", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}
GROUPED_AMOUNT = re.compile(r"-?\d{1,3}(?:(?:\.\d{3}){1,3},\d{1,2}|(?:,\d{3}){1,3}\.\d{1,2})", re.ASCII)


def problem_text(code: str, **params: Any) -> str:
    return sentence(Problem("", code, "error", params))


class PaymentReferenceField(forms.CharField):
    """A reference number in groups or not; cleaned it has no spaces."""

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "").upper()
        if text and not is_payment_reference(text):
            raise ValidationError(problem_text("payment_reference_invalid"), code="invalid")
        return text


class DayField(forms.CharField):
    """A day as `2.3.2026`; cleaned it is `2026-03-02`."""

    default_error_messages = {"invalid": _("Give a day that exists, for example 2.3.2026.")}
    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 2.3.2026"))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return self._read(text.rstrip(".")) if text else ""

    def prepare_value(self, value: Any) -> Any:
        """What was stored, as people write it; what was typed, as it was."""
        iso = ISO.fullmatch(str(value or ""))
        return f"{int(iso[3])}.{int(iso[2])}.{iso[1]}" if iso else value

    def _read(self, text: str) -> str:
        iso, typed = ISO.fullmatch(text), DAY_MONTH_YEAR.fullmatch(text)
        if not iso and not typed:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = iso.groups() if iso else typed.group(3, 2, 1)  # type: ignore[union-attr]
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MoneyField(forms.CharField):
    """Euros with comma or point; cleaned they are text with two decimals."""

    unit = "€"
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "").replace("\u2212", "-").removesuffix("€")
        if not text:
            return ""
        if GROUPED_AMOUNT.fullmatch(text):
            text = text.replace(".", "").replace(",", ".") if text[-3:-2] == "," or text[-2:-1] == "," else text
            text = text.replace(",", "")
        elif not PLAIN_AMOUNT.fullmatch(text):
            raise ValidationError(problem_text("amount_invalid"), code="amount_invalid")
        return f"{Decimal(text.replace(',', '.')):.2f}"

    def prepare_value(self, value: Any) -> Any:
        stored = re.fullmatch(r"-?\d+\.\d{2}", str(value or ""))
        return str(value).replace(".", ",") if stored and get_language() != "en" else value


class IdentityCodeField(forms.CharField):
    """All eleven characters, in capitals whatever was typed."""

    widget = forms.TextInput(attrs={"class": "medium", "autocomplete": "off", "autocapitalize": "characters"})

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "").upper()
        if text and not is_personal_identity_code(text, allow_temporary=settings.SANDBOX):
            raise ValidationError(problem_text("identity_code_invalid"), code="identity_code_invalid")
        return text


class NumberField(forms.CharField):
    """Hours and days with comma or point, at most two decimals; cleaned it is text with a point."""

    default_error_messages = {"invalid": _("Give a number with at most two decimals, for example 7.5.")}
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "").replace(",", ".")
        if text and not PLAIN_NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text

    def prepare_value(self, value: Any) -> Any:
        stored = PLAIN_NUMBER.fullmatch(str(value or ""))
        return str(value).replace(".", ",") if stored and get_language() != "en" else value


class CountField(forms.Field):
    """A whole number from 0; cleaned it is one."""

    default_error_messages = {"invalid": _("Give a whole number, for example 12.")}
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = SPACES.sub("", value or "")
        if text and not WHOLE_NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text) if text else None


class MonthField(forms.CharField):
    """A month as `3/2026`; cleaned it is `2026-03`."""

    default_error_messages = {"invalid": _("Give a month that exists, for example 3/2026.")}
    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 3/2026"))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "")
        iso, typed = ISO_MONTH.fullmatch(text), MONTH_YEAR.fullmatch(text)
        if not iso and not typed:
            if text:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return ""
        year, month = iso.groups() if iso else typed.group(2, 1)  # type: ignore[union-attr]
        if not 1 <= int(month) <= 12:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{year}-{int(month):02}"

    def prepare_value(self, value: Any) -> Any:
        iso = ISO_MONTH.fullmatch(str(value or ""))
        return month_words(iso[0]) if iso else value


class TruthField(forms.TypedChoiceField):
    """Yes or no, neither chosen beforehand; cleaned it is true, false or None."""

    widget = forms.RadioSelect(attrs={"class": "choices choices-short"})

    def __init__(self, **options: Any) -> None:
        choices = list(YES_OR_NO.items())
        super().__init__(choices=choices, coerce=lambda said: said == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class IbanField(forms.CharField):
    """A bank account in capitals without spaces, whatever was typed."""

    widget = forms.TextInput(attrs={"class": "medium", "autocomplete": "off", "autocapitalize": "characters"})

    def to_python(self, value: Any) -> str:
        return SPACES.sub("", super().to_python(value) or "").upper()


def month_words(iso: str) -> str:
    """`3/2026` of `2026-03`."""
    year, month = iso.split("-")
    return f"{int(month)}/{year}"
