"""What is known of one person at one employer when the register's reports are looked through. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from employers.applications.candidates import Leave
from employers.applications.chains import is_live, period_of
from employers.applications.models import Application, Channel
from employers.benefits import findable
from employers.benefits.claim import Claim, Earlier, Employee, Employment, Period
from employers.benefits.family_time import FamilyTime, family_times, is_woman
from employers.benefits.findable import Cause
from employers.benefits.law import Law
from employers.organisations.models import Organisation

PARENTAL = ("parental_allowance", "partial_parental_allowance")
PREGNANCY = "pregnancy_allowance"
PARENTS = findable.group_of(PREGNANCY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """`absence`: the days it is about. `claim`: as it would be sent, without its reference and names."""

    person: UUID
    absence: Period
    paid: Decimal
    claim: Claim
    earlier: Earlier | None = None

    @property
    def benefit(self) -> str:
        return self.claim.benefit


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """`employment`: None where the register does not tell since when. `law`: of today, for what is counted here."""

    organisation: Organisation
    person: UUID
    identity_code: str
    employment: Employment | None
    applications: Sequence[Application]
    leaves: Sequence[Leave]
    law: Law

    @cached_property
    def times(self) -> list[FamilyTime]:
        """A report's claim does not tell pregnancy from parental leave: its application is not the employer's word."""
        asked = [one for one in self.applications if one.channel != Channel.REGISTER]
        return family_times(
            [one for one in self.leaves if one.cause is Cause.FAMILY_LEAVE],
            special=[one for one in self.leaves if one.cause is Cause.SPECIAL_PREGNANCY],
            woman=is_woman(self.identity_code),
            parental=[period_of(one) for one in asked if one.benefit in PARENTAL],
            pregnancies=[period_of(one) for one in asked if one.benefit == PREGNANCY],
            law=self.law,
        )

    def time_of(self, day: date) -> FamilyTime | None:
        return next((one for one in self.times if one.first_day <= day < one.until), None)

    def last_before(self, start: date, *, benefit: str, since: date) -> Application | None:
        """The live application of the latest absence before, of the same family of benefits."""
        group = findable.in_group(benefit)
        before = (
            one for one in self.applications if one.benefit in group and is_live(one) and _is_between(one, since, start)
        )
        return max(before, key=lambda one: (period_of(one).end, one.pk), default=None)

    def claim(self, benefit: str) -> Claim:
        """What every claim about the person says."""
        return Claim(
            benefit=benefit,
            employer=self.organisation.business_id,
            employee=Employee(personal_identity_code=self.identity_code, given_name="", family_name=""),
            employment=self.employment,
        )


def _is_between(application: Application, since: date, start: date) -> bool:
    return since <= period_of(application).end < start
