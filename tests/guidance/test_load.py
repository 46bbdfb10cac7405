"""Seeds reach the database once, and an official's words are never overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import topics_for
from employers.guidance.topics import Words, read_folder

pytestmark = pytest.mark.django_db
SEEDS = read_folder()
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def test_a_first_load_creates_every_topic_in_every_language():
    assert load(SEEDS, at=AT) == {"created": len(SEEDS), "updated": 0, "unchanged": 0, "edited": 0}
    for seed in SEEDS:
        topic = GuidanceTopic.objects.get(slug=seed.slug)
        for language, words in seed.words.items():
            with override(language):
                assert (topic.title, topic.summary, topic.body) == (words.title, words.summary, words.body)


def test_a_second_load_changes_nothing():
    load(SEEDS, at=AT)
    assert load(SEEDS, at=LATER) == {"created": 0, "updated": 0, "unchanged": len(SEEDS), "edited": 0}
    assert set(GuidanceTopic.objects.values_list("updated_at", flat=True)) == {AT}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_load_is_the_same_in_every_language(language):
    with override(language):
        load(SEEDS, at=AT)
        assert load(SEEDS, at=LATER)["unchanged"] == len(SEEDS)


def test_a_changed_seed_updates_its_topic_alone():
    load(SEEDS, at=AT)
    new = replace(SEEDS[0], words={**SEEDS[0].words, "sv": Words(title="Ny", summary="Kort", body="Text")})
    assert load([new, *SEEDS[1:]], at=LATER)["updated"] == 1
    topic = GuidanceTopic.objects.get(updated_at=LATER)
    assert (topic.slug, topic.title_sv, topic.title_fi) == (new.slug, "Ny", new.words["fi"].title)


def test_an_edited_topic_is_left_alone():
    load(SEEDS, at=AT)
    GuidanceTopic.objects.filter(slug=SEEDS[0].slug).update(title_fi="Oma otsikko", edited=True)
    assert load(SEEDS, at=LATER)["edited"] == 1
    assert GuidanceTopic.objects.get(slug=SEEDS[0].slug).title_fi == "Oma otsikko"


def test_the_command_prints_what_it_did():
    out = StringIO()
    call_command("load_guidance", stdout=out)
    assert out.getvalue().strip() == f"{len(SEEDS)} created, 0 updated, 0 unchanged, 0 edited"


def test_the_topics_of_a_step_take_one_query(django_assert_num_queries):
    load(SEEDS, at=AT)
    with django_assert_num_queries(1):
        found = topics_for(benefit="sickness_allowance", step="absence", on=AT.date(), codes=["late"])
    assert found[0].slug == "two-months"
    assert {topic.slug for topic in found} >= {"waiting-period", "continuation"}


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "shown"),
    [
        (None, None, True),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_only_topics_in_force_are_shown(valid_from, valid_until, shown):
    load([replace(SEEDS[0], steps=("pay",), valid_from=valid_from, valid_until=valid_until)], at=AT)
    assert bool(topics_for(benefit=None, step="pay", on=date(2026, 3, 2))) is shown


def test_every_language_is_in_the_track_of_changes():
    """A tracker registered before the translations would leave these columns out in silence."""
    load(SEEDS[:1], at=AT)
    topic = GuidanceTopic.objects.get()
    topic.body_sv = "Ny text"
    topic.save()
    events = topic.events.order_by("pgh_id")
    assert list(events.values_list("pgh_label", "body_sv")) == [
        ("insert", SEEDS[0].words["sv"].body),
        ("update", "Ny text"),
    ]
    columns = {field.name for field in GuidanceTopic._meta.get_fields() if getattr(field, "column", None)}
    assert columns <= {field.name for field in events.model._meta.get_fields()}


def test_a_change_past_the_model_is_tracked_too():
    load(SEEDS[:1], at=AT)
    GuidanceTopic.objects.update(title_en="Raw")
    assert GuidanceTopic.objects.get().events.last().title_en == "Raw"
