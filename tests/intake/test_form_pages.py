"""The pages of each benefit follow from its declaration: every detail is asked once, and nothing else."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from employers.benefits.claim import BENEFITS
from employers.benefits.details import DETAILS, Detail, Kind
from employers.benefits.problems import Problem
from employers.guidance.flow import STEPS
from employers.intake.forms.declared import field_of
from employers.intake.forms.estimate import DECISIVE
from employers.intake.forms.fields import CountField, IbanField, MonthField, NumberField, TruthField
from employers.intake.forms.pages import PAGES, pages_of

ONE_QUESTION_FOR_TWO = {"infectious_disease_allowance": {"details.decision_follows"}}


def leaves(declared: dict[str, Detail], above: str = "details") -> set[str]:
    found = set()
    for name, detail in declared.items():
        path = f"{above}.{name}"
        found |= leaves(detail.members, path) if detail.kind is Kind.OBJECT else {path}
    return found


def asked(benefit: str) -> list[str]:
    pages = pages_of(benefit).values()
    paths = [name.replace("__", ".") for page in pages for name in page.base_fields]
    return [path for path in (*paths, *(page.row_path for page in pages)) if path.startswith("details.")]


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_detail_is_asked_once(benefit: str) -> None:
    paths = asked(benefit)
    assert sorted(paths) == sorted(leaves(DETAILS[benefit]) - ONE_QUESTION_FOR_TWO.get(benefit, set()))


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_member_of_a_list_has_a_place_in_its_rows(benefit: str) -> None:
    rows = {page.row_path: set(page.row.base_fields) for page in pages_of(benefit).values() if page.row}
    lists = {f"details.{name}": set(one.members) for name, one in DETAILS[benefit].items() if one.kind is Kind.LIST}
    assert {path: rows.get(path) for path in lists} == lists


def test_every_page_has_its_words_and_a_name_that_guidance_knows() -> None:
    assert set(PAGES) == set(BENEFITS)
    pages = {step: page for benefit in BENEFITS for step, page in pages_of(benefit).items()}
    assert [step for step, page in pages.items() if not (page.section and page.title and page.lead)] == []
    assert set(pages) <= set(STEPS)


@pytest.mark.parametrize("benefit", BENEFITS)
def test_an_estimate_asks_what_it_cannot_do_without(benefit: str) -> None:
    needed = {name for name, detail in DETAILS[benefit].items() if detail.needed == "always"}
    assert needed <= set(DECISIVE[benefit]) <= set(DETAILS[benefit])


@pytest.mark.parametrize(
    ("field", "typed", "cleaned"),
    [
        (NumberField(), "37,5", "37.5"),
        (NumberField(), " 37.50 ", "37.50"),
        (NumberField(required=False), "", ""),
        (CountField(), "1 200", 1200),
        (CountField(), "0", 0),
        (CountField(required=False), "", None),
        (MonthField(), "3/2026", "2026-03"),
        (MonthField(), "03.2026", "2026-03"),
        (MonthField(), "2026-3", "2026-03"),
        (TruthField(), "yes", True),
        (TruthField(), "no", False),
        (TruthField(required=False), "", None),
        (IbanField(), "fi21 1234 5600 0007 85", "FI2112345600000785"),
    ],
)
def test_typed(field: Any, typed: str, cleaned: Any) -> None:
    assert field.clean(typed) == cleaned
    assert type(field.clean(typed)) is type(cleaned)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *((NumberField(), typed) for typed in ("many", "-1", "1.234", "1,2,3", "NaN", "1e3", "٣")),
        *((CountField(), typed) for typed in ("1.5", "-1", "many", "9" * 10, "٣")),
        *((MonthField(), typed) for typed in ("13/2026", "0/2026", "2026", "March", "3/26", "٣/2026")),
        (TruthField(), "perhaps"),
    ],
)
def test_not_typed(field: Any, typed: str) -> None:
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("field", "stored", "language", "shown"),
    [
        (NumberField(), "37.5", "fi", "37,5"),
        (NumberField(), "37.5", "en", "37.5"),
        (MonthField(), "2026-03", "sv", "3/2026"),
        (MonthField(), "2026-33x", "sv", "2026-33x"),
        (TruthField(), False, "fi", "no"),
        (TruthField(), None, "fi", None),
    ],
)
def test_stored_value_as_people_write_it(field: Any, stored: Any, language: str, shown: Any) -> None:
    with override(language):
        assert field.prepare_value(stored) == shown


def test_every_kind_has_a_field() -> None:
    every = [(name, one) for declared in DETAILS.values() for name, one in declared.items()]
    plain = [(name, one) for name, one in every if one.kind not in (Kind.OBJECT, Kind.LIST)]
    assert {one.kind for _name, one in plain} == set(Kind) - {Kind.OBJECT, Kind.LIST, Kind.MONTH}
    for name, one in plain:
        assert field_of(name, one, required=True).label


@pytest.mark.parametrize(
    ("benefit", "name"), [(benefit, name) for benefit, pages in PAGES.items() for name in pages], ids="-".join
)
def test_a_page_sent_without_any_field_is_asked_again(benefit: str, name: str) -> None:
    """Not even the first row of a list: a browser would send it empty, somebody's own program need not."""
    page = pages_of(benefit)[name]({})
    if page.is_valid():
        return
    page.take([Problem("details", "required")])
    assert page.found_wrong()
