"""The large sizes: what the small ones cannot show."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from portal.sandbox.demo.by_machine import csv_of, finished
from portal.sandbox.demo.journal import Step, wait_for
from portal.sandbox.demo.machine import Machine
from portal.sandbox.demo.story import CARETAKERS, Story
from portal.sandbox.demo.visitor import Lost

KEYS, TRIES = 200, 32
ROWS = 10_000
HUGE = "9000009-7"  # 12 000 employees, about 144 000 reports a year


def submit_two_hundred_keys(story: Story, step: Step) -> None:
    """Exactly one effect a key, however often and at once it is tried."""
    statuses: dict[int, int] = {}
    for number in range(KEYS):
        answers = _at_once(story, number)
        taken = [answer for answer in answers if answer.status_code == 201]
        fresh = [answer for answer in taken if "Idempotency-Replayed" not in answer.headers]
        if len({answer.content for answer in taken}) != 1 or len(fresh) != 1:
            raise Lost(f"{len(fresh)} effects of key {number}")
        for answer in answers:
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
    if set(statuses) - {201, 409}:
        raise Lost(f"statuses {statuses}")
    step.facts = f"{KEYS} keys x {TRIES} tries: {KEYS} applications, {statuses}"


def _at_once(story: Story, number: int) -> list[httpx.Response]:
    body, key = story.body(f"proof-{number}"), f"proof-key-{number:010d}"
    with ThreadPoolExecutor(TRIES) as pool:
        return list(pool.map(lambda _: story.bench.raw("/applications", body, key=key), range(TRIES)))


def send_a_full_batch(story: Story, step: Step) -> None:
    rows = [story.body(f"proof-row-{number}", employer=CARETAKERS) for number in range(ROWS)]
    batch = story.bench.post("/batches", csv_of(rows), expect=202, headers={"Content-Type": "text/csv"})
    done = wait_for("the batch", lambda: finished(story.bench, f"/batches/{batch['id']}"), seconds=900)
    if done["accepted"] != len(rows):
        raise Lost(f"accepted {done['accepted']} of {len(rows)}")
    step.facts = f"{done['accepted']} rows accepted"


def sync_twelve_thousand_employees(story: Story, step: Step) -> None:
    large = Machine(story.base, "sandbox-large")
    sync = large.post("/register-syncs", {"employer": HUGE}, expect=202)
    done = wait_for("the sync", lambda: finished(large, f"/register-syncs/{sync['id']}"), seconds=3600)
    step.facts = f"{done['reports']} reports, {done['new']} new, {done['replaced']} replaced"


FLOWS = (
    ("The same call 32 times at once, for 200 keys", submit_two_hundred_keys),
    ("A batch file of 10 000 rows", send_a_full_batch),
    ("The Incomes Register of 12 000 employees", sync_twelve_thousand_employees),
)
