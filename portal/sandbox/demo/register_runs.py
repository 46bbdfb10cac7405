"""How the Incomes Register's data comes: claims in reports, standing orders, what goes wrong, what officials see."""

from datetime import datetime, time, timedelta
from io import StringIO
from itertools import count as count_from
from typing import Any

from django.core.management import call_command

from employers.records import doorbell
from employers.records.clock import HELSINKI
from portal.sandbox.demo.by_machine import finished
from portal.sandbox.demo.found import read_again
from portal.sandbox.demo.journal import Step, wait_for
from portal.sandbox.demo.register import Paid
from portal.sandbox.demo.story import BAKERY, JOINERY, Story
from portal.sandbox.demo.visitor import Lost

WEEKS = timedelta(days=18)
EXTRACTED = time(3, 30)  # the orders say three
SOMETIMES = 15  # looks at the list of runs between two at the folder
RUNS, ALARMS = "/admin/employers/registersync/", "/admin/employers/registeralarm/"


def follow_a_claim(story: Story, step: Step) -> None:
    """A payer asks for the allowance in its report, then replaces the report, then takes it back."""
    known = {one["id"] for one in _from_reports(story)}
    paid = _paid(story, "claim", claimed=True)
    story.register.tell(paid)
    read_again(story, BAKERY)
    made: Any = wait_for("the application", lambda: [one for one in _from_reports(story) if one["id"] not in known])
    path = f"/applications/{made[0]['id']}"
    story.register.tell(paid.anew(amount="1750.00"))
    read_again(story, BAKERY)
    wait_for("its correction", lambda: story.payroll.get(path)["version"] == 2)
    pay = story.payroll.get(path)["pay_periods"][0]["amount"]
    story.register.invalidate(paid)
    read_again(story, BAKERY)
    wait_for("its end", lambda: story.payroll.get(path)["status"] == "withdrawn")
    step.facts = f"{paid.amount} became an application, corrected to {pay} by a new version, withdrawn when cancelled"


def _from_reports(story: Story) -> list[Any]:
    sent = story.payroll.get("/applications", employer=BAKERY, limit="200")["items"]
    return [one for one in sent if one["channel"] == "register"]


def _paid(story: Story, reference: str, *, claimed: bool = False) -> Paid:
    return Paid(
        employer=BAKERY,
        reference=reference,
        identity_code=story.someone(),
        start=story.start,
        end=story.start + WEEKS,
        amount="1900.00",
        claimed=claimed,
    )


def count_before_keeping(story: Story, step: Step) -> None:
    story.register.tell(_paid(story, "dry-run"))
    dry = read_again(story, BAKERY, dry_run=True)
    kept = read_again(story, BAKERY)
    if not dry["new"] or dry["new"] != kept["new"]:
        raise Lost(f"{dry['new']} new in the dry run, {kept['new']} afterwards")
    step.facts = f"{dry['new']} report would be new; nothing kept, so the run after it still brought {kept['new']}"


def order_a_subscription(story: Story, step: Step) -> None:
    since = datetime.combine(story.today - timedelta(days=365), time(), HELSINKI)
    told = _register("subscribe", JOINERY, "--since", since.isoformat())
    if " active" not in told:
        raise Lost(told)
    _extract(story, night=1)
    [run] = _picked_up(story, 1)
    step.facts = f"ordered, extracted at night, picked up by SFTP: {run['reports']} reports, read until {_until()}"


def catch_up(story: Story, step: Step) -> None:
    """Two nights' files wait, and an employer's own reading; then the register is back."""
    story.register.behave("broken")
    try:
        _extract(story, night=3)
        doorbell.ring("employers.look_for_extracts")
        sync = story.payroll.post("/register-syncs", {"employer": BAKERY}, expect=202)
        wait_for("a try", lambda: "unavailable" in _run(story, sync["id"]))
    finally:
        story.register.behave("well")
    runs = _picked_up(story, 3)
    wait_for("the sync", lambda: finished(story.payroll, f"/register-syncs/{sync['id']}"), seconds=120)
    if runs[2]["window"].split("–")[1] != runs[1]["window"].split("–")[0]:
        raise Lost(f"{runs[1]['window']} does not follow {runs[2]['window']}")
    step.facts = f"down for two nights; two files in the order of their windows, read until {_until()}, nothing lost"


def look_at_a_run(story: Story, step: Step) -> None:
    """An official sees where the time went, and has the window read once more."""
    official, run = story.official, read_again(story, BAKERY)
    official.goto(f"{RUNS}{run['id']}/change/")
    rows = official.page.xpath("//*[@id='timings']/..//tr")
    phases = [" ".join(cell.text_content().strip() for cell in row[:2]) for row in rows]
    official.fill({}, action="/again/")
    again = official.url.split("/registersync/")[1].split("/")[0]
    done: Any = wait_for("the window", lambda: finished(story.payroll, f"/register-syncs/{again}"))
    step.facts = f"{', '.join(phases)}; its window read once more, {done['new']} new"


def raise_an_alarm(story: Story, step: Step) -> None:
    """An answer about another window than asked is not believed; the next one is."""
    story.register.misbehave_once("wrong_window")
    sync = story.payroll.post("/register-syncs", {"employer": BAKERY}, expect=202)
    wait_for("the alarm", lambda: _alarms(story))
    told = _alarms(story)[0]
    wait_for("the sync", lambda: finished(story.payroll, f"/register-syncs/{sync['id']}"))
    if _alarms(story):
        raise Lost("the alarm stays")
    step.facts = f"alarm: {told}; cleared by itself with the next good answer"


def _alarms(story: Story) -> list[str]:
    story.official.goto(f"{ALARMS}?q={BAKERY}&kind__exact=wrong_window")
    return [cell.text_content().strip() for cell in story.official.page.find_class("field-kind")]


def _extract(story: Story, *, night: int) -> None:
    """The register's own clock moves: what is due until then is extracted, one file a night."""
    moment = datetime.combine(story.today + timedelta(days=night), EXTRACTED, HELSINKI)
    story.register.move_clock(moment)
    story.register.move_clock(None)


def _picked_up(story: Story, count: int) -> list[dict[str, str]]:
    """Runs of files, the latest first, once there are so many of them. The folder lets in one at a time."""
    looks = count_from(0)

    def look() -> list[dict[str, str]]:
        if next(looks) % SOMETIMES == 0:
            doorbell.ring("employers.look_for_extracts")
        story.official.goto(f"{RUNS}?status__exact=finished")
        rows = [_cells(row) for row in story.official.page.xpath("//tbody/tr")]
        found = [row for row in rows if row["of"].endswith(".xml")]
        return found if len(found) >= count else []

    found: list[dict[str, str]] = wait_for("the extracts", look, seconds=90)
    return found


def _cells(row: Any) -> dict[str, str]:
    names = ("of", "window", "reports")
    return {name: " ".join(row.find_class(f"field-{name}")[0].text_content().split()) for name in names}


def _run(story: Story, sync: str) -> str:
    story.official.goto(f"{RUNS}{sync}/change/")
    return story.official.text("standing")


def _register(*arguments: str) -> str:
    """As an operator at the command line."""
    told = StringIO()
    call_command("register", *arguments, stdout=told)
    return told.getvalue()


def _until() -> str:
    [line] = [one for one in _register("status").splitlines() if one.startswith("subscription")]
    return line.split(" until ")[1]
