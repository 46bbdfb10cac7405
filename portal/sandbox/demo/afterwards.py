"""What follows a sent application at the browser: a question to an adviser, a correction, papers to keep."""

from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost


def ask_an_adviser(story: Story, step: Step) -> None:
    story.aino.goto(f"/fi/applications/{story.made['web']}/")
    story.aino.follow("/ask/")
    story.aino.fill({"text": "Milloin päätös tulee?"})
    thread = story.aino.url.split("/messages/")[1].split("/")[0]
    story.official.goto(f"/admin/employers/thread/{thread}/change/")
    story.official.fill({"text": "Noin viikon kuluttua."})
    story.aino.goto(f"/fi/messages/{thread}/")
    if not story.aino.says("Noin viikon kuluttua."):
        raise Lost("the answer is not there")
    step.facts = "asked beside the application, answered in the admin, read in the thread"


def correct_what_was_sent(story: Story, step: Step) -> None:
    visitor = story.aino
    visitor.goto(f"/fi/applications/{story.made['web']}/")
    visitor.fill({}, action="/correct/")
    visitor.follow("/pay/?from=check")
    visitor.fill({"pay_periods.0.amount": "3500,00"})
    visitor.fill({"reason": "Palkka oli väärin."})
    if f"/applications/{story.made['web']}" not in visitor.url:
        raise Lost(f"no correction but {visitor.url}")
    step.facts = "version 2, with what changed and why"


def keep_on_paper(story: Story, step: Step) -> None:
    sizes = []
    for paper in ("receipt", "decision"):
        answer = story.aino.http.get(f"/fi/applications/{story.made['web']}/{paper}.pdf")
        if not answer.content.startswith(b"%PDF"):
            raise Lost(f"the {paper} is no PDF")
        sizes.append(f"{paper} {len(answer.content) / 1000:.0f} kB")
    step.facts = ", ".join(sizes)
