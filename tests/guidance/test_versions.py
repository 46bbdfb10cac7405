"""A change with a coming day keeps the old text until then; one version is in force on a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse

from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import in_force
from employers.guidance.revise import NotInside, revise
from employers.guidance.topics import read_folder
from employers.records import clock
from tests.guidance.test_admin import change, form_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEW_YEAR = date(2027, 1, 1)
SEED = next(seed for seed in read_folder() if seed.slug == "two-months")


@pytest.fixture
def topic(clock_at):
    clock_at(AT)
    load([SEED], at=AT)
    return GuidanceTopic.objects.get()


@pytest.fixture
def official(client):
    user = get_user_model().objects.create(username="official", is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def revised(topic, title, day=NEW_YEAR):
    topic.title_fi = title
    return revise(changed=topic, applies_from=day, at=AT)


def titles(on):
    return list(in_force(on).values_list("title_fi", flat=True))


def test_the_old_text_holds_until_the_day_before(topic):
    old = topic.title_fi
    revised(topic, "Uusi otsikko")
    assert titles(NEW_YEAR - timedelta(days=1)) == [old]
    assert titles(NEW_YEAR) == ["Uusi otsikko"]
    assert list(GuidanceTopic.objects.values_list("edited", flat=True)) == [True, True]


def test_a_version_between_two_ends_where_the_next_begins(topic):
    first = topic.pk
    revised(topic, "Toinen", date(2028, 1, 1))
    revised(GuidanceTopic.objects.get(pk=first), "Ensin")
    assert [titles(date(year, 6, 1)) for year in (2026, 2027, 2028)] == [
        [SEED.words["fi"].title],
        ["Ensin"],
        ["Toinen"],
    ]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2025, 12, 31), date(2026, 7, 1)])
def test_a_text_cannot_begin_outside_the_version_it_replaces(topic, day):
    GuidanceTopic.objects.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))
    with pytest.raises(NotInside):
        revised(topic, "Uusi", day)
    assert GuidanceTopic.objects.count() == 1


def test_the_database_refuses_a_second_version_of_a_day(topic):
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidanceTopic.objects.create(slug=topic.slug, title_fi="Toinen", updated_at=AT, valid_from=NEW_YEAR)


def test_a_seed_leaves_a_topic_with_versions_alone(topic):
    revised(topic, "Uusi otsikko")
    assert load([replace(SEED, order=1)], at=AT)["edited"] == 1


def test_each_version_has_its_track(topic):
    old = topic.pk
    new = revised(topic, "Uusi otsikko")
    labels = {one.pk: list(one.events.values_list("pgh_label", flat=True)) for one in GuidanceTopic.objects.all()}
    assert labels == {old: ["insert", "update"], new.pk: ["insert"]}


def test_an_official_saves_a_text_for_a_coming_day(official, topic):
    answer = official.post(change(topic), form_of(topic, title_fi="Uusi otsikko", applies_from="2027-01-01"))
    assert answer.status_code == 302
    assert titles(clock.today()) == [SEED.words["fi"].title]
    assert titles(NEW_YEAR) == ["Uusi otsikko"]
    page = official.get(change(topic)).content.decode()
    assert all(f"/{one.pk}/change/" in page for one in GuidanceTopic.objects.all())


def test_a_day_that_does_not_fit_is_refused_beside_its_field(official, topic):
    GuidanceTopic.objects.update(valid_from=NEW_YEAR)
    answer = official.post(change(topic), form_of(topic, valid_from="2027-01-01", applies_from="2026-12-31"))
    assert "applies_from" in answer.context["adminform"].form.errors
    assert GuidanceTopic.objects.count() == 1


def test_the_preview_shows_the_day_the_step_and_every_language(official, topic):
    new = revised(topic, "Uusi otsikko")
    preview = reverse("admin:employers_guidancetopic_preview", args=[new.pk])
    page = official.get(preview).content.decode()  # by itself the first day it holds
    assert "Uusi otsikko" in page
    assert all(SEED.words[language].summary in page for language in ("fi", "sv", "en"))
    assert page.count("<details") == 3
    before = official.get(preview, {"on": "2026-12-31", "step": "absence"})
    assert not any(one["is_beside"] for one in before.context["previews"])
    elsewhere = official.get(preview, {"on": "2027-01-01", "step": "costs"})
    assert not any(one["is_beside"] for one in elsewhere.context["previews"])


def test_the_preview_opens_what_a_problem_opens(official, topic):
    preview = reverse("admin:employers_guidancetopic_preview", args=[topic.pk])
    assert official.get(preview, {"code": "late"}).content.decode().count("<details open") == 3
    assert "<details open" not in official.get(preview).content.decode()


def test_the_preview_is_for_those_who_may_see_topics(client, topic):
    preview = reverse("admin:employers_guidancetopic_preview", args=[topic.pk])
    clerk = get_user_model().objects.create(username="clerk", is_staff=True)
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(preview).status_code == 404
