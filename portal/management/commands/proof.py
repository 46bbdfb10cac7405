"""The large sizes, against the running portal at PORTAL_URL, and tests of the tests of the law.

Prints what happened, fails if any step did.
"""

from django.conf import settings

from portal.management.commands import demo
from portal.sandbox import mutation
from portal.sandbox.demo import large
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost


def break_every_rule(_story: Story, step: Step) -> None:
    score = mutation.measure(settings.VAR_DIR / "mutation")
    print("Changes that no test noticed:", *score.unnoticed, sep="\n  ")
    if score.percent < mutation.LEAST:
        raise Lost(f"less than {mutation.LEAST} %: {score.line()}")
    step.facts = score.line()


class Command(demo.Command):
    help = __doc__
    flows = (*large.FLOWS, ("Every rule of the law broken a little", break_every_rule))
