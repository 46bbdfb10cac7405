"""The tests of the law put to the test: many more examples, and rules that are a little wrong."""

import os
import subprocess
import sys

from django.conf import settings

from portal.sandbox import browser, mutation
from portal.sandbox.demo.journal import Step
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


def judge_every_language(_story: Story, step: Step) -> None:
    """With servers of their own, as by hand: this run's are not for tests."""
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-m", "proof", "tests"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    chromium = {"CHROMIUM": browser.find() or ""}
    done = subprocess.run(command, cwd=PROJECT, env=kept | chromium, capture_output=True, text=True)
    if done.returncode:
        raise Lost(done.stdout)
    step.facts = done.stdout.splitlines()[-1]


def break_every_rule(_story: Story, step: Step) -> None:
    score = mutation.measure(settings.VAR_DIR / "mutation")
    print("Changes that no test noticed:", *score.unnoticed, sep="\n  ")
    if score.percent < mutation.LEAST:
        raise Lost(f"less than {mutation.LEAST} %: {score.line()}")
    step.facts = score.line()


FLOWS = (
    ("Every property of the law, many examples", look_for_counterexamples),
    ("Every page in every language, against WCAG", judge_every_language),
    ("Every rule of the law broken a little", break_every_rule),
)
