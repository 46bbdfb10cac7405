"""What is wrong with the parameter files, one line a fault: told before a release, not by somebody's estimate."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from employers.benefits.estimate import STATUSES
from employers.benefits.law import UNKNOWN, Parameter, Value, read
from employers.law.words import GROUPS, UNITS

LANGUAGES = ("en", "fi", "sv")
RANGED = ("estimate", "unverified")  # a value of which an estimate has to tell between what it falls


def faults(folder: Path, *, sources: Path) -> Iterator[str]:
    """`folder` holds the files, `sources` the code that names their values."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*/*.toml")):
        try:
            parameter = read(path)
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:  # TOML's errors are ValueErrors
            yield f"{path.parent.name}.{path.stem}: cannot be read: {type(error).__name__}: {error}"
            continue
        found[parameter.name] = parameter
        yield from (f"{parameter.name}: {fault}" for fault in parameter_faults(parameter))
        yield from (f"{parameter.name}: unknown member: {name}" for name in unknown_members(path))
    yield from name_faults(found, sources=sources)


def parameter_faults(parameter: Parameter) -> Iterator[str]:
    if not parameter.description.strip():
        yield "no description"
    if parameter.unit not in UNITS:
        yield f"unknown unit: {parameter.unit!r}"
    if parameter.name.partition(".")[0] not in GROUPS:
        yield "a group without a name: employers/law/words.py"
    yield from (f"no title in {code}" for code in LANGUAGES if not parameter.title.get(code, "").strip())
    if not parameter.values:
        yield "no values"
        return
    if not ends(parameter):
        yield "set yearly, and no start from which it is unknown"
    for value in parameter.values:
        yield from (f"{value.start}: {fault}" for fault in value_faults(value))


def ends(parameter: Parameter) -> bool:
    """What is set for a year, or was ended once, has to end."""
    yearly = parameter.unit == "EUR/year" or any(value.status == UNKNOWN for value in parameter.values)
    return not yearly or parameter.values[-1].status == UNKNOWN


def value_faults(value: Value) -> Iterator[str]:
    if not value.reference.strip():
        yield "no source"
    if value.status not in (*STATUSES, UNKNOWN):
        yield f"unknown status: {value.status!r}"
    if (value.value is None) != (value.status == UNKNOWN):
        yield "a value is given, or its status is unknown: one of the two"
    if value.value is not None and not (value.value.is_finite() and value.value >= 0):
        yield "not a number from 0"
    yield from range_faults(value)


def range_faults(value: Value) -> Iterator[str]:
    bounds = (value.low, value.high)
    if value.status in RANGED and None in bounds:
        yield f"{value.status}: low and high are needed"
    elif value.status not in RANGED and bounds != (None, None):
        yield f"{value.status}: no low nor high"
    elif not is_between(value):
        yield "the value is not between low and high"


def is_between(value: Value) -> bool:
    """True also where a bound is missing or nothing is known."""
    if value.value is None or value.low is None or value.high is None:
        return True
    return value.low <= value.value <= value.high


def unknown_members(path: Path) -> list[str]:
    """A misspelt member would be passed over in silence."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {"description", "title", "reference", "unit", "values"}
    each = {"value", "status", "reference", "low", "high"}
    return [
        *sorted({*content} - known),
        *sorted({name for value in content["values"].values() for name in value} - each),
    ]


def name_faults(found: Iterable[str], *, sources: Path) -> Iterator[str]:
    files = set(found)
    texts = [path.read_text(encoding="utf-8") for path in sorted(sources.rglob("*.py"))]
    names, endings = names_in(texts, groups={name.partition(".")[0] for name in files})
    yield from (f"{name}: named in the code, and there is no file" for name in sorted(names - files))
    unused = (name for name in sorted(files - names) if name.partition(".")[2] not in endings)
    yield from (f"{name}: nothing in the code names it" for name in unused)


def names_in(texts: Iterable[str], *, groups: set[str]) -> tuple[set[str], set[str]]:
    """Whole names, and what follows the group where a name is put together: `f"{group}.deadline_months"`."""
    whole, names, endings = re.compile(rf"(?:{'|'.join(sorted(groups))})\.\w+"), set(), set()
    for node in (node for text in texts for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and whole.fullmatch(node.value):
            names.add(node.value)
        elif isinstance(node, ast.JoinedStr) and len(node.values) == 2:
            endings.add(ending_of(node.values[1]))
    return names, endings


def ending_of(part: ast.expr) -> str:
    """What follows the point of `f"{group}.deadline_months"`; empty where it is something else."""
    text = part.value if isinstance(part, ast.Constant) else ""
    return text[1:] if isinstance(text, str) and text.startswith(".") else ""
