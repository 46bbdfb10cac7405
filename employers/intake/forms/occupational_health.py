"""Pages of the reimbursement of occupational health care costs. It is about no single employee."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, Step
from employers.intake.forms.declared import detail_step
from employers.intake.forms.reworded import Pages
from employers.intake.forms.steps import PaymentStep

FOLLOWS = {
    "preventive_care_arranged": _(
        "Without preventive care nothing is reimbursed, medical care neither. Ask a provider for a contract: the law "
        "asks every employer for it."
    ),
    "written_contract": _(
        "Without a contract in writing nothing is reimbursed. If you arrange the care yourself, a description of how "
        "you do it is enough: then answer yes."
    ),
    "workplace_survey": _(
        "Costs before the survey was made are not reimbursed. If there is an older one that is still in force, answer "
        "yes."
    ),
    "action_plan": _(
        "Without a plan nothing is reimbursed. Ask your provider: often it is a part of the contract or of the survey, "
        "and then you answer yes."
    ),
    "care_offered_to_all": _(
        "Medical care is reimbursed only if everybody has it. If the contract has preventive care alone, answer yes."
    ),
    "free_for_employees": _(
        "What employees have paid for is not reimbursed. Take these costs out of the application, and answer for the "
        "others."
    ),
    "qualified_staff": _(
        "Work of others than qualified staff is not reimbursed. Take these costs out, and answer for the others."
    ),
    "not_reimbursed_elsewhere": _(
        "What an insurance or somebody else pays is not reimbursed again. Take these costs out, or tell the sum on the "
        "page of income to deduct, and answer for the others."
    ),
}

BENEFIT = "occupational_health_reimbursement"


class CostsStep(Step):
    """Costs with a button that counts them without going on. Those that cannot be read count for nothing yet."""

    counts = True
    counted: list[Body] | None = None  # what could be read of what was typed, on a page shown again

    def as_typed(self, *, add: bool = False, remove: int | None = None) -> Step:
        again = super().as_typed(add=add, remove=remove)
        again.counted = [row.entry() for number, row in enumerate(self.rows) if number != remove and row.is_valid()]  # type: ignore[attr-defined]
        return again

    def after_a_button(self) -> Step | None:
        return self.as_typed() if "count" in self.data else super().after_a_button()

    def costs(self) -> list[Body]:
        """Those that have an amount, as the page shows them."""
        if self.counted is not None:
            return self.counted
        if self.is_bound:
            return [row.entry() for row in self.rows if row.is_valid()]
        return [dict(row.initial) for row in self.rows if row.initial.get("amount")]


class ConditionsStep(Step):
    """Where one is not so, what follows is told beside it at once."""

    def take(self, problems: Iterable[Problem]) -> None:
        told = list(problems)
        super().take(told)
        for found in told:
            follows = FOLLOWS.get(found.field.rpartition(".")[2]) if found.code == "condition_not_met" else None
            if follows:
                field = self.fields[found.field.replace(".", "__")]
                field.notices = [follows]  # type: ignore[attr-defined]


def asks(*names: str, **texts: Any) -> Any:
    return detail_step(BENEFIT, names, **texts)


PAGES: dict[str, Pages] = {
    BENEFIT: {
        "period": asks(
            "accounting_period",
            "employees",
            "entrepreneurs",
            section=_("Accounting period and people"),
            title=_("Which accounting period, and how many people?"),
            lead=_("One application covers one accounting period that has ended, and every service provider in it."),
        ),
        "costs": asks(
            "costs",
            bases=(CostsStep,),
            section=_("Costs"),
            title=_("What did occupational health care cost?"),
            lead=_("Give the costs that are in the books of the accounting period, each kind by itself."),
            row_name=_("Cost"),
            add_words=_("Add a cost"),
            add_more_words=_("Add another cost"),
        ),
        "deductible": asks(
            "deductible_income",
            section=_("Income to deduct"),
            title=_("Has anybody else paid towards these costs?"),
            lead=_("Such income is taken off the costs. If there was none, continue."),
        ),
        "conditions": asks(
            "conditions",
            bases=(ConditionsStep,),
            section=_("Conditions"),
            title=_("Are the conditions met?"),
            lead=_(
                "The costs can be reimbursed when all of these are so. Answer for the whole accounting period. "
                "If one is not, say no: we tell you what follows and what you can do."
            ),
        ),
        "statement": asks(
            "statement",
            section=_("Statement"),
            title=_("Have the employees' representatives been heard?"),
            lead=_("The occupational safety committee or representative must have had a chance to comment."),
        ),
        "payment": asks(
            "bank_account",
            bases=(PaymentStep,),
            section=_("Payment and contact"),
            title=_("Where do we pay, and whom can we ask?"),
            lead=_("Everything on this page is voluntary."),
            field_order=["details__bank_account"],
        ),
    }
}
