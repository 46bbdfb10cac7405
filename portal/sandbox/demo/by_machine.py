"""What a payroll firm's system does: single applications, many at once, files, the register; and the agency's own."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings

from employers.organisations.identifiers import IDENTITY_CODE
from portal.sandbox.demo.journal import Step, wait_for
from portal.sandbox.demo.machine import Machine
from portal.sandbox.demo.story import CARETAKERS, LARGE, Story
from portal.sandbox.demo.visitor import Lost


def submit_by_machine(story: Story, step: Step) -> None:
    payroll = story.payroll
    body = story.body("demo-1")
    checked = payroll.post("/applications/validate", body)
    sent = payroll.post("/applications", body, expect=201, key="demo-key-0000000001")
    again = payroll.raw("/applications", body, key="demo-key-0000000001")
    if again.json()["id"] != sent["id"] or again.headers.get("Idempotency-Replayed") != "true":
        raise Lost("the retry was not the same answer")
    story.made["api"] = sent["id"]
    step.facts = f"validated with {len(checked['problems'])} warnings, sent, the retry replayed"


def submit_thirty_two_times(story: Story, step: Step) -> None:
    body = story.body("demo-32")
    with ThreadPoolExecutor(32) as pool:
        tries = list(pool.map(lambda _: story.payroll.raw("/applications", body, key="demo-key-0000000032"), range(32)))
    statuses = [answer.status_code for answer in tries]
    made = {answer.json()["id"] for answer in tries if answer.status_code == 201}
    if len(made) != 1 or set(statuses) - {201, 409}:
        raise Lost(f"{len(made)} applications, statuses {sorted(set(statuses))}")
    step.facts = f"one application, {statuses.count(201) - 1} replays, {statuses.count(409)} told to wait"


def refuse_bad_input(story: Story, step: Step) -> None:
    bad = story.body("demo-bad")
    bad["absence"]["end"], bad["surprise"] = "2020-01-01", 1
    bad["employee"]["personal_identity_code"] = "010190-9124"
    problem = story.payroll.post("/applications", bad, expect=422)
    foreign = story.payroll.post("/applications", story.body("demo-foreign", employer="9000003-8"), expect=422)
    step.facts = ", ".join(sorted({error["code"] for error in problem["errors"] + foreign["errors"]}))


def let_the_stand_in_decide(story: Story, step: Step) -> None:
    sent = story.payroll.post("/applications", story.body("sandbox-grant-demo"), expect=201)
    wait_for(
        "the decision",
        lambda: story.payroll.get(f"/applications/{sent['id']}")["status"] in ("decided", "paid"),
    )
    step.facts = "sent with a magic reference, decided by itself"


def send_a_batch(story: Story, step: Step) -> None:
    rows = [story.body(f"demo-batch-{number}", employer=CARETAKERS) for number in range(100)]
    rows[41]["absence"]["end"] = "2020-01-01"
    rows[73]["employee"]["personal_identity_code"] = "010190-9124"
    lines = csv_of(rows)
    batch = story.payroll.post("/batches", lines, expect=202, headers={"Content-Type": "text/csv"})
    done = wait_for("the batch", lambda: finished(story.payroll, f"/batches/{batch['id']}"), seconds=120)
    if (done["accepted"], done["rejected"]) != (98, 2):
        raise Lost(f"accepted {done['accepted']}, rejected {done['rejected']}")
    step.facts = f"{done['rows']} rows of CSV: {done['accepted']} accepted, {done['rejected']} explained"


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    columns = [
        "employer", "benefit", "reference", "employee.personal_identity_code", "employee.given_name",
        "employee.family_name", "employment.start", "absence.start", "absence.end", "pay_periods.1.start",
        "pay_periods.1.end", "pay_periods.1.amount", "pay_basis", "certificate",
    ]  # fmt: skip
    lines = [";".join(columns)]
    for row in rows:
        lines.append(";".join(str(_at(row, column)) for column in columns))
    return "\n".join(lines).encode()


def _at(row: dict[str, Any], column: str) -> Any:
    value: Any = row
    for part in column.split("."):
        value = value[int(part) - 1] if isinstance(value, list) else value[part]
    return value


def finished(machine: Machine, path: str) -> Any:
    """The batch or sync once it has ended; None before."""
    thing = machine.get(path)
    if thing["status"] == "failed":
        raise Lost(f"{path.split('/')[1]} failed")
    return thing if thing["status"] == "finished" else None


def sync_the_register(story: Story, step: Step) -> None:
    """The first sync began when the portal did; a second one brings what is newer."""
    first: dict[str, int] = wait_for("the first sync", lambda: _first_sync(story), seconds=300)
    sync = story.payroll.post("/register-syncs", {"employer": LARGE}, expect=202)
    newer = wait_for("the sync", lambda: finished(story.payroll, f"/register-syncs/{sync['id']}"), seconds=300)
    step.facts = (
        f"{first['reports']} reports read ({first['new']} new, {first['replaced']} replaced,"
        f" {first['invalidated']} invalidated), {newer['reports']} newer ones by a refresh"
    )


def _first_sync(story: Story) -> dict[str, int] | None:
    """As the admin's page of syncs shows it to an official."""
    story.official.goto(f"/admin/employers/registersync/?q={LARGE}")
    rows = story.official.page.xpath("//tbody/tr")
    done = [row for row in rows if row.find_class("field-finished")[0].text_content().strip() not in ("", "-")]
    runs = [row.xpath(".//a/@href")[0] for row in done]
    return next((counts for counts in (_counts_of(story, run) for run in reversed(runs)) if counts["reports"]), None)


