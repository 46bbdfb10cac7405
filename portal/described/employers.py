"""The employers a client acts for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.organisations import rights
from portal.described.shape import BUSINESS_ID, COUNT, TEXT, YES_NO, Shape, answer, many, one_of, page
from portal.described.told import PAGED, Told

TAG = _("Employers")
ABOUT = "The employers you act for, what each lets you do, and what is missing before it can be paid."

CALLS: Mapping[str, Told] = {
    "GET /employers": Told(
        summary=_("List the employers you act for"),
        about="With what each lets you do.",
        gives="EmployerPage",
        query=PAGED,
    ),
    "GET /employers/{business_id}": Told(summary=_("Read an employer"), gives="Employer"),
    "GET /employers/{business_id}/readiness": Told(
        summary=_("See what an employer lacks before a claim can be paid"),
        about="What is missing before a claim of this employer can be sent by this client, and paid.",
        gives="Readiness",
    ),
}
MISSING = ("mandate", "bank_account", "consent", "register_access")
SHAPES: Mapping[str, Shape] = {
    "Employer": answer(
        business_id=BUSINESS_ID,
        name=TEXT,
        size_class=one_of(("small", "medium", "large")),
        employees=COUNT,
        rights=many(one_of(rights.RIGHTS)),
        language=TEXT,
    ),
    "EmployerPage": page("Employer"),
    "Readiness": answer(ready=YES_NO, missing=many(one_of(MISSING))),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Employer": {
        "size_class": "By its employees.",
        "employees": "As the employer declared.",
        "rights": "What it lets your organisation do, today.",
        "language": "In which it wants its letters.",
    },
    "Readiness": {
        "ready": "Nothing is missing.",
        "missing": "`mandate`: it has not let you apply; `bank_account`; `consent` to electronic decisions; "
        "`register_access`: it does not let its register data be read.",
    },
}
ONE: dict[str, Any] = {
    "business_id": "9000004-6",
    "name": "Esimerkki Oy",
    "size_class": "small",
    "employees": 12,
    "rights": ["apply", "view_decisions", "view_payments"],
    "language": "fi",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "EmployerPage": {"last": {"items": [ONE], "next": None}},
    "Employer": {"small": ONE},
    "Readiness": {
        "ready": {"ready": True, "missing": []},
        "not_ready": {"ready": False, "missing": ["bank_account"]},
    },
}
