"""The only place that reads the time. Doors ask; everything below them is told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

HELSINKI = ZoneInfo("Europe/Helsinki")  # the days of the law are days here


def now() -> datetime:
    return real_now() + shift()


def real_now() -> datetime:
    """Also in the sandbox what the time is: for how long ago somebody signed in."""
    return datetime.now(UTC)  # noqa: TID251


def today() -> date:
    return day_of(now())


def day_of(moment: datetime) -> date:
    return moment.astimezone(HELSINKI).date()


def shift() -> timedelta:
    """What the sandbox adds to the real time; nothing elsewhere."""
    if settings.CLOCK_FILE is None:
        return timedelta()
    try:
        return timedelta(seconds=float(settings.CLOCK_FILE.read_text()))
    except FileNotFoundError:
        return timedelta()


def move_to(moment: datetime) -> None:
    """Sandbox only: from here on, now is `moment` and time goes on from it. Every process sees it."""
    file = _file()
    fresh = file.with_suffix(".new")
    fresh.write_text(str((moment - real_now()).total_seconds()))
    fresh.replace(file)


def reset() -> None:
    _file().unlink(missing_ok=True)


def _file() -> Path:
    """Refuses outside the sandbox, where time is what it is."""
    if settings.CLOCK_FILE is None:
        raise RuntimeError("Only the sandbox's clock can be moved.")
    return settings.CLOCK_FILE
