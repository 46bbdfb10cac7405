"""Who gets the money? From what the employer pays to who is paid the allowance."""

from employers.guidance.flows.shape import End, Flow, Question, Said, otherwise

YES_NO = ("yes", "no")


def full_pay(said: Said) -> bool:
    return bool(said["pay"] == "full")


def part_of_the_pay(said: Said) -> bool:
    return bool(said["pay"] == "part")


def only_the_difference(said: Said) -> bool:
    return bool(said["pay"] == "difference")


def annual_leave_in_between(said: Said) -> bool:
    return said.get("annual_leave") == "yes"


def several_employers(said: Said) -> bool:
    return said.get("employers") == "yes"


def is_an_owner(said: Said) -> bool:
    return said.get("owner") == "yes"


WHO_GETS = Flow(
    slug="who-gets-the-money",
    start="pay",
    questions={
        "pay": Question(
            choices=("full", "part", "difference", "none"),
            leads=[(full_pay, "annual_leave"), (part_of_the_pay, "annual_leave"), (only_the_difference, "difference"),
                   (otherwise, "unpaid")],
        ),
        "annual_leave": Question(choices=YES_NO, leads=[(otherwise, "employers")]),
        "employers": Question(choices=YES_NO, leads=[(otherwise, "owner")]),
        "owner": Question(choices=YES_NO, leads=[(full_pay, "employer"), (otherwise, "up-to-the-pay")]),
    },
    ends={
        "employer": End(topics=("which-pay", "why-apply")),
        "up-to-the-pay": End(topics=("which-pay", "pay-continues")),
        "difference": End(topics=("only-the-difference",)),
        "unpaid": End(topics=("unpaid-absence",)),
    },
    notes={
        "annual-leave": annual_leave_in_between,
        "several-employers": several_employers,
        "entrepreneur-or-owner": is_an_owner,
    },
)  # fmt: skip
