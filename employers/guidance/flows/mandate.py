"""Do I need a mandate? From one's role to whether a register is enough, and who has to give what."""

from employers.guidance.flows.shape import End, Flow, Question, Said, otherwise

YES_NO = ("yes", "no")
MATTERS = ("apply", "payments", "decisions", "bank_account", "log", "health_prepare", "health_send")


def works_for_the_employer(said: Said) -> bool:
    return bool(said["side"] == "employer")


def works_for_a_firm(said: Said) -> bool:
    return bool(said["side"] == "firm")


def leads_the_company(said: Said) -> bool:
    return bool(said["role"] == "leads")


def holds_procuration(said: Said) -> bool:
    return bool(said["role"] == "procuration")


def signs_together(said: Said) -> bool:
    return bool(said["role"] == "together")


def is_of_a_public_body(said: Said) -> bool:
    return bool(said["role"] == "public")


def the_client_gave_none(said: Said) -> bool:
    return bool(said["client"] == "no")


def the_firm_gave_one_to_represent(said: Said) -> bool:
    return bool(said["firm"] == "represent")


def the_firm_passed_its_own_on(said: Said) -> bool:
    return bool(said["firm"] == "transactions")


MANDATE = Flow(
    slug="do-i-need-a-mandate",
    start="side",
    questions={
        "side": Question(
            choices=("employer", "firm", "oneself"),
            leads=[(works_for_the_employer, "role"), (works_for_a_firm, "client"), (otherwise, "not-an-employer")],
        ),
        "role": Question(
            choices=("leads", "procuration", "together", "public", "employee"),
            leads=[
                (leads_the_company, "no-mandate"),
                (holds_procuration, "no-mandate-procuration"),
                (signs_together, "register-first"),
                (is_of_a_public_body, "register-first"),
                (otherwise, "matter"),
            ],
        ),
        "matter": Question(choices=MATTERS, leads=[(otherwise, "from-the-employer")]),
        "client": Question(choices=YES_NO, leads=[(the_client_gave_none, "firm-asks-client"), (otherwise, "firm")]),
        "firm": Question(
            choices=("represent", "transactions", "none"),
            leads=[
                (the_firm_gave_one_to_represent, "ready"),
                (the_firm_passed_its_own_on, "wrong-mandate"),
                (otherwise, "firm-gives"),
            ],
        ),
    },
    ends={
        "no-mandate": End(topics=("mandates",)),
        "no-mandate-procuration": End(topics=("mandates",)),
        "register-first": End(topics=("mandates",)),
        "from-the-employer": End(topics=("mandates", "occupational-health-rights")),
        "firm-asks-client": End(topics=("mandates",)),
        "firm-gives": End(topics=("mandates",)),
        "wrong-mandate": End(topics=("mandates",)),
        "ready": End(topics=("mandates",)),
        "not-an-employer": End(topics=("entrepreneur-or-owner",)),
    },
    notes={name: lambda said, name=name: said.get("matter") == name for name in MATTERS},  # type: ignore[misc]
)
