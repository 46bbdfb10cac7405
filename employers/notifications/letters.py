"""What can be written to an employer, in words. No person, no sum about one, no benefit that tells of health."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from employers.organisations import rights

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`right`: what a person must hold for their own address to hear of it; None: any right will do.

    `collects`: what happens while one waits goes into the same mail. `always`: nobody can stop it, it guards them.
    """

    subject: Words
    text: tuple[Words, ...]
    link: Words
    choice: Words = ""  # what it is called where one chooses
    right: str | None = rights.APPLY
    collects: bool = False
    always: bool = False


KINDS: Mapping[str, Kind] = {
    "question": Kind(
        choice=_("We ask something about an application"),
        subject=_("We have asked you something about an application"),
        text=(_("We cannot go on with an application before you answer."),),
        link=_("Read the question and answer"),
    ),
    "question_reminder": Kind(
        choice=_("A reminder three days before an answer is due"),
        subject=_("Your answer is due soon"),
        text=(_("We asked you something about an application, and you have not answered yet."),),
        link=_("Read the question and answer"),
    ),
    "deadline": Kind(
        choice=_("The time to apply ends soon: 30, 14 and 3 days before"),
        subject=_("The time to apply ends soon"),
        text=(
            ngettext_lazy(
                "You paid for an absence that nobody has applied for yet. The time to apply ends soon.",
                "You paid for %(count)s absences that nobody has applied for yet. The time to apply ends soon.",
                "count",
            ),
        ),
        link=_("See what you can claim and apply"),
    ),
    "findings": Kind(
        choice=_("The Incomes Register shows a paid absence that nobody has applied for"),
        subject=_("You may get money back for a paid absence"),
        text=(
            ngettext_lazy(
                "The Incomes Register shows that you paid for an absence. Nobody has applied for an allowance yet.",
                "The Incomes Register shows that you paid for %(count)s absences that nobody has applied for yet.",
                "count",
            ),
            _("Often one confirmation is enough: most answers are filled in already."),
        ),
        link=_("See what you can claim and apply"),
        collects=True,
    ),
    "pay_ended": Kind(
        choice=_("Your pay ends and the absence goes on"),
        subject=_("Your pay ends, and the absence goes on"),
        text=(
            ngettext_lazy(
                "An absence goes on after the last day that you pay for. From then on the employee applies "
                "for the money.",
                "%(count)s absences go on after the last day that you pay for. From then on the employees apply "
                "for the money.",
                "count",
            ),
            _("The page tells what to do next, and has a notice that you can print and give."),
        ),
        link=_("See what to do next"),
        collects=True,
    ),
    "decision": Kind(
        choice=_("A decision has come"),
        subject=_("A decision has come"),
        text=(
            ngettext_lazy(
                "We have decided an application of yours.",
                "We have decided %(count)s applications of yours.",
                "count",
            ),
        ),
        link=_("Read the decision"),
        right=rights.VIEW_DECISIONS,
        collects=True,
    ),
    "payment": Kind(
        choice=_("A payment has been sent"),
        subject=_("A payment has been sent"),
        text=(
            ngettext_lazy(
                "We have sent a payment to your bank account.",
                "We have sent %(count)s payments to your bank account.",
                "count",
            ),
        ),
        link=_("See what it pays"),
        right=rights.VIEW_PAYMENTS,
        collects=True,
    ),
    "message": Kind(
        choice=_("We answered your message"),
        subject=_("We have answered your message"),
        text=(_("An adviser has answered what you asked."),),
        link=_("Read the answer"),
    ),
    "claim_incomplete": Kind(
        choice=_("Something is missing from what you claimed in the Incomes Register"),
        subject=_("Something is missing from what you claimed"),
        text=(
            ngettext_lazy(
                "You claimed a benefit in the Incomes Register. A report has no place for all that it needs.",
                "You claimed %(count)s benefits in the Incomes Register. A report has no place for all that they need.",
                "count",
            ),
            _("Complete it here. It counts as sent when your report came."),
        ),
        link=_("Complete the application"),
        collects=True,
    ),
    "draft_expires": Kind(
        choice=_("An unfinished application will soon be deleted"),
        subject=_("An unfinished application will be deleted in a few days"),
        text=(
            _("Nobody has touched an unfinished application for almost a month. We do not keep it for longer."),
            _("Go on with it, or let it go: you do not have to do anything for that."),
        ),
        link=_("Go on with the application"),
    ),
    "mandate": Kind(
        subject=_("Who may act for the employer has changed"),
        text=(
            _("Somebody was given a right to act for the employer, or a right ended or changed."),
            _("Check that this is as you want it."),
        ),
        link=_("See the employer's pages"),
        right=None,
        always=True,
    ),
    "webhook_disabled": Kind(
        subject=_("We no longer send events to one of your systems"),
        text=(
            _("We tried again and again to send an event to the address that your system gave, or its server said that "
              "nobody is there any more. We have disabled the webhook."),
            _("Nothing is lost: the event feed has everything, and what happened meanwhile is sent when your system "
              "makes the webhook active again. Its log of deliveries tells what went wrong."),
        ),
        link=_("Go to the portal"),
        right=None,
        always=True,
    ),
    "rights_asked": Kind(
        subject=_("A firm asks for rights to act for you"),
        text=(
            _("A firm asks the employer for rights in the employer portal. It gets none before you give them."),
            _("Look at what it asks for, and give it, or less, or decline. If you do not know the firm, decline."),
        ),
        link=_("See what the firm asks for"),
        right=None,
        always=True,
    ),
    "account_asked": Kind(
        subject=_("Confirm the new bank account"),
        text=(
            _("A new bank account was given for the employer. It is taken into use when somebody who has the right to "
              "change the account confirms it."),
            _("Do you not know of this? Then do not confirm it: sign in and cancel the change."),
        ),
        link=_("Look at the change and confirm it"),
        right=rights.BANK_ACCOUNT,
        always=True,
    ),
    "account_changed": Kind(
        subject=_("The bank account was changed"),
        text=(
            _("From now on we pay to the new bank account of the employer."),
            _("Do you not know of this? Then sign in and give the right account at once, and tell us."),
        ),
        link=_("See the bank account"),
        right=None,
        always=True,
    ),
    "address": Kind(
        subject=_("Confirm this e-mail address"),
        text=(
            _("Somebody who acts for an employer gave this address in the employer portal."),
            _("Confirm it, and messages about the employer's matters come here. If this is not for you, do nothing."),
        ),
        link=_("Confirm the address"),
        right=None,
        always=True,
    ),
}  # fmt: skip