def _counts_of(story: Story, run: str) -> dict[str, int]:
    story.official.goto(run)
    cells = story.official.page.xpath("//*[@id='counts']/..//td")
    names = ("reports", "new", "replaced", "invalidated")
    return {name: int(cell.text_content()) for name, cell in zip(names, cells, strict=False)}


def find_what_nobody_claimed(story: Story, step: Step) -> None:
    asked = {"employer": LARGE, "kind": "unclaimed", "order": "deadline"}
    findings: Any = wait_for("findings", lambda: story.payroll.get("/register-findings", **asked)["items"], seconds=120)
    claimed = story.payroll.get("/applications", employer=LARGE, limit="200")["items"]
    by_themselves = [item for item in claimed if item["channel"] == "register"]
    soonest = min(item["days_left"] for item in findings)
    story.made["finding"] = next(one["id"] for one in findings if one["benefit"] == "sickness_allowance")
    step.facts = (
        f"{len(findings)} paid absences unclaimed, {soonest} days left for the first;"
        f" {len(by_themselves)} claims made in the register came by themselves"
    )
    if not by_themselves:
        raise Lost("no claim came from the register")


def feed_back(story: Story, step: Step) -> None:
    changes: list[Any] = []

    def told() -> bool:
        page = story.agency.get("/customers/feedback", limit="200")
        changes[:] = page["items"]
        return len(changes) >= 100

    wait_for("the feed", told)
    segments = sorted({change["segment"] for change in changes})
    refused = story.payroll.http.get("/customers/feedback").status_code
    step.facts = f"{len(changes)} changes ({', '.join(segments)}) to the agency; others get {refused}"


def look_into_the_logs(story: Story, step: Step) -> None:
    """No log of any process holds a personal identity code."""
    files = sorted((settings.VAR_DIR / "log").glob("*.log"))
    told = [file.name for file in files if IDENTITY_CODE.search(file.read_text(errors="replace"))]
    if told or not files:
        raise Lost(f"identity codes in {', '.join(told)}" if told else "no logs to look into")
    step.facts = f"{len(files)} logs, {sum(file.stat().st_size for file in files) // 1024} kB, not one identity code"
