"""What an official does in the admin."""

from portal.sandbox import cast
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost


def sign_in_as_official(story: Story, step: Step) -> None:
    story.official.goto("/admin/login/")
    story.official.fill({"username": cast.OFFICIAL, "password": cast.OFFICIAL_PASSWORD})
    story.official.goto("/admin/employers/application/")
    step.facts = f"{len(set(story.official.links('/change/')))} applications in the queue"


def _do(story: Story, made: str, verb: str, values: dict[str, str]) -> None:
    story.official.goto(f"/admin/employers/application/{story.made[made]}/do/{verb}/")
    story.official.fill(values)


def ask_then_answer(story: Story, step: Step) -> None:
    _do(story, "web", "ask", {"ask_pay_detail": "on"})
    story.aino.goto(f"/fi/applications/{story.made['web']}/")
    story.aino.follow("/requests/")
    questions = [field.get("name") for field in story.aino.page.xpath("//main//textarea")]
    story.aino.fill(dict.fromkeys(questions, "Palkka on maksettu koko ajalta."))
    step.facts = f"{len(questions)} question asked in the admin, answered on the web"


def decide_then_pay(story: Story, step: Step) -> None:
    for made in ("web", "api"):
        _do(story, made, "decide", {"outcome": "granted", "income_after_deduction": "40000.00"})
        _do(story, made, "pay", {})
    decision = story.payroll.get(f"/applications/{story.made['api']}/decision")
    paid = decision["payments"][0]
    if paid["status"] != "sent":
        raise Lost("the payment was not sent")
    step.facts = f"granted {decision['amount']}, payment {paid['status']} on {paid['paid_on']}"
