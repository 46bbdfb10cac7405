"""Why a finding is set aside, in plain words, each with what happens then."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.models_register import Finding

Kind = Finding.Kind
Words = tuple[Any, Any]

REASONS: Mapping[str, Mapping[str, Words]] = {
    Kind.UNCLAIMED: {
        "applied_elsewhere": (
            _("We have applied for it in another way"),
            _("For example on paper. It leaves the list, and your application is handled as you sent it."),
        ),
        "not_paid": (
            _("We did not pay for this time"),
            _("Then the allowance belongs to the employee, who applies for it. Correct the report in payroll, too."),
        ),
        "wrong_in_register": (
            _("The report is wrong"),
            _("Correct the report in payroll. What the corrected report tells of other days comes as a new finding."),
        ),
        "no_claim_wanted": (
            _("We do not want to apply for it"),
            _("It leaves the list. You can take this back until the last day to apply."),
        ),
        "other": (_("Another reason"), _("It leaves the list. You need not tell the reason.")),
    },
    Kind.MISMATCH: {
        "wrong_in_register": (
            _("The application is right, and we correct the report in payroll"),
            _("The application stays as it is, and is handled as it is."),
        ),
        "both_right": (
            _("Both are right"),
            _("For example pay that came in two parts. The application is handled as it is. We may still ask you."),
        ),
        "other": (_("Another reason"), _("The application is handled as it is.")),
    },
}


def said(finding: Finding) -> Any:
    """Why this one was set aside."""
    return REASONS[finding.kind].get(finding.dismissed_because, ("", ""))[0]
