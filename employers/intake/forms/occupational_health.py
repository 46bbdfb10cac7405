"""Pages of the reimbursement of occupational health care costs. It is about no single employee."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.declared import detail_step
from employers.intake.forms.reworded import Pages
from employers.intake.forms.steps import PaymentStep

BENEFIT = "occupational_health_reimbursement"


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
            section=_("Conditions"),
            title=_("Are the conditions met?"),
            lead=_("The costs can be reimbursed when all of these are so. Answer for the whole accounting period."),
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
