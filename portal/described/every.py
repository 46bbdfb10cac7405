"""Everything told of the machine interface, from the module of each resource. A name told twice is refused.

A resource is a module of this folder with TAG, ABOUT, CALLS, SHAPES, MEMBERS (words of members, by shape) and EXAMPLES
(by shape, or by "shape content/type"); a module may leave out what it has none of. A new file is found by itself.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from portal import described
from portal.described import details
from portal.described.shape import Elsewhere, Shape, worded
from portal.described.told import Told


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(described.__path__):
        if found.name != "every" and found.name != "document":
            yield import_module(f"{described.__name__}.{found.name}")


def collected(name: str) -> dict[str, Any]:
    """One mapping from those of all modules. Raises ValueError."""
    found: dict[str, Any] = {}
    for module in modules():
        of_module: Mapping[str, Any] = getattr(module, name, {})
        if twice := found.keys() & of_module.keys():
            raise ValueError(f"{module.__name__} tells again in {name}: {', '.join(sorted(twice))}")
        found |= of_module
    return found


CALLS: Mapping[str, Told] = collected("CALLS")
MEMBERS: Mapping[str, Mapping[str, str]] = collected("MEMBERS")
EXAMPLES: Mapping[str, Mapping[str, Any]] = collected("EXAMPLES")
SHAPES: Mapping[str, Shape] = worded({**collected("SHAPES"), **details.components()}, MEMBERS)
TAGS: Mapping[str, ModuleType] = {call: module for module in modules() for call in getattr(module, "CALLS", {})}


def examples(shape: str, kind: str) -> dict[str, Any]:
    """Of a shape in a media type, as an OpenAPI document holds them."""
    found = EXAMPLES.get(f"{shape} {kind}") or EXAMPLES.get(shape, {})
    return {"examples": {name: {"summary": name, **_shown(one)} for name, one in found.items()}} if found else {}


def _shown(example: Any) -> dict[str, Any]:
    return {"externalValue": str(example)} if isinstance(example, Elsewhere) else {"value": example}
