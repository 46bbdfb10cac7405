"""The value of a parameter on a day. No value in force is an exception, never an older value.

The files under `parameters/` hold start dates only: a value holds until the next begins. Values that are set yearly
end with `{ status = "unknown" }`. Figures confirmed later come as an overlay and go before the files.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from employers.benefits.estimate import ParameterUse, plain

FOLDER = Path(__file__).parent / "parameters"
UNKNOWN = "unknown"
# Confirmed every autumn for the next year; without it no allowance of that year can be computed.
YEARLY = "sickness.income_limit"


class NotInForce(LookupError):
    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"{name} has no value on {day.isoformat()}")
        self.name = name
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """`value` is None when `status` is "unknown": what held before has ended and what holds is not known.

    `low` and `high`: between what a value that is not official could fall.
    """

    start: date
    value: Decimal | None
    status: str
    reference: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """`values` stand by start date, oldest first; `title` by language, for everybody who reads.

    What a law says of each value is made once and found by its start: thousands of estimates a second ask.
    """

    name: str
    description: str
    unit: str
    values: tuple[Value, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    uses: tuple[ParameterUse | None, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(value.start for value in self.values))
        object.__setattr__(self, "uses", tuple(used(self.name, value) for value in self.values))

    def on(self, day: date) -> ParameterUse | None:
        """None where nothing is in force or it is not known."""
        index = bisect_right(self.starts, day)
        return self.uses[index - 1] if index else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterInForce(ParameterUse):
    description: str
    unit: str
    title: Mapping[str, str]

    def as_dict(self) -> dict[str, str]:
        """`low` and `high` are there only where the value could fall between them."""
        bounds = {"low": self.low, "high": self.high}
        return {
            **ParameterUse.as_dict(self),
            "description": self.description,
            "unit": self.unit,
            **{name: plain(bound) for name, bound in bounds.items() if bound is not None},
        }


Overlay = Mapping[str, Iterable[Value]]
Uses = Mapping[str, ParameterUse | None]  # by name; None: looked for, and not in force


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one day. An unknown name is a KeyError: the mistake is in the code, not in the date.

    `consulted` is what was looked up so far: with it the same law can be put together again.
    """

    day: date
    overlay: Overlay = field(default_factory=dict, repr=False)
    consulted: dict[str, ParameterUse | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def on(cls, day: date, *, overlay: Overlay | None = None) -> "Law":
        return cls(day, overlay or {})

    @classmethod
    def as_said(cls, day: date, *, said: Uses, overlay: Overlay | None = None) -> "Law":
        """The law as it was once: what was said then goes before everything that was entered or filed since."""
        law = cls.on(day, overlay=overlay)
        law.consulted.update(said)
        return law

    def instead(self, chosen: Uses) -> "Law":
        """The same law but for those values."""
        return Law.as_said(self.day, said={**self.consulted, **chosen}, overlay=self.overlay)

    def value(self, name: str) -> Decimal:
        """Raises NotInForce when no value is in force or it is unknown."""
        return self.use(name).value

    def count(self, name: str) -> int:
        """The value of a parameter that counts days or months."""
        return int(self.value(name))

    def use(self, name: str) -> ParameterUse:
        """The value with its start, status and source, as an estimate lists it. Raises NotInForce."""
        found = self.find(name)
        if found is None:
            raise NotInForce(name, self.day)
        return found

    def knows(self, name: str) -> bool:
        return self.find(name) is not None

    def find(self, name: str) -> ParameterUse | None:
        if name not in self.consulted:
            self.consulted[name] = self._in_force(name)
        return self.consulted[name]

    def _in_force(self, name: str) -> ParameterUse | None:
        parameter = files()[name]
        return overlaid(parameter, self.overlay).on(self.day) if name in self.overlay else parameter.on(self.day)


def parameters(on: date, *, overlay: Overlay | None = None) -> list[ParameterInForce]:
    """Every value in force on the day, by name."""
    law = Law.on(on, overlay=overlay)
    return [described(law.use(name)) for name in sorted(files()) if law.knows(name)]


def described(use: ParameterUse) -> ParameterInForce:
    parameter = files()[use.name]
    return ParameterInForce(
        name=use.name,
        value=use.value,
        valid_from=use.valid_from,
        status=use.status,
        reference=use.reference,
        low=use.low,
        high=use.high,
        description=parameter.description,
        unit=parameter.unit,
        title=parameter.title,
    )


def last_official_year(*, overlay: Overlay | None = None) -> int:
    """The last year whose yearly limits are official."""
    values = overlaid(files()[YEARLY], overlay or {}).values
    return max(value.start.year for value in values if value.status == "official")


def in_force(values: Iterable[Value], day: date) -> Value | None:
    return max((value for value in values if value.start <= day), key=lambda value: value.start, default=None)


def overlaid(parameter: Parameter, overlay: Overlay) -> Parameter:
    """A value entered where the file knows none holds for its year alone, unless more is entered."""
    entered = {value.start: value for value in overlay.get(parameter.name, ())}
    filed = {value.start: value for value in parameter.values}
    ends = {end: unknown_from(end) for start in entered if (end := end_of_knowing(parameter, start))}
    values = {**ends, **filed, **entered}
    return replace(parameter, values=tuple(values[start] for start in sorted(values)))


def end_of_knowing(parameter: Parameter, start: date) -> date | None:
    """1 January of the next year, where the file says that it does not know what holds on the day."""
    value = in_force(parameter.values, start)
    return date(start.year + 1, 1, 1) if value and value.value is None else None


def used(name: str, value: Value) -> ParameterUse | None:
    """None of a value that is not known."""
    if value.value is None:
        return None
    return ParameterUse(
        name=name,
        value=value.value,
        valid_from=value.start,
        status=value.status,
        reference=value.reference,
        low=value.low,
        high=value.high,
    )


def unknown_from(day: date) -> Value:
    return Value(start=day, value=None, status=UNKNOWN, reference="")


@cache
def files() -> Mapping[str, Parameter]:
    """Every parameter by name; read once."""
    return {parameter.name: parameter for parameter in map(read, sorted(FOLDER.glob("*/*.toml")))}


def read(path: Path) -> Parameter:
    content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return Parameter(
        name=f"{path.parent.name}.{path.stem}",
        description=content["description"],
        unit=content["unit"],
        values=tuple(dated(day, entry, content["reference"]) for day, entry in sorted(content["values"].items())),
        title=content.get("title", {}),
    )


def dated(day: str, entry: Mapping[str, Any], reference: str) -> Value:
    """One line of `[values]`; a value may name a source of its own."""
    return Value(
        start=date.fromisoformat(day),
        value=decimal_or_none(entry.get("value")),
        status=entry["status"],
        reference=entry.get("reference", reference),
        low=decimal_or_none(entry.get("low")),
        high=decimal_or_none(entry.get("high")),
    )


def decimal_or_none(number: Any) -> Decimal | None:
    return None if number is None else Decimal(number)
