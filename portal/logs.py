"""How a log line is written: JSON, never with a personal identity code in it, whoever put one into an address, and
never with an address that opens something to whoever knows it.
"""

import re
from typing import Any

import structlog

from employers.organisations.identifiers import without_codes

SECRET_ADDRESS = re.compile(r"(/(?:calendar|mail/\w+|account/confirm)/)[^\s/\"?]+")
KNOWN: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def masked(logger: Any, name: str, line: Any) -> str:
    """`line` is JSON as text by now."""
    return SECRET_ADDRESS.sub("\\1\u2022", without_codes(line))


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Lines of libraries get the same members as our own, and their exceptions are written out."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, *KNOWN],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
            masked,
        ],
    )


def configured(*, level: str, sandbox: bool) -> dict[str, Any]:
    """Our own lines go through the libraries' door, so that all are written alike."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *KNOWN,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    quiet = ("httpx", "paramiko", "celery.worker.strategy", "celery.app.trace")  # a sweep every second is no news
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in quiet}
        | {"django_structlog": {"level": "WARNING" if sandbox else "INFO"}},
    }
