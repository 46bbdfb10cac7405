"""Play scenarios one after another, a line each as it ends, and count."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpx

from portal.conformance.stage import Stage
from portal.conformance.vendor import Failed

Write = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`work` raises Failed where the sandbox breaks the contract, and otherwise tells what it saw."""

    name: str
    title: str
    work: Callable[[Stage], str]


@dataclass(frozen=True, slots=True)
class Result:
    scenario: Scenario
    passed: bool
    told: str
    seconds: float


def play(scenarios: Sequence[Scenario], stage: Stage, *, write: Write = sys.stdout.write) -> list[Result]:
    """Every one of them, whatever became of the others."""
    results = []
    for number, scenario in enumerate(scenarios, 1):
        write(f"{number:>3}/{len(scenarios)} {scenario.name:<26}")
        sys.stdout.flush()
        result = _played(scenario, stage)
        write(f"{'pass' if result.passed else 'FAIL'} {result.seconds:7.2f} s  {result.told}\n")
        results.append(result)
    return results


def _played(scenario: Scenario, stage: Stage) -> Result:
    began = time.monotonic()
    try:
        told, passed = scenario.work(stage), True
    except (Failed, httpx.HTTPError) as failed:
        told, passed = str(failed) or type(failed).__name__, False
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as odd:
        told, passed = f"an answer has another shape than the contract's: {type(odd).__name__} {odd}", False
    return Result(scenario, passed, told, time.monotonic() - began)


def summary(results: Iterable[Result]) -> str:
    played = list(results)
    failed = [one for one in played if not one.passed]
    seconds = sum(one.seconds for one in played)
    lines = [f"\n{len(played) - len(failed)} of {len(played)} passed, in {seconds:.0f} s."]
    lines += [f"  FAIL {one.scenario.name}: {one.told}" for one in failed]
    return "\n".join(lines) + "\n"
