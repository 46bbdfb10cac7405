"""What is asked when an employer gives a right: whose, which and until when."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from employers.organisations import rights
from employers.organisations.identifiers import is_business_id, is_personal_identity_code
from employers.organisations.models import Organisation
from employers.organisations.words import GRANTING_SENTENCE, RIGHT_NAMES, RIGHT_SENTENCES

LONGEST = 25  # years a mandate may last
SPACES = re.compile(r"\s")


class OneFieldTemplate(DjangoTemplates):
    """As on every other page."""

    field_template_name = "portal/field.html"


class Questions(forms.Form):
    default_renderer = OneFieldTemplate
    use_required_attribute = False

    def found_wrong(self) -> list[dict[str, str]]:
        """For the error summary: where, and what to do."""
        return [
            {"href": f"#{self[name].id_for_label}" if name in self.fields else "", "text": str(text)}
            for name, texts in self.errors.items()
            for text in texts
        ]


class IdentityCode(forms.CharField):
    widget = forms.TextInput(attrs={"class": "medium", "autocomplete": "off", "autocapitalize": "characters"})

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "").upper()
        if text and not is_personal_identity_code(text, allow_temporary=settings.SANDBOX):
            raise ValidationError(_("Check the personal identity code. One character is wrong or missing."))
        return text


class BusinessId(forms.CharField):
    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        text = SPACES.sub("", super().to_python(value) or "")
        if text and not is_business_id(text):
            raise ValidationError(_("Check the Business ID. It has seven digits, a hyphen and one digit."))
        return text


def which_rights() -> forms.MultipleChoiceField:
    choices = [(code, f"{RIGHT_NAMES[code]}: {RIGHT_SENTENCES[code]}") for code in rights.RIGHTS]
    return forms.MultipleChoiceField(
        label=_("What may they do?"),
        help_text=_("Give only what is needed. You can change this later."),
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": _("Choose at least one right.")},
    )


class Rights(Questions):
    """Which rights, and until when. `granting` offers the right to give rights to others."""

    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("The last day, for example 31.12.2027. Leave empty if it goes on until you end it."),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%-d.%-m.%Y", attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"invalid": _("Give a day that exists, for example 31.12.2027.")},
    )

    def __init__(self, *args: Any, on: date, granting: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.fields["rights"] = which_rights()
        if granting:
            self.fields["may_grant"] = forms.BooleanField(
                label=_("This person may also give rights to others"), help_text=GRANTING_SENTENCE, required=False
            )
            self.fields["rights"].required = False
            self.fields["rights"].one_of_two = True  # type: ignore[attr-defined]  # empty only beside the right to give
        self.order_fields([*(name for name in self.fields if name != "until"), "until"])

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.on:
            raise ValidationError(_("This day has passed. Give today or a later day."))
        if until and until.year > self.on.year + LONGEST:
            raise ValidationError(_("A right lasts 25 years at most. Give an earlier day."))
        return until

    def clean(self) -> dict[str, Any]:
        """Nothing at all is not given."""
        cleaned = super().clean() or {}
        if "rights" in cleaned and not cleaned["rights"] and not cleaned.get("may_grant"):
            self.add_error("rights", _("Choose at least one right."))
        return cleaned


class ToPerson(Rights):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the person's name.")},
    )
    identity_code = IdentityCode(
        label=_("Personal identity code"),
        help_text=_("We recognise the person by it at sign-in. It is not shown to anybody."),
        error_messages={"required": _("Write the personal identity code.")},
    )


class ToFirm(Rights):
    business_id = BusinessId(
        label=_("Business ID of the firm"),
        help_text=_("For example 1234567-1. The firm chooses itself which of its people act for you."),
        error_messages={"required": _("Write the Business ID of the firm.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation

    def clean_business_id(self) -> str:
        business_id: str = self.cleaned_data["business_id"]
        if business_id == self.organisation.business_id:
            raise ValidationError(_("This is your own Business ID. Give a right to one of your people instead."))
        self.firm = Organisation.objects.exclude(kind="agency").filter(business_id=business_id).first()
        if self.firm is None:
            raise ValidationError(
                _("We do not know this firm yet. Ask it to sign in to this portal once, and try again after that.")
            )
        return business_id


class ToRepresentative(ToPerson):
    """One of a firm's own people, for all its customers or for one."""

    def __init__(self, *args: Any, customers: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.customers = {str(one.pk): one for one in customers}
        chosen = [("", _("All customers of the firm")), *((pk, str(one)) for pk, one in self.customers.items())]
        self.fields["principal"] = forms.ChoiceField(
            label=_("For which customer?"),
            choices=chosen,
            required=False,
            help_text=_("The person never gets more than the customer has given the firm."),
        )
        self.order_fields(["name", "identity_code", "principal", "rights", "until"])


class Size(Questions):
    employees = forms.IntegerField(
        label=_("How many people do you employ?"),
        help_text=_("Count everybody you pay wages to today. We choose by it what we tell you first."),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write how many people you employ."),
            "invalid": _("Write a whole number, for example 12."),
            "min_value": _("Write a number from 1 up."),
        },
    )
