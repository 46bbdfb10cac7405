"""The words for rights, offices and sources."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = Mapping[str, StrOrPromise]

RIGHT_NAMES: "Words" = {
    "apply": _("Apply for benefits"),
    "view_decisions": _("See decisions"),
    "view_payments": _("See payments"),
    "bank_account": _("Change the bank account"),
    "view_log": _("See who has looked at the employer's matters"),
    "occupational_health_prepare": _("Prepare reimbursement applications of occupational health care"),
    "occupational_health_send": _("Send reimbursement applications of occupational health care"),
}

# What one who holds the right may do here, in one sentence.
RIGHT_SENTENCES: "Words" = {
    "apply": _("Fills in and sends applications, answers questions about them and sees what was sent."),
    "view_decisions": _("Sees the applications that were sent and the decisions on them, and changes nothing."),
    "view_payments": _("Sees what was paid, when, and for which absence."),
    "bank_account": _("Tells and changes the account that the allowances are paid to."),
    "view_log": _("Sees who has looked at the employer's matters, and when."),
    "occupational_health_prepare": _(
        "Fills in the yearly application for occupational health care. Somebody else sends it."
    ),
    "occupational_health_send": _("Checks and sends the yearly application for occupational health care."),
}

GRANTING_NAME = _("Give rights to others")
GRANTING_SENTENCE = _("Gives rights to others, changes them and ends them. To act, this person needs a right too.")

OFFICE_NAMES: "Words" = {
    "sole_trader": _("sole trader"),
    "managing_director": _("managing director"),
    "deputy_managing_director": _("deputy of the managing director"),
    "board_chair": _("chair of the board"),
    "liquidator": _("liquidator"),
    "signatory": _("may sign for the employer"),
}

OFFICE_SENTENCE = _("The register knows this person by office. Every right follows, and no mandate is needed.")

ACT_NAMES: "Words" = {"given": _("given"), "changed": _("changed"), "ended": _("ended")}

GIVE_TITLES: "Words" = {
    "person": _("Give a right to a person"),
    "firm": _("Give a right to a payroll firm"),
    "representative": _("Let one of your people act for your customers"),
}

# Why Suomi.fi brought no right, or not all.
TROUBLES: "Words" = {
    "none": _("Suomi.fi knows of no employer that you may act for."),
    "incomplete": _(
        "Suomi.fi could not read all its sources. You have the rights that it found. "
        "If something is missing, try again in a while."
    ),
    "unknown": _("Suomi.fi names an employer, but no right that is used here."),
    "stopped": _("You stopped at Suomi.fi before choosing an employer. You can start again."),
    "gone": _("Your visit at Suomi.fi has ended. Fetch your rights again, and then do what you were doing."),
    "unavailable": _("Suomi.fi does not answer now, so we cannot check what you may do. Nothing was changed."),
    "refused": _("Suomi.fi did not accept our question. Nothing was changed. Try again in a while."),
    "mismatch": _("This answer of Suomi.fi does not belong to your visit here. Start again."),
    "staff": _("You signed in without an identity code, so Suomi.fi cannot be asked about you."),
}


def right_name(code: str) -> str:
    return str(RIGHT_NAMES[code])


def explained(held: list[str]) -> list[dict[str, str]]:
    """Name and sentence of each right."""
    return [{"name": str(RIGHT_NAMES[code]), "sentence": str(RIGHT_SENTENCES[code])} for code in held]
