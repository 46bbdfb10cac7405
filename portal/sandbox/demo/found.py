"""What the Incomes Register shows: money nobody asked for, and applications that say otherwise than the reports."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from portal.sandbox.demo.by_machine import finished
from portal.sandbox.demo.journal import Step, wait_for
from portal.sandbox.demo.register import Paid
from portal.sandbox.demo.story import BAKERY, LARGE, Story
from portal.sandbox.demo.visitor import Lost, Visitor

ELLI, GUNILLA = "4", "5"  # at the sign-in: she speaks for the large employer; she for all of the payroll firm's
PAID, SAID = "3400.00", "3600.00"


def read_again(story: Story, employer: str, **more: bool) -> Any:
    """A reading of this employer's reports, once it has ended."""
    sync = story.payroll.post("/register-syncs", {"employer": employer, **more}, expect=202)
    return wait_for("the sync", lambda: finished(story.payroll, f"/register-syncs/{sync['id']}"), seconds=120)


def of_every_benefit(story: Story, step: Step) -> None:
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for one in _listed(story, employer=LARGE, kind="unclaimed", status="open"):
        sums[one["benefit"]].append(Decimal(one["estimated_amount"] or 0))
    if len(sums) < 5:
        raise Lost(f"of {len(sums)} benefits only")
    told = (f"{len(each)} {name} {sum(each) or 'unknown'}" for name, each in sorted(sums.items()))
    step.facts = f"{sum(map(len, sums.values()))} found, euros at least: {', '.join(told)}"


def _listed(story: Story, **asked: str) -> Iterator[Any]:
    page = story.payroll.get("/register-findings", limit="200", **asked)
    yield from page["items"]
    while page["next"]:
        page = story.payroll.get("/register-findings", limit="200", cursor=page["next"], **asked)
        yield from page["items"]


def claim_family_leave(story: Story, step: Step) -> None:
    """The contract and the working time are told to the register, but not to us."""
    asked = {"employer": LARGE, "benefit": "family_leave_compensation", "status": "open"}
    finding = next(_listed(story, **asked))
    elli = _at(story, ELLI, f"/en/findings/{finding['id']}/")
    elli.fill({}, button="change")
    elli.follow("/contract/")
    elli.fill({"details.contract.kind": "open_ended", "details.working_time_percent": "100"})
    elli.fill({})
    if "/receipt/" not in elli.url:
        raise Lost(f"no receipt but {elli.url}")
    step.facts = f"asked for contract, working time alone; {finding['estimated_amount']} applied for"


def _at(story: Story, person: str, path: str) -> Visitor:
    visitor = Visitor(story.base, language="en")
    visitor.goto("/en/sign-in")
    visitor.fill({"person": person})
    visitor.goto(path)
    return visitor


def mend_a_mismatch(story: Story, step: Step) -> None:
    body = story.body("demo-mismatch", days=20)
    sent = story.payroll.post("/applications", body, expect=201)
    end = story.start + timedelta(days=20)
    code = body["employee"]["personal_identity_code"]
    story.register.tell(
        Paid(employer=BAKERY, reference="mismatch", identity_code=code, start=story.start, end=end, amount=PAID)
    )
    read_again(story, BAKERY)
    differing: Any = wait_for("the mismatch", lambda: _mismatch(story, sent["id"], "open"))
    _correct(story, sent["id"])
    wait_for("its end", lambda: _mismatch(story, sent["id"], "covered"))
    facts = differing["facts"]
    step.facts = f"{differing['code']}: said {facts['claimed']}, told {facts['register']}; corrected, closed by itself"


def _mismatch(story: Story, application: str, status: str) -> Any:
    found = _listed(story, employer=BAKERY, kind="mismatch", status=status)
    return next((one for one in found if one["application"] == application), None)


def _correct(story: Story, application: str) -> None:
    visitor = story.aino
    visitor.goto(f"/fi/applications/{application}/")
    visitor.fill({}, action="/correct/")
    visitor.follow("/pay/?from=check")
    visitor.fill({"pay_periods.0.amount": PAID.replace(".", ",")})
    visitor.fill({"reason": "Palkka kuten tulorekisterissä."})


def set_one_aside(story: Story, step: Step) -> None:
    finding = next(_listed(story, employer=LARGE, kind="unclaimed", status="open"))
    path = f"/register-findings/{finding['id']}/dismissal"
    aside = story.payroll.post(path, {"because": "no_claim_wanted"})
    left = sum(1 for _ in _listed(story, employer=LARGE, kind="unclaimed", status="open"))
    back = story.payroll.http.delete(path)
    if (aside["status"], back.json().get("status")) != ("dismissed", "open"):
        raise Lost(f"it is {aside['status']}, then {back.status_code}")
    step.facts = f"{aside['dismissal']['because']}: {left} left on the list; taken back, {left + 1} again"


def open_the_portfolio(story: Story, step: Step) -> None:
    gunilla = _at(story, GUNILLA, "/en/clients/")
    rows = gunilla.page.xpath("//ul[contains(@class, 'clients')]/li")
    if len(rows) < 3:
        raise Lost(f"{len(rows)} employers in the portfolio")
    name, left = (rows[0].xpath(f"normalize-space({path})") for path in (".//h2", ".//*[@class='tag tag-waiting']"))
    step.facts = f"{len(rows)} employers, {gunilla.text('big')}; first {name}, {left or 'no hurry'}"