CHOICES = {code: kind.choice for code, kind in KINDS.items() if not kind.always}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a mail tells beyond its standing words. `day` is written as people write it."""

    path: str  # the page, in the mail's language
    count: int = 1
    reference: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    link: str


# What the day of a mail means.
DAY_NAMES: Mapping[str, Words] = {
    "question": _("Answer by"),
    "question_reminder": _("Answer by"),
    "deadline": _("Apply by"),
    "findings": _("Apply by"),
    "draft_expires": _("Deleted on"),
}


def letter(code: str, facts: Facts, *, business_id: str) -> Letter:
    """In the active language."""
    kind, params = KINDS[code], {"count": facts.count}
    told = [
        (str(DAY_NAMES.get(code, "")), facts.day),
        (now("Reference"), facts.reference),
        (now("Business ID"), business_id),
    ]
    return Letter(
        subject=str(kind.subject),
        paragraphs=[_filled(text, params) for text in kind.text],
        facts=[(name, value) for name, value in told if value],
        link=str(kind.link),
    )


def _filled(text: Any, params: Mapping[str, int]) -> str:
    """A plural chooses its form by the count."""
    return str(text % params)


ADDRESS = Signer(salt="address-confirm", sep=".")
STOP = Signer(salt="mail-stop", sep=".")


def address_token(address: UUID) -> str:
    """Whoever holds it reads the mail of this address."""
    return ADDRESS.sign(str(address))


def stop_token(address: UUID, code: str) -> str:
    """It stops one kind of mail to one address, and can do nothing else."""
    return STOP.sign(f"{address}_{code}")


def address_of(token: str) -> str | None:
    """The address's id, or None for a token that we never gave."""
    try:
        return ADDRESS.unsign(token)
    except BadSignature:
        return None


def stopped_by(token: str) -> tuple[str, str] | None:
    """The address's id and the kind, or None for a token that we never gave."""
    try:
        address, _underscore, code = STOP.unsign(token).partition("_")
    except BadSignature:
        return None
    return address, code
