"""What is asked about addresses, the bank account and consents."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotAnIban

from employers.intake.forms.base import Questions
from employers.notifications import letters

RADIOS = forms.RadioSelect(attrs={"class": "choices"})
BOXES = forms.CheckboxSelectMultiple(attrs={"class": "choices"})
LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}  # each in itself
MINE, SHARED = "mine", "shared"
# Where euros go by SEPA: the countries of its geographical scope, by the first letters of their accounts.
SEPA = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM VA"
)


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("In which language do we write?"),
        choices=[(code, LANGUAGES[code]) for code, _name in settings.LANGUAGES],
        widget=forms.RadioSelect(attrs={"class": "choices choices-short"}),
    )


class AddressForm(Questions):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a link there. Nothing else comes before somebody confirms it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Write the address in full, for example name@example.fi.")},
    )
    whose = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[
            (SHARED, _("Several of us: everything about this employer may come here")),
            (MINE, _("I alone: what my rights let me see, and only as long as I have them")),
        ],
        widget=RADIOS,
    )
    language = language_field()
    missing = {
        "email": _("Write the e-mail address."),
        "whose": _("Tell who reads the mail of this address."),
        "language": _("Choose the language."),
    }

    def __init__(self, *args: Any, shares: bool, **options: Any) -> None:
        """`shares`: whether one may give an address for everybody."""
        super().__init__(*args, **options)
        if not shares:
            del self.fields["whose"]


class ChoicesForm(Questions):
    """What is ticked comes. Nothing ticked is an answer too."""

    wanted = forms.MultipleChoiceField(
        label=_("What do we write about?"), choices=list(letters.CHOICES.items()), widget=BOXES, required=False
    )
    language = language_field()


class IbanField(forms.CharField):
    """With or without spaces, small letters or capitals; cleaned it is without spaces in capitals."""

    widget = forms.TextInput(attrs={"class": "medium", "autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {
        "length": _("The account has too many or too few characters. A Finnish one has 18, for example FI21 1234 5600 "
                    "0007 85."),
        "checksum": _("A digit or letter of the account is wrong. Compare it with your bank's own papers."),
        "invalid": _("Give the account as an IBAN: two letters and digits, for example FI21 1234 5600 0007 85."),
        "sepa": _("We can pay only to accounts in countries of the euro payments area (SEPA). Give another account."),
    }  # fmt: skip

    def to_python(self, value: Any) -> str:
        text = iban.compact(super().to_python(value) or "").upper()
        return self._checked(text) if text else ""

    def _checked(self, text: str) -> str:
        if not (text[:2].isalpha() and text.isalnum() and text.isascii()):
            raise self._refused("invalid")
        if text[:2] not in SEPA:
            raise self._refused("sepa")
        try:
            return str(iban.validate(text))
        except InvalidChecksum as error:
            raise self._refused("checksum") from error
        except NotAnIban as error:
            raise self._refused("length") from error

    def _refused(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class AccountForm(Questions):
    iban = IbanField(
        label=_("Bank account (IBAN)"),
        help_text=_("For example FI21 1234 5600 0007 85. Spaces do not matter."),
        max_length=50,
    )
    missing = {"iban": _("Give the bank account.")}


class AgreeForm(Questions):
    agree = forms.MultipleChoiceField(
        label=_("Your answer"), choices=[("yes", _("I agree on behalf of the employer"))], widget=BOXES
    )
    missing = {"agree": _("Tick the box if the employer agrees. Otherwise go back.")}
