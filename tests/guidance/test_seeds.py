"""The seed files themselves: every step has guidance, every word is there, no code is invented."""

from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from employers.benefits.claim import BENEFITS, Claim
from employers.benefits.problems import CATALOGUE
from employers.guidance.flow import STEPS
from employers.guidance.topics import LANGUAGES, BadSeed, blocks, read, read_folder
from employers.intake.detail_words import every
from employers.intake.sentences import SENTENCES
from employers.intake.words import QUESTIONS

SEEDS = read_folder()
READINESS = {"mandate", "bank_account", "consent"}  # what can be missing before a claim can be paid
CONFLICTS = {"duplicate", "overlap"}  # with an earlier application
GOOD = """
slug = "one"
order = 1
benefits = []
steps = ["pay"]
fields = []
problem_codes = []
size_classes = []
[fi]
title = "Otsikko"
summary = "Lyhyesti."
body = "Teksti."
[sv]
title = "Rubrik"
summary = "Kort."
body = "Text."
[en]
title = "Title"
summary = "In short."
body = "Text."
"""


def paths(shape, prefix=""):
    """Every dotted path into a claim, rows without their numbers."""
    hints = get_type_hints(shape)
    for item in fields(shape):
        yield prefix + item.name
        for inner in (hints[item.name], *get_args(hints[item.name])):
            if is_dataclass(inner):
                yield from paths(inner, f"{prefix}{item.name}.")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_a_seed_names_only_what_exists(seed):
    details = {f"details.{name}" for benefit in seed.benefits or BENEFITS for name, _detail in every(benefit)}
    assert set(seed.fields) <= set(paths(Claim)) | details
    assert set(seed.benefits) <= set(BENEFITS)
    assert set(seed.steps) <= set(STEPS)
    assert set(seed.problem_codes) <= CATALOGUE.keys() | SENTENCES.keys() | QUESTIONS.keys() | READINESS | CONFLICTS


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_a_seed_is_found_somewhere(seed):
    assert seed.steps or seed.problem_codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_topics_apart(language):
    titles = [seed.words[language].title for seed in SEEDS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_languages_say_the_same_amount(seed):
    shapes = {language: [kind for kind, _ in blocks(words.body)] for language, words in seed.words.items()}
    assert shapes["fi"] == shapes["sv"] == shapes["en"]
    assert len({tuple(len(lines) for _, lines in blocks(words.body)) for words in seed.words.values()}) == 1


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_texts_fit_beside_a_question(seed):
    for words in seed.words.values():
        assert len(words.title) <= 80
        assert len(words.summary) <= 240


def test_orders_are_unique():
    assert len({seed.order for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (GOOD.replace('title = "Rubrik"\n', ""), "title"),
        (GOOD.replace('"Kort."', '" "'), "empty"),
        (GOOD.replace('"pay"', '"payday"'), "payday"),
        (GOOD.replace("order = 1", "order = 1\ncolour = 2"), "colour"),
        (GOOD.replace("[en]", "[no]"), "no"),
        (GOOD.replace("order = 1", ""), "order"),
        (GOOD.replace("[fi]", "[fi"), "Expected"),
    ],
)
def test_a_broken_seed_is_refused(broken, why):
    assert read(GOOD).words["sv"].title == "Rubrik"
    with pytest.raises(ValueError, match=why):
        read(broken)


def test_a_broken_file_says_its_name(tmp_path):
    (tmp_path / "other.toml").write_text(GOOD)
    with pytest.raises(BadSeed, match=r"other\.toml"):
        read_folder(tmp_path)


def test_lines_with_a_dash_are_a_list():
    assert blocks("One.\n\n- a\n- b\n\nTwo.\n") == [("text", ["One."]), ("list", ["a", "b"]), ("text", ["Two."])]
