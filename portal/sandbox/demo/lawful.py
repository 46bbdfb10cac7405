"""The tests of the law put to the test: many more examples, and rules that are a little wrong."""

import os
import subprocess
import sys
from functools import partial

from django.conf import settings

from portal.sandbox import mutation
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.sizes import prove
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost
from portal.sandbox.state import PROJECT

EXAMPLES = "1000"  # of each property; about two minutes


def look_for_counterexamples(_story: Story, step: Step) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--noconftest", "-p", "no:django", "tests/benefits"]
    environment = os.environ | {"PROPERTY_EXAMPLES": EXAMPLES}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Lost(done.stdout)
    step.facts = f"{EXAMPLES} examples of each property: {done.stdout.splitlines()[-1]}"


def break_every_rule(_story: Story, step: Step) -> None:
    score = mutation.measure(settings.VAR_DIR / "mutation")
    print("Changes that no test noticed:", *score.unnoticed, sep="\n  ")
    if score.percent < mutation.LEAST:
        raise Lost(f"less than {mutation.LEAST} %: {score.line()}")
    step.facts = score.line()


FLOWS = (
    ("Every property of the law, many examples", look_for_counterexamples),
    ("Every page in every language, against WCAG", partial(prove, "tests/browser")),
    ("Every rule of the law broken a little", break_every_rule),
)
