"""Reads that more than one door needs."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Coalesce

from employers.applications.models import LIVE, Application, ApplicationVersion, Payment
from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, Paid, Period, from_json
from employers.benefits.deadlines import add_months
from employers.benefits.income import annual_income, income_window
from employers.benefits.maximum import LOOK_BACK
from employers.benefits.periods import in_range
from employers.income_register.queries import wages
from employers.law.queries import LawOn, laws
from employers.organisations.models import Organisation
from employers.people.models import Person


def income_days(claim: Claim, *, continues: Application | None) -> list[date]:
    """The days before which the person's wages count."""
    law_on = laws()
    earlier = earlier_of(continues, law_on=law_on)
    return rules.income_days(claim, law=law_on(rules.law_day(claim, earlier=earlier)), earlier=earlier)


def greatest(incomes: Iterable[Income]) -> Income:
    known = [income for income in incomes if income.annual is not None]
    return max(known, key=lambda income: income.annual or Decimal(0), default=Income())


def every_wage(person: Person, *, onset: date) -> Income:
    """The yearly income as every payer's reports show it: for decisions alone, an employer never sees it."""
    return Income(annual=annual_income(every_payment(person, onset=onset), onset))


def every_payment(person: Person, *, onset: date) -> list[tuple[date, Decimal]]:
    """Wages of the window by the day they were paid, EUR, from every payer."""
    payers = Organisation.objects.filter(report_versions__person=person).distinct()
    return [wage for payer in payers for wage in wages(payer, person, window=income_window(onset))]


def continued(claim: Claim, *, organisation: Organisation | None, person: Person | None) -> Application | None:
    """The application this one continues: the same employer's, about the same person, or none at all."""
    if not claim.continues_application or organisation is None or person is None:
        return None
    return Application.objects.filter(
        pk=UUID(claim.continues_application), organisation=organisation, person=person, absence_end__isnull=False
    ).first()


def earlier_of(
    continues: Application | None, *, law_on: LawOn, said: Mapping[UUID, Any] | None = None
) -> Earlier | None:
    """The earlier application as the law sees it, counted from the first of the chain.

    `said`: what each application of the chain says, by its key, for whoever has looked it up for many at once.
    """
    if continues is None or continues.absence_end is None or continues.law_day is None:
        return None
    claim = from_json(said[continues.pk] if said else continues.versions.get(number=continues.version).content)
    try:
        before = earlier_of(continues.continues, law_on=law_on, said=said)
        return rules.as_earlier(claim, law=law_on(continues.law_day), earlier=before)
    except ValueError:  # no parameters on its day: nothing was counted, so its last day has to do
        return Earlier(last_paid_day=continues.absence_end, period_end=continues.absence_end, onset=continues.law_day)


def paid_before(day: date, *, organisation: Organisation, person: Person, without: UUID | None = None) -> list[Paid]:
    """What this employer's live applications tell of paid weekdays that could count towards a maximum on the day."""
    live = Application.objects.filter(LIVE, organisation=organisation, person=person, benefit__in=rules.WITH_MAXIMUM)
    others = live.exclude(pk=without) if without else live
    near = others.filter(absence_end__gte=add_months(day, -LOOK_BACK), absence_start__lt=day)
    told = near.annotate(days=payable_days()).values_list("benefit", "absence_start", "absence_end", "days")
    return [
        Paid(benefit=benefit, first_day=start, last_day=end, days=int(days or 0))
        for benefit, start, end, days in told
        if start and end
    ]


def payable_days() -> Coalesce:
    """For an annotation: the weekdays an application is paid for, as decided, else as estimated. Text, or none."""
    current = ApplicationVersion.objects.filter(application=OuterRef("pk"), number=OuterRef("version"))
    estimated = Subquery(current.annotate(days=KT("estimate__payable_days")).values("days")[:1])
    return Coalesce(KeyTextTransform("payable_days", "decision__calculation"), estimated)


def payments_of(application_id: UUID) -> QuerySet[Payment]:
    """Sent or to be sent, of every decision about the application, oldest first."""
    payments = Payment.objects.filter(decision__application=application_id)
    return payments.exclude(status=Payment.State.CANCELLED).order_by("id")


def paid_so_far(application_id: UUID) -> Decimal:
    """EUR that went out, by whichever decision."""
    sent = Payment.objects.filter(decision__application=application_id, status=Payment.State.SENT)
    return sent.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def last_before(onset: date, *, benefit: str, organisation: Organisation, person: Person) -> Application | None:
    """The live application of the latest absence before the day."""
    before = Application.objects.filter(
        LIVE, organisation=organisation, person=person, benefit=benefit, absence_end__lt=onset
    )
    return before.order_by("-absence_end").first()


def inherited(onset: date, *, benefit: str, last: Application | None, law_on: LawOn) -> Application | None:
    """`last`, the latest application before, where an absence that begins on the day goes on or comes back from it."""
    earlier = earlier_of(last, law_on=law_on)
    if last is None or earlier is None:
        return None
    near = is_near(onset, benefit=benefit, last=last, earlier=earlier, law_on=law_on)
    return last if near else None


def is_near(onset: date, *, benefit: str, last: Application, earlier: Earlier, law_on: LawOn) -> bool:
    """Whether an absence that begins on the day goes on or comes back from the one of `last`, which is `earlier`."""
    if not in_range(onset):
        return False
    claim = Claim(benefit=benefit, continues_application=str(last.pk), absence=Period(start=onset, end=onset))
    return rules.inherits(claim, law=law_on(onset), earlier=earlier)
