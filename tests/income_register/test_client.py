"""The client against the simulated register over HTTP: what comes back, and what comes of every fault."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from employers.income_register import messages
from employers.income_register.client import RegisterRefused, RegisterUnavailable, wage_reports
from employers.income_register.parser import reports_in
from employers.income_register.verifying import BadSignature
from portal.sandbox.register.data import person
from portal.sandbox.register.keys import make_keys
from tests.income_register.conftest import AT, PAYERS

BAKERY = "9000004-6"
YEAR = (AT - timedelta(days=400), AT)


def fetched(register, *, progress=lambda: None, **asked):
    message = messages.wage_reports(register.user, **{"payer": BAKERY, "at": AT, "modified": YEAR} | asked)
    with wage_reports(register, message, at=AT, progress=progress) as file:
        return list(reports_in(file))


def test_a_year_of_one_payer(register):
    reports = fetched(register)
    assert len({one.report_id for one in reports}) == 19 * 12
    assert {one.business_id for one in reports} == {BAKERY}


def test_windows_are_half_open_and_leave_no_gap(register):
    """Asked for in pieces or at once: every version once."""
    instant = fetched(register)[7].received_at
    pieces = [
        fetched(register, modified=window)
        for window in ((YEAR[0], instant), (instant, instant + timedelta(days=40)), (instant + timedelta(days=40), AT))
    ]
    assert [one for piece in pieces for one in piece] == fetched(register)
    assert pieces[0][-1].received_at < instant == pieces[1][0].received_at


def test_one_income_earner(register):
    aino = person(PAYERS[BAKERY], 3).identity_code
    reports = fetched(register, earner=aino)
    assert len(reports) == 12
    assert {one.identity_code for one in reports} == {aino}


def test_payment_dates_both_included(register):
    reports = fetched(register, modified=None, paid=(date(2026, 9, 28), date(2026, 10, 28)))
    assert {one.payment_date for one in reports} == {date(2026, 9, 28), date(2026, 10, 28)}


def test_the_newest_versions_alone(register):
    asked = {"payer": "9000006-2"}
    every, newest = fetched(register, **asked), fetched(register, all_versions=False, **asked)
    latest = {one.report_id: one.version for one in every}
    assert len(every) > len(newest)
    assert {one.report_id: one.version for one in newest} == latest


def test_an_unknown_payer_has_no_reports(register):
    assert fetched(register, payer="9999999-1") == []


@pytest.mark.parametrize("behaviour", ["broken", "cut"])
def test_a_register_that_fails_is_unavailable(register, simulator, behaviour):
    simulator.behave(behaviour)
    with pytest.raises(RegisterUnavailable):
        fetched(register, payer="9000006-2")


def test_a_register_that_hangs_is_given_up(register, simulator):
    simulator.behave("hang")
    began = time.monotonic()
    with pytest.raises(RegisterUnavailable):
        fetched(replace(register, patience=0.2))
    assert time.monotonic() - began < 2


def test_a_register_that_drips_is_given_up(register, simulator):
    simulator.behave("slow")
    with pytest.raises(RegisterUnavailable, match="does not end"):
        fetched(replace(register, longest=0.1), payer="9000006-2")


def test_nobody_there_is_unavailable(register):
    with pytest.raises(RegisterUnavailable):
        fetched(replace(register, url="http://127.0.0.1:9"))


def test_it_is_asked_again_before_giving_up(register, simulator):
    simulator.behave("broken")
    asked = []
    simulator.process_request = lambda *request: asked.append(1) or type(simulator).process_request(simulator, *request)
    with pytest.raises(RegisterUnavailable):
        fetched(replace(register, attempts=2))
    assert len(asked) == 2


def test_a_request_signed_by_a_stranger_is_refused(register, tmp_path):
    make_keys(tmp_path)
    with pytest.raises(RegisterRefused, match="status 500"):
        fetched(replace(register, folder=tmp_path))


def test_an_answer_signed_by_a_stranger_is_not_believed(register, keys, tmp_path):
    make_keys(tmp_path)
    for name in ("portal.key", "portal.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    with pytest.raises(BadSignature):
        fetched(replace(register, folder=tmp_path))


def test_progress_is_told_while_an_answer_comes(register):
    told = []
    fetched(register, progress=lambda: told.append(1))
    assert told
