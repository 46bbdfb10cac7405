"""The officials' forms for what comes by other channels: a contact, an application on paper or by telephone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.contacts.enter import LONGEST
from customers.contacts.models import Channel, Matter
from employers.benefits import rules
from employers.guidance.models import GuidanceTopic
from employers.intake.words import benefit_name
from employers.organisations.models import Organisation

BY_PEOPLE = (Channel.PHONE, Channel.PAPER, Channel.EMAIL, Channel.VISIT)
APPLIED_BY = (Channel.PAPER, Channel.PHONE)
NOT_DERIVED = (Matter.QUESTION, Matter.ANSWER, Matter.CLARIFICATION, Matter.OTHER)
Choices = list[tuple[str, str | Promise]]


class OfEmployer(forms.Form):
    business_id = forms.CharField(label=_("Business ID"), max_length=9)

    def clean_business_id(self) -> str:
        """The organisation is kept beside it: every form here is about one."""
        self.organisation = Organisation.objects.filter(business_id=self.cleaned_data["business_id"].strip()).first()
        if self.organisation is None:
            raise ValidationError(_("No employer here has this Business ID."))
        return self.organisation.business_id


class ContactForm(OfEmployer):
    channel = forms.ChoiceField(label=_("Channel"), choices=[(one.value, one.label) for one in BY_PEOPLE])
    matter = forms.ChoiceField(label=_("Matter"), choices=[(one.value, one.label) for one in NOT_DERIVED])
    reference = forms.CharField(label=_("Reference of the application"), required=False, max_length=64)
    topic = forms.ChoiceField(
        label=_("Guidance topic"), required=False, help_text=_("The text that should have answered it.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without names and identity codes where it can be said without them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [("", "–"), *topics()]  # type: ignore[attr-defined]


class ApplicationForm(OfEmployer):
    channel = forms.ChoiceField(label=_("Channel"), choices=[(one.value, one.label) for one in APPLIED_BY])
    benefit = forms.ChoiceField(label=_("Benefit"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["benefit"].choices = [(code, benefit_name(code)) for code in rules.BENEFITS]  # type: ignore[attr-defined]


def topics() -> Choices:
    """Every topic once, however many versions it has."""
    return [*dict(GuidanceTopic.objects.order_by("title").values_list("slug", "title")).items()]


def said(form: ContactForm) -> Mapping[str, Any]:
    """What `customers.contacts.enter.enter` takes of a valid form."""
    return {name: value for name, value in form.cleaned_data.items() if name != "business_id"}
