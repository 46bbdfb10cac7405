"""What is asked about machine clients, and when a firm asks for rights."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from employers.organisations.forms import BusinessId, Questions, Rights
from employers.organisations.machine_words import SCOPE_SENTENCES
from employers.organisations.models import Organisation
from employers.organisations.register_client import OFFERED

OVERLAPS = {"day": timedelta(hours=24), "week": timedelta(days=7), "now": timedelta()}
LONGEST_MESSAGE = 1000


def a_name(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
        error_messages={"required": _("Write a name.")},
    )


class Scopes(Questions):
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        help_text=_("Only for employers that have given you the right to it."),
        choices=[(scope, SCOPE_SENTENCES[scope]) for scope in OFFERED],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": _("Choose at least one.")},
    )


class NewClient(Scopes):
    name = a_name(_("Name"), _("By which you know it, for example the name of your payroll program."))
    field_order = ["name", "scopes"]


class NewSecret(Questions):
    name = a_name(_("Name of the new secret"), _("For example the month, or the server that uses it."))
    old = forms.ChoiceField(
        label=_("When does the old secret end?"),
        choices=[
            ("day", _("In 24 hours: there is time to change it in the program")),
            ("week", _("In seven days")),
            ("now", _("At once: somebody may know it")),
        ],
        initial="day",
        widget=forms.RadioSelect(attrs={"class": "choices"}),
        error_messages={"required": _("Choose when the old secret ends.")},
    )

    def __init__(self, *args: Any, has_old: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_old:
            del self.fields["old"]

    @property
    def overlap(self) -> timedelta:
        return OVERLAPS[self.cleaned_data.get("old", "now")]


class NewKey(Questions):
    name = a_name(_("Name of the key"), _("For example the server that signs with it."))
    key = forms.CharField(
        label=_("Public key"),
        help_text=_("As PEM (it begins with -----BEGIN PUBLIC KEY-----) or as JSON (JWK)."),
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false", "rows": 10}),
        error_messages={"required": _("Paste the public key.")},
    )


class AskRights(Rights):
    business_id = BusinessId(
        label=_("Business ID of the employer"),
        help_text=_("For example 1234567-1."),
        error_messages={"required": _("Write the Business ID of the employer.")},
    )
    message = forms.CharField(
        label=_("What do you want to tell the employer?"),
        help_text=_("For example what you have agreed on. Write no personal identity codes and nothing about health."),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["business_id", "rights", "until", "message"]

    def __init__(self, *args: Any, firm: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.firm = firm
        self.fields["rights"].label = _("Which rights do you ask for?")
        self.fields["rights"].help_text = _("Ask only for what you need. The employer can choose fewer.")
        self.fields["until"].help_text = _(
            "The last day, for example 31.12.2027. Leave empty if it goes on until the employer ends it."
        )
        self.order_fields(self.field_order)

    def clean_business_id(self) -> str:
        business_id: str = self.cleaned_data["business_id"]
        if business_id == self.firm.business_id:
            raise ValidationError(_("This is your own Business ID. You need no right from yourself."))
        return business_id
