"""Which benefit? From the reason of the absence to a benefit, or to why there is none."""

from employers.guidance.flows.shape import End, Flow, Question, Said, When, otherwise

REASONS = (
    "illness", "part_time", "accident", "pregnancy", "hazard", "parental", "rehabilitation", "infectious", "donation",
    "leave_accrued", "sick_child", "special_care", "care_leave", "occupational_health", "other",
)  # fmt: skip
YES_NO = ("yes", "no")
FAMILY = ("pregnancy", "parental")


def reason_is(*reasons: str) -> When:
    return lambda said: said["reason"] in reasons


def nothing_is_paid(said: Said) -> bool:
    return bool(said["paid"] == "no")


def nothing_is_paid_to_a_parent(said: Said) -> bool:
    return nothing_is_paid(said) and said["reason"] in FAMILY


def ends_within_the_waiting_period(said: Said) -> bool:
    return bool(said["length"] == "short")


def works_shorter_days(said: Said) -> bool:
    return bool(said["days"] == "shorter")


def full_pay_goes_on(said: Said) -> bool:
    return bool(said["full_pay"] == "yes")


def nobody_ordered_it(said: Said) -> bool:
    return bool(said["ordered"] == "no")


def other_work_is_there(said: Said) -> bool:
    return bool(said["other_work"] == "yes")


def in_own_time(said: Said) -> bool:
    return bool(said["working_time"] == "no")


FIRST = Question(
    choices=REASONS,
    leads=[
        (reason_is("illness", "accident", "pregnancy", "donation"), "paid"),
        (reason_is("part_time"), "full_pay"),
        (reason_is("hazard"), "other_work"),
        (reason_is("parental", "rehabilitation"), "days"),
        (reason_is("infectious"), "ordered"),
        (reason_is("leave_accrued"), "annual-leave"),
        (reason_is("sick_child"), "sick-child"),
        (reason_is("special_care"), "special-care"),
        (reason_is("care_leave"), "care-leave"),
        (reason_is("occupational_health"), "occupational-health"),
        (otherwise, "no-benefit"),
    ],
)
PAID = Question(
    choices=YES_NO,
    leads=[
        (nothing_is_paid_to_a_parent, "unpaid-parent"),
        (nothing_is_paid, "unpaid"),
        (reason_is("illness"), "length"),
        (reason_is("accident"), "insurer-first"),
        (reason_is("pregnancy"), "pregnancy"),
        (reason_is("hazard"), "hazard"),
        (reason_is("parental"), "parental"),
        (reason_is("rehabilitation"), "working_time"),
        (reason_is("infectious"), "infectious"),
        (reason_is("donation"), "donation"),
    ],
)

WHICH_BENEFIT = Flow(
    slug="which-benefit",
    start="reason",
    questions={
        "reason": FIRST,
        "paid": PAID,
        "length": Question(
            choices=("short", "long", "again"),
            leads=[(ends_within_the_waiting_period, "too-short"), (otherwise, "sickness")],
        ),
        "full_pay": Question(
            choices=YES_NO,
            leads=[
                (lambda said: not full_pay_goes_on(said), "employee-applies"),
                (reason_is("part_time"), "partial-sickness"),
                (reason_is("parental"), "partial-parental"),
                (reason_is("rehabilitation"), "partial-rehabilitation"),
            ],
        ),
        "other_work": Question(choices=YES_NO, leads=[(other_work_is_there, "other-work"), (otherwise, "paid")]),
        "days": Question(choices=("whole", "shorter"), leads=[(works_shorter_days, "full_pay"), (otherwise, "paid")]),
        "ordered": Question(choices=YES_NO, leads=[(nobody_ordered_it, "not-ordered"), (otherwise, "paid")]),
        "working_time": Question(choices=YES_NO, leads=[(in_own_time, "own-time"), (otherwise, "rehabilitation")]),
    },
    ends={
        "sickness": End(benefit="sickness_allowance", topics=("waiting-period", "two-months")),
        "too-short": End(topics=("when-worth-applying", "waiting-period", "relapse")),
        "insurer-first": End(benefit="sickness_allowance", topics=("accident-or-traffic", "two-months")),
        "partial-sickness": End(
            benefit="partial_sickness_allowance", topics=("partial-sickness-full-pay", "part-time-agreement")
        ),
        "pregnancy": End(benefit="pregnancy_allowance", topics=("pregnancy-leave-pay", "family-leave-compensation")),
        "hazard": End(benefit="special_pregnancy_allowance", topics=("special-pregnancy-leave",)),
        "other-work": End(topics=("special-pregnancy-leave", "special-pregnancy-shorter-days")),
        "parental": End(benefit="parental_allowance", topics=("parental-leave-in-parts", "annual-leave-compensation")),
        "partial-parental": End(benefit="partial_parental_allowance", topics=("partial-parental-leave",)),
        "rehabilitation": End(benefit="rehabilitation_allowance", topics=("rehabilitation-in-working-time",)),
        "partial-rehabilitation": End(benefit="partial_rehabilitation_allowance", topics=("partial-rehabilitation",)),
        "own-time": End(topics=("rehabilitation-in-working-time",)),
        "infectious": End(
            benefit="infectious_disease_allowance", topics=("infectious-disease", "infectious-disease-pay")
        ),
        "not-ordered": End(benefit="sickness_allowance", topics=("infectious-disease", "when-worth-applying")),
        "donation": End(benefit="donor_allowance", topics=("donation",)),
        "annual-leave": End(benefit="annual_leave_compensation", topics=("annual-leave-compensation",)),
        "occupational-health": End(
            benefit="occupational_health_reimbursement",
            topics=("occupational-health-conditions", "occupational-health-deadline"),
        ),
        "employee-applies": End(topics=("partial-sickness-full-pay", "only-the-difference")),
        "unpaid": End(topics=("unpaid-absence", "only-the-difference")),
        "unpaid-parent": End(
            benefit="annual_leave_compensation", topics=("unpaid-absence", "annual-leave-compensation")
        ),
        "sick-child": End(topics=("sick-child",)),
        "special-care": End(topics=("sick-child", "unpaid-absence")),
        "care-leave": End(topics=("unpaid-absence",)),
        "no-benefit": End(topics=("why-apply", "unpaid-absence")),
    },
)
