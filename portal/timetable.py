"""When which periodic task runs. Every one of them may come twice or too late: the tables know what waits."""

from typing import Any

from celery.schedules import crontab

OFFICIAL = "official"  # a queue and a worker of its own: nobody waits for a long sync
EXPIRES = 5  # turns that a message may wait before it is worth nothing: the next one does the same
Entry = dict[str, Any]


def timetable(*, sandbox: bool, sweep: float) -> dict[str, Entry]:
    """`sweep`: seconds between two rounds of the net. The sandbox's day can be moved: it is looked at every round."""
    often = {
        "sweep": "employers.sweep",
        "count-contacts": "customers.count_contacts",
        "feed-segments": "customers.feed",
    }
    daily = {
        "remind": ("employers.remind", crontab(hour=8, minute=0)),
        "settle-segments": ("customers.settle", crontab(hour=3, minute=0)),
    }
    nightly = {
        "nightly-register-syncs": ("employers.request_register_syncs", crontab(hour=2, minute=15)),
        "expire-drafts": ("employers.expire_drafts", crontab(hour=3, minute=15)),
        "purge-documents": ("employers.purge_documents", crontab(hour=3, minute=30)),
    }
    spring = crontab(hour=4, minute=0, day_of_month=1, month_of_year=3)  # a year's last days are applied for by then
    nightly |= {
        "publish-benchmarks": ("customers.publish_benchmarks", spring),
        "forget-rates": ("employers.forget_rates", crontab(hour=3, minute=45)),
        "forget-tokens": ("employers.forget_tokens", crontab(hour=3, minute=50)),
        "forget-keys": ("employers.forget_keys", crontab(hour=3, minute=55)),
    }
    register = {
        "look-for-extracts": ("employers.look_for_extracts", crontab()),  # every minute
        "follow-subscriptions": ("employers.follow_subscriptions", crontab(minute="*/5")),
        "watch-register": ("employers.watch_register", crontab(minute=40)),
    }
    if sandbox:
        often |= {name: task for name, (task, _at) in daily.items()} | {"stand-in-official": "portal.stand_in"}
        daily = {}
    return (
        {name: _entry(task, sweep, expires=sweep * EXPIRES) for name, task in often.items()}
        | {name: _entry(task, at, expires=3600) for name, (task, at) in daily.items()}
        | {name: _entry(task, at, expires=300) for name, (task, at) in register.items()}
        | {name: {"task": task, "schedule": at} for name, (task, at) in nightly.items()}
    )


def _entry(task: str, schedule: Any, *, expires: float) -> Entry:
    queue = {"queue": OFFICIAL} if task == "portal.stand_in" else {}
    return {"task": task, "schedule": schedule, "options": {"expires": expires, **queue}}
