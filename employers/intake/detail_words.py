"""What each benefit's own details are called, in the active language: the web, the admin and the description say this.

Keys are names as `employers.benefits.details` declares them, dotted within an object or a list and without places:
`costs.class` names the member of every entry. A name means the same for every benefit that has it.
"""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.benefits.details import DETAILS, Detail

Words = Mapping[str, str | Promise]

LABELS: Words = {
    "accounting_period": _("Accounting period"),
    "accounting_period.end": _("Last day of the accounting period"),
    "accounting_period.start": _("First day of the accounting period"),
    "bank_account": _("Bank account (IBAN)"),
    "basis": _("The leave is for"),
    "child_born": _("The day the child was born"),
    "conditions": _("Conditions of the reimbursement"),
    "conditions.action_plan": _("There is an action plan of occupational health care."),
    "conditions.care_offered_to_all": _("Medical care is offered to every employee."),
    "conditions.free_for_employees": _("The services are free for the employees."),
    "conditions.not_reimbursed_elsewhere": _("The costs are not reimbursed elsewhere."),
    "conditions.preventive_care_arranged": _("Preventive occupational health care is arranged."),
    "conditions.qualified_staff": _("The staff is qualified for occupational health care."),
    "conditions.workplace_survey": _("A workplace survey has been made."),
    "conditions.written_contract": _("There is a written contract with the service provider."),
    "contract": _("Employment contract"),
    "contract.kind": _("Kind of contract"),
    "contract.months": _("Length of a fixed-term contract, in months"),
    "costs": _("Costs"),
    "costs.amount": _("Amount"),
    "costs.class": _("Reimbursement class"),
    "costs.kind": _("What the cost is for"),
    "daily_hours": _("Hours worked a day during the leave"),
    "daily_hours_agreed": _("Agreed hours a day"),
    "daily_hours_before": _("Hours a day before"),
    "days_used": _("Weekdays of allowance this parent has used for the child"),
    "decision_follows": _("The physician's decision follows later"),
    "deductible_income": _("Income to deduct"),
    "deductible_income.I": _("Income to deduct from class I"),
    "deductible_income.II": _("Income to deduct from class II"),
    "due_date": _("Due date"),
    "earnings_lost": _("Earnings lost"),
    "employees": _("Number of employees"),
    "entrepreneurs": _("Number of entrepreneurs in the same occupational health care"),
    "first_benefit_day": _("The parent's first day of any parents' allowance for the child"),
    "first_leave_day": _("First day of the leave"),
    "hazards": _("Hazards at work"),
    "kind": _("Kind of rehabilitation"),
    "monthly_pay": _("Monthly pay"),
    "months": _("Calendar months"),
    "months.days": _("Days of annual leave accrued"),
    "months.holiday_pay": _("Holiday pay of the month, in all"),
    "months.month": _("Month"),
    "months.paid_days": _("Weekdays of allowance in the month"),
    "other_work_offered": _("Other suitable work could be offered"),
    "raised_days_used": _("Of them weekdays at the raised rate"),
    "statement": _("Statement of the occupational safety representative"),
    "statement.date": _("Day of the statement"),
    "statement.opportunity_given": _("There was an opportunity to give the statement"),
    "waiting": _("Waiting period"),
    "weekly_hours_agreed": _("Agreed hours a week"),
    "weekly_hours_before": _("Hours a week before"),
    "working_time_percent": _("Working time, per cent of full time"),
}

# How to answer, where the label alone leaves it open.
HINTS: Words = {
    "bank_account": _("Leave empty to use the account that you have told us."),
    "contract.months": _("Count consecutive fixed-term contracts together."),
    "costs": _("Costs of the accounting period, without value added tax that you deduct."),
    "daily_hours": _("Leave empty when the employee does not work at all. At most five hours."),
    "deductible_income": _("What others have paid towards the same costs."),
    "earnings_lost": _("What the employee would have earned on these days."),
    "first_benefit_day": _("Leave empty when this leave is the first."),
    "months.days": _("For information: it does not change the amount."),
    "months.holiday_pay": _("What you pay for the leave accrued in the month. An estimate will do."),
    "waiting": _("Leave empty for the ordinary one."),
    "working_time_percent": _("Before the leave. A whole number from 0 to 100."),
}

CHOICE_NAMES: Words = {
    "basis.adoption": _("adoption"),
    "basis.pregnancy": _("pregnancy"),
    "contract.kind.fixed_term": _("Fixed-term"),
    "contract.kind.open_ended": _("Open-ended"),
    "costs.class.I": _("Class I, preventive care"),
    "costs.class.II": _("Class II, medical care"),
    "costs.kind.base_fee": _("Base fee"),
    "costs.kind.equipment": _("Equipment"),
    "costs.kind.expert": _("Other expert"),
    "costs.kind.first_aid": _("First aid"),
    "costs.kind.imaging": _("Imaging"),
    "costs.kind.laboratory": _("Laboratory"),
    "costs.kind.nurse": _("Occupational health nurse"),
    "costs.kind.other": _("Other cost"),
    "costs.kind.physician": _("Physician"),
    "costs.kind.physiotherapist": _("Physiotherapist"),
    "costs.kind.psychologist": _("Psychologist"),
    "costs.kind.specialist": _("Medical specialist"),
    "costs.kind.workplace_survey": _("Workplace survey"),
    "hazards.chemical": _("Chemicals"),
    "hazards.infection": _("Infection"),
    "hazards.load": _("Handling of loads"),
    "hazards.movement": _("Movements or postures"),
    "hazards.noise": _("Noise"),
    "hazards.other": _("Other hazard"),
    "hazards.radiation": _("Radiation"),
    "hazards.shock": _("Shocks"),
    "hazards.vibration": _("Vibration"),
    "kind.ordinary": _("Other rehabilitation"),
    "kind.vocational": _("Vocational rehabilitation"),
    "waiting.full": _("The first day and nine weekdays (the ordinary one)"),
    "waiting.none": _("None"),
    "waiting.onset": _("The first day alone"),
    "waiting.thirty": _("Thirty days"),
}


def label(name: str) -> str:
    return str(LABELS[name])


def hint(name: str) -> str:
    """Empty where the label says enough."""
    return str(HINTS.get(name, ""))


def choice_name(name: str, value: str) -> str:
    """A value nobody offers is its own name: hazards may be others than ours."""
    return str(CHOICE_NAMES.get(f"{name}.{value}", value))


def every(benefit: str) -> Iterator[tuple[str, Detail]]:
    """Every detail of a benefit with its dotted name, what holds others before what it holds."""
    return _within(DETAILS[benefit], "")


def _within(declared: Mapping[str, Detail], above: str) -> Iterator[tuple[str, Detail]]:
    for name, detail in declared.items():
        yield above + name, detail
        yield from _within(detail.members, f"{above}{name}.")
