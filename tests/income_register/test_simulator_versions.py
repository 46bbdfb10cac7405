"""Versions at the simulated register: replacements, invalidations, half-open windows, and what a profile hides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from employers.income_register import messages
from employers.income_register.schema import INVALIDATED, VALID, Report
from portal.sandbox.register.data import Payer, payslips
from portal.sandbox.register.masking import PROFILES
from tests.income_register.conftest import AT, PAYERS
from tests.income_register.feeding import CODE, OTHER, PAYER, PORTAL, invalidation, item, items, outcome, record, report

DAY = timedelta(days=1)
CHANGED = {201: "3100.00"}


def told(desk, *, window=None, every=True, payer=PAYER, earner=None, profile=""):
    asked = {"payer": payer, "earner": earner, "modified": window, "all_versions": every, "profile": profile}
    header, reports = desk.extract(messages.wage_reports(PORTAL, at=desk.office.now(), **asked))
    assert header.promised == len(reports)
    return reports


def sent(desk, number, *reports, **more):
    """A record a day later than the one before, in real time."""
    desk.office.clock.move(AT + number * DAY)
    return desk.reports(record(*reports, several=False, reference=f"record-{number}", **more))


def away(desk, number, *things, kind="105", **more):
    desk.office.clock.move(AT + number * DAY)
    return desk.send(
        "InvalidationService", "SendInvalidation", invalidation(kind, f"away-{number}", *things, several=False, **more)
    )


@pytest.fixture
def one(desk) -> str:
    """A report of three versions on three days: new, replaced, invalidated; the register's reference."""
    identity = sent(desk, 0, report("a")).findtext(".//IRItemId")
    assert items(sent(desk, 1, report("a", action="2", version="1", incomes=CHANGED))) == [("a", "2")]
    assert items(away(desk, 2, item("a", identity, "2"))) == [("a", "3")]
    return identity


def test_every_version_stays_as_it_was(desk, one):
    versions = told(desk, earner=CODE)
    assert {version.report_id for version in versions} == {one}
    facts = [(version.version, version.status, version.transactions[0].amount) for version in versions]
    assert facts == [(1, VALID, 3000), (2, VALID, 3100), (3, INVALIDATED, 3100)]
    assert [version.received_at.date() - AT.date() for version in versions] == [0 * DAY, DAY, 2 * DAY]


@pytest.mark.parametrize(
    ("start", "end", "every", "newest"),
    [
        (0, 3, [1, 2, 3], [3]),
        (0, 1, [1], [1]),  # the end is not in the window
        (1, 2, [2], [2]),
        (1, 3, [2, 3], [3]),
        (0, 2, [1, 2], [2]),
        (3, 4, [], []),
    ],
)
def test_windows_hold_their_start_and_not_their_end(desk, one, start, end, every, newest):
    """With all versions each that arrived in the window; else the newest of those, whatever came after."""
    arrived = [version.received_at for version in told(desk, earner=CODE)]
    bounds = [*arrived, arrived[-1] + timedelta(microseconds=1), arrived[-1] + DAY]
    window = (bounds[start], bounds[end])
    assert [version.version for version in told(desk, earner=CODE, window=window)] == every
    assert [version.version for version in told(desk, earner=CODE, window=window, every=False)] == newest


def test_what_a_replacement_may_not_do(desk, one):
    """The report is found by either reference; an invalidated one is over, an old version too."""
    assert outcome(sent(desk, 3, report("a", action="2"))) == ("5", {"ItemErrors": ["ITM-04"]})
    assert outcome(sent(desk, 4, report("a"))) == ("5", {"ItemErrors": ["ITM-01"]})
    identity = sent(desk, 5, report("b")).findtext(".//IRItemId")
    assert items(sent(desk, 6, report(None, action="2", identity=identity))) == [("b", "2")]
    assert outcome(sent(desk, 7, report("b", action="2", version="1"))) == ("5", {"ItemErrors": ["ITM-05"]})
    other_person = sent(desk, 8, report("b", action="2", code=OTHER))
    assert outcome(other_person) == ("5", {"ItemErrors": ["ITM-06"]})
    other_day = sent(desk, 9, report("b", action="2"), paid="2026-10-29")
    assert outcome(other_day) == ("5", {"ItemErrors": ["ITM-06"]})
    assert outcome(sent(desk, 10, report("a", action="2", identity=identity))) == ("5", {"ItemErrors": ["ITM-03"]})


def test_an_athlete_stays_one(desk):
    """Other types of an income earner may change."""

    def of_types(*types):
        inside = "".join(f"<IncomeEarnerType>{one}</IncomeEarnerType>" for one in types)
        other = f"<IncomeEarnerOther><IncomeEarnerTypes>{inside}</IncomeEarnerTypes></IncomeEarnerOther>"
        return other if types else ""

    sent(desk, 0, report("a", earner=of_types(8)))
    assert outcome(sent(desk, 1, report("a", action="2"))) == ("5", {"ItemErrors": ["ITM-06"]})
    assert items(sent(desk, 2, report("a", action="2", earner=of_types(4, 8)))) == [("a", "2")]


