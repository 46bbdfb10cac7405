"""By when? The last day to apply for a benefit, counted by the rules of the benefits."""

from datetime import date

from employers.benefits import rules
from employers.benefits.claim import BENEFITS, Claim, Earlier, Income, Period
from employers.benefits.compensation import Compensation
from employers.benefits.law import Law, NotInForce
from employers.benefits.weekdays import DAY
from employers.guidance.flows.shape import End, Flow, Question, Said, otherwise

# Where a continuation has a time of its own: from the end of the period before.
CONTINUED = ("sickness_allowance", "partial_sickness_allowance")
MONTHS, COSTS = "annual_leave_compensation", "occupational_health_reimbursement"
FAMILY = "family_leave_compensation"


def can_go_on(said: Said) -> bool:
    return said["benefit"] in CONTINUED


def goes_on(said: Said) -> bool:
    return said.get("part") == "continuation"


def is_about_months(said: Said) -> bool:
    return bool(said["benefit"] == MONTHS)


def is_about_costs(said: Said) -> bool:
    return bool(said["benefit"] == COSTS)


def is_about_an_illness(said: Said) -> bool:
    return bool(said["benefit"] == "sickness_allowance")


def takes_part_of_a_day(said: Said) -> bool:
    return "rehabilitation" in said["benefit"]


def is_family_leave(said: Said) -> bool:
    return bool(said["benefit"] == FAMILY)


BY_WHEN = Flow(
    slug="by-when",
    start="benefit",
    questions={
        "benefit": Question(
            choices=BENEFITS,
            leads=[
                (can_go_on, "part"),
                (is_about_months, "month"),
                (is_about_costs, "period_end"),
                (otherwise, "first_day"),
            ],
        ),
        "part": Question(
            choices=("first", "continuation"), leads=[(goes_on, "previous_end"), (otherwise, "first_day")]
        ),
        "first_day": Question(
            kind="day",
            leads=[
                (is_about_an_illness, "illness"),
                (takes_part_of_a_day, "rehabilitation"),
                (is_family_leave, "family-leave"),
                (otherwise, "absence"),
            ],
        ),
        "previous_end": Question(kind="day", leads=[(otherwise, "continuation")]),
        "month": Question(kind="day", leads=[(otherwise, "annual-leave")]),
        "period_end": Question(kind="day", leads=[(otherwise, "occupational-health")]),
    },
    ends={
        "illness": End(topics=("two-months", "when-worth-applying")),
        "absence": End(topics=("two-months-from-first-day",)),
        "rehabilitation": End(topics=("rehabilitation-in-working-time",)),
        "family-leave": End(topics=("family-leave-compensation", "family-leave-conditions")),
        "continuation": End(topics=("continuation", "pay-continues")),
        "annual-leave": End(topics=("annual-leave-compensation",)),
        "occupational-health": End(topics=("occupational-health-deadline",)),
    },
)


def day_of(said: Said) -> date:
    """The day that was typed, whichever question asked for it."""
    typed: date = next(said[name] for name in ("first_day", "previous_end", "month", "period_end") if name in said)
    return typed


def deadline(said: Said, *, law: Law) -> date | None:
    """The last day, not moved off days off; None where the law of the day is not known or the day is out of range."""
    benefit, day = said["benefit"], day_of(said)
    found = rules.BENEFITS[benefit]
    claim, earlier = claim_of(benefit, day, continues=goes_on(said))
    if isinstance(found, Compensation):
        try:
            return min((last for _place, last in found.deadlines(claim, law)), default=None)
        except NotInForce:
            return None
    return rules.estimate(claim, law=law, income=Income(), earlier=earlier).deadline


def claim_of(benefit: str, day: date, *, continues: bool) -> tuple[Claim, Earlier | None]:
    """As little of a claim as has a deadline."""
    if benefit == MONTHS:
        return Claim(benefit=benefit, details={"months": ({"month": f"{day:%Y-%m}"},)}), None
    if benefit == COSTS:
        return Claim(benefit=benefit, details={"accounting_period": {"start": day, "end": day}}), None
    if not continues:
        return Claim(benefit=benefit, absence=Period(start=day, end=day)), None
    earlier = Earlier(last_paid_day=day, period_end=day, onset=day, group="sickness", wait="full")
    return Claim(benefit=benefit, absence=Period(start=day + DAY, end=day + DAY)), earlier
