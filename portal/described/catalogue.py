"""What every code means, and every dated value: no token needed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import BENEFITS
from employers.benefits.details import Kind, Needed
from portal.described.estimates import PARAMETER_USE
from portal.described.shape import COUNT, DAY, TEXT, YES_NO, Shape, answer, many, maybe, one_of
from portal.described.told import IN_PARTS, Told

TAG = _("Codes and values")
ABOUT = "What every code means, in three languages, and every dated value with its source. No token needed."

ON: Shape = {**DAY, "description": "The day; today without it."}
CALLS: Mapping[str, Told] = {
    "GET /codes": Told(
        summary=_("List every code in three languages"),
        about="Every code an answer can hold, with its severity and its words; and what each call needs.",
        gives="Codes",
        cached=True,
    ),
    "GET /parameters": Told(
        summary=_("List every value in force on a day"),
        about="With its source and status.",
        gives="Parameters",
        query={"on": ON, **IN_PARTS},
        cached=True,
    ),
}
PARAMETER = answer(**PARAMETER_USE, title=TEXT, description=TEXT, unit=TEXT)
PARAMETER["properties"] |= {"low": TEXT, "high": TEXT}  # where the value is not official and could fall between them
NAMES = answer(fi=TEXT, sv=TEXT, en=TEXT)
NAMED = many(answer(code=TEXT, name=NAMES))
NAMED_LISTS = ("benefits", "statuses", "outcomes", "lines", "units", "questions", "rights", "events", "sectors")
OTHER_LISTS = ("details", "documents", "problems", "dismissal_reasons", "calls")
DETAIL = answer(
    name=TEXT,
    kind=one_of(kind.value for kind in Kind),
    needed=one_of(needed.value for needed in Needed),
    most=maybe(COUNT),
    label=NAMES,
    choices=NAMED,
)
SHAPES: Mapping[str, Shape] = {
    "Parameters": answer(on=DAY, items=many(PARAMETER), next=maybe(TEXT)),
    "Codes": answer(
        **dict.fromkeys(NAMED_LISTS, NAMED),
        details=many(answer(benefit=one_of(BENEFITS), members=many(DETAIL))),
        documents=many(answer(code=TEXT, name=NAMES, type=TEXT)),
        problems=many(
            answer(code=TEXT, severity=one_of(("error", "warning")), text=NAMES, rule=maybe(TEXT), type=TEXT)
        ),
        dismissal_reasons=many(answer(code=TEXT, kind=one_of(("unclaimed", "mismatch")), name=NAMES)),
        calls=many(
            answer(call=TEXT, scope=maybe(TEXT), rights=many(TEXT), occupational_health=many(TEXT), token=YES_NO)
        ),
    ),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Parameters": {"on": "The day.", "next": "`cursor` of what is left of a part; null: no more."},
    "Codes": {
        "benefits": "What can be applied for.",
        "statuses": "Of an application, as it moves.",
        "outcomes": "Of a decision.",
        "lines": "Of an estimate.",
        "units": "Of a dated value.",
        "questions": "What an official asks in a request for information.",
        "rights": "What an employer can give your organisation.",
        "documents": "The `code` of a problem document.",
        "problems": "The `code` of one of its `errors`: its severity, the provision behind it, and its page as `type`.",
        "events": "The types of `GET /events` and of webhooks.",
        "sectors": "The sections of TOL 2008, as `GET /benchmarks` takes them.",
        "dismissal_reasons": "Why a finding is set aside, by its kind.",
        "details": "What each benefit asks beside the rest.",
        "calls": "The scope of the access token, and of the employer one of `rights`, or of `occupational_health`.",
    },
}
NAME = {"fi": "Sairauspäiväraha", "sv": "Sjukdagpenning", "en": "Sickness allowance"}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Parameters": {
        "one": {
            "on": "2026-04-20",
            "items": [
                {
                    "name": "sickness.income_limit",
                    "value": "28899",
                    "valid_from": "2026-01-01",
                    "status": "official",
                    "reference": "Sairausvakuutuslaki 1224/2004 11:1",
                    "title": "Income limit",
                    "description": "Sickness allowance: income up to which the full percentage is paid",
                    "unit": "EUR/year",
                }
            ],
            "next": None,
        }
    },
    "Codes": {
        "some": {
            **{name: [] for name in (*NAMED_LISTS, *OTHER_LISTS)},
            "benefits": [{"code": "sickness_allowance", "name": NAME}],
        }
    },
}
