"""Enter a figure that was confirmed. It counts for nobody until a second official has approved it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from employers.benefits.law import files
from employers.law.figures import Fault, is_for_files_alone, start_faults, value_faults
from employers.law.models import ConfirmedValue
from employers.organisations.models import User
from employers.records import clock


class UnknownFigure(LookupError):
    """No file tells of it, or files alone do."""


class WrongFigure(ValueError):
    """`faults`: field of the table and what is wrong there, each one."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults))
        self.faults = faults


class WaitsAlready(Exception):
    """A value of the figure for the same day waits for its approval."""


class SourceMissing(ValueError):
    """A figure without a source is nobody's to approve."""


@transaction.atomic
def enter(*, name: str, start: date, value: Decimal, reference: str, by: User, at: datetime) -> ConfirmedValue:
    """Raises UnknownFigure, WrongFigure, SourceMissing or WaitsAlready."""
    parameter = files().get(name)
    if parameter is None or is_for_files_alone(name):
        raise UnknownFigure(name)
    if not reference.strip():
        raise SourceMissing
    wrong_start = [("start", fault) for fault in start_faults(parameter, start, on=clock.day_of(at))]
    faults = [*wrong_start, *(("value", fault) for fault in value_faults(parameter, value))]
    if faults:
        raise WrongFigure(faults)
    entered = ConfirmedValue(
        name=name, start=start, value=value, reference=reference.strip(), entered_by=by, entered_at=at
    )
    _insert(entered)
    return entered


def _insert(entered: ConfirmedValue) -> None:
    """Two officials may enter the same at once: the constraint is the last door."""
    try:
        with transaction.atomic():
            entered.save(force_insert=True)
    except IntegrityError as error:
        if "confirmed_value_waits_once" not in str(error):
            raise
        raise WaitsAlready from error