def test_a_report_is_not_replaced_and_sent_anew_in_one_record(desk):
    sent(desk, 0, report("a"))
    both = record(report("a", action="2"), report("a", action="2", incomes=CHANGED), reference="both", faulty="1")
    answer = desk.reports(both, at_once=False)
    assert (items(answer), items(answer, "InvalidItems")) == ([("a", "2")], [("a", None)])


@pytest.mark.parametrize(
    ("thing", "owner", "code"),
    [
        (item("nothing"), PAYER, "INV-01"),
        (item("a", "f" * 32), PAYER, "INV-01"),  # both references are meant
        (item("a"), "9000006-2", "INV-01"),  # somebody else's
        (item("a", version="2"), PAYER, "ITM-05"),
        (item(), PAYER, "INV-01"),
    ],
)
def test_what_cannot_be_invalidated(desk, thing, owner, code):
    sent(desk, 0, report("a"))
    assert outcome(away(desk, 1, thing, owner=owner)) == ("5", {"ItemErrors": [code]})
    assert [one.status for one in told(desk, earner=CODE)] == [VALID]


def test_an_invalidation_is_for_good(desk, one):
    assert outcome(away(desk, 3, item("a"))) == ("5", {"ItemErrors": ["ITM-04"]})


def test_a_whole_record_is_invalidated(desk):
    """What of it is still valid, in its latest version; then the record itself says so."""
    reports = [report(name, code=code) for name, code in (("a", CODE), ("b", OTHER), ("c", CODE))]
    desk.reports(record(*reports, reference="whole"), at_once=False)
    away(desk, 1, item("c"))
    sent(desk, 2, report("b", action="2", code=OTHER, incomes=CHANGED))
    answer = away(desk, 3, item("whole"), kind="109")
    assert sorted(items(answer)) == [("a", "2"), ("b", "3")]
    assert outcome(desk.status("100", reference="whole"))[0] == "6"
    assert outcome(away(desk, 4, item("whole"), kind="109"))[0] == "5"


def test_deferred_invalidations_with_a_faulty_one(desk):
    sent(desk, 0, report("a"))
    for faulty, kept in (("2", []), ("1", [("a", "2")])):
        message = invalidation("105", f"away-{faulty}", item("a"), item("nothing"), faulty=faulty)
        ack = desk.send("InvalidationService", "SendInvalidations", message)
        answer = desk.status("105", identity=ack.findtext("AckData/IRDeliveryId"))
        assert (items(answer), items(answer, "InvalidItems")) == (kept, [("nothing", None)])


def test_what_was_generated_can_be_corrected_too(desk):
    """From the correction on it is the payer's; the generated story of that report ends there."""
    slip = next(payslips(PAYERS[PAYER], since=date(2026, 10, 1), received=(AT - 60 * DAY, AT)))
    assert items(away(desk, 0, item(slip.reference, slip.report_id))) == [(slip.reference, "2")]
    versions = [one for one in told(desk) if one.report_id == slip.report_id]
    assert [(one.version, one.status) for one in versions] == [(1, VALID), (2, INVALIDATED)]
    newest = [one for one in told(desk, every=False) if one.report_id == slip.report_id]
    assert [(one.version, one.status) for one in newest] == [(2, INVALIDATED)]


HIDDEN = {
    "full": set(),
    "pay": {"absences"},
    "absences": {"transactions"},
    "no-contacts": {"contacts"},
    "no-payer": {"payer_ids", "payer_name", "contacts"},
    "no-employment": {"employment", "pay_forms"},
    "minimal": {
        "payer_ids", "payer_name", "contacts", "earner_ids", "transactions", "absences", "employment", "pay_forms",
    },
}  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_leaves_out_what_it_hides_and_nothing_else(desk, profile):
    window = (AT - 40 * DAY, AT)
    reports = told(desk, profile=profile, window=window)
    assert len(reports) == 19
    for one in reports:
        assert isinstance(one, Report)
        seen = {
            "absences": one.absences_told,
            "transactions": one.transactions,
            "contacts": one.contacts,
            "payer_ids": one.payer_ids,
            "payer_name": one.payer_name,
            "earner_ids": one.earner_ids,
            "employment": one.employment_periods,
            "pay_forms": one.pay_forms,
        }
        assert {name for name, told in seen.items() if not told} == HIDDEN[profile]


def test_an_unknown_profile_is_an_error_of_the_message(desk):
    message = messages.wage_reports(PORTAL, at=AT, payer=PAYER, profile="of-nobody")
    answer = desk.ask(message)
    assert answer.findtext(".//ErrorCode") == "MSG-06"
    assert answer.findtext("Summary/NrOfReports") == "0"
    assert answer.find("Reports") is None


def test_all_employers_of_one_person_are_told_to_who_asks_for_the_person(desk):
    payers = {key: Payer(business_id=key, employees=20, rich=True) for key in ("9000004-6", "9000005-4")}
    desk.office = replace(desk.office, knowledge=replace(desk.office.knowledge, payers=payers))
    slips = payslips(payers["9000004-6"], since=date(2026, 10, 1), received=(AT - 60 * DAY, AT), numbers=[9])
    [shared] = {slip.person.identity_code for slip in slips}
    reports = told(desk, payer=None, earner=shared)
    assert {one.business_id for one in reports} == set(payers)
    assert len(reports) == 24
