"""Every question says in one short line why it is asked and where to find the answer."""

from collections.abc import Iterator

import pytest
from django.forms import Field
from django.utils.translation import override

from employers.intake.forms.pages import PAGES, pages_of

LONGEST = 170  # characters: a line or two beside the field


def questions(benefit: str) -> Iterator[tuple[str, Field]]:
    for step, page in pages_of(benefit).items():
        for name, field in [*page.base_fields.items(), *(page.row.base_fields.items() if page.row else ())]:
            yield f"{step}: {name}", field


@pytest.mark.parametrize("benefit", PAGES)
def test_every_question_has_a_short_line_of_help(benefit: str) -> None:
    with override("en"):
        helped = {name: str(field.help_text) for name, field in questions(benefit)}
    assert [name for name, said in helped.items() if not said] == []
    assert {name: said for name, said in helped.items() if len(said) > LONGEST} == {}
    formats = [name for name, said in helped.items() if said.startswith("For example")]
    assert formats == []  # how a day is written is no reason
