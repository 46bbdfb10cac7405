"""What a small employer does at a browser."""

from datetime import timedelta

from portal.sandbox import cast
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import BAKERY, Story, finnish
from portal.sandbox.demo.visitor import Lost, Visitor


def estimate_in_public(story: Story, step: Step) -> None:
    visitor = story.aino
    visitor.goto("/fi/estimate/")
    visitor.follow("/estimate/sickness-allowance/")
    visitor.fill(
        {
            "absence.start": finnish(story.start),
            "absence.end": finnish(story.start + timedelta(days=35)),
            "pay": "3600,00",
            "annual_income": "40000",
        }
    )
    step.facts = f"an estimate at {visitor.url.removeprefix(story.base)}, nobody signed in"
    if "/result/" not in visitor.url:
        raise Lost("no estimate came")


def sign_in(story: Story, step: Step) -> None:
    story.aino.goto("/fi/sign-in")
    story.aino.fill({"person": "0"})
    step.facts = f"Aino is at {story.aino.url.removeprefix(story.base)}"


def apply_on_the_web(story: Story, step: Step) -> None:
    visitor = story.aino
    visitor.goto("/fi/estimate/result/")
    visitor.follow("/apply/")
    visitor.fill({}, action=_employer_id(story, BAKERY))
    answers: list[dict[str, str]] = [
        {
            "employee.personal_identity_code": story.someone(),
            "employee.given_name": "Eeva",
            "employee.family_name": "Esimerkki",
            "employment.start": "2.5.2019",
        },
        {},
        {"earlier": "no"},
        {"pay_basis": "full"},
        {"certificate": "electronic", "insurer_case": "none"},
        {"contact.name": "Aino Esimerkki", "contact.email": "aino@example.test"},
    ]
    for answer in answers:
        visitor.fill(answer)
    visitor.fill({})
    if "/receipt/" not in visitor.url:
        raise Lost(f"no receipt but {visitor.url}")
    story.made["web"] = visitor.url.split("/applications/")[1].split("/")[0]
    step.facts = f"{len(answers)} pages, then a receipt"


def _employer_id(story: Story, business_id: str) -> str:
    """A part of the address of the form that applies for this employer; with one employer any form will do."""
    name = next(item.name for item in cast.ORGANISATIONS if item.business_id == business_id)
    for form in story.aino.page.xpath("//main//form"):
        card = form.getparent()
        if name in form.text_content() or name in card.text_content():
            return str(form.get("action"))
    raise Lost(f"no form for {business_id}")


def claim_a_finding(story: Story, step: Step) -> None:
    elli = Visitor(story.base, language="en")
    elli.goto("/en/sign-in")
    elli.fill({"person": "4"})
    elli.goto(f"/en/findings/{story.made['finding']}/")
    elli.fill({})
    if "/applications/" not in elli.url:
        raise Lost(f"no application but {elli.url}")
    step.facts = "one confirmation, one application"
