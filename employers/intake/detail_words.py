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

# Why it is asked, and where to find the answer.
HINTS: Words = {
    "accounting_period.end": _(
        "Apply within six months of it. It stands in your financial statements. For example 31.12.2026."
    ),
    "accounting_period.start": _(
        "We reimburse one period at a time. It stands in your financial statements. For example 1.1.2026."
    ),
    "bank_account": _("Leave it empty: we pay to the account that you have told us. Only if this is to go to another."),
    "basis": _("Only these two give the compensation. The employee has told you when asking for leave."),
    "child_born": _("The days of allowance are counted for each child. Ask the employee. For example 2.3.2026."),
    "conditions.action_plan": _("A condition of the law. Your service provider has made it with you."),
    "conditions.care_offered_to_all": _("A condition of the law. It stands in the contract with the provider."),
    "conditions.free_for_employees": _("A condition of the law. Nobody has paid a fee for a visit."),
    "conditions.not_reimbursed_elsewhere": _("No cost is paid twice. Your book-keeping knows."),
    "conditions.preventive_care_arranged": _(
        "A condition of both classes. It stands in the contract with the provider."
    ),
    "conditions.qualified_staff": _("A condition of the law. The provider can confirm it."),
    "conditions.workplace_survey": _("A condition of the law. Your service provider has written it."),
    "conditions.written_contract": _("A condition of the law. Your own provider of services has signed it with you."),
    "contract.kind": _("The contract has to be for a year at least. Look at the contract of employment."),
    "contract.months": _("A year at least is needed. Count consecutive fixed-term contracts together."),
    "costs": _("Costs of the accounting period, without value added tax that you deduct."),
    "costs.amount": _("In euros, as in your books, without value added tax that you deduct."),
    "costs.class": _("Each class is reimbursed by its own rate. The provider's invoice tells the class."),
    "costs.kind": _("We reimburse each kind by itself. It stands on the provider's invoice."),
    "daily_hours": _(
        "The allowance depends on it. Leave empty when the employee does not work at all; at most five hours."
    ),
    "daily_hours_agreed": _(
        "The allowance depends on how much shorter the day is. It stands in your agreement with the employee."
    ),
    "daily_hours_before": _("The day has to be clearly shorter than before. It stands in the contract of employment."),
    "days_used": _("The number of days is limited. The employee sees it in the latest decision."),
    "deductible_income": _("What others have paid towards the same costs."),
    "deductible_income.I": _("No cost is paid twice. Discounts and grants are in your books; 0 if there were none."),
    "deductible_income.II": _("No cost is paid twice. Discounts and grants are in your books; 0 if there were none."),
    "due_date": _(
        "We see from it when the leave can begin. It stands in the certificate of pregnancy. For example 2.3.2026."
    ),
    "earnings_lost": _("All of it is made up for. What the payroll would have paid for these days, before tax."),
    "employees": _("The ceiling depends on it. The average of the period, from your payroll."),
    "entrepreneurs": _(
        "Only those whose costs are in this application, too. The contract with the provider tells; else 0."
    ),
    "first_benefit_day": _(
        "Its year decides the rules. It is in the employee's first decision; empty if this leave is the first."
    ),
    "first_leave_day": _("The months are counted from it. It is in your holiday records. For example 2.3.2026."),
    "hazards": _("We have to see that the work is a hazard. Your workplace survey names them."),
    "kind": _("The amount depends on it. It stands in the decision on the rehabilitation."),
    "monthly_pay": _("The loss of pay is counted from it. It stands on the latest payslip, before tax."),
    "months.days": _("For information: it does not change the amount."),
    "months.holiday_pay": _("We pay no more than it costs you. From your payroll; an estimate will do."),
    "months.month": _("One compensation for each month. Your holiday records show them. For example 3/2026."),
    "months.paid_days": _("Only months with enough of them count. The decisions on the parent's allowance tell."),
    "other_work_offered": _("The allowance is paid only if there was no other suitable work. You know it yourself."),
    "raised_days_used": _(
        "The raised rate is paid for a limited number of days. It is in the employee's latest decision."
    ),
    "statement.date": _("We note when it was given. It is on the statement. For example 2.3.2026."),
    "statement.opportunity_given": _("A condition of the law. Ask your occupational safety representative."),
    "waiting": _("The first payable day depends on it. It stands in the decision; leave empty for the ordinary one."),
    "weekly_hours_agreed": _(
        "The hours have to be 40 to 60 per cent of those before. They stand in your agreement with the employee."
    ),
    "weekly_hours_before": _("The agreed hours are compared with them. They stand in the contract of employment."),
    "working_time_percent": _(
        "Nearly full time is needed. From the contract, before the leave: a whole number from 0 to 100."
    ),
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
