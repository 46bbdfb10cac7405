"""The pages that several benefits have in common, one thing on each, in the words of an illness."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Body, Row, Step
from employers.intake.forms.fields import DayField, MoneyField, PaymentReferenceField, problem_text

CHOICES = forms.RadioSelect(attrs={"class": "choices"})
NO, ELSEWHERE = "no", "elsewhere"

PAY_BASES = {
    "full": _("Full pay"),
    "part": _("A part of full pay"),
    "difference": _("The difference between pay and allowance"),
}
CERTIFICATES = {
    "electronic": _("Health care sends it electronically"),
    "employee": _("The employee sends it"),
    "follows": _("It follows later"),
    "not_needed": _("No certificate is needed"),
}
CERTIFICATE_NAMES = CERTIFICATES | {"attached": _("It was sent with the application")}
INSURER_CASES = {
    "none": _("No"),
    "occupational_accident": _("Yes, an accident at work or on the way to work"),
    "occupational_disease": _("Yes, an occupational disease"),
    "traffic": _("Yes, a traffic accident"),
}


def one_of(choices: Mapping[str, Any], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices.items()), widget=CHOICES, **options)


told = lazy(problem_text, str)  # in the language of the reader, not of whoever imports this first


def short_text(most: int, **options: Any) -> forms.CharField:
    """`most` characters, said in the words that every channel uses."""
    field = forms.CharField(max_length=most, **options)
    field.error_messages["max_length"] = told("too_long", most=most)
    return field


class EarlierStep(Step):
    """`earlier` holds the applications the employer may name: (id, words)."""

    section = _("Earlier absence")
    title = _("Does this absence continue an earlier one?")
    lead = _(
        "If the same illness goes on or comes back within 30 days, the waiting period is shorter or there is none."
    )
    new_words: Any = _("No, this is a new absence")
    earlier = forms.ChoiceField(
        label=_("Earlier absence"),
        help_text=_("The waiting period depends on it. Your own applications about the employee are listed here."),
        widget=CHOICES,
    )
    previous_paid_day = DayField(
        label=_("Last day for which the allowance was paid"),
        help_text=_(
            "Only if it was applied for elsewhere: the day stands in that decision. The waiting period depends on it. "
            "For example 2.3.2026."
        ),
        required=False,
    )
    missing = {"earlier": _("Tell us whether this absence continues an earlier one.")}

    def __init__(self, *args: Any, earlier: list[tuple[str, Any]] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = earlier or []
        if self.offered:
            self.fields["earlier"].help_text = _(
                "Your earlier applications about the same employee are here to choose from."
            )
        self.fields["earlier"].choices = [  # type: ignore[attr-defined]
            (NO, self.new_words),
            *self.offered,
            (ELSEWHERE, _("Yes, and it was applied for elsewhere")),
        ]

    @classmethod
    def initial_from(cls, body: Body) -> Body:
        if not {"continues_application", "previous_paid_day"} & body.keys():
            return {}
        paid = body.get("previous_paid_day")
        return {"earlier": body.get("continues_application") or (ELSEWHERE if paid else NO), "previous_paid_day": paid}

    def again(self) -> Body:
        return {"earlier": self.offered}

    def clean(self) -> Body:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("earlier") == ELSEWHERE and not cleaned.get("previous_paid_day") and not self.errors:
            self.add_error("previous_paid_day", _("Give the last day for which the allowance was paid."))
        return cleaned

    def said(self) -> Body:
        chosen = self.cleaned_data["earlier"]
        return {
            "continues_application": None if chosen in (NO, ELSEWHERE) else chosen,
            "previous_paid_day": self.cleaned_data["previous_paid_day"] if chosen == ELSEWHERE else None,
        }

    def knows(self, path: str) -> bool:
        return path in ("continues_application", "previous_paid_day")

    def _place(self, path: str) -> tuple[Step, str]:
        return self, "previous_paid_day" if path == "previous_paid_day" else "earlier"


class PayRow(Row):
    start = DayField(label=_("From"), help_text=_("A day of the absence. For example 2.3.2026."))
    end = DayField(label=_("Until"), help_text=_("A day of the absence."))
    amount = MoneyField(
        label=_("Gross pay for these days"),
        help_text=_("We pay you no more than you paid. It is in your payroll, before tax, without holiday bonus."),
    )
    missing = {
        "start": _("Give the first day of the pay period."),
        "end": _("Give the last day of the pay period."),
        "amount": _("Give the pay of the period."),
    }


class AsksIncome(Step):
    """The yearly pay is asked for the estimate beside the page; it is no part of the claim."""

    annual_income = MoneyField(
        label=_("The employee's pay in a year"),
        help_text=_(
            "Only for the estimate on this page, and not sent with the application. "
            "Leave it empty if you report to the Incomes Register: we find it there."
        ),
        required=False,
    )

    def said(self) -> Body:
        return {path: value for path, value in super().said().items() if path != "annual_income"}

    def extra(self) -> Body:
        return {"annual_income": self.cleaned_data["annual_income"] or None}


class SumPayStep(Step):
    """Pay where no estimate needs the pay of a year."""

    section = _("Pay for the absence")
    title = _("What did you pay for the absence?")
    lead = _(
        "Give the gross pay of the days of absence only. If the pay changed on the way, give each period by itself."
    )
    row = PayRow
    row_path = "pay_periods"
    row_name = _("Pay period")
    add_words = add_more_words = _("Add another pay period")
    least_rows = 1
    rows_after = "pay_basis"
    pay_basis = one_of(
        PAY_BASES,
        label=_("How much do you pay during the absence?"),
        help_text=_("Who gets the allowance depends on it. Your collective agreement says how much you pay."),
    )
    pay_continues_from = DayField(
        label=_("Pay goes on from"),
        help_text=_(
            "Only if you go on paying after the periods above, so that we can ask in time. For example 2.3.2026."
        ),
        required=False,
    )
    missing = {"pay_basis": _("Tell us how much you pay during the absence.")}


class PayStep(SumPayStep, AsksIncome):
    field_order = ["pay_basis", "pay_continues_from", "annual_income"]


class CertificateStep(Step):
    section = _("Medical certificate")
    title = _("How do we get the medical certificate?")
    lead = _("You need not read the certificate or tell what it says.")
    certificate = one_of(
        CERTIFICATES,
        label=_("Medical certificate"),
        help_text=_(
            "We cannot decide without it. Ask the employee how it was agreed; apply in time even if it follows."
        ),
    )
    missing = {"certificate": _("Tell us how we get the medical certificate.")}


class InsurerStep(Step):
    section = _("Insurance company")
    title = _("Could an insurance company have to pay?")
    lead = _(
        "An accident at work, an occupational disease or a traffic accident is paid by the insurance company first."
    )
    insurer_case = one_of(
        INSURER_CASES,
        label=_("Could an insurance company have to pay?"),
        help_text=_("If so, it pays first, and we pay what it leaves. Ask the employee how it happened."),
    )
    missing = {"insurer_case": _("Tell us whether an insurance company could have to pay.")}


class IllnessStep(InsurerStep, CertificateStep):
    """Certificate and insurance: both are known by the time that one applies."""

    section = _("Certificate and insurance")
    title = _("How do we get the medical certificate?")
    lead = _("You need not read the certificate or tell what it says.")
    also = ("insurer",)
    field_order = ["certificate", "insurer_case"]
    missing = {**CertificateStep.missing, **InsurerStep.missing}


class PaymentStep(Step):
    section = _("Payment and contact")
    title = _("How do you recognise the payment, and whom can we ask?")
    lead = _("Everything on this page is voluntary. The name of the employee does not show on your bank statement.")
    payment_reference = PaymentReferenceField(
        label=_("Reference number"),
        help_text=_("It comes back on your bank statement. Your book-keeping may use one; else leave it empty."),
        required=False,
    )
    payment_specifier = short_text(
        20,
        label=_("A short note of your own"),
        help_text=_(
            "Instead of a reference number. At most 20 characters. "
            "It shows on the bank statement, so do not write a name in it."
        ),
        required=False,
    )
    contact__name = short_text(
        100,
        label=_("Contact person"),
        help_text=_("Whom we ask if something is open. We remember it for your next application."),
        required=False,
    )
    contact__phone = short_text(
        40,
        label=_("Telephone"),
        help_text=_("One call can save a letter. With the country code from abroad."),
        required=False,
    )
    contact__email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write when we ask something, and tell nothing about the employee."),
        max_length=254,
        required=False,
    )
    additional_information = short_text(
        4000,
        label=_("Something else we should know"),
        help_text=_("It can save a question: why the application is late, for example. Do not tell about the illness."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self) -> Body:
        said = super().said()
        if not any(said[path] for path in said if path.startswith("contact.")):
            return {path: value for path, value in said.items() if not path.startswith("contact.")} | {"contact": None}
        return said
