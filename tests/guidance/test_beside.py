"""What stands beside each page of each benefit's application, and beside each problem an employer can cause."""

import pytest

from employers.applications.views.guide import MOST
from employers.benefits.claim import BENEFITS
from employers.benefits.details import DETAILS
from employers.benefits.problems import CATALOGUE
from employers.guidance.flow import STEPS, relevant
from employers.guidance.topics import read_folder
from employers.intake.detail_words import every
from employers.intake.forms.pages import pages_of
from employers.intake.sentences import SENTENCES
from employers.intake.words import QUESTIONS

SEEDS = read_folder()
OUTSIDE_THE_FORM = ("start", "estimate", "check", "receipt", "question", "decision")
PAGES = [(benefit, page) for benefit in BENEFITS for page in (*pages_of(benefit), *OUTSIDE_THE_FORM)]
DAILY = [benefit for benefit in BENEFITS if benefit.endswith("_allowance")]
FROM_THE_FIRST_DAY = [one for one in DAILY if one != "sickness_allowance" and "rehabilitation" not in one]
PARTIAL = [benefit for benefit in DAILY if benefit.startswith("partial_")]
WHOLE = [benefit for benefit in DAILY if benefit not in PARTIAL]
OCCUPATIONAL = "occupational_health_reimbursement"

# Sentences that only machines and files meet; the pages say them nowhere.
OF_MACHINES = {
    "already_answered", "answers_missing", "business_id_invalid", "column_twice", "columns_invalid", "formula",
    "id_invalid", "invalid_type", "limit_too_large", "money_invalid", "no_rows", "other_rows_wrong",
    "reference_invalid", "reference_taken", "time_invalid", "too_many_cells", "too_many_items", "too_many_rows",
    "unchanged", "unknown_application", "unknown_column", "unknown_item", "unknown_request", "unparseable",
    "url_invalid", "url_not_https", "url_not_public", "year_not_official",
}  # fmt: skip
TOLD = {code for topic in SEEDS for code in topic.problem_codes}


# What any claim can get wrong, whatever it is for.
COMMON = {
    "amount_invalid", "amount_negative", "before_start", "benefit_not_supported", "date_out_of_range", "invalid_choice",
    "late", "no_parameters_on_day", "not_for_this_benefit", "number_out_of_range", "reference_and_specifier",
    "required", "specifier_too_long", "unknown_field",
}  # fmt: skip


def slugs(**asked):
    return [topic.slug for topic in relevant(SEEDS, **{"step": None, "size_class": "small"} | asked)]


@pytest.mark.parametrize(("benefit", "page"), PAGES)
def test_every_page_of_every_benefit_has_guidance(benefit, page):
    assert slugs(benefit=benefit, step=page)


@pytest.mark.parametrize("benefit", BENEFITS)
def test_no_page_lacks_a_name_that_guidance_knows(benefit):
    assert set(pages_of(benefit)) <= set(STEPS)


@pytest.mark.parametrize("benefit", BENEFITS)
def test_an_estimate_stands_beside_words_on_its_own_benefit(benefit):
    """Not only what every benefit shares: somebody wrote about this one."""
    beside = relevant(SEEDS, benefit=benefit, step="estimate", size_class="small")[:MOST]
    assert any(len(topic.benefits) in (1, 2) and benefit in topic.benefits for topic in beside)


@pytest.mark.parametrize("benefit", [benefit for benefit in BENEFITS if DETAILS[benefit]])
def test_each_detail_has_a_topic(benefit):
    untold = {f"details.{name}" for name, _detail in every(benefit)} - {
        field for topic in SEEDS if benefit in topic.benefits for field in topic.fields
    }
    assert untold == set()


def test_every_problem_of_the_law_has_a_topic():
    assert CATALOGUE.keys() - TOLD == set()


@pytest.mark.parametrize("benefit", BENEFITS)
def test_what_any_claim_can_get_wrong_is_told_whatever_it_is_for(benefit):
    assert [code for code in sorted(COMMON) if not slugs(benefit=benefit, codes=[code])] == []


def test_every_problem_of_a_page_has_a_topic():
    assert SENTENCES.keys() - CATALOGUE.keys() - OF_MACHINES - TOLD == set()


def test_everything_an_official_can_ask_has_a_topic():
    assert QUESTIONS.keys() - TOLD == set()


@pytest.mark.parametrize("item", ["pay_detail", "certificate", "absence_dates", "other"])
@pytest.mark.parametrize("benefit", ["sickness_allowance", OCCUPATIONAL])
def test_what_is_asked_comes_first(benefit, item):
    assert item in relevant(SEEDS, benefit=benefit, step="question", codes=[item])[0].problem_codes


@pytest.mark.parametrize(
    ("slug", "step", "shown"),
    [
        ("why-apply", "check", [*DAILY, "family_leave_compensation", "annual_leave_compensation"]),
        ("when-worth-applying", "estimate", ["sickness_allowance"]),
        ("two-months", "check", ["sickness_allowance"]),
        ("waiting-period", "estimate", ["sickness_allowance", "partial_sickness_allowance"]),
        ("relapse", "earlier", ["sickness_allowance", "partial_sickness_allowance"]),
        ("certificate-a-or-b", "certificate", ["sickness_allowance"]),
        ("who-sends-certificate", "certificate", ["sickness_allowance", "partial_sickness_allowance"]),
        ("accident-or-traffic", "insurer", ["sickness_allowance", "partial_sickness_allowance"]),
        ("which-pay", "pay", WHOLE),
        ("only-the-difference", "pay", WHOLE),
        ("pay-continues", "pay", [one for one in DAILY if one != "donor_allowance"]),
        ("unpaid-absence", "other-days", BENEFITS),
        ("bank-account", "payment", [benefit for benefit in BENEFITS if benefit != OCCUPATIONAL]),
        ("electronic-decisions", "payment", BENEFITS),
        ("reference-or-specifier", "payment", BENEFITS),
        ("request-for-information", "question", BENEFITS),
        ("not-satisfied", "decision", BENEFITS),
    ],
)
def test_a_topic_stands_beside_the_benefits_it_is_true_of(slug, step, shown):
    assert {benefit for benefit in BENEFITS if slug in slugs(benefit=benefit, step=step)} == set(shown)


@pytest.mark.parametrize(
    ("benefit", "first"),
    [
        ("sickness_allowance", "two-months"),
        *((benefit, "two-months-from-first-day") for benefit in FROM_THE_FIRST_DAY),
        ("rehabilitation_allowance", "rehabilitation-in-working-time"),
        ("partial_rehabilitation_allowance", "rehabilitation-in-working-time"),
        ("family_leave_compensation", "family-leave-compensation"),
        ("annual_leave_compensation", "annual-leave-compensation"),
        (OCCUPATIONAL, "occupational-health-deadline"),
    ],
)
def test_who_is_late_reads_the_time_of_that_benefit(benefit, first):
    assert slugs(benefit=benefit, codes=["late"])[0] == first


@pytest.mark.parametrize("benefit", PARTIAL)
def test_a_partial_benefit_without_full_pay_is_explained(benefit):
    assert slugs(benefit=benefit, codes=["full_pay_needed"])


def test_a_raised_ceiling_is_told_to_small_employers_only():
    asked = {"benefit": OCCUPATIONAL, "step": "decision"}
    assert "occupational-health-small-employer" in slugs(**asked)
    assert "occupational-health-small-employer" not in slugs(**asked, size_class="large")
