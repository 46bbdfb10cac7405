"""Officials with the permission see a person's segments; others see that nothing is there."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from customers.segments.assign import assign
from customers.segments.gather import gather
from customers.segments.models import SegmentAssignment
from employers.organisations.models import User
from employers.records.models import ReadLog
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
NAMES = ("Changing everyday life", "Muuttuva arki", "En oregelbunden vardag", "changing")


@pytest.fixture
def application():
    application = cast.sent()
    assign(gather([application.pk]), on=cast.AT.date())
    return application


def official(*permissions):
    user = User.objects.create_user("clerk", "a-long-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page_of(application):
    return reverse("admin:employers_application_change", args=[application.pk])


def test_with_the_permission_the_application_page_shows_the_segment(application):
    page = official("view_application", "view_segmentassignment").get(page_of(application)).content.decode()
    assert "Muuttuva arki" in page
    assert "2.3.2026" in page


def test_without_the_permission_it_shows_the_application_alone(application):
    response = official("view_application").get(page_of(application))
    page = response.content.decode()
    assert response.status_code == 200
    assert application.reference in page
    assert not [name for name in NAMES if name in page]


def test_assignments_can_be_looked_at_and_every_look_is_told(application):
    browser = official("view_segmentassignment")
    listed = browser.get(reverse("admin:customers_segmentassignment_changelist"))
    assert "Muuttuva arki" in listed.content.decode()
    one = SegmentAssignment.objects.get()
    assert browser.get(reverse("admin:customers_segmentassignment_change", args=[one.pk])).status_code == 200
    assert set(ReadLog.objects.values_list("person", "purpose", "action")) == {
        (one.person_id, "customer_service", "list"),
        (one.person_id, "customer_service", "read"),
    }


def test_assignments_cannot_be_changed(application):
    browser = official("view_segmentassignment", "change_segmentassignment", "delete_segmentassignment")
    one = SegmentAssignment.objects.get()
    for page in ("change", "delete"):
        address = reverse(f"admin:customers_segmentassignment_{page}", args=[one.pk])
        assert browser.post(address, {"segment": "supported"}).status_code == 403
    assert SegmentAssignment.objects.get().segment == "changing"


def test_assignments_are_hidden_without_the_permission(application):
    assert official("view_application").get(reverse("admin:customers_segmentassignment_changelist")).status_code == 403
