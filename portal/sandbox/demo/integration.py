"""The conformance runner of vendors, against the portal of this demonstration."""

from portal.conformance.every import SCENARIOS
from portal.conformance.play import play
from portal.conformance.stage import Stage
from portal.conformance.vendor import Vendor
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost

PAYROLL, OTHER = "sandbox-payroll", "sandbox-other"


def play_a_vendor(story: Story, step: Step) -> None:
    """The last scenario puts everything back to the start: what was made before is gone then."""
    chosen = SCENARIOS[:-1] if story.keep else SCENARIOS
    stage = Stage(vendor=_client(story, PAYROLL), other=_client(story, OTHER))
    try:
        results = play(chosen, stage)
    finally:
        stage.close()
    failed = [f"{one.scenario.name}: {one.told}" for one in results if not one.passed]
    if failed:
        raise Lost("; ".join(failed))
    step.facts = f"{len(results)} of {len(results)} scenarios passed"


def _client(story: Story, name: str) -> Vendor:
    return Vendor(story.base, name, f"{name}-secret")
