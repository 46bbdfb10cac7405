"""Officials see what came from the register and what could not be received; they change none of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.applications.models_register import Finding, RegisterClaim
from employers.income_register.models import QuarantinedReport, RegisterSync
from employers.income_register.schema import Poison
from employers.records.models import ReadLog
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import absence, claimed, report, reviewed

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 3, 20)
MODELS = (RegisterSync, QuarantinedReport, RegisterClaim, Finding)


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def address(model, name="changelist", *arguments):
    return reverse(f"admin:employers_{model._meta.model_name}_{name}", args=arguments)


def page(client, model):
    response = client.get(address(model))
    assert response.status_code == 200
    return response.content.decode()


def planted(numbers=range(1)):
    """A refused claim and a finding for each number, and a report that could not be read."""
    refused = [report(f"c{n}", claimed(START, END, amount=None), code=identity_code(n)) for n in numbers]
    found = [report(f"f{n}", absence(START, END), code=identity_code(1000 + n)) for n in numbers]
    return reviewed(*refused, *found, Poison(report_id="bad", reason="ReportData/ReportVersion"))


def test_what_was_refused_is_shown_with_the_reason_and_without_the_code(official):
    planted()
    body = page(official, RegisterClaim)
    assert "refused" in body
    assert "/pay_periods Give at least one pay period" in body
    assert identity_code(0) not in body


def test_findings_syncs_and_unreadable_reports_are_shown(official):
    planted()
    assert "2 Mar 2026" in page(official, Finding)
    assert "ReportData/ReportVersion" in page(official, QuarantinedReport)
    assert "finished" in page(official, RegisterSync)


@pytest.mark.parametrize("model", [RegisterClaim, Finding])
def test_looking_at_people_leaves_rows(official, model):
    planted()
    page(official, model)
    assert ReadLog.objects.filter(purpose="register", action="list").count() == 1


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted(official, model):
    planted()
    row = model.objects.first()
    assert official.get(address(model, "add")).status_code == 403
    assert official.post(address(model, "change", row.pk), {"status": "open"}).status_code == 403
    assert official.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [RegisterClaim, Finding])
def test_queries_do_not_grow_with_rows(official, model):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            page(official, model)
        return len(seen)

    planted()
    few = queries()
    planted(range(1, 20))
    assert queries() == few
