"""All the cases, from a seed."""

from collections.abc import Callable, Iterator
from typing import Any

from . import changes, claims, family, others, sickness, traps
from .people import Maker
from .shape import Case, Unfit

MODULES = (sickness, changes, claims, others, family, traps)
DRAWS = 2000


def planted(seed: int, *, times: int = 1) -> list[Case]:
    """Each kind so many times; nobody is in two cases."""
    cases: list[Case] = []
    for label, tell, trap, count in kinds():
        cases += [_case(seed, label, tell, trap, len(cases) + each) for each in range(count * times)]
    return cases


def kinds() -> Iterator[tuple[str, Callable[[Maker], Any], bool, int]]:
    for module in MODULES:
        for trap, table in ((False, getattr(module, "KINDS", {})), (True, module.TRAPS)):
            for label, (tell, count) in table.items():
                yield label, tell, trap, count


def _case(seed: int, label: str, tell: Callable[[Maker], Any], trap: bool, number: int) -> Case:
    for draw in range(DRAWS):
        try:
            workers, expected, *acts = tell(Maker(seed, label, number, draw))
        except Unfit:
            continue
        told = tuple(one for worker in workers for one in worker.told())
        return Case(label=label, trap=trap, told=told, acts=tuple(*acts), expected=tuple(expected))
    raise AssertionError(f"nothing drawn is {label}")
