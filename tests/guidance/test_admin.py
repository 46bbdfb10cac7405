"""Officials edit guidance in the stock admin; what they save belongs to them."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic
from employers.guidance.topics import read_folder

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def official(client):
    user = get_user_model().objects.create(username="official", is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def topic():
    load(read_folder()[:1], at=AT)
    return GuidanceTopic.objects.get()


def form_of(topic, **changes):
    words = {
        f"{part}_{language}": getattr(topic, f"{part}_{language}")
        for part in ("title", "summary", "body")
        for language in ("fi", "sv", "en")
    }
    places = {"benefits": "", "steps": "pay, check", "fields": "", "problem_codes": "late", "size_classes": ""}
    return {"slug": topic.slug, "order": topic.order, **words, **places, **changes}


def change(topic):
    return reverse("admin:employers_guidancetopic_change", args=[topic.pk])


def test_a_saved_topic_is_marked_edited(official, topic):
    answer = official.post(change(topic), form_of(topic, title_sv="Egen rubrik"))
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert (topic.title_sv, topic.edited, topic.steps) == ("Egen rubrik", True, ["pay", "check"])
    assert topic.updated_at > AT
    assert load(read_folder()[:1], at=AT)["edited"] == 1


def test_a_language_cannot_be_left_empty(official, topic):
    answer = official.post(change(topic), form_of(topic, body_sv=""))
    assert answer.status_code == 200
    assert "body_sv" in answer.context["adminform"].form.errors
    assert GuidanceTopic.objects.get().edited is False


@pytest.mark.parametrize("place", ["steps", "benefits", "size_classes"])
def test_a_mistyped_place_is_refused(official, topic, place):
    answer = official.post(change(topic), form_of(topic, **{place: "payday"}))
    assert "payday" in str(answer.context["adminform"].form.errors[place])


def test_a_topic_cannot_end_before_it_starts(official, topic):
    dates = {"valid_from": "2026-03-02", "valid_until": "2026-03-01"}
    answer = official.post(change(topic), form_of(topic, **dates))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


def test_the_page_links_to_the_topic_in_each_language(official, topic):
    page = official.get(change(topic)).content.decode()
    for language in ("fi", "sv", "en"):
        assert f'href="/{language}/guidance/{topic.slug}/"' in page


def test_the_page_needs_nothing_from_another_site(official, topic):
    """The content security policy allows this site's own scripts alone."""
    request = official.get(change(topic)).wsgi_request
    media = (
        admin.site.get_model_admin(GuidanceTopic).get_form(request)().media
        + admin.site.get_model_admin(GuidanceTopic).media
    )
    assert "//" not in str(media).replace('="/static/', "")
    assert "<script>" not in official.get(change(topic)).content.decode()
