"""All that can be seen of what was synced, without keys and seals."""

from typing import Any

from employers.income_register.models import PaidAbsence, ReportVersion
from employers.people.models import Employment, Person


def state() -> dict[str, list[Any]]:
    people = {one.pk: one.identity_code for one in Person.objects.all()}
    return {
        "versions": sorted(
            (one.report_id, one.version, one.status, one.wages, people.get(one.person_id), one.current)
            for one in ReportVersion.objects.all()
        ),
        "absences": sorted(
            (
                one.report.report_id,
                one.report.version,
                one.number,
                str(one.end),
                str(one.until),
                one.amount,
                one.current,
            )
            for one in PaidAbsence.objects.select_related("report")
        ),
        "employments": sorted(
            (people[one.person_id], one.given_name, one.family_name, str(one.start)) for one in Employment.objects.all()
        ),
    }
