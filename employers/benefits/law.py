"""The value of a parameter on a day. No value in force is an exception, never an older value.

The files under `parameters/` hold start dates only: a value holds until the next begins. Values that are set yearly
end with `{ status = "unknown" }`. Figures confirmed later come as an overlay and go before the files.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from employers.benefits.estimate import ParameterUse

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
    """`value` is None when `status` is "unknown": what held before has ended and what holds is not known."""

    start: date
    value: Decimal | None
    status: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """`values` stand by start date, oldest first."""

    name: str
    description: str
    unit: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterInForce(ParameterUse):
    description: str
    unit: str

    def as_dict(self) -> dict[str, str]:
        return {**ParameterUse.as_dict(self), "description": self.description, "unit": self.unit}


Overlay = Mapping[str, Iterable[Value]]


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one day. An unknown name is a KeyError: the mistake is in the code, not in the date."""

    day: date
    overlay: Overlay = field(default_factory=dict, repr=False)

    @classmethod
    def on(cls, day: date, *, overlay: Overlay | None = None) -> "Law":
        return cls(day, overlay or {})

    def value(self, name: str) -> Decimal:
        """Raises NotInForce when no value is in force or it is unknown."""
        return self.use(name).value

    def count(self, name: str) -> int:
        """The value of a parameter that counts days or months."""
        return int(self.value(name))

    def use(self, name: str) -> ParameterUse:
        """The value with its start, status and source, as an estimate lists it. Raises NotInForce."""
        found = in_force(with_overlay(files()[name], self.overlay), self.day)
        if found is None or found.value is None:
            raise NotInForce(name, self.day)
        return ParameterUse(
            name=name, value=found.value, valid_from=found.start, status=found.status, reference=found.reference
        )

    def knows(self, name: str) -> bool:
        try:
            self.use(name)
        except NotInForce:
            return False
        return True


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
        description=parameter.description,
        unit=parameter.unit,
    )


def last_official_year(*, overlay: Overlay | None = None) -> int:
    """The last year whose yearly limits are official."""
    values = with_overlay(files()[YEARLY], overlay or {})
    return max(value.start.year for value in values if value.status == "official")


def in_force(values: Iterable[Value], day: date) -> Value | None:
    return max((value for value in values if value.start <= day), key=lambda value: value.start, default=None)


def with_overlay(parameter: Parameter, overlay: Overlay) -> tuple[Value, ...]:
    """A value entered where the file knows none holds for its year alone, unless more is entered."""
    entered = {value.start: value for value in overlay.get(parameter.name, ())}
    filed = {value.start: value for value in parameter.values}
    ends = {
        day.replace(year=day.year + 1): unknown_from(day.replace(year=day.year + 1))
        for day in entered
        if day in filed and filed[day].value is None
    }
    return tuple({**filed, **ends, **entered}.values())


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
    )


def dated(day: str, entry: Mapping[str, Any], reference: str) -> Value:
    """One line of `[values]`; a value may name a source of its own."""
    value = entry.get("value")
    return Value(
        start=date.fromisoformat(day),
        value=None if value is None else Decimal(value),
        status=entry["status"],
        reference=entry.get("reference", reference),
    )
