"""The shapes of bodies as JSON Schema, for the OpenAPI documents. Tests hold real answers against them."""

from typing import Any

from employers.applications import lifecycle
from employers.applications.dismiss import REASONS
from employers.applications.models import Channel
from employers.applications.models_register import Finding
from employers.benefits.claim import BENEFITS, CERTIFICATES, INSURER_CASES, OTHER_DAY_KINDS, PAY_BASES
from employers.benefits.details import Kind, Needed
from employers.benefits.estimate import STATUSES
from employers.income_register.models import RegisterSync
from employers.intake.models import Batch
from employers.intake.words import UNIT_NAMES
from employers.organisations import rights
from employers.records import events
from portal.openapi_details import any_details, components
from portal.openapi_words import worded

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
YES_NO: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
ID: Shape = {"type": "string", "format": "uuid"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
MONEY: Shape = {"type": "string", "pattern": r"^-?[0-9]{1,12}\.[0-9]{2}$"}
BUSINESS_ID: Shape = {"type": "string", "pattern": r"^[0-9]{7}-[0-9]$"}
REFERENCE: Shape = {"type": "string", "pattern": r"^[A-Za-z0-9._-]{1,64}$"}


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(values: Any) -> Shape:
    return {"type": "string", "enum": list(values)}


def many(shape: Shape, **limits: int) -> Shape:
    return {"type": "array", "items": shape, **limits}


def answer(**members: Shape) -> Shape:
    """Every member is there; more may come without notice."""
    return {"type": "object", "required": list(members), "properties": members}


def answer_with(sometimes: dict[str, Shape], **members: Shape) -> Shape:
    """Some members are there only at times."""
    always = answer(**members)
    return {**always, "properties": {**members, **sometimes}}


def body(*required: str, **members: Shape) -> Shape:
    """Unknown members are refused."""
    return {
        "type": "object",
        "properties": members,
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def page(name: str) -> Shape:
    return answer(items=many(ref(name)), next=maybe(TEXT))


PERIOD = body("start", "end", start=DAY, end=DAY)
CLAIM: dict[str, Shape] = {
    "employer": BUSINESS_ID,
    "benefit": one_of(BENEFITS),
    "reference": REFERENCE,
    "employee": maybe(
        body(
            "personal_identity_code",
            "given_name",
            "family_name",
            personal_identity_code={"type": "string", "minLength": 11, "maxLength": 11},
            given_name={"type": "string", "maxLength": 100},
            family_name={"type": "string", "maxLength": 100},
        )
    ),
    "employment": maybe(body("start", start=DAY, end=maybe(DAY))),
    "absence": maybe(PERIOD),
    "continues_application": maybe(ID),
    "previous_paid_day": maybe(DAY),
    "pay_periods": many(body("start", "end", "amount", start=DAY, end=DAY, amount=MONEY), maxItems=60),
    "pay_basis": one_of(PAY_BASES),
    "pay_continues_from": maybe(DAY),
    "other_days": many(body("start", "end", "kind", start=DAY, end=DAY, kind=one_of(OTHER_DAY_KINDS))),
    "certificate": maybe(one_of(CERTIFICATES)),
    "insurer_case": one_of(INSURER_CASES),
    "contact": maybe(body(name=TEXT, phone=TEXT, email=TEXT)),
    "payment_reference": maybe({"type": "string", "maxLength": 20}),
    "payment_specifier": maybe({"type": "string", "maxLength": 20}),
    "details": any_details(),
    "additional_information": {"type": "string", "maxLength": 4000},
}
ALWAYS = ("employer", "benefit", "reference")
LINE = answer(code=TEXT, text=TEXT, quantity=TEXT, unit=one_of(UNIT_NAMES), unit_amount=MONEY, amount=MONEY)
LINE["properties"] |= {"month": TEXT}  # of one month among several
BOUNDS = answer(low=MONEY, high=MONEY)
PARAMETER_USE = {"name": TEXT, "value": TEXT, "valid_from": DAY, "status": one_of(STATUSES), "reference": TEXT}
PARAMETER = answer(**PARAMETER_USE, title=TEXT, description=TEXT, unit=TEXT)
PARAMETER["properties"] |= {"low": TEXT, "high": TEXT}  # where the value is not official and could fall between them
SAID = {name: shape if name in ALWAYS else maybe(shape) for name, shape in CLAIM.items()}
NAMES = answer(fi=TEXT, sv=TEXT, en=TEXT)
NAMED = many(answer(code=TEXT, name=NAMES))
NAMED_LISTS = ("benefits", "statuses", "outcomes", "documents", "lines", "units", "questions", "rights")
DETAIL = answer(
    name=TEXT,
    kind=one_of(kind.value for kind in Kind),
    needed=one_of(needed.value for needed in Needed),
    most=maybe(COUNT),
    label=NAMES,
    choices=NAMED,
)

SHAPES: dict[str, Shape] = {
    "Claim": body(*ALWAYS, **SAID),
    "EstimateRequest": body(
        "benefit",
        **{name: maybe(shape) if name in ("employer", "reference") else shape for name, shape in SAID.items()},
        annual_income=maybe(MONEY),
        income_after_deduction=maybe(MONEY),
    ),
    "Error": answer(
        pointer=TEXT,
        code=TEXT,
        severity=one_of(("error", "warning")),
        detail=TEXT,
        rule=maybe(TEXT),
        help=maybe(TEXT),
    ),
    "Problem": answer(
        type=TEXT,
        code=TEXT,
        title=TEXT,
        detail=TEXT,
        status={"type": "integer"},
        instance=TEXT,
        trace_id=TEXT,
        origin=one_of(("caller", "portal", "incomes-register", "identity")),
        errors=many(ref("Error")),
    ),
    "Estimate": answer_with(
        {"range": {**answer(amount=BOUNDS, to_employer=BOUNDS), "description": "Only where a value is not official."}},
        benefit=one_of(BENEFITS),
        daily_allowance=maybe(MONEY),
        payable_days=COUNT,
        amount=maybe(MONEY),
        to_employer=maybe(MONEY),
        to_employee=maybe(MONEY),
        at_least=YES_NO,
        waiting_period=maybe(PERIOD),
        first_payable_day=maybe(DAY),
        deadline=maybe(DAY),
        lines=many(LINE),
        parameters=many(answer(**PARAMETER_USE)),
        estimate_status=one_of(STATUSES),
        problems=many(ref("Error")),
    ),
    "Validation": answer(estimate=ref("Estimate"), problems=many(ref("Error"))),
    "Application": answer(
        **SAID,
        id=ID,
        version=COUNT,
        status=one_of(lifecycle.STATUSES),
        submitted_at=MOMENT,
        channel=one_of(Channel.values),
        estimate=ref("Estimate"),
        problems=many(ref("Error")),
        links={"type": "object", "additionalProperties": TEXT},
    ),
    "Search": body(
        "employer", "personal_identity_code", employer=BUSINESS_ID, personal_identity_code={"type": "string"}
    ),
    "Move": answer(
        **{"at": MOMENT, "verb": TEXT, "from": TEXT, "to": TEXT, "role": TEXT, "version": COUNT, "reason": maybe(TEXT)}
    ),
    "Request": answer(id=ID, due=DAY, items=many(answer(id=ID, code=TEXT, text=TEXT, answered=YES_NO))),
    "Answers": body("answers", answers=many(body("item", "text", item=ID, text={"type": "string", "maxLength": 4000}))),
    "Decision": answer(
        outcome=one_of(lifecycle.OUTCOMES),
        decided_at=MOMENT,
        amount=MONEY,
        reason=TEXT,
        differences=many(answer(line=TEXT, estimate=maybe(MONEY), decision=maybe(MONEY), why=TEXT)),
        appeal=answer(until=DAY, text=TEXT),
        payments=many(answer(id=ID, amount=MONEY, status=TEXT, paid_on=maybe(DAY), reference=TEXT)),
    ),
    "Employer": answer(
        business_id=BUSINESS_ID,
        name=TEXT,
        size_class=one_of(("small", "medium", "large")),
        employees=COUNT,
        rights=many(one_of(rights.RIGHTS)),
        language=TEXT,
    ),
    "Readiness": answer(ready=YES_NO, missing=many(one_of(("mandate", "bank_account", "consent", "register_access")))),
    "Event": answer(
        id=ID,
        type=one_of(events.PUBLIC),
        timestamp=MOMENT,
        employer=BUSINESS_ID,
        application=maybe(ID),
        subject=maybe(ID),
        status=maybe(TEXT),
    ),
    "SyncRequest": body("employer", employer=BUSINESS_ID, dry_run=YES_NO),
    "Sync": answer(
        id=ID,
        employer=BUSINESS_ID,
        status=one_of(RegisterSync.Status.values),
        dry_run=YES_NO,
        window=answer(**{"from": maybe(MOMENT), "until": maybe(MOMENT)}),
        progress=answer(read=COUNT, promised=maybe(COUNT)),
        **dict.fromkeys(("reports", "new", "replaced", "invalidated", "quarantined", "findings"), COUNT),
        error=maybe(TEXT),
    ),
    "Finding": answer(
        id=ID,
        kind=one_of(Finding.Kind.values),
        code=maybe(TEXT),
        facts=maybe({"type": "object"}),
        employer=BUSINESS_ID,
        benefit=one_of(BENEFITS),
        absence=PERIOD,
        paid=maybe(MONEY),
        estimated_amount=maybe(MONEY),
        at_least=YES_NO,
        deadline=maybe(DAY),
        days_left=maybe(COUNT),
        status=one_of(Finding.State.values),
        application=maybe(ID),
        dismissal=maybe(answer(because=one_of(REASONS), at=MOMENT)),
    ),
    "Dismissal": body("because", because=one_of(REASONS)),
    "Parameters": answer(on=DAY, items=many(PARAMETER), next={"type": "null"}),
    "Codes": answer(
        **dict.fromkeys(NAMED_LISTS, NAMED),
        details=many(answer(benefit=one_of(BENEFITS), members=many(DETAIL))),
        problems=many(answer(code=TEXT, severity=TEXT, text=NAMES)),
        calls=many(answer(call=TEXT, scope=maybe(TEXT), rights=many(TEXT), token=YES_NO)),
    ),
    "Batch": answer(
        id=ID,
        status=one_of(Batch.Status.values),
        mode=one_of(Batch.Mode.values),
        **dict.fromkeys(("rows", "done", "accepted", "rejected", "duplicates"), COUNT),
        received_at=MOMENT,
    ),
    "BatchRow": answer(
        row=COUNT,
        reference=maybe(TEXT),
        status=TEXT,
        application=maybe(ID),
        errors=many(ref("Error")),
    ),
    "Clock": body(now=MOMENT, today=DAY),
}
SHAPES |= components()
SHAPES |= {
    f"{name}Page": page(name) for name in ("Application", "Move", "Request", "Employer", "Event", "Finding", "BatchRow")
}
SHAPES = worded(SHAPES)
